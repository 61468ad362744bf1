//! `people.yaml`: departments and people, for tests, demos and import.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Code, codes},
    id::{DepartmentId, Login, RoleId, WorkflowId},
    lower::{
        calendar, names,
        reading::{self, Keys, Mapping},
        settings::LEVEL_WORDS,
    },
    model::Settings,
    people::{Absence, Department, Directory, PersonEntry, PersonStatus},
    reporter::Reporter,
    syntax::{Node, Place},
};

pub(crate) const KEYS: Keys = Keys::all(&["departments", "people"]);
pub(crate) const DEPARTMENT_KEYS: Keys = Keys::all(&["id", "title", "head", "parent"]);
pub(crate) const PERSON_KEYS: Keys = Keys::all(&["login", "name", "department", "manager", "roles", "status", "away"]);
pub(crate) const AWAY_KEYS: Keys = Keys::all(&["from", "until", "deputy", "processes", "up_to"]);

const STATUSES: &[(&str, PersonStatus)] =
    &[("active", PersonStatus::Active), ("disabled", PersonStatus::Disabled), ("left", PersonStatus::Left)];

/// How many names of a cycle a message shows.
const CYCLE_SHOWN_MAX: usize = 8;

/// The people and departments that a file describes, if all of it is sound.
pub(crate) fn lower(
    reporter: &mut Reporter<'_>,
    root: &Node,
    settings: &Settings,
) -> Option<(Vec<PersonEntry>, Vec<Department>)> {
    let errors = reporter.errors();
    let mapping = reading::mapping(reporter, root, KEYS)?;
    let departments = items(reporter, &mapping, "departments", department);
    let people = items(reporter, &mapping, "people", |reporter, node| person(reporter, node, settings));
    let department_ids = index(reporter, &mapping, ("departments", "id"));
    let logins = index(reporter, &mapping, ("people", "login"));
    resolve(reporter, &mapping, &department_ids, &logins);
    let managers =
        people.iter().map(|(place, one)| (one.login.as_str(), *place, one.manager.as_ref().map(Login::as_str)));
    refuse_cycles(reporter, codes::MANAGER_CYCLE, managers);
    let parents =
        departments.iter().map(|(place, one)| (one.id.as_str(), *place, one.parent.as_ref().map(DepartmentId::as_str)));
    refuse_cycles(reporter, codes::DEPARTMENT_CYCLE, parents);
    refuse_deputies_that_lead_back(reporter, settings, &people);
    let lowered =
        (people.into_iter().map(|(_, one)| one).collect(), departments.into_iter().map(|(_, one)| one).collect());
    (reporter.errors() == errors).then_some(lowered)
}

fn items<T>(
    reporter: &mut Reporter<'_>,
    mapping: &Mapping<'_>,
    key: &str,
    mut lower: impl FnMut(&mut Reporter<'_>, &Node) -> Option<T>,
) -> Vec<(Place, T)> {
    let Some(node) = mapping.get(key) else { return Vec::new() };
    let items = reading::sequence(reporter, node).unwrap_or_default();
    items.iter().filter_map(|item| Some((item.place, lower(reporter, item)?))).collect()
}

fn department(reporter: &mut Reporter<'_>, node: &Node) -> Option<Department> {
    let mapping = reading::mapping(reporter, node, DEPARTMENT_KEYS)?;
    let id = mapping.required(reporter, "id").and_then(|node| names::kebab_case(reporter, node));
    let title = mapping.required(reporter, "title").and_then(|node| reading::text(reporter, node));
    let head = mapping.get("head").and_then(|node| names::login(reporter, node)).map(Login::from);
    let parent = mapping.get("parent").and_then(|node| names::kebab_case(reporter, node)).map(DepartmentId::from);
    Some(Department { id: DepartmentId::from(id?), title: title?, head, parent })
}

fn person(reporter: &mut Reporter<'_>, node: &Node, settings: &Settings) -> Option<PersonEntry> {
    let mapping = reading::mapping(reporter, node, PERSON_KEYS)?;
    let login = mapping.required(reporter, "login").and_then(|node| names::login(reporter, node));
    let name = mapping.required(reporter, "name").and_then(|node| reading::string(reporter, node));
    let department =
        mapping.get("department").and_then(|node| names::kebab_case(reporter, node)).map(DepartmentId::from);
    let manager = mapping.get("manager").and_then(|node| names::login(reporter, node)).map(Login::from);
    let roles = mapping.get("roles").map(|node| roles(reporter, node, settings)).unwrap_or_default();
    let status = match mapping.get("status") {
        Some(node) => reading::one_of(reporter, node, STATUSES),
        None => Some(PersonStatus::Active),
    };
    Some(PersonEntry {
        login: Login::from(login?),
        name: name?.to_owned(),
        department,
        manager,
        roles,
        status: status?,
        away: mapping.get("away").map(|node| absences(reporter, node)).unwrap_or_default(),
    })
}

/// One absence, or several.
fn absences(reporter: &mut Reporter<'_>, node: &Node) -> Vec<Absence> {
    let several = node.as_sequence().unwrap_or(std::slice::from_ref(node));
    several.iter().filter_map(|one| absence(reporter, one)).collect()
}

fn absence(reporter: &mut Reporter<'_>, node: &Node) -> Option<Absence> {
    let mapping = reading::mapping(reporter, node, AWAY_KEYS)?;
    let from = mapping.required(reporter, "from").and_then(|node| calendar::day(reporter, node));
    let until = mapping.required(reporter, "until").and_then(|node| calendar::day(reporter, node));
    let deputy = mapping.required(reporter, "deputy").and_then(|node| names::login(reporter, node));
    let processes = match mapping.get("processes") {
        Some(node) => reading::sequence(reporter, node).unwrap_or_default(),
        None => &[],
    };
    let processes = processes.iter().filter_map(|node| names::kebab_case(reporter, node)).map(WorkflowId::from);
    let processes = processes.collect();
    let up_to = match mapping.get("up_to") {
        Some(node) => Some(reading::one_of(reporter, node, LEVEL_WORDS)?),
        None => None,
    };
    let absence = Absence { from: from?, until: until?, deputy: Login::from(deputy?), processes, up_to };
    if absence.until < absence.from {
        reporter.report(codes::ABSENCE_ENDS_BEFORE_IT_BEGINS, node.place, &[]);
        return None;
    }
    Some(absence)
}

/// Work that would come back to whoever is away is reported at each of those that it would come back to.
fn refuse_deputies_that_lead_back(reporter: &mut Reporter<'_>, settings: &Settings, people: &[(Place, PersonEntry)]) {
    let directory = Directory::new(settings, people.iter().map(|(_, person)| person.clone()), []);
    for (place, person) in people {
        if let Some(absence) = person.away.iter().find(|absence| directory.leads_back(person.login.as_str(), absence)) {
            let arguments = [("login", person.login.as_str()), ("deputy", absence.deputy.as_str())];
            reporter.report(codes::DEPUTY_LEADS_BACK, *place, &arguments);
        }
    }
}

fn roles(reporter: &mut Reporter<'_>, node: &Node, settings: &Settings) -> BTreeSet<RoleId> {
    let mut roles = BTreeSet::new();
    for item in reading::sequence(reporter, node).unwrap_or_default() {
        let Some(name) = reading::string(reporter, item) else { continue };
        if settings.roles.contains_key(name) {
            roles.insert(RoleId::from(name));
        } else {
            let known = settings.roles.keys().map(RoleId::as_str);
            reading::unknown_name(reporter, codes::UNKNOWN_ROLE, (name, item.place), known);
        }
    }
    roles
}

/// The names of a list with their places, those of broken items too; one that stands twice is reported.
fn index<'n>(
    reporter: &mut Reporter<'_>,
    mapping: &Mapping<'n>,
    (list, key): (&str, &str),
) -> BTreeMap<&'n str, Place> {
    let mut index: BTreeMap<&str, Place> = BTreeMap::new();
    for node in
        mapping.get(list).and_then(Node::as_sequence).unwrap_or_default().iter().filter_map(|item| item.get(key))
    {
        let Some(name) = node.as_text() else { continue };
        if let Some(Place { line, .. }) = index.get(name) {
            let arguments = [("name", name), ("first", &*line.to_string())];
            reporter.report(codes::DUPLICATE_NAME, node.place, &arguments);
        } else {
            index.insert(name, node.place);
        }
    }
    index
}

/// Every department and person that is named elsewhere in the file.
fn resolve(
    reporter: &mut Reporter<'_>,
    mapping: &Mapping<'_>,
    departments: &BTreeMap<&str, Place>,
    logins: &BTreeMap<&str, Place>,
) {
    let references = [
        ("departments", "head", logins, codes::UNKNOWN_PERSON),
        ("departments", "parent", departments, codes::UNKNOWN_DEPARTMENT),
        ("people", "department", departments, codes::UNKNOWN_DEPARTMENT),
        ("people", "manager", logins, codes::UNKNOWN_PERSON),
    ];
    for (list, key, known, code) in references {
        let items = mapping.get(list).and_then(Node::as_sequence).unwrap_or_default();
        for node in items.iter().filter_map(|item| item.get(key)) {
            refer(reporter, node, (known, code));
        }
    }
    let people = mapping.get("people").and_then(Node::as_sequence).unwrap_or_default();
    for away in people.iter().filter_map(|person| person.get("away")) {
        let several = away.as_sequence().unwrap_or(std::slice::from_ref(away));
        for deputy in several.iter().filter_map(|absence| absence.get("deputy")) {
            refer(reporter, deputy, (logins, codes::UNKNOWN_PERSON));
        }
    }
}

fn refer(reporter: &mut Reporter<'_>, node: &Node, (known, code): (&BTreeMap<&str, Place>, Code)) {
    if let Some(name) = node.as_text().filter(|name| !known.contains_key(name)) {
        reading::unknown_name(reporter, code, (name, node.place), known.keys().copied());
    }
}

/// Chains upward that lead back to themselves: each cycle is reported once, at the first of it in the file.
fn refuse_cycles<'n>(
    reporter: &mut Reporter<'_>,
    code: Code,
    chains: impl Iterator<Item = (&'n str, Place, Option<&'n str>)>,
) {
    let chains: Vec<_> = chains.collect();
    let above: BTreeMap<&str, &str> = chains.iter().filter_map(|(name, _, above)| Some((*name, (*above)?))).collect();
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    for (name, place, _) in &chains {
        let mut trail: Vec<&str> = Vec::new();
        let mut on_trail: BTreeSet<&str> = BTreeSet::new();
        let mut at = Some(*name);
        while let Some(here) = at.filter(|here| !settled.contains(here) && on_trail.insert(here)) {
            trail.push(here);
            at = above.get(here).copied();
        }
        if let Some(start) = at.and_then(|here| trail.iter().position(|one| *one == here)) {
            let cycle: Vec<&str> = trail[start..].iter().chain(at.iter()).copied().take(CYCLE_SHOWN_MAX).collect();
            reporter.report(code, *place, &[("chain", &cycle.join(" → "))]);
        }
        settled.extend(trail);
    }
}
