//! What an administrator does with a case by authority.

use engine::{Actor, CaseId, Command, event::Intervention};

use crate::{
    application::Application,
    audit::Entry,
    error::{Outcome, Refusal},
    execute::{Deed, Executed},
    tasks::With,
    viewer::Viewer,
};

impl Application {
    /// Assigns a task, suspends, resumes, sends back or cancels a case; the comment is the reason, without which nothing is done.
    pub async fn intervene(&self, viewer: &Viewer, id: CaseId, what: Intervention, with: With) -> Outcome<Executed> {
        let case = self.load_case(id).await?;
        self.participation(viewer, &case).await?;
        let kind = match &what {
            Intervention::Assign { .. } => "task_assigned",
            Intervention::Suspend => "case_suspended",
            Intervention::Resume => "case_resumed",
            Intervention::Cancel => "case_cancelled",
            Intervention::Jump { .. } => "case_sent_back",
        };
        let mut payloads = Vec::new();
        let reason = self.comment(&case, with.comment.as_deref(), &mut payloads).await?;
        let reason = reason.ok_or(Refusal::ReasonNeeded)?;
        let mut deed = Deed::new(Actor::person(viewer.login().clone()), Command::Intervene { what, reason });
        deed.payloads = payloads;
        deed.idempotency = self.answer_on_case(viewer, &case).await?;
        deed.audit.push(Entry::of_viewer(viewer, self.clock.now()).of(kind).in_case(id).write());
        self.execute(id, deed).await
    }
}
