//! What a participant sees of a case: the request field by field under policy, what happened, what is likely to come,
//! and what it would mean.

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Months, Utc};
use definition::{
    id::{FieldName, Login},
    level::Level,
    model::{Confirm, Field, Form},
    people::Directory,
    value::{FieldPick, RecordSet, Value},
};
use engine::{
    Actor, Case, CaseId, Command, Context, EventEnvelope, Plan, Submission, Task,
    case::StepRunState,
    decide,
    predict::{PredictedStep, predict_case},
    task::State,
};
use policy::{FieldView, Typed, field_view};
use serde_json::json;
use store::{ArtifactRow, Progress, UsualSize};
use vault::Digest;

use super::{Offers, Participation};
use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome},
    execute::CaseSummary,
    records::ChosenShown,
    viewer::Viewer,
};

/// How many months back a request is compared with what its requester usually asks for.
const USUAL_MONTHS: u32 = 12;

/// What somebody sees of one value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// The value.
    Clear(Value),
    /// Its mask.
    Masked {
        /// The mask's text.
        text: String,
        /// Whether the viewer may ask for the value.
        revealable: bool,
    },
    /// Not even that there is one.
    Hidden,
    /// Nothing was entered.
    Empty,
}

/// A field of the request as the viewer sees it.
#[derive(Debug, Clone)]
pub struct FieldShown {
    /// Its name.
    pub name: FieldName,
    /// What they see.
    pub cell: Cell,
}

/// A picked field of the register, and what it looks like in the first record.
#[derive(Debug, Clone)]
pub struct SamplePick {
    /// The pick.
    pub pick: FieldPick,
    /// The first record's value as this viewer may see it.
    pub sample: Cell,
}

/// A case as one participant sees it.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The case.
    pub case: Case,
    /// The version it is pinned to.
    pub plan: Arc<Plan>,
    /// Why the viewer may look.
    pub participation: Participation,
    /// What lists show of it.
    pub summary: CaseSummary,
    /// The request.
    pub fields: Vec<FieldShown>,
    /// The sets of records it names.
    pub record_sets: Vec<RecordSet>,
    /// How they were chosen, by field, as far as the viewer may know.
    pub chosen: BTreeMap<FieldName, ChosenShown>,
    /// The fields it picks, with the first record's as a sample.
    pub picks: Vec<SamplePick>,
    /// What happened.
    pub events: Vec<EventEnvelope>,
    /// What people said, as far as the viewer may read it.
    pub comments: BTreeMap<Digest, String>,
    /// The steps still likely to come.
    pub path: Vec<PredictedStep>,
    /// Tasks that wait for the viewer.
    pub tasks: Vec<Task>,
    /// Files for the viewer.
    pub artifacts: Vec<ArtifactRow>,
    /// How far the action is that the case waits for.
    pub progress: Option<Progress>,
    /// How large the requester's other requests were.
    pub usual: UsualSize,
    /// What the viewer may do beside deciding.
    pub offers: Offers,
    /// Whether the requester may still withdraw.
    pub may_withdraw: bool,
    /// Everybody, to call them by name.
    pub directory: Arc<Directory>,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

impl Application {
    /// A case as the viewer may see it. That they looked is recorded.
    pub async fn open_case(&self, viewer: &Viewer, id: CaseId) -> Outcome<CaseView> {
        let row = self.store.case_by_id(id.0).await?.ok_or(crate::error::Refusal::NotFound)?;
        let case: Case = row.snapshot.read().map_err(|_| Error::Damaged("a case"))?;
        let summary: CaseSummary = row.title.read().map_err(|_| Error::Damaged("a case's summary"))?;
        let participation = self.participation(viewer, &case).await?;
        let plan = self.plan(&case.process, case.definition, case.version).await?;
        let submission = self.open_submission(&case).await?;
        let events = self.events_of(&case, 0).await?;
        let reads = participation > Participation::Duty;
        let (fields, comments) = if reads {
            (shown_fields(viewer, &plan, &case, &submission), self.open_comments(&case, &spoken(&events)).await?)
        } else {
            (hidden_fields(&plan.form), BTreeMap::new())
        };
        let is_shown =
            |name: &FieldName| fields.iter().any(|one| one.name == *name && matches!(one.cell, Cell::Clear(_)));
        let mut chosen = self.chosen_shown(viewer, (&plan, &case), &submission);
        chosen.retain(|name, _| is_shown(name));
        let (record_sets, picks) = asked_for(&submission);
        let picks = self.sample_picks(viewer, &case, &record_sets, picks).await?;
        let directory = self.directory();
        let now = self.clock.now();
        let ctx =
            Context { now, directory: &directory, submission: &submission, changed: None, confirmed: Confirm::None };
        let path = predict_case(&plan, &ctx, &case);
        let withdraw = Command::Withdraw { comment: None };
        let may_withdraw = decide(&plan, Some(&case), &Actor::person(viewer.login().clone()), &withdraw, &ctx).is_ok();
        let offers = Offers::of((&plan, &case), &ctx, viewer.login());
        let tasks = case.open_tasks().filter(|task| task.is_held_by(viewer.login())).cloned().collect();
        let artifacts = self.artifacts_for(viewer, &case).await?;
        let progress = match attempt_of(&case) {
            Some(_) => self.store.progress_of_case(id.0).await?,
            None => None,
        };
        let usual = self.usual_size(&case, now).await?;
        let entry = Entry::of_viewer(viewer, now).of("case_viewed").in_case(id).digest(case.submission);
        self.store.audit_put(&[entry.facts(&json!({ "fields": clear_names(&fields) })).write()]).await?;
        Ok(CaseView {
            case,
            plan,
            participation,
            summary,
            fields,
            record_sets,
            chosen,
            picks,
            events,
            comments,
            path,
            tasks,
            artifacts,
            progress,
            usual,
            offers,
            may_withdraw,
            directory,
            now,
        })
    }

    /// The attempt at the action that a case waits for and how far it is, to be asked again and again while it goes on;
    /// nothing once it is over.
    pub async fn case_progress(&self, viewer: &Viewer, id: CaseId) -> Outcome<Option<(u32, Option<Progress>)>> {
        let case = self.load_case(id).await?;
        self.participation(viewer, &case).await?;
        Ok(match attempt_of(&case) {
            Some(attempt) => Some((attempt, self.store.progress_of_case(id.0).await?)),
            None => None,
        })
    }

    /// The events of a case after a number, if the viewer may look at it.
    pub async fn case_events(&self, viewer: &Viewer, id: CaseId, after: u32) -> Outcome<Vec<EventEnvelope>> {
        let case = self.load_case(id).await?;
        self.participation(viewer, &case).await?;
        self.events_of(&case, after).await
    }

    pub(crate) async fn events_of(&self, case: &Case, after: u32) -> Outcome<Vec<EventEnvelope>> {
        let rows = self.store.case_events(case.id.0, i64::from(after)).await?;
        rows.iter().map(|row| row.body.read().map_err(|_| Error::Damaged("an event"))).collect()
    }

    async fn artifacts_for(&self, viewer: &Viewer, case: &Case) -> Outcome<Vec<ArtifactRow>> {
        let mut artifacts = self.store.artifacts_of_case(case.id.0).await?;
        artifacts.retain(|artifact| artifact.person == viewer.login().as_str());
        Ok(artifacts)
    }

    async fn usual_size(&self, case: &Case, now: DateTime<Utc>) -> Outcome<UsualSize> {
        let Some(requester) = case.requester() else { return Ok(UsualSize::default()) };
        let since = now.checked_sub_months(Months::new(USUAL_MONTHS)).unwrap_or_default();
        Ok(self.store.usual_size_beside(case.id.0, (requester.as_str(), "case_started"), since).await?)
    }
}

/// Which attempt at its action a case waits for.
fn attempt_of(case: &Case) -> Option<u32> {
    case.open_runs()
        .find_map(|run| if let StepRunState::Acting { attempt, .. } = run.state { Some(attempt) } else { None })
}

/// The request under policy: the requester sees in clear what they typed; everybody else by clearance, and a step's
/// `see` hides what it does not name from those who only hold its task.
fn shown_fields(viewer: &Viewer, plan: &Plan, case: &Case, submission: &Submission) -> Vec<FieldShown> {
    let is_requester = case.is_of(viewer.login());
    let seen = seen_in_steps(viewer, plan, case);
    let show = |field: &Field| {
        let is_named = seen.as_ref().is_none_or(|seen| seen.contains(&field.name));
        let cell = match submission.values().get(&field.name) {
            None => Cell::Empty,
            Some(_) if !is_requester && !is_named => Cell::Hidden,
            Some(value) if is_requester => in_clear(value),
            Some(value) => cell_of(viewer, plan, field, value),
        };
        FieldShown { name: field.name.clone(), cell }
    };
    plan.form.fields.iter().map(show).collect()
}

/// The fields named by the `see` of steps whose tasks wait for the viewer or were done by them: what a step hides stays
/// hidden when its task is done. Nothing if no such step limits them.
fn seen_in_steps(viewer: &Viewer, plan: &Plan, case: &Case) -> Option<Vec<FieldName>> {
    let mut seen: Option<Vec<FieldName>> = None;
    for task in case.tasks.iter().filter(|task| task.is_held_by(viewer.login()) || was_done_by(task, viewer.login())) {
        let people = plan.process.step_by_id(task.step.as_str()).and_then(|(_, step)| step.kind.people());
        seen.get_or_insert_default().extend(people?.see.as_ref()?.iter().cloned());
    }
    seen
}

fn was_done_by(task: &Task, login: &Login) -> bool {
    matches!(&task.state, State::Completed { by, .. } if by == login)
}

fn cell_of(viewer: &Viewer, plan: &Plan, field: &Field, value: &Value) -> Cell {
    let rule = plan.settings.level(field.sensitivity);
    match field_view(viewer.person.clearance, rule, field.sensitivity, Typed::Elsewhere) {
        FieldView::Clear => in_clear(value),
        FieldView::Masked { .. } => Cell::Masked { text: crate::records::masked(field, value), revealable: false },
        FieldView::Hidden => Cell::Hidden,
    }
}

fn hidden_fields(form: &Form) -> Vec<FieldShown> {
    let hidden = |field: &Field| FieldShown { name: field.name.clone(), cell: Cell::Hidden };
    form.fields.iter().map(hidden).collect()
}

fn clear_names(fields: &[FieldShown]) -> Vec<&FieldName> {
    fields.iter().filter(|field| matches!(field.cell, Cell::Clear(_))).map(|field| &field.name).collect()
}

/// A value as it is. How records were chosen is told under the policy of their register, beside it.
fn in_clear(value: &Value) -> Cell {
    Cell::Clear(if let Value::Records(set) = value { Value::Records(without_choice(set)) } else { value.clone() })
}

fn without_choice(set: &RecordSet) -> RecordSet {
    RecordSet { chosen: None, ..set.clone() }
}

/// The sets of records and the picked fields of a request.
pub(crate) fn asked_for(submission: &Submission) -> (Vec<RecordSet>, Vec<FieldPick>) {
    let (mut sets, mut picks) = (Vec::new(), Vec::new());
    for value in submission.values().values() {
        if let Value::Records(set) = value {
            sets.push(without_choice(set));
        }
        if let Value::Picks(some) = value {
            picks.extend(some.iter().cloned());
        }
    }
    picks.sort_by_key(|pick| std::cmp::Reverse(pick.level.max(Level::L0)));
    (sets, picks)
}

/// Everything that was said, by digest.
fn spoken(events: &[EventEnvelope]) -> Vec<Digest> {
    events.iter().filter_map(|envelope| envelope.event.parts().said).collect()
}
