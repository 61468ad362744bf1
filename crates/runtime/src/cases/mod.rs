//! Cases: how one begins, who may see it, what they see of it, and what its requester may do.

mod intervening;
mod numbers;
mod offers;
mod requester;
mod start;

pub(crate) use start::summary_of;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Utc};
use definition::{
    id::{Login, OutcomeName, WorkflowId},
    model::Capability,
};
use engine::{Case, CaseId};
use store::{CaseHead, CaseStatus, Cursor, InboxBox, InboxFilter, Page};
use uuid::Uuid;

pub(crate) use numbers::Numbers;
pub use offers::Offers;
pub use start::{Preview, Request};
pub use view::{CaseView, Cell, FieldShown, SamplePick};

use crate::{
    application::Application,
    error::{Error, Outcome, Refusal},
    execute::CaseSummary,
    viewer::Viewer,
};

/// The number people call a case by: `EA-2026-0012` for the twelfth, an export approval. Pages, files and entries of the
/// audit say the same.
pub fn number(process: &WorkflowId, started_at: DateTime<Utc>, number: u64) -> String {
    let initials: String = process.as_str().split('-').filter_map(|part| part.chars().next()).collect();
    format!("{}-{}-{number:04}", initials.to_uppercase(), started_at.year())
}

/// What lists show of a case.
#[derive(Debug, Clone)]
pub struct CaseLine {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: u64,
    /// Its process.
    pub process: WorkflowId,
    /// Whose it is, if it is anybody's.
    pub requester: Option<Login>,
    /// How it ended, if it did.
    pub outcome: Option<OutcomeName>,
    /// Whether an operator must act before it goes on.
    pub has_incident: bool,
    /// What it is about, without values.
    pub summary: CaseSummary,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When something last happened.
    pub updated_at: DateTime<Utc>,
}

/// Why somebody may look at a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Participation {
    /// By duty: they see what happens but no values.
    Duty,
    /// They were told of it.
    Told,
    /// They had a task in it.
    Worked,
    /// A task of it waits for them.
    Holds,
    /// It is theirs.
    Requester,
}

impl Application {
    pub(crate) fn case_line(head: &CaseHead) -> Outcome<CaseLine> {
        Ok(CaseLine {
            id: CaseId(head.id),
            number: u64::try_from(head.number).map_err(|_| Error::Damaged("a case number"))?,
            process: WorkflowId::from(head.workflow.as_str()),
            requester: head.requester.as_deref().map(Login::from),
            outcome: head.outcome.as_deref().map(OutcomeName::from),
            has_incident: head.status == CaseStatus::Incident,
            summary: head.title.read().map_err(|_| Error::Damaged("a case's summary"))?,
            started_at: head.started_at,
            updated_at: head.updated_at,
        })
    }

    /// What lists show of these cases, by id. For cases that the caller already found for a viewer.
    pub async fn case_lines(&self, ids: impl Iterator<Item = CaseId>) -> Outcome<BTreeMap<CaseId, CaseLine>> {
        let ids: BTreeSet<Uuid> = ids.map(|id| id.0).collect();
        let heads = self.store.case_heads(&ids.into_iter().collect::<Vec<_>>()).await?;
        heads.iter().map(|head| Self::case_line(head).map(|line| (line.id, line))).collect()
    }

    /// A page of the cases that a person asked for.
    pub async fn cases_started(&self, viewer: &Viewer, after: Option<Cursor>, limit: u64) -> Outcome<Page<CaseLine>> {
        let page = self.inbox(viewer, (InboxBox::Started, &InboxFilter::default()), after, limit).await?;
        Ok(Page { rows: page.rows.into_iter().map(|line| line.case).collect(), next: page.next })
    }

    /// The case as it stands, whoever asks.
    pub(crate) async fn load_case(&self, id: CaseId) -> Outcome<Case> {
        let row = self.store.case_by_id(id.0).await?.ok_or(Refusal::NotFound)?;
        row.snapshot.read().map_err(|_| Error::Damaged("a case"))
    }

    /// Why the viewer may look at a case. To everybody else it is not there.
    pub async fn participation(&self, viewer: &Viewer, case: &Case) -> Outcome<Participation> {
        let login = viewer.login();
        if case.is_of(login) {
            return Ok(Participation::Requester);
        }
        if case.open_tasks().any(|task| task.is_held_by(login)) {
            return Ok(Participation::Holds);
        }
        if case.tasks.iter().any(|task| task.standing_in.values().any(|absent| absent == login)) {
            return Ok(Participation::Told);
        }
        if self.store.worked_on_case(case.id.0, login.as_str()).await? {
            return Ok(Participation::Worked);
        }
        if self.store.was_told_of_case(case.id.0, login.as_str()).await? {
            return Ok(Participation::Told);
        }
        let duties = [Capability::Audit, Capability::Incidents];
        if duties.iter().any(|duty| viewer.person.can.contains(duty)) {
            return Ok(Participation::Duty);
        }
        Err(Refusal::NotFound.into())
    }
}
