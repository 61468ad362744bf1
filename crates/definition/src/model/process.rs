//! A process definition: steps in a flat arena, each knowing what follows it.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    expression::Expression,
    id::{FieldName, LetName, OutcomeName, StepId, WorkflowId},
    model::{
        Act, Branch, Each, Form, OnError, OnReject, Parallel, Repeat, Return, Selector, Set, Start, Undo, Vote, Wait,
    },
    period::Period,
    template::Template,
    text::{Localized, Text},
};

/// A verified workflow.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Process {
    /// Its id.
    pub id: WorkflowId,
    /// Its name for people.
    pub title: Text,
    /// A line of help.
    pub help: Option<Text>,
    /// How a case begins.
    pub start: Start,
    /// What a case begins with: the form that is sent, or the values that come with another start.
    pub intake: Arc<Form>,
    /// Values worked out at each submission, in order.
    pub lets: Vec<Let>,
    /// Until when the requester may withdraw.
    pub withdraw: Withdraw,
    /// Names of ends beyond `approved rejected cancelled`.
    pub outcomes: Vec<OutcomeName>,
    /// Every step; a [`StepIndex`] is a place in this list.
    pub steps: Vec<Step>,
    /// The first step of the outermost list, if there is one.
    pub first: Option<StepIndex>,
    /// The step at which the requester changes a request that was returned to them. It stands outside every list.
    pub resubmission: Option<StepIndex>,
}

/// The id of the step at which the requester changes a request that was returned to them; no file can name a step so.
pub const RESUBMISSION: &str = "requester";

impl Process {
    /// The step at an index of this process.
    pub fn step(&self, index: StepIndex) -> &Step {
        &self.steps[usize::from(index.0)]
    }

    /// A step by its id.
    pub fn step_by_id(&self, id: &str) -> Option<(StepIndex, &Step)> {
        (0u16..).map(StepIndex).zip(&self.steps).find(|(_, step)| step.id.as_str() == id)
    }

    /// The steps that the file writes down.
    pub fn written_steps(&self) -> impl Iterator<Item = (StepIndex, &Step)> {
        let steps = (0u16..).map(StepIndex).zip(&self.steps);
        steps.filter(|(index, _)| Some(*index) != self.resubmission)
    }

    /// The steps of a list, by its first.
    pub fn list(&self, first: Option<StepIndex>) -> impl Iterator<Item = StepIndex> {
        std::iter::successors(first, |index| self.step(*index).next)
    }

    /// The first step of the list that a nested step stands in.
    pub fn first_of(&self, parent: Option<Parent>) -> Option<StepIndex> {
        match parent {
            None => self.first,
            Some(parent) => self.step(parent.step).kind.lists().get(usize::from(parent.case)).copied().flatten(),
        }
    }

    /// Whether a list takes an action back: it is no part of the way of a case, but follows its end.
    pub fn takes_back(&self, list: Parent) -> bool {
        self.step(list.step).kind.run().is_some() && list.case == Run::UNDO
    }

    /// Whether a step is part of what takes an action back.
    pub fn is_in_undo(&self, index: StepIndex) -> bool {
        let lists = std::iter::successors(self.step(index).parent, |list| self.step(list.step).parent);
        lists.into_iter().any(|list| self.takes_back(list))
    }

    /// The steps before one in its own and each enclosing list, in the order in which a case comes to them. What takes an
    /// action back has no step before its own.
    pub fn before(&self, index: StepIndex) -> Vec<StepIndex> {
        let mut before = Vec::new();
        let mut at = Some(index).filter(|_| Some(index) != self.resubmission);
        while let Some(index) = at {
            let parent = self.step(index).parent;
            let earlier: Vec<_> = self.list(self.first_of(parent)).take_while(|step| *step != index).collect();
            before.splice(0..0, earlier);
            at = parent.filter(|list| !self.takes_back(*list)).map(|parent| parent.step);
        }
        before
    }
}

/// A place in [`Process::steps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct StepIndex(pub u16);

/// A named value worked out at each submission.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Let {
    /// Its name in expressions.
    pub name: LetName,
    /// How it is worked out.
    pub expression: Expression,
}

/// Until when a requester may withdraw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdraw {
    /// While the case runs.
    Anytime,
    /// Until the first person decided.
    BeforeFirstDecision,
    /// Until the first action began.
    BeforeFirstAction,
    /// Not at all.
    Never,
}

/// One step.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// Its name for people; the id if the definition gives none.
    pub title: Text,
    /// A line of help.
    pub help: Option<Text>,
    /// What it does.
    pub kind: StepKind,
    /// The list it stands in, if it is nested.
    pub parent: Option<Parent>,
    /// The next step of the same list.
    pub next: Option<StepIndex>,
}

/// Where a nested step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parent {
    /// The enclosing step.
    pub step: StepIndex,
    /// Which of its lists: a place in [`StepKind::lists`].
    pub case: u16,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum StepKind {
    /// People decide.
    Approve(PeopleStep),
    /// People do a piece of work and fill fields in.
    Fill(Fill),
    /// A message.
    Notify(Notify),
    /// A built-in action.
    Run(Run),
    /// The first case that holds, or each that does.
    Branch(Branch),
    /// All branches at once.
    Parallel(Parallel),
    /// Its steps once for every item.
    Each(Each),
    /// Its steps again and again.
    Repeat(Repeat),
    /// Time, a date or an event.
    Wait(Wait),
    /// Case variables.
    Set(Set),
    /// The case ends with this outcome.
    End(OutcomeName),
}

impl StepKind {
    /// What `approve` and `fill` share.
    pub fn people(&self) -> Option<&PeopleStep> {
        match self {
            Self::Approve(people) | Self::Fill(Fill { people, .. }) => Some(people),
            Self::Notify(_)
            | Self::Run(_)
            | Self::Branch(_)
            | Self::Parallel(_)
            | Self::Each(_)
            | Self::Repeat(_)
            | Self::Wait(_)
            | Self::Set(_)
            | Self::End(_) => None,
        }
    }

    /// A `fill` step.
    pub const fn fill(&self) -> Option<&Fill> {
        if let Self::Fill(fill) = self { Some(fill) } else { None }
    }

    /// A `run` step.
    pub const fn run(&self) -> Option<&Run> {
        if let Self::Run(run) = self { Some(run) } else { None }
    }

    /// A `branch` step.
    pub const fn branch(&self) -> Option<&Branch> {
        if let Self::Branch(branch) = self { Some(branch) } else { None }
    }

    /// An `approve` step.
    pub const fn approve(&self) -> Option<&PeopleStep> {
        if let Self::Approve(people) = self { Some(people) } else { None }
    }

    /// The lists of steps that are nested in it, each by its first step.
    pub fn lists(&self) -> Vec<Option<StepIndex>> {
        match self {
            Self::Branch(branch) => branch.cases.iter().map(|case| case.first).collect(),
            Self::Parallel(parallel) => parallel.branches.iter().map(|branch| branch.first).collect(),
            Self::Each(Each { first, .. })
            | Self::Repeat(Repeat { first, .. })
            | Self::Approve(PeopleStep { on_reject: OnReject::Steps { first }, .. }) => vec![*first],
            Self::Run(run) => run.lists(),
            Self::Approve(_) | Self::Fill(_) | Self::Notify(_) | Self::Wait(_) | Self::Set(_) | Self::End(_) => {
                Vec::new()
            }
        }
    }
}

/// What `approve` and `fill` share.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PeopleStep {
    /// Who.
    pub by: Selector,
    /// How several people decide together.
    pub mode: Mode,
    /// By when, counted from when the step starts (`in_order`: from each turn).
    pub due: Option<Period>,
    /// Nudges around the due time.
    pub remind: Option<Remind>,
    /// What follows the due time, in order of `after`.
    pub escalate: Vec<Rung>,
    /// What a decision asks for.
    pub confirm: Confirm,
    /// Whether a comment must be given.
    pub comment: CommentRule,
    /// The request fields shown and bound; absent: all the person's clearance allows.
    pub see: Option<Vec<FieldName>>,
    /// When the selector finds nobody.
    pub if_nobody: IfNobody,
    /// When the selector finds the requester; `approve` only.
    pub if_requester: IfRequester,
    /// When somebody approved before what the step would show them again; `approve` only.
    pub if_repeated: IfRepeated,
    /// What whoever holds a task may do with it.
    pub allow: BTreeSet<Act>,
    /// To whom at most a task may go by transfer, delegation, adding and asking for an opinion.
    pub transfer_to: Option<Selector>,
    /// Whether a person may take their decision back while nobody has acted after it.
    pub take_back: bool,
    /// Whether the clock stands still while a question is open.
    pub pause_while_asked: bool,
    /// What a rejection does; `approve` only.
    pub on_reject: OnReject,
    /// Where it may be sent back to.
    pub returns: Return,
}

impl PeopleStep {
    /// A step for these people with everything else as it is if a file does not say.
    pub(crate) fn plain(by: Selector) -> Self {
        Self {
            by,
            mode: Mode::Any,
            due: None,
            remind: None,
            escalate: Vec::new(),
            confirm: Confirm::None,
            comment: CommentRule::Optional,
            see: None,
            if_nobody: IfNobody::Escalate,
            if_requester: IfRequester::Allow,
            if_repeated: IfRepeated::Ask,
            allow: Act::usual(),
            transfer_to: None,
            take_back: false,
            pause_while_asked: false,
            on_reject: OnReject::End,
            returns: Return::DEFAULT,
        }
    }
}

/// A `fill` step.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fill {
    /// Who, by when and so on.
    pub people: PeopleStep,
    /// Fields that may be changed.
    pub edit: Vec<FieldName>,
    /// Fields that must hold something afterwards; each is also in `edit`.
    pub require: Vec<FieldName>,
}

/// How several people decide together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// 或签: the first answer decides.
    Any,
    /// 会签: everybody approves; the first rejection rejects.
    All,
    /// 依次: one after the other.
    InOrder,
    /// 票签: everybody votes, and the votes are counted.
    Vote(Vote),
}

/// Nudges around a due time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remind {
    /// Once, this long before.
    pub before: Option<Period>,
    /// Again and again after it.
    pub every: Option<Period>,
    /// How many in all.
    pub at_most: u32,
}

/// One rung of an escalation ladder.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rung {
    /// How long after the first due time.
    pub after: Period,
    /// What happens.
    pub then: Escalation,
}

/// What a rung does.
#[derive(Debug, Clone)]
pub enum Escalation {
    /// The task goes to these people instead of its holders.
    To(Selector),
    /// These people join its holders.
    Add(Selector),
    /// These people are told.
    Notify(Selector),
    /// The whole step ends with `timed_out`.
    Do(TimeOutVerdict),
}

/// Which path a timed-out step takes; never an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeOutVerdict {
    /// The path of an approval.
    Approve,
    /// The path of a rejection.
    Reject,
    /// Past the step.
    Skip,
}

/// What a decision asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    /// Nothing more than the session.
    None,
    /// The password again.
    Password,
    /// A second factor, good for five minutes.
    SecondFactor,
}

/// Whether a decision needs a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentRule {
    /// May be given.
    Optional,
    /// Must be given.
    Required,
    /// Must be given with a rejection.
    OnReject,
}

/// What happens when a step finds nobody.
#[derive(Debug, Clone)]
pub enum IfNobody {
    /// An administrator gets a task to name somebody, never to decide.
    Escalate,
    /// The step is skipped; a skipped step is never an approval.
    Skip,
    /// The case is rejected.
    Reject,
    /// These people instead.
    To(Selector),
}

/// What happens when a step finds the requester.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfRequester {
    /// They drop out while others remain, else their manager if cleared, else `if_nobody`.
    DropOut,
    /// Their manager instead.
    Manager,
    /// The step is skipped.
    Skip,
    /// They may decide on their own request; never counts for four eyes.
    Allow,
}

/// What happens when a step finds somebody who approved before, and nothing of what it shows has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfRepeated {
    /// They are asked again.
    Ask,
    /// They drop out while others remain, else the step is skipped; a skipped step is never an approval.
    Skip,
}

/// A `notify` step.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Notify {
    /// Who is told.
    pub to: Selector,
    /// What; never a value of L1 or above.
    pub message: Localized<Template>,
}

/// A `run` step.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Run {
    /// What is done, with which arguments.
    pub action: ActionCall,
    /// How often and how fast it is tried again.
    pub retry: Retry,
    /// What follows when every attempt failed.
    pub on_error: OnError,
    /// How what it did is taken back.
    pub undo: Undo,
}

impl Run {
    /// The place in [`StepKind::lists`] of the steps that follow a failure.
    pub const ON_ERROR: u16 = 0;
    /// The place in [`StepKind::lists`] of the steps that take the action back.
    pub const UNDO: u16 = 1;

    fn lists(&self) -> Vec<Option<StepIndex>> {
        let on_error = if let OnError::Steps { first } = self.on_error { first } else { None };
        let undo = if let Undo::Steps { first } = self.undo { first } else { None };
        if on_error.is_none() && undo.is_none() { Vec::new() } else { vec![on_error, undo] }
    }
}

/// How a failing action is tried again: after `first`, then twice as long each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// How many times after the first.
    pub times: u32,
    /// The first wait.
    pub first: Period,
}

/// An action with its arguments.
#[derive(Debug, Clone)]
pub enum ActionCall {
    /// `records.export`.
    RecordsExport(ExportArguments),
}

impl ActionCall {
    /// The action's name in definitions.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordsExport(_) => "records.export",
        }
    }

    /// The expressions among its arguments.
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::RecordsExport(arguments) => vec![&arguments.records, &arguments.fields, &arguments.format],
        }
    }
}

/// Arguments of `records.export`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ExportArguments {
    /// Which records.
    pub records: Expression,
    /// Which fields, each in clear or masked.
    pub fields: Expression,
    /// `xlsx` or `csv`.
    pub format: Expression,
    /// How the file is protected.
    pub protect: Protect,
}

/// How an exported file is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Protect {
    /// Whether it names who, when and which case on every page.
    pub watermark: bool,
    /// Whether it is an encrypted archive with a password of its own.
    pub password: bool,
    /// How long it may be downloaded.
    pub expires: Period,
    /// How often it may be downloaded.
    pub downloads: u32,
}
