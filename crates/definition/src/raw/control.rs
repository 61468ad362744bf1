//! Steps of `workflows/*.yaml` that choose, multiply or halt the way of a case.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Expression, Text, workflow::Step};

/// The first case that holds, or each that does.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Branch {
    /// The step's id.
    pub(crate) branch: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// Whether all cases that hold are taken at once, and joined.
    pub(crate) every: Option<bool>,
    /// The cases in order; the last is `{ else: true, steps }`.
    pub(crate) cases: Vec<BranchCase>,
}

/// One case of a branch.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BranchCase {
    /// When it is taken.
    #[serde(rename = "if")]
    pub(crate) condition: Option<Expression>,
    /// `true` for the last case, which is taken if no other is.
    #[serde(rename = "else")]
    pub(crate) otherwise: Option<bool>,
    /// Its steps.
    pub(crate) steps: Vec<Step>,
}

/// All branches at once. What is still open when they join is closed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parallel {
    /// The step's id.
    pub(crate) parallel: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// When the case goes on: all (the default), any, or how many branches.
    pub(crate) join: Option<Join>,
    /// The branches.
    pub(crate) branches: Vec<ParallelBranch>,
}

/// When the branches of a parallel join.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Join {
    /// all or any.
    Word(JoinWord),
    /// How many branches.
    Count(u16),
}

/// When the branches of a parallel join.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JoinWord {
    /// When each has arrived.
    All,
    /// When one has arrived.
    Any,
}

/// One branch of a parallel.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParallelBranch {
    /// Its name.
    pub(crate) name: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// Its steps.
    pub(crate) steps: Vec<Step>,
}

/// The steps once for every item of a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Each {
    /// The step's id.
    pub(crate) each: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// The list.
    pub(crate) of: Expression,
    /// What expressions inside call the item: item, if it does not say.
    #[serde(rename = "as")]
    pub(crate) item: Option<String>,
    /// The most items; with more an operator must act. 100, if it does not say.
    pub(crate) at_most: Option<u16>,
    /// Whether one item waits for the other.
    pub(crate) in_order: Option<bool>,
    /// The steps.
    pub(crate) steps: Vec<Step>,
}

/// The steps again and again, tested after each round.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Repeat {
    /// The step's id.
    pub(crate) repeat: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// When to stop.
    pub(crate) until: Expression,
    /// The most rounds; exhausted, the case goes on.
    pub(crate) at_most: u16,
    /// The steps.
    pub(crate) steps: Vec<Step>,
}

/// Waits for one of: some time, a date, an event from outside.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wait {
    /// The step's id.
    pub(crate) wait: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// So long: 3 working days.
    #[serde(rename = "for")]
    pub(crate) period: Option<String>,
    /// Until this date begins, or this moment.
    pub(crate) until: Option<Expression>,
    /// For an event of this name.
    pub(crate) event: Option<String>,
    /// Which of the events of that name: event.order == request.order.
    #[serde(rename = "match")]
    pub(crate) matches: Option<Expression>,
    /// When to go on without the event.
    pub(crate) timeout: Option<String>,
}

/// Gives case variables a value.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    /// The step's id.
    pub(crate) set: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// Each variable with its value, in order.
    pub(crate) values: BTreeMap<String, Expression>,
}

/// What a rejection does: a word, or steps of its own, after which the case goes on unless they end it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum OnReject {
    /// end (the default), branch or continue.
    Word(OnRejectWord),
    /// These steps.
    Steps(Vec<Step>),
}

/// What a rejection does.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnRejectWord {
    /// The case ends, rejected.
    End,
    /// The enclosing branch or item ends alone, and does not count as having arrived.
    Branch,
    /// The case goes on; nobody has approved.
    Continue,
}

/// What happens when every try failed: a word, or steps of its own, after which the case goes on unless they end it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum OnError {
    /// incident (the default) or continue.
    Word(OnErrorWord),
    /// These steps.
    Steps(Vec<Step>),
}

/// What happens when every try failed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnErrorWord {
    /// An operator sees it and can retry or skip.
    Incident,
    /// The case goes on; the outcome of the step is `failed`.
    Continue,
}

/// What takes an action back: a word, or steps of its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Undo {
    /// automatic (the default) or none.
    Word(UndoWord),
    /// These steps; `approve`, `run` and `end` are none of them.
    Steps(Vec<Step>),
}

/// What takes an action back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UndoWord {
    /// What the action itself knows.
    Automatic,
    /// Nothing.
    None,
}

/// Where a step may be returned to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Return {
    /// any (the default), requester, previous, or a people step before this one.
    pub(crate) to: Option<String>,
    /// What follows once they have done their part again.
    pub(crate) then: Option<ReturnThen>,
    /// How often; after that only approve and reject remain. 5, if it does not say.
    pub(crate) at_most: Option<u16>,
}

/// What follows a return.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReturnThen {
    /// Everything after it runs again (the default).
    Redo,
    /// Straight back to where it was returned from.
    ComeBack,
}
