//! When people are away, and what becomes of the open work of those who are, or who left.

use definition::{
    id::{Login, WorkflowId},
    people::{Absence, PersonStatus},
    text::Text,
};
use engine::{Actor, CaseId, Command, Rejection};
use serde_json::json;
use tracing::{info, warn};

use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome, Refusal},
    execute::Deed,
    people::away_row,
    viewer::{Origin, Viewer},
};

/// How many absences somebody may have at once.
pub const ABSENCES_MAX: usize = 20;

/// How many cases are gone through at a time.
const CASES_AT_ONCE: u32 = 100;

/// The status of a change that is answered without words.
const CHANGED: u16 = 204;

/// The status of a deed that is answered with what came of it.
const DONE: u16 = 200;

/// What is wrong with an absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongAbsence {
    /// It ends before it begins.
    EndsBeforeItBegins,
    /// Nobody who works here has that name.
    NoDeputy,
    /// Work would come back: the deputy, or theirs, is represented by whoever is away.
    LeadsBack,
    /// No process of that name.
    NoProcess,
    /// There are too many.
    TooMany,
}

impl Application {
    /// When the viewer is away.
    pub fn absences(&self, viewer: &Viewer) -> Vec<Absence> {
        let directory = self.directory();
        directory.person(viewer.login().as_str()).map(|person| person.away.clone()).unwrap_or_default()
    }

    /// The processes that an absence may be narrowed to, with what they are called.
    pub fn processes(&self) -> Vec<(WorkflowId, Text)> {
        let live = self.live();
        let mut processes: Vec<_> =
            live.plans.iter().map(|(id, plan)| (id.clone(), plan.process.title.clone())).collect();
        processes.sort_by(|(one, _), (other, _)| one.cmp(other));
        processes
    }

    /// Says when the viewer is away; what they said before is forgotten.
    pub async fn set_absences(&self, viewer: &Viewer, absences: &[Absence]) -> Outcome<()> {
        self.check_absences(viewer.login(), absences)?;
        let answer = self.answer(viewer, CHANGED, &json!(null)).await?;
        let facts = json!({ "absences": absences.len() });
        let entry = Entry::of_viewer(viewer, self.clock.now()).of("absence_changed").answering(answer).facts(&facts);
        self.store.person_set_away(viewer.login().as_str(), away_row(absences)?, &[entry.write()]).await?;
        self.refresh_directory().await
    }

    /// Gives the viewer's open work to whoever does it while they are away; how many cases that was.
    pub async fn hand_over(&self, viewer: &Viewer) -> Outcome<usize> {
        let entry = || Entry::of_viewer(viewer, self.clock.now());
        let cases = self.pass_on(viewer.login(), |login| Command::HandOver { login }, entry).await?;
        let answer = self.answer(viewer, DONE, &json!({ "cases": cases })).await?;
        let entry = Entry::of_viewer(viewer, self.clock.now()).of("work_handed_over").answering(answer);
        self.store.audit_put(&[entry.write()]).await?;
        Ok(cases)
    }

    /// Lets the open work of everybody who left or was disabled go on by rule. What cannot is tried when people change
    /// again.
    pub(crate) async fn pass_on_of_leavers(&self) -> Outcome<()> {
        let directory = self.directory();
        for login in self.store.gone_with_tasks().await? {
            let login = Login::from(login.as_str());
            if directory.person(login.as_str()).is_some_and(|person| person.status != PersonStatus::Active) {
                let entry = || Entry::by(None, &Origin::default(), self.clock.now());
                let cases = self.pass_on(&login, |login| Command::PersonLeft { login }, entry).await?;
                info!(cases, "The open work of somebody who left went on by rule");
            }
        }
        Ok(())
    }

    /// Issues a command on each case that waits for somebody, and records with each who had it done.
    async fn pass_on(
        &self,
        login: &Login,
        command: impl Fn(Login) -> Command,
        entry: impl Fn() -> Entry,
    ) -> Outcome<usize> {
        let mut passed = 0;
        let mut after = None;
        loop {
            let cases = self.store.cases_waiting_for(login.as_str(), after, CASES_AT_ONCE).await?;
            for case in &cases {
                let id = CaseId(*case);
                let mut deed = Deed::new(Actor::System, command(login.clone()));
                deed.audit.push(entry().of("work_passed_on").in_case(id).for_person(login).write());
                match self.execute(id, deed).await {
                    Ok(_) => passed += 1,
                    // Nobody may do it in their place, or it was done meanwhile.
                    Err(Error::Refused(Refusal::Rejected(Rejection::NothingToDo | Rejection::CaseEnded { .. }))) => {}
                    Err(error @ Error::Refused(_)) => {
                        warn!(case = %id.0, error = %error, "Open work stays where it is");
                    }
                    Err(error) => return Err(error),
                }
            }
            after = cases.last().copied();
            if after.is_none() {
                return Ok(passed);
            }
        }
    }

    fn check_absences(&self, login: &Login, absences: &[Absence]) -> Outcome<()> {
        if absences.len() > ABSENCES_MAX {
            return Err(Refusal::Absence(WrongAbsence::TooMany).into());
        }
        let directory = self.directory();
        let live = self.live();
        for absence in absences {
            let wrong = if absence.until < absence.from {
                Some(WrongAbsence::EndsBeforeItBegins)
            } else if directory.active(absence.deputy.as_str()).is_none() {
                Some(WrongAbsence::NoDeputy)
            } else if directory.leads_back(login.as_str(), absence) {
                Some(WrongAbsence::LeadsBack)
            } else if absence.processes.iter().any(|process| !live.plans.contains_key(process)) {
                Some(WrongAbsence::NoProcess)
            } else {
                None
            };
            if let Some(wrong) = wrong {
                return Err(Refusal::Absence(wrong).into());
            }
        }
        Ok(())
    }
}
