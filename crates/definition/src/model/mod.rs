//! What a workspace means once it was verified.
//!
//! The fields are public to be read; the structs are `#[non_exhaustive]`, so that only the lowering step in this crate makes them.

mod allow;
mod control;
mod form;
mod process;
mod selector;
mod settings;
mod start;
mod vote;

use std::{collections::BTreeMap, sync::Arc};

pub use allow::Act;
pub use control::{
    Branch, BranchCase, Each, Join, OnError, OnReject, Parallel, ParallelBranch, Repeat, Return, ReturnThen, ReturnTo,
    Set, Undo, Wait, WaitEvent,
};
pub use form::{
    AccessRule, Check, Choice, Field, FieldKind, FieldValues, Form, FormKind, Register, RegisterRight, RowRule,
    SearchKind,
};
pub use process::{
    ActionCall, CommentRule, Confirm, Escalation, ExportArguments, Fill, IfNobody, IfRepeated, IfRequester, Let, Mode,
    Notify, Parent, PeopleStep, Process, Protect, RESUBMISSION, Remind, Retry, Run, Rung, Step, StepIndex, StepKind,
    TimeOutVerdict, Withdraw,
};
pub use selector::{Chain, Selector};
pub use settings::{Capability, LevelRule, OpenHours, OthersSee, Reveal, Role, Settings, WorkingCalendar};
pub use start::{Days, PERSON_FIELD, PersonChange, RECORDS_FIELD, RecordChange, Schedule, Start};
pub use vote::{Needed, PARTS_OF_A_VOTE, Vote, Weight};

use crate::id::{FormId, WorkflowId};

/// Everything that a workspace folder says.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Workspace {
    /// `chancery.yaml`.
    pub settings: Arc<Settings>,
    /// `forms/*.yaml`.
    pub forms: BTreeMap<FormId, Arc<Form>>,
    /// `workflows/*.yaml`.
    pub processes: BTreeMap<WorkflowId, Arc<Process>>,
}
