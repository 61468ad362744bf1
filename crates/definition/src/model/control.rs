//! Steps that choose, multiply or halt the way of a case.

use crate::{
    expression::Expression,
    id::{EventName, ItemName, StepId, VariableName},
    model::StepIndex,
    period::Period,
    text::Text,
};

/// A `branch` step: the first case that holds, or each that does.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Branch {
    /// Its cases in order; the last one is `else`.
    pub cases: Vec<BranchCase>,
    /// Whether all cases that hold are taken at once, and joined; `else` is taken if none holds.
    pub every: bool,
}

/// One case of a branch.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BranchCase {
    /// When it is taken; absent for `else`.
    pub condition: Option<Expression>,
    /// Its first step, if it has any.
    pub first: Option<StepIndex>,
}

/// A `parallel` step: all branches at once.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Parallel {
    /// When the case goes on.
    pub join: Join,
    /// The branches in order.
    pub branches: Vec<ParallelBranch>,
}

impl Parallel {
    /// How many branches must arrive.
    pub fn needed(&self) -> usize {
        match self.join {
            Join::All => self.branches.len(),
            Join::Any => 1,
            Join::Count(count) => usize::from(count),
        }
    }
}

/// One branch of a `parallel`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ParallelBranch {
    /// Its name.
    pub name: StepId,
    /// Its name for people; the name if the definition gives none.
    pub title: Text,
    /// Its first step, if it has any.
    pub first: Option<StepIndex>,
}

/// How many branches of a `parallel` must arrive before the case goes on. What is still open then is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Each.
    All,
    /// One.
    Any,
    /// This many.
    Count(u16),
}

/// An `each` step: its steps once for every item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Each {
    /// A list.
    pub of: Expression,
    /// What expressions inside call the item.
    pub item: ItemName,
    /// The most items it takes; with more an operator must act.
    pub at_most: u16,
    /// Whether one item waits for the other.
    pub in_order: bool,
    /// Its first step, if it has any.
    pub first: Option<StepIndex>,
}

/// A `repeat` step: its steps again and again, tested after each round.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Repeat {
    /// When to stop.
    pub until: Expression,
    /// The most rounds; exhausted, the case goes on.
    pub at_most: u16,
    /// Its first step, if it has any.
    pub first: Option<StepIndex>,
}

/// A `wait` step.
#[derive(Debug, Clone)]
pub enum Wait {
    /// Some time.
    For(Period),
    /// Until a date begins in the workspace's time zone, or until a moment.
    Until(Expression),
    /// For an event from outside.
    Event(WaitEvent),
}

/// The event that a `wait` waits for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WaitEvent {
    /// Its name.
    pub name: EventName,
    /// Which of the events of that name; any if absent.
    pub matches: Option<Expression>,
    /// When to go on without it.
    pub timeout: Option<Period>,
}

/// A `set` step: case variables.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Set {
    /// Each variable with its new value, in order; a later one sees the earlier ones.
    pub values: Vec<(VariableName, Expression)>,
}

/// What a rejection of an `approve` step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnReject {
    /// The case ends, rejected.
    End,
    /// The enclosing branch or item ends, and does not count as having arrived.
    Branch,
    /// The case goes on; nobody has approved.
    Continue,
    /// These steps, and then the case goes on.
    Steps {
        /// The first of them, if there is one.
        first: Option<StepIndex>,
    },
}

/// What follows an action that failed for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// The case waits for an operator.
    Incident,
    /// The case goes on; the step's outcome is `failed`.
    Continue,
    /// These steps, and then the case goes on.
    Steps {
        /// The first of them, if there is one.
        first: Option<StepIndex>,
    },
}

/// How what an action did is taken back, when the case is rejected or cancelled afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// As the action itself knows how to.
    Automatic,
    /// Not at all.
    Never,
    /// By these steps.
    Steps {
        /// The first of them, if there is one.
        first: Option<StepIndex>,
    },
}

/// Where somebody may send a case back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Return {
    /// To whom.
    pub to: ReturnTo,
    /// What follows once they have done their part again.
    pub then: ReturnThen,
    /// How often a case may be returned from this step; after that only approve and reject remain.
    pub at_most: u16,
}

/// Where a return leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnTo {
    /// Whoever returns chooses among those below.
    Any,
    /// The requester changes the request and sends it again.
    Requester,
    /// The people step before.
    Previous,
    /// A people step before.
    Step(StepIndex),
}

/// What follows a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnThen {
    /// Everything after it runs again.
    Redo,
    /// Straight back to where it was returned from.
    ComeBack,
}

impl Return {
    /// How a step may be returned from that does not say.
    pub const DEFAULT: Self = Self { to: ReturnTo::Any, then: ReturnThen::Redo, at_most: 5 };
}
