//! `workflows/*.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Expression, Text, Word,
    control::{Branch, Each, OnError, OnReject, Parallel, Repeat, Return, Set, Undo, Wait},
    start::Start,
};

/// A workflow: who may start it, and its steps.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Workflow {
    /// Its name, equal to the file's: export-approval.
    pub(crate) workflow: String,
    /// Its name for people.
    pub(crate) title: Text,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// How a case begins.
    pub(crate) start: Start,
    /// Values worked out at each submission, in order; later ones may name earlier ones.
    #[serde(rename = "let", default)]
    pub(crate) lets: BTreeMap<String, Expression>,
    /// Until when the requester may withdraw.
    pub(crate) withdraw: Option<Withdraw>,
    /// Names of ends beyond approved, rejected and cancelled.
    #[serde(default)]
    pub(crate) outcomes: Vec<String>,
    /// The steps, in order.
    pub(crate) steps: Vec<Step>,
}

/// Until when a requester may withdraw.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Withdraw {
    /// While the case runs.
    Anytime,
    /// Until the first person decided.
    BeforeFirstDecision,
    /// Until the first action began.
    BeforeFirstAction,
    /// Not at all.
    Never,
}

/// Who: requester, requester.manager, requester.manager(2), requester.managers until role:director, requester.managers,
/// requester.managers(3),
/// requester.department.head, role:dpo, role:sales-manager in requester.department, department:legal,
/// department:legal.head, person:li.na, request.FIELD, approvers of STEP, assignee, assignee.manager. A list is all of
/// them together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Selector {
    /// One rule.
    One(String),
    /// Several; each person once.
    Union(Vec<String>),
}

/// A step: exactly one of approve, fill, notify, run, branch, parallel, each, repeat, wait, set, end, whose value is the
/// step's id (for end: the outcome).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Step {
    /// People decide.
    Approve(Box<Approve>),
    /// People do a piece of work and fill fields in.
    Fill(Box<Fill>),
    /// A message; waits for nobody.
    Notify(Notify),
    /// A built-in action.
    Run(Run),
    /// The first case that holds, or each that does.
    Branch(Branch),
    /// All branches at once.
    Parallel(Parallel),
    /// The steps once for every item.
    Each(Each),
    /// The steps again and again.
    Repeat(Repeat),
    /// Time, a date or an event.
    Wait(Wait),
    /// Case variables.
    Set(Set),
    /// The case ends here.
    End(End),
}

/// People decide: approve or reject.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Approve {
    /// The step's id.
    pub(crate) approve: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// Who.
    pub(crate) by: Selector,
    /// How several people decide together.
    pub(crate) mode: Option<Mode>,
    /// By when, from when the step starts: 8 working hours.
    pub(crate) due: Option<String>,
    /// Nudges around the due time.
    pub(crate) remind: Option<Remind>,
    /// What follows the due time, in order of `after`.
    #[serde(default)]
    pub(crate) escalate: Vec<Rung>,
    /// What a decision asks for.
    pub(crate) confirm: Option<Confirm>,
    /// Whether a comment must be given.
    pub(crate) comment: Option<CommentRule>,
    /// The request fields shown and bound; all that the clearance allows if absent.
    pub(crate) see: Option<Vec<String>>,
    /// When the selector finds nobody.
    pub(crate) if_nobody: Option<IfNobody>,
    /// When the selector finds the requester.
    pub(crate) if_requester: Option<IfRequester>,
    /// When somebody approved before what they would be shown again.
    pub(crate) if_repeated: Option<IfRepeated>,
    /// What a rejection does.
    pub(crate) on_reject: Option<OnReject>,
    /// What whoever holds a task may do with it; everything but delegate if absent.
    pub(crate) allow: Option<Vec<Act>>,
    /// To whom at most a task may go by transfer, delegate, add and opinion.
    pub(crate) transfer_to: Option<Selector>,
    /// Whether a person may take their decision back while nobody has acted after it.
    pub(crate) take_back: Option<bool>,
    /// Whether the clock stands still while a question is open.
    pub(crate) pause_while_asked: Option<bool>,
    /// Where it may be sent back to.
    #[serde(rename = "return")]
    pub(crate) returns: Option<Return>,
}

/// People do a piece of work and fill fields in; no verdict.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fill {
    /// The step's id.
    pub(crate) fill: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// Who.
    pub(crate) by: Selector,
    /// How several people work together.
    pub(crate) mode: Option<ModeWord>,
    /// By when, from when the step starts: 8 working hours.
    pub(crate) due: Option<String>,
    /// Nudges around the due time.
    pub(crate) remind: Option<Remind>,
    /// What follows the due time, in order of `after`.
    #[serde(default)]
    pub(crate) escalate: Vec<Rung>,
    /// What finishing asks for.
    pub(crate) confirm: Option<Confirm>,
    /// Whether a comment must be given.
    pub(crate) comment: Option<CommentRule>,
    /// The request fields shown; all that the clearance allows if absent.
    pub(crate) see: Option<Vec<String>>,
    /// The request fields that may be changed.
    #[serde(default)]
    pub(crate) edit: Vec<String>,
    /// The request fields that must hold something afterwards.
    #[serde(default)]
    pub(crate) require: Vec<String>,
    /// When the selector finds nobody.
    pub(crate) if_nobody: Option<IfNobody>,
    /// What whoever holds a task may do with it; everything but delegate if absent.
    pub(crate) allow: Option<Vec<Act>>,
    /// To whom at most a task may go by transfer, delegate, add and opinion.
    pub(crate) transfer_to: Option<Selector>,
    /// Whether a person may take their decision back while nobody has acted after it.
    pub(crate) take_back: Option<bool>,
    /// Whether the clock stands still while a question is open.
    pub(crate) pause_while_asked: Option<bool>,
    /// Where it may be sent back to.
    #[serde(rename = "return")]
    pub(crate) returns: Option<Return>,
}

/// A message or a copy; waits for nobody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notify {
    /// The step's id.
    pub(crate) notify: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// Who is told.
    pub(crate) to: Selector,
    /// What; never a value of L1 or above. Quote it: "{{ rows }} records".
    pub(crate) message: Text,
}

/// A built-in action.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Run {
    /// The step's id.
    pub(crate) run: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// What is done.
    pub(crate) action: Action,
    /// Its arguments.
    pub(crate) with: ExportArguments,
    /// How often and how fast it is tried again.
    pub(crate) retry: Option<Retry>,
    /// What happens when every try failed.
    pub(crate) on_error: Option<OnError>,
    /// What takes it back when the case is rejected or cancelled afterwards.
    pub(crate) undo: Option<Undo>,
}

/// The case ends with this outcome.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    /// approved, rejected, cancelled, or one of the workflow's outcomes.
    pub(crate) end: String,
    /// Its name for people.
    pub(crate) title: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
}

/// How several people decide together: a word, or a vote.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Mode {
    /// `any` (the default), `all` or `in_order`.
    Word(ModeWord),
    /// Everybody votes, and the votes are counted; `approve` only.
    Vote(Vote),
}

/// Everybody votes; decided as soon as it can no longer change.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vote {
    /// What the approving votes must reach: 2, or 60%.
    pub(crate) vote: Word,
    /// Whose vote counts for more than one; the first that finds a voter holds.
    #[serde(default)]
    pub(crate) weights: Vec<Weight>,
    /// Whose rejection rejects at once.
    pub(crate) veto: Option<Selector>,
    /// How many of each department that votes must approve.
    pub(crate) each_department: Option<u32>,
}

/// Whose vote counts for more than one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weight {
    /// Whose.
    pub(crate) who: Selector,
    /// For how many it counts.
    pub(crate) votes: u32,
}

/// How several people work or decide together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ModeWord {
    /// The first answer decides.
    Any,
    /// Everybody approves; the first rejection rejects.
    All,
    /// One after the other.
    InOrder,
}

/// Nudges around the due time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remind {
    /// Once, this long before.
    pub(crate) before: Option<String>,
    /// Again and again after it.
    pub(crate) every: Option<String>,
    /// How many in all.
    pub(crate) at_most: Option<u32>,
}

/// One rung of the ladder: `after`, and one of to, add, notify, do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rung {
    /// How long after the first due time.
    pub(crate) after: String,
    /// These people instead of the holders.
    pub(crate) to: Option<Selector>,
    /// These people beside the holders.
    pub(crate) add: Option<Selector>,
    /// These people are told.
    pub(crate) notify: Option<Selector>,
    /// The whole step ends, timed out, on this path.
    #[serde(rename = "do")]
    pub(crate) verdict: Option<TimeOut>,
}

/// The path a timed-out step takes; never an approval.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TimeOut {
    /// The path of an approval.
    Approve,
    /// The path of a rejection.
    Reject,
    /// Past the step.
    Skip,
}

/// What a decision asks for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Confirm {
    /// Nothing more than the session.
    None,
    /// The password again.
    Password,
    /// A second factor; one given counts for five minutes.
    SecondFactor,
}

/// Whether a comment must be given.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CommentRule {
    /// May be given.
    Optional,
    /// Must be given.
    Required,
    /// Must be given with a rejection.
    OnReject,
}

/// When a step finds nobody: a word, or other people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum IfNobody {
    /// escalate (the default), skip or reject.
    Word(IfNobodyWord),
    /// These people instead.
    Other(IfNobodyTo),
}

/// What happens when a step finds nobody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IfNobodyWord {
    /// An administrator names somebody.
    Escalate,
    /// The step is skipped; never an approval.
    Skip,
    /// The case is rejected.
    Reject,
}

/// These people instead.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IfNobodyTo {
    /// Who.
    pub(crate) to: Selector,
}

/// When a step finds the requester. If absent they drop out while others remain, else their manager if cleared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IfRequester {
    /// Their manager instead.
    Manager,
    /// The step is skipped.
    Skip,
    /// They may decide; never counts for four eyes.
    Allow,
}

/// What somebody may do with a task.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Act {
    /// Decide in favour; `approve` must allow it.
    Approve,
    /// Decide against.
    Reject,
    /// Send it back.
    Return,
    /// Hand it over for good.
    Transfer,
    /// Let another look at it, and have the last word.
    Delegate,
    /// Ask another to decide first.
    AddBefore,
    /// Ask another to decide afterwards.
    AddAfter,
    /// Ask another to decide as well.
    AddAlongside,
    /// Do without somebody whom one has added.
    Remove,
    /// Take it from its pool.
    Claim,
    /// Say something on the case.
    Comment,
    /// Be urged by the requester.
    Urge,
    /// Ask for an opinion.
    Opinion,
    /// Ask a question.
    Ask,
}

/// When somebody approved before, and nothing of what the step shows has changed since.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IfRepeated {
    /// They are asked again (the default).
    Ask,
    /// They drop out while others remain, else the step is skipped; never an approval.
    Skip,
}

/// What an action does.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) enum Action {
    /// A file of exactly the approved records and fields.
    #[serde(rename = "records.export")]
    RecordsExport,
}

/// Arguments of records.export.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportArguments {
    /// Which records.
    pub(crate) records: Expression,
    /// Which fields, each in clear or masked.
    pub(crate) fields: Expression,
    /// xlsx or csv.
    pub(crate) format: Expression,
    /// How the file is protected.
    pub(crate) protect: Option<Protect>,
}

/// How an exported file is protected.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Protect {
    /// Whether it names who, when and which case.
    pub(crate) watermark: Option<bool>,
    /// Whether it is an encrypted archive with a password of its own.
    pub(crate) password: Option<bool>,
    /// How long it may be downloaded.
    pub(crate) expires: Option<String>,
    /// How often it may be downloaded.
    pub(crate) downloads: Option<u32>,
}

/// How a failing action is tried again: after `first`, then twice as long each time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retry {
    /// How many times after the first.
    pub(crate) times: Option<u32>,
    /// The first wait.
    pub(crate) first: Option<String>,
}
