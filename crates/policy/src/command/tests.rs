use std::collections::BTreeSet;

use definition::{
    id::Login,
    load::{SourceFile, load, load_people},
    model::Capability,
    people::Directory,
};

use super::{Action, Actor, Decision, Denial, Ground, Resource, decide};

const SETTINGS: &str = "
workspace: Test
locale: en
timezone: Asia/Shanghai
sensitivity:
  L0: { title: A }
  L1: { title: B, others_see: masked }
  L2: { title: C, others_see: masked }
  L3: { title: D, others_see: nothing }
roles:
  staff: { title: Staff, clearance: L1 }
  admin: { title: Admin, clearance: L0, can: [build, people, settings, incidents] }
  auditor: { title: Auditor, clearance: L0, can: [audit] }
calendar: { hours: { mon-fri: [\"09:00-18:00\"] } }
";

const PEOPLE: &str = "
departments: []
people:
  - { login: requester, name: R, roles: [staff], status: active }
  - { login: holder, name: H, roles: [staff], status: active }
  - { login: excluded, name: E, roles: [staff], status: active }
  - { login: stranger, name: S, roles: [staff], status: active }
  - { login: admin, name: A, roles: [admin], status: active }
  - { login: auditor, name: U, roles: [auditor], status: active }
  - { login: gone, name: G, roles: [staff, admin, auditor], status: left }
  - { login: disabled, name: D, roles: [staff, admin], status: disabled }
";

fn directory() -> Directory {
    let source = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.as_bytes().to_vec() };
    let loaded = load(&[source("chancery.yaml", SETTINGS)]);
    let settings = loaded.workspace.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics)).settings;
    let people = load_people(&settings, &source("people.yaml", PEOPLE));
    let file = people.file.unwrap_or_else(|| panic!("{:#?}", people.diagnostics));
    Directory::new(&settings, file.people, file.departments)
}

fn logins(logins: &[&str]) -> BTreeSet<Login> {
    logins.iter().map(|login| Login::from(*login)).collect()
}

const EVERYTHING: [Action; 28] = [
    Action::StartCase,
    Action::ViewCase,
    Action::CommentOnCase,
    Action::UrgeCase,
    Action::WithdrawCase,
    Action::ClaimTask,
    Action::ReleaseTask,
    Action::DecideTask,
    Action::CompleteTask,
    Action::TransferTask,
    Action::DelegateTask,
    Action::ResolveTask,
    Action::AddToTask,
    Action::RemoveFromTask,
    Action::ConsultOnTask,
    Action::AnswerTask,
    Action::TakeBackDecision,
    Action::NamePeople,
    Action::FireTimer,
    Action::ReportAction,
    Action::ReassignLeaver,
    Action::ResolveIncident,
    Action::Intervene,
    Action::Build,
    Action::KeepPeople,
    Action::ChangeSettings,
    Action::ReadAudit,
    Action::ViewCase,
];

/// Everything that somebody may do with a thing; all else is denied.
fn check(login: &str, resource: Resource<'_>, expected: &[Action]) {
    let directory = directory();
    let login = Login::from(login);
    let may: BTreeSet<Action> = EVERYTHING
        .into_iter()
        .filter(|action| decide(&directory, Actor::Person(&login), *action, resource).is_allowed())
        .collect();
    let expected: BTreeSet<Action> = expected.iter().copied().collect();
    assert_eq!(may, expected, "{login} with {resource:?}");
}

const KEEPING: [Action; 6] = [
    Action::Build,
    Action::KeepPeople,
    Action::ReassignLeaver,
    Action::ChangeSettings,
    Action::ResolveIncident,
    Action::Intervene,
];
const TASKS: [Action; 13] = [
    Action::ClaimTask,
    Action::ReleaseTask,
    Action::DecideTask,
    Action::CompleteTask,
    Action::TransferTask,
    Action::DelegateTask,
    Action::ResolveTask,
    Action::AddToTask,
    Action::RemoveFromTask,
    Action::ConsultOnTask,
    Action::AnswerTask,
    Action::TakeBackDecision,
    Action::NamePeople,
];

#[test]
fn a_task_is_its_holders_and_nobody_elses() {
    let (holders, excluded) = (logins(&["holder", "excluded", "gone", "disabled"]), logins(&["excluded"]));
    let task = Resource::Task { holders: &holders, excluded: &excluded };
    check("holder", task, &TASKS);
    for login in ["excluded", "stranger", "gone", "disabled", "nobody"] {
        check(login, task, &[]);
    }
    check("admin", task, &KEEPING);
    check("auditor", task, &[Action::ReadAudit]);
}

#[test]
fn a_case_is_seen_by_its_parties_and_taken_back_by_its_requester() {
    let (requester, participants) = (Login::from("requester"), logins(&["holder", "gone"]));
    let case = Resource::Case { requester: Some(&requester), participants: &participants };
    check("requester", case, &[Action::ViewCase, Action::CommentOnCase, Action::UrgeCase, Action::WithdrawCase]);
    check("holder", case, &[Action::ViewCase, Action::CommentOnCase]);
    check("stranger", case, &[]);
    check("gone", case, &[]);
    let mut keeping = KEEPING.to_vec();
    keeping.push(Action::ViewCase);
    check("admin", case, &keeping);
}

#[test]
fn a_process_is_started_by_whom_it_names() {
    let starters = logins(&["requester", "gone"]);
    let process = Resource::Process { starters: &starters };
    check("requester", process, &[Action::StartCase]);
    check("stranger", process, &[]);
    check("gone", process, &[]);
}

#[test]
fn duties_need_no_more_than_the_workspace() {
    check("admin", Resource::Workspace, &KEEPING);
    check("auditor", Resource::Workspace, &[Action::ReadAudit]);
    check("holder", Resource::Workspace, &[]);
}

#[test]
fn the_engine_keeps_time_and_decides_nothing() {
    let directory = directory();
    let may: BTreeSet<Action> = EVERYTHING
        .into_iter()
        .filter(|action| decide(&directory, Actor::System, *action, Resource::Workspace).is_allowed())
        .collect();
    assert_eq!(may, [Action::FireTimer, Action::ReportAction, Action::ReassignLeaver].into());
}

#[test]
fn every_answer_says_why() {
    let directory = directory();
    let (holders, excluded) = (logins(&["holder", "excluded"]), logins(&["excluded"]));
    let task = Resource::Task { holders: &holders, excluded: &excluded };
    let denied = |denial| Decision::Denied { denial };
    for (login, action, expected) in [
        ("holder", Action::DecideTask, Decision::Allowed { ground: Ground::Holder }),
        ("excluded", Action::DecideTask, denied(Denial::Excluded)),
        ("stranger", Action::DecideTask, denied(Denial::NotAHolder)),
        ("gone", Action::DecideTask, denied(Denial::Inactive)),
        ("nobody", Action::DecideTask, denied(Denial::Unknown)),
        ("stranger", Action::ReadAudit, denied(Denial::LacksDuty(Capability::Audit))),
        ("admin", Action::ResolveIncident, Decision::Allowed { ground: Ground::Duty(Capability::Incidents) }),
        ("holder", Action::FireTimer, denied(Denial::EngineOnly)),
        ("holder", Action::StartCase, denied(Denial::NoRule)),
    ] {
        let login = Login::from(login);
        assert_eq!(decide(&directory, Actor::Person(&login), action, task), expected, "{login} {action:?}");
    }
}
