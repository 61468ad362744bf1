//! What people were told, and the record that auditors read.

use definition::model::Capability;
use engine::{CaseId, effect::Notice};
use serde_json::json;
use store::{AuditFilter, AuditRow, Cursor, NotificationRow, Page, READ_MAX};
use uuid::Uuid;

use crate::{
    application::Application,
    audit::Entry,
    error::{Lacking, Outcome, Refusal},
    viewer::Viewer,
};

/// The status of a request that marked something read.
const READ: u16 = 204;

/// Something a person was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its row.
    pub row: NotificationRow,
    /// What it says; nothing where it is about no case.
    pub notice: Option<Notice>,
    /// The case, if it is about one.
    pub case: Option<CaseId>,
}

impl Application {
    /// A page of what a viewer was told, latest first.
    pub async fn notifications(&self, viewer: &Viewer, after: Option<Cursor>, limit: u64) -> Outcome<Page<Told>> {
        let page = self.store.notifications_page(viewer.login().as_str(), after, limit).await?;
        let rows = page.rows.into_iter().map(|row| {
            let notice = row.body.read().ok();
            let case = row.case_id.map(CaseId);
            Told { row, notice, case }
        });
        Ok(Page { rows: rows.collect(), next: page.next })
    }

    /// Marks read what a viewer was told until now: everything, or what is named.
    pub async fn read_notifications(&self, viewer: &Viewer, ids: Option<&[Uuid]>) -> Outcome<()> {
        if ids.is_some_and(|ids| ids.len() > READ_MAX) {
            return Err(Refusal::TooLarge { limit: READ_MAX as u64 }.into());
        }
        let answer = self.answer(viewer, READ, &json!(null)).await?;
        self.store.notifications_read(viewer.login().as_str(), ids, self.clock.now(), answer.as_ref()).await?;
        Ok(())
    }

    /// A page of the audit record, for those whose role it is. Reading it is recorded too.
    pub async fn audit_page(
        &self,
        viewer: &Viewer,
        filter: &AuditFilter,
        after: Option<Cursor>,
        limit: u64,
    ) -> Outcome<Page<AuditRow>> {
        if !viewer.person.can.contains(&Capability::Audit) {
            return Err(Refusal::Forbidden(Lacking::Capability).into());
        }
        let page = self.store.audit_page(filter, after, limit).await?;
        let entry = Entry::of_viewer(viewer, self.clock.now()).of("audit_viewed").counting(page.rows.len());
        self.store.audit_put(&[entry.write()]).await?;
        Ok(page)
    }
}
