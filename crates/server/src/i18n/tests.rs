//! Times and numbers as people write them; and that both languages say the same, of everything that is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration, Utc};

use super::{format::Reading, *};

/// Messages that pick what they need of a date, differently in each language.
const DATE_PATTERNS: &[&str] =
    &["time-date", "time-short-date", "time-short-date-weekday", "time-long-day", "time-long-day-year"];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// Friday 20 November 2026, 15:02 in Shanghai.
fn reading(locale: Locale) -> Reading {
    Reading { locale, zone: chrono_tz::Asia::Shanghai, now: at("2026-11-20T15:02:00+08:00") }
}

#[test]
fn numbers_have_a_comma_between_thousands() {
    let written = ["0", "999", "1000", "12840", "-1234567", "12840.50"].map(format::grouped);
    assert_eq!(written, ["0", "999", "1,000", "12,840", "-1,234,567", "12,840.50"]);
}

#[test]
fn moments_are_as_short_as_they_are_clear() {
    let moments = [
        "2026-11-20T18:00:00+08:00",
        "2026-11-21T11:00:00+08:00",
        "2026-11-19T15:10:00+08:00",
        "2026-11-23T15:02:00+08:00",
        "2026-12-24T18:00:00+08:00",
        "2027-01-05T00:05:00+08:00",
    ];
    let write = |locale| moments.map(|moment| reading(locale).moment(at(moment)));
    assert_eq!(
        write(Locale::ZhCn),
        ["今天 18:00", "明天 11:00", "昨天 15:10", "11-23 周一 15:02", "12-24 18:00", "2027-01-05 00:05"]
    );
    assert_eq!(
        write(Locale::En),
        ["today 18:00", "tomorrow 11:00", "yesterday 15:10", "Mon 23 Nov 15:02", "24 Dec 18:00", "2027-01-05 00:05"]
    );
}

#[test]
fn a_day_is_the_readers_day() {
    let late = at("2026-11-20T23:30:00+08:00");
    let abroad = Reading { zone: chrono_tz::Europe::London, ..reading(Locale::En) };
    assert_eq!(
        (reading(Locale::En).moment(late), abroad.moment(late)),
        ("today 23:30".to_owned(), "today 15:30".to_owned())
    );
}

#[test]
fn days_are_written_in_full_where_there_is_room() {
    let write = |locale| {
        let reading = reading(locale);
        [
            reading.long_day(reading.now),
            reading.long_day(at("2027-01-05T09:00:00+08:00")),
            reading.date(reading.now),
            reading.day(reading.now),
        ]
    };
    assert_eq!(write(Locale::ZhCn), ["11 月 20 日 星期五", "2027 年 1 月 5 日", "2026-11-20", "今天"]);
    assert_eq!(write(Locale::En), ["Friday, 20 November", "5 January 2027", "2026-11-20", "today"]);
}

#[test]
fn time_left_is_told_in_its_largest_units() {
    let lengths = [
        Duration::seconds(20),
        Duration::minutes(35),
        Duration::hours(2),
        Duration::minutes(178),
        Duration::hours(68),
        Duration::minutes(-35),
        Duration::hours(-50),
    ];
    let write = |locale| lengths.map(|length| reading(locale).left(reading(locale).now + length));
    assert_eq!(
        write(Locale::ZhCn),
        [
            "还剩 不到 1 分钟",
            "还剩 35 分钟",
            "还剩 2 小时",
            "还剩 2 小时 58 分",
            "还剩 3 天",
            "逾期 35 分钟",
            "逾期 2 天"
        ]
    );
    assert_eq!(
        write(Locale::En),
        [
            "under 1 min left",
            "35 min left",
            "2 h left",
            "2 h 58 min left",
            "3 days left",
            "35 min overdue",
            "2 days overdue"
        ]
    );
}

#[test]
fn what_happened_is_told_by_how_long_ago_it_was() {
    let lengths = [
        Duration::seconds(2),
        Duration::seconds(10),
        Duration::minutes(5),
        Duration::minutes(150),
        Duration::hours(30),
    ];
    let write = |locale| lengths.map(|length| reading(locale).ago(reading(locale).now - length));
    assert_eq!(write(Locale::ZhCn), ["刚刚", "10 秒前", "5 分钟前", "2 小时前", "昨天 09:02"]);
    assert_eq!(write(Locale::En), ["just now", "10 s ago", "5 min ago", "2 h ago", "yesterday 09:02"]);
}

#[test]
fn the_first_language_that_a_browser_accepts_and_we_ship_is_taken() {
    let headers = ["en-GB,en;q=0.9,zh;q=0.8", "fr-FR, zh-TW;q=0.9", "de", "", "zh-Hans-CN"];
    assert_eq!(headers.map(accepted), [Locale::En, Locale::ZhCn, Locale::ZhCn, Locale::ZhCn, Locale::ZhCn]);
}

#[test]
fn a_message_without_what_it_wants_is_an_error() {
    let missing = try_message(Locale::En, "time-left", &[]).map_err(|error| error.to_string());
    assert!(matches!(&missing, Err(text) if text.starts_with("message time-left:")), "{missing:?}");
    let unknown = try_message(Locale::En, "no-such-message", &[]).map_err(|error| error.to_string());
    assert_eq!(unknown, Err("there is no message no-such-message".to_owned()));
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let [chinese, english] = Locale::ALL.map(messages);
    let differing: Vec<_> = chinese
        .keys()
        .chain(english.keys())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .filter(|id| !DATE_PATTERNS.contains(&id.as_str()))
        .filter(|id| chinese.get(*id).map(without_plural) != english.get(*id).map(without_plural))
        .collect();
    assert_eq!(differing, Vec::<&String>::new());
}

#[test]
fn every_message_that_is_used_exists_and_every_one_that_exists_is_used() {
    let sources = sources_that_use_messages();
    let known: BTreeSet<String> = messages(Locale::ZhCn).into_keys().collect();
    let asked: BTreeSet<String> = sources.iter().flat_map(|source| ids_asked_for(source)).collect();
    // `t("audit-did-" ~ kind)` asks for a family.
    let (families, asked): (BTreeSet<String>, BTreeSet<String>) = asked.into_iter().partition(|id| id.ends_with('-'));
    let missing: Vec<_> = asked.difference(&known).collect();
    assert_eq!(missing, Vec::<&String>::new(), "used and not written");
    let quoted: BTreeSet<&str> = sources.iter().flat_map(|source| source.split(['"', '\''])).collect();
    let is_used = |id: &String| quoted.contains(id.as_str()) || families.iter().any(|family| id.starts_with(family));
    let unused: Vec<_> = known.iter().filter(|id| !is_used(id)).collect();
    assert_eq!(unused, Vec::<&String>::new(), "written and not used");
    let childless: Vec<_> =
        families.iter().filter(|family| !known.iter().any(|id| id.starts_with(family.as_str()))).collect();
    assert_eq!(childless, Vec::<&String>::new(), "families without a message");
}

/// English counts where Chinese has no plural, so `$count` may stand in one language alone.
fn without_plural(variables: &BTreeSet<String>) -> BTreeSet<&str> {
    variables.iter().map(String::as_str).filter(|name| *name != "count").collect()
}

/// Ids and the variables of each.
fn messages(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for (_, source) in sources(locale) {
        for line in source.lines() {
            let starts_a_message = line.starts_with(|first: char| first.is_ascii_lowercase());
            if starts_a_message && let Some((id, _)) = line.split_once(" =") {
                found.entry(id.to_owned()).or_default();
                current = Some(id.to_owned());
            }
            if let Some(id) = &current {
                found.entry(id.clone()).or_default().extend(line.split('$').skip(1).map(name_at_start));
            }
        }
    }
    found
}

fn name_at_start(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
}

/// What templates ask for by a literal: `t("id"`, `rich('id'`.
fn ids_asked_for(source: &str) -> Vec<String> {
    let mut ids = Vec::new();
    if source.starts_with("//!") {
        return ids;
    }
    for call in ["t(", "rich("] {
        for (place, _) in source.match_indices(call) {
            let is_call =
                !source[..place].ends_with(|before: char| before.is_ascii_alphanumeric() || "_.".contains(before));
            let rest = &source[place + call.len()..];
            if let Some(quote) = rest.chars().next().filter(|first| is_call && "\"'".contains(*first)) {
                ids.extend(rest[1..].split(quote).next().map(str::to_owned));
            }
        }
    }
    ids
}

/// Templates, and the code of every crate above the definition language; tests ask for messages that do not exist.
fn sources_that_use_messages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    let mut folders = vec![root.join("web/templates"), root.join("crates")];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if path.is_dir() {
                folders.extend((name != "tests" && name != "target").then_some(path));
            } else if name != "tests.rs" && path.extension().is_some_and(|suffix| suffix == "html" || suffix == "rs") {
                found.push(std::fs::read_to_string(&path).expect("a source file can be read"));
            }
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of the workspace can be read");
    entries.map(|entry| entry.expect("an entry can be read").path()).collect()
}
