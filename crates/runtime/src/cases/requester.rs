//! What the requester may do with a case that runs.

use engine::{Actor, CaseId, Command};

use crate::{
    application::Application,
    audit::Entry,
    error::Outcome,
    execute::{Deed, Executed},
    tasks::With,
    viewer::Viewer,
};

impl Application {
    /// Takes a request back.
    pub async fn withdraw(&self, viewer: &Viewer, id: CaseId, with: With) -> Outcome<Executed> {
        let case = self.load_case(id).await?;
        self.participation(viewer, &case).await?;
        let mut payloads = Vec::new();
        let comment = self.comment(&case, with.comment.as_deref(), &mut payloads).await?;
        let mut deed = Deed::new(Actor::person(viewer.login().clone()), Command::Withdraw { comment });
        deed.payloads = payloads;
        deed.idempotency = self.answer_on_case(viewer, &case).await?;
        deed.audit.push(Entry::of_viewer(viewer, self.clock.now()).of("withdrawn").in_case(id).write());
        self.execute(id, deed).await
    }

    /// Asks the people a case waits for to act.
    pub async fn urge(&self, viewer: &Viewer, id: CaseId) -> Outcome<Executed> {
        let case = self.load_case(id).await?;
        self.participation(viewer, &case).await?;
        let mut deed = Deed::new(Actor::person(viewer.login().clone()), Command::Urge);
        deed.idempotency = self.answer_on_case(viewer, &case).await?;
        deed.audit.push(Entry::of_viewer(viewer, self.clock.now()).of("urged").in_case(id).write());
        self.execute(id, deed).await
    }

    /// Says something on a case.
    pub async fn comment_on_case(&self, viewer: &Viewer, id: CaseId, with: With) -> Outcome<Executed> {
        let case = self.load_case(id).await?;
        self.participation(viewer, &case).await?;
        let mut payloads = Vec::new();
        let payload = self.comment(&case, with.comment.as_deref(), &mut payloads).await?;
        let payload = payload.ok_or(crate::error::Refusal::Rejected(engine::Rejection::CommentRequired))?;
        let mut deed = Deed::new(Actor::person(viewer.login().clone()), Command::Comment { payload });
        deed.payloads = payloads;
        deed.idempotency = self.answer_on_case(viewer, &case).await?;
        deed.audit.push(Entry::of_viewer(viewer, self.clock.now()).of("commented").in_case(id).write());
        self.execute(id, deed).await
    }
}
