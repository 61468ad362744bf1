//! The JSON Schema of a file of scenarios, so that editors complete it.

#![expect(dead_code, reason = "these types are only described, never filled: files are read with their places")]

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, schema_for};

/// The schema of `*.scenarios.yaml`.
pub fn schema() -> Schema {
    schema_for!(File)
}

/// Scenarios of one workflow.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Chancery scenarios")]
struct File {
    /// The workflow's id.
    scenarios: String,
    /// The file of people, relative to the workspace.
    people: String,
    /// The scenarios.
    cases: Vec<Case>,
}

/// One scenario.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Case {
    /// What it shows.
    scenario: Text,
    /// How it begins.
    start: Start,
    /// What happens then, and what is expected.
    then: Vec<Line>,
}

/// Text for people: once, or per language.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Text {
    Same(String),
    PerLocale(BTreeMap<String, String>),
}

/// What makes the case begin, as the workflow's own `start` waits for it, when, with which values.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Start {
    /// Who sends the form, or in whose name a program asks.
    by: Option<String>,
    /// A time such as 2026-11-20T10:00, on the workspace's clock.
    at: String,
    /// Values of the form by field.
    request: Option<BTreeMap<String, serde_json::Value>>,
    /// Values of the event by field.
    event: Option<BTreeMap<String, serde_json::Value>>,
    /// Values of the record by field.
    record: Option<BTreeMap<String, serde_json::Value>>,
    /// The person who came, moved or left.
    person: Option<String>,
}

/// A line: time passes, somebody does something, something is expected.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Line {
    After(After),
    At(At),
    Expect(Box<Expect>),
    Person(Person),
    Action(Action),
    Event(Event),
    /// A login, and what they do.
    Command(BTreeMap<String, Command>),
}

/// Time passes: `2 working days`, `30 分钟`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct After {
    after: String,
}

/// It becomes this time.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct At {
    at: String,
}

/// Somebody leaves the company.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Person {
    person: String,
    leaves: bool,
}

/// The next attempt at an action fails.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Action {
    action: String,
    fails: String,
}

/// Something happens outside.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Event {
    event: String,
    values: Option<BTreeMap<String, String>>,
}

/// What somebody does.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Command {
    Word(Word),
    Long(Box<Long>),
}

/// What somebody does, in a word.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Word {
    Approve,
    Reject,
    Withdraw,
    Claim,
    Release,
    Urge,
    Resolve,
    TakeBack,
    Suspend,
    Resume,
    Cancel,
}

/// What somebody does, with its particulars.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Long {
    /// Approve, with this comment.
    approve: Option<String>,
    /// Reject, with this comment.
    reject: Option<String>,
    /// Send the case back, with this comment.
    r#return: Option<String>,
    /// To this step, or to the requester.
    to: Option<String>,
    /// Do a piece of work with these values.
    fill: Option<BTreeMap<String, serde_json::Value>>,
    /// Hand the task over to this login.
    transfer: Option<String>,
    /// As an administrator, name these people.
    name: Option<Logins>,
    /// Let this login look at the task, and have the last word.
    delegate: Option<String>,
    /// Give a delegated task back, with this comment.
    resolve: Option<String>,
    /// Let these people decide first.
    add_before: Option<Logins>,
    /// Let these people decide afterwards.
    add_after: Option<Logins>,
    /// Let these people decide as well.
    add_alongside: Option<Logins>,
    /// Do without this login, whom they added.
    remove: Option<String>,
    /// Ask these people for an opinion.
    opinion: Option<Logins>,
    /// Ask this login a question.
    ask: Option<String>,
    /// As an administrator, give a task to these people.
    assign: Option<Logins>,
    /// As an administrator, send the case back to this step.
    jump: Option<String>,
    /// Give the opinion or the answer they were asked for.
    answer: Option<String>,
    /// What is said.
    comment: Option<String>,
    /// With the task of this step.
    step: Option<String>,
}

/// One, or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Logins {
    One(String),
    Several(Vec<String>),
}

/// What is so, or with `not_` is not.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Expect {
    expect: Aspects,
}

/// Aspects of a case.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Aspects {
    /// The steps at which the case is: exactly these.
    waiting: Option<Logins>,
    /// The people it waits for: exactly these.
    r#for: Option<Logins>,
    /// Who was reminded since the start.
    reminded: Option<Logins>,
    /// Who was told something since the start.
    notified: Option<Logins>,
    /// Which steps were escalated since the start.
    escalated: Option<Logins>,
    /// Which actions took effect since the start.
    ran: Option<Logins>,
    /// The actions of which steps were taken back since the start.
    undone: Option<Logins>,
    /// How the case ended.
    ended: Option<String>,
    /// Whose last command was refused.
    refused: Option<Logins>,
    /// Which fields somebody sees in clear now.
    sees: Option<BTreeMap<String, Logins>>,
    /// Which fields somebody sees masked now.
    masked: Option<BTreeMap<String, Logins>>,
    not_waiting: Option<Logins>,
    not_for: Option<Logins>,
    not_reminded: Option<Logins>,
    not_notified: Option<Logins>,
    not_escalated: Option<Logins>,
    not_ran: Option<Logins>,
    not_undone: Option<Logins>,
    not_ended: Option<String>,
    not_refused: Option<Logins>,
    not_sees: Option<BTreeMap<String, Logins>>,
    not_masked: Option<BTreeMap<String, Logins>>,
}
