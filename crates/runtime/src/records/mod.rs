//! Records of the registers: how they are chosen, sealed, shown under policy, revealed, entered and changed.
//!
//! A value of L1 or above is only ever kept encrypted, under the key of its record and level; what stands beside it in
//! clear is bound to it by the record's seal, which is checked whenever a record is read.

mod choosing;
mod freezing;
mod importing;
mod masking;
mod reading;
mod revealing;
mod sealing;
mod searching;
mod selection;
mod writing;

#[cfg(test)]
#[path = "tests/arena.rs"]
pub(crate) mod arena;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use definition::{
    form_values::{Complaint, FieldProblem},
    id::{FieldName, FormId},
    level::Level,
    model::{Form, RegisterRight, Workspace},
};
use policy::row_scope;

pub use choosing::{ChosenShown, TestShown};
pub use freezing::{Frozen, RECORDS_FROZEN_MAX};
pub use masking::masked;
pub use reading::{Counted, HistoryLine, PageAsked, RECORDS_COUNTED_MAX, RecordShown, RecordView, RecordsPage};
pub use revealing::{REVEALED_FOR, RevealAsked, RevealOffer};
pub use searching::FOUND_MAX;
pub use selection::{CONDITIONS_MAX, SELECTED_IDS_MAX, Selection, Test};

pub(crate) use freezing::SetDigester;
pub(crate) use sealing::Opened;

use crate::{
    application::Application,
    error::{Error, Lacking, Outcome, Refusal},
    viewer::Viewer,
};

/// A register as one person may use it.
pub(crate) struct RegisterFor<'a> {
    pub viewer: &'a Viewer,
    pub workspace: Arc<Workspace>,
    pub form: Arc<Form>,
}

impl Application {
    /// A live register.
    pub(crate) fn register(&self, register: &FormId) -> Outcome<(Arc<Workspace>, Arc<Form>)> {
        let workspace = self.workspace()?;
        let form = workspace.forms.get(register).filter(|form| form.register().is_some());
        let form = Arc::clone(form.ok_or(Refusal::NotFound)?);
        Ok((workspace, form))
    }

    /// A live register, if the viewer has this right on some of its records.
    pub(crate) fn register_for<'a>(
        &self,
        viewer: &'a Viewer,
        register: &FormId,
        right: RegisterRight,
    ) -> Outcome<RegisterFor<'a>> {
        let (workspace, form) = self.register(register)?;
        if policy::register_rights(&viewer.person, &form).contains(&right) {
            Ok(RegisterFor { viewer, workspace, form })
        } else {
            Err(Refusal::Forbidden(Lacking::RegisterRight).into())
        }
    }

    /// Which rows of a register the viewer may use a right on, as the store filters them.
    fn stored_scope(&self, viewer: &Viewer, form: &Form, right: RegisterRight) -> store::RowScope {
        match row_scope(&self.directory(), &viewer.person, form, right) {
            policy::RowScope::All => store::RowScope::All,
            policy::RowScope::None => store::RowScope::OwnedBy(Vec::new()),
            policy::RowScope::Own => store::RowScope::OwnedBy(vec![viewer.login().to_string()]),
            policy::RowScope::Team(team) => store::RowScope::OwnedBy(team.iter().map(ToString::to_string).collect()),
        }
    }
}

/// A problem with one of the product's own messages.
fn problem(field: impl Into<FieldName>, message: &'static str) -> FieldProblem {
    FieldProblem { field: field.into(), cell: None, complaint: known(message, []) }
}

fn known<const COUNT: usize>(message: &'static str, arguments: [(&'static str, String); COUNT]) -> Complaint {
    Complaint::Known { message, arguments: arguments.into() }
}

/// Refuses for the sake of one field.
fn refused(problem: FieldProblem) -> Error {
    Refusal::Fields(vec![problem]).into()
}

/// The same refusal, told at the field of a request that chose the records.
pub(crate) fn at_field(error: Error, field: &str) -> Error {
    match error {
        Error::Refused(Refusal::Fields(problems)) => {
            let moved = |problem| FieldProblem { field: FieldName::from(field), ..problem };
            Refusal::Fields(problems.into_iter().map(moved).collect()).into()
        }
        Error::Refused(_)
        | Error::Store(_)
        | Error::Vault(_)
        | Error::File(_)
        | Error::WrongRootKey
        | Error::Erased
        | Error::Answered(_)
        | Error::Damaged(_) => error,
    }
}

/// A level as places and seals name it.
pub(crate) const fn level_number(level: Level) -> u8 {
    match level {
        Level::L0 => 0,
        Level::L1 => 1,
        Level::L2 => 2,
        Level::L3 => 3,
    }
}
