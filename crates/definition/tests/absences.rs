//! Who does the work of those who are away.
#![expect(clippy::unwrap_used, reason = "what tests read of the shipped workspace is there")]

use chrono::NaiveDate;
use definition::{
    level::Level,
    load::{self, SourceFile, load_people},
    people::{Absence, Directory, Work},
};

mod workspace;

/// A company of people with these absences, as a file of people writes them.
fn directory(people: &[(&str, &str)]) -> Directory {
    let settings = load::load(&workspace::shipped()).workspace.unwrap().settings.clone();
    let line = |(login, more): &(&str, &str)| format!("  - {{ login: {login}, name: {login}{more} }}\n");
    let text = format!("departments: []\npeople:\n{}", people.iter().map(line).collect::<String>());
    let loaded = load_people(&settings, &SourceFile { path: "people.yaml".to_owned(), text: text.into_bytes() });
    let file = loaded.file.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    Directory::new(&settings, file.people, file.departments)
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, number).unwrap()
}

fn deputy<'d>(directory: &'d Directory, login: &str, (number, process, level): (u32, &str, Level)) -> Option<&'d str> {
    directory.deputy(login, &Work { day: day(number), process, level }).map(|person| person.login.as_str())
}

#[test]
fn work_goes_to_the_deputy_of_a_deputy_who_is_away_too() {
    let people = directory(&[
        ("ann", ", away: { from: 2026-12-01, until: 2026-12-05, deputy: bob }"),
        ("bob", ", away: { from: 2026-12-04, until: 2026-12-08, deputy: cat }"),
        ("cat", ""),
        ("dan", ", away: { from: 2026-12-01, until: 2026-12-05, deputy: gone }"),
        ("gone", ", status: left"),
    ]);
    let exports = |number| (number, "exports", Level::L1);
    let found: Vec<Option<&str>> =
        [1, 4, 5, 6].into_iter().map(|number| deputy(&people, "ann", exports(number))).collect();
    assert_eq!(found, [Some("bob"), Some("cat"), Some("cat"), None]);
    assert_eq!(deputy(&people, "dan", exports(2)), None, "who left does nobody's work");
}

#[test]
fn an_absence_covers_its_processes_and_levels_only() {
    let narrow = ", away: [ { from: 2026-12-01, until: 2026-12-05, deputy: bob, processes: [exports], up_to: L1 }, \
                  { from: 2026-12-05, until: 2026-12-09, deputy: cat } ]";
    let people = directory(&[("ann", narrow), ("bob", ""), ("cat", "")]);
    let found =
        [(3, "exports", Level::L1), (3, "exports", Level::L2), (3, "grants", Level::L0), (5, "grants", Level::L3)];
    let found = found.map(|work| deputy(&people, "ann", work));
    assert_eq!(found, [Some("bob"), None, None, Some("cat")]);
}

#[test]
fn a_deputy_leads_back_only_where_absences_meet() {
    let people = directory(&[
        ("ann", ""),
        ("bob", ", away: { from: 2026-12-04, until: 2026-12-08, deputy: cat, processes: [exports] }"),
        ("cat", ", away: { from: 2026-12-06, until: 2026-12-09, deputy: ann }"),
    ]);
    let absence = |from, until, processes: &[&str]| Absence {
        from: day(from),
        until: day(until),
        deputy: "bob".into(),
        processes: processes.iter().map(|one| (*one).into()).collect(),
        up_to: None,
    };
    let leads_back = |absence: Absence| people.leads_back("ann", &absence);
    assert!(leads_back(absence(5, 7, &[])));
    assert!(!leads_back(absence(1, 3, &[])), "other days");
    assert!(!leads_back(absence(5, 7, &["grants"])), "other processes");
    assert!(people.leads_back("bob", &absence(5, 7, &[])), "nobody does their own work");
}
