//! How a case begins: values are checked, records frozen, and the requester sees beforehand which way it will go.

use std::{collections::BTreeMap, sync::Arc};

use definition::{
    form_values::{self, Entered, EnteredValues, Situation},
    id::WorkflowId,
    level::Level,
    model::{Confirm, Field, FieldKind, FieldValues, Form, Start},
    value::{FieldPick, Value},
};
use engine::{
    Actor, CaseId, CaseNumber, Command, Context, Plan, Submission,
    predict::{PredictedStep, Shortening, predict, shorten},
};
use serde_json::json;
use store::RecordSet;
use vault::{Digest, Digester};

use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Lacking, Outcome, Refusal},
    execute::{Beginning, CaseSummary, Deed, Executed},
    records::{self, Frozen, Selection},
    tasks::fresh_salt,
    viewer::Viewer,
};

/// The status of a request that began a case.
const BEGAN: u16 = 201;

/// A request as it came from a page or the API: by field, a record set as `{ "ids": […] }` or `{ "where": […] }`,
/// picked fields as names or `{ "name": …, "masked": true }`.
#[derive(Clone, Default)]
pub struct Request {
    /// What was entered, by field name.
    pub values: BTreeMap<String, serde_json::Value>,
}

/// What people entered stays out of logs.
impl std::fmt::Debug for Request {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Request").field("fields", &self.values.keys()).finish_non_exhaustive()
    }
}

/// What a request would come to if it were sent now.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What the process does with it: its form and its version.
    pub plan: Arc<Plan>,
    /// What is wrong with it, field by field.
    pub problems: Vec<form_values::FieldProblem>,
    /// The values that could be read.
    pub values: FieldValues,
    /// What lists would show of it.
    pub summary: CaseSummary,
    /// The way it would take, as far as it can be told.
    pub path: Vec<PredictedStep>,
    /// What would make that way shorter.
    pub shorter: Vec<Shortening>,
}

/// Values that passed the form, and the records they froze.
struct Checked {
    values: FieldValues,
    frozen: Vec<Frozen>,
}

impl Application {
    /// The processes that a viewer may start.
    pub fn startable(&self, viewer: &Viewer) -> Vec<Arc<Plan>> {
        let live = self.live();
        live.plans.values().filter(|plan| self.may_start(viewer, plan)).cloned().collect()
    }

    /// The processes whose form a viewer may send.
    pub fn requestable(&self, viewer: &Viewer) -> Vec<Arc<Plan>> {
        let mut plans = self.startable(viewer);
        plans.retain(|plan| matches!(plan.process.start, Start::Form { .. }));
        plans
    }

    /// The live version of a process whose form the viewer may send.
    pub fn requestable_plan(&self, viewer: &Viewer, process: &WorkflowId) -> Outcome<Arc<Plan>> {
        match self.startable_plan(viewer, process)? {
            plan if matches!(plan.process.start, Start::Form { .. }) => Ok(plan),
            _ => Err(Refusal::NotFound.into()),
        }
    }

    /// The live version of a process that the viewer may start.
    pub fn startable_plan(&self, viewer: &Viewer, process: &WorkflowId) -> Outcome<Arc<Plan>> {
        let live = self.live();
        let plan = live.plans.get(process).ok_or(Refusal::NotFound)?;
        if self.may_start(viewer, plan) { Ok(Arc::clone(plan)) } else { Err(Refusal::Forbidden(Lacking::Start).into()) }
    }

    /// Begins a case.
    pub async fn start(&self, viewer: &Viewer, process: &WorkflowId, request: &Request) -> Outcome<Executed> {
        let plan = self.startable_plan(viewer, process)?;
        self.refuse_answered(viewer).await?;
        let entered = self.frozen_sets(viewer, &plan.form, &request.values).await?;
        let Checked { values, frozen } = self.checked(viewer, &plan.form, entered)?;
        let summary = summary_of(&values);
        let submission = Submission::new(fresh_salt(), values);
        let fresh = self.fresh_case(&plan, &submission).await?;
        let case = CaseId(fresh.id);
        let idempotency = self.answer(viewer, BEGAN, &json!({ "case": case })).await?;
        let number = CaseNumber(self.numbers.next(&self.store).await?);
        let mut deed = Deed::new(Actor::person(viewer.login().clone()), Command::Start { case, number });
        deed.payloads.push(self.seal_first_submission(&fresh, &plan, &submission)?);
        deed.record_sets = frozen.into_iter().map(Frozen::into_set).collect::<Vec<RecordSet>>();
        deed.idempotency = idempotency;
        let records = summary.records.unwrap_or_default();
        let entry = Entry::of_viewer(viewer, self.clock.now()).of("case_started").in_case(case);
        let entry = entry.digest(submission.digest()).counting(usize::try_from(records).unwrap_or(usize::MAX));
        deed.audit.push(entry.facts(&json!({ "process": process, "levels": summary.levels })).write());
        self.begin(&Beginning { plan, submission, summary }, deed).await
    }

    /// What a request would come to, though it may not be complete yet. Nothing is kept.
    pub async fn preview(&self, viewer: &Viewer, process: &WorkflowId, request: &Request) -> Outcome<Preview> {
        let plan = self.startable_plan(viewer, process)?;
        let entered = self.frozen_sets(viewer, &plan.form, &request.values).await?;
        let (values, problems) = match self.checked(viewer, &plan.form, entered.clone()) {
            Ok(Checked { values, .. }) => (values, Vec::new()),
            Err(Error::Refused(Refusal::Fields(problems))) => (self.readable(viewer, &plan.form, &entered), problems),
            Err(error) => return Err(error),
        };
        let summary = summary_of(&values);
        let submission = Submission::new(fresh_salt(), values);
        let directory = self.directory();
        let ctx = Context {
            now: self.clock.now(),
            directory: &directory,
            submission: &submission,
            changed: None,
            confirmed: Confirm::None,
        };
        // What cannot be worked out yet has no way yet: the problems above say what is missing.
        let path = predict(&plan, &ctx, viewer.login()).unwrap_or_default();
        let shorter = shorten(&plan, &ctx, viewer.login());
        Ok(Preview { values: submission.values().clone(), plan, problems, summary, path, shorter })
    }

    /// The first values of a fresh form.
    pub fn fresh_values(&self, viewer: &Viewer, form: &Form) -> Outcome<FieldValues> {
        let workspace = self.workspace()?;
        let directory = self.directory();
        Ok(form_values::defaults(form, &self.situation(viewer, &workspace, &directory)))
    }

    /// The values of a case after some of them were changed, held against the whole form again.
    pub(crate) fn check_changes(
        &self,
        viewer: &Viewer,
        plan: &Plan,
        before: &FieldValues,
        edited: EnteredValues,
    ) -> Outcome<FieldValues> {
        let mut entered: EnteredValues =
            before.iter().map(|(name, value)| (name.to_string(), Entered::Whole(value.clone()))).collect();
        entered.extend(edited);
        Ok(self.checked(viewer, &plan.form, Prepared { entered, frozen: Vec::new() })?.values)
    }

    fn may_start(&self, viewer: &Viewer, plan: &Plan) -> bool {
        plan.process.start.is_open_to(&self.directory(), viewer.login().as_str())
    }

    /// Freezes each set of records that the request names; everything else stays as it came.
    async fn frozen_sets(
        &self,
        viewer: &Viewer,
        form: &Form,
        values: &BTreeMap<String, serde_json::Value>,
    ) -> Outcome<Prepared> {
        let mut prepared = Prepared::default();
        for (name, raw) in values {
            let entered = match form.field(name).map(|field| &field.kind) {
                Some(FieldKind::Records(register)) if !raw.is_null() => {
                    let selection = Selection::read(raw).ok_or_else(|| Refusal::Fields(vec![unreadable_set(name)]))?;
                    let frozen = self.freeze(viewer, register, &selection).await;
                    let frozen = frozen.map_err(|error| records::at_field(error, name))?;
                    let value = frozen.value();
                    prepared.frozen.push(frozen);
                    if matches!(&value, Value::Records(set) if set.count == 0) {
                        Entered::Whole(Value::Empty)
                    } else {
                        Entered::Whole(value)
                    }
                }
                _ => Entered::Raw(raw.clone()),
            };
            prepared.entered.insert(name.clone(), entered);
        }
        Ok(prepared)
    }

    fn checked(&self, viewer: &Viewer, form: &Form, prepared: Prepared) -> Outcome<Checked> {
        let workspace = self.workspace()?;
        let directory = self.directory();
        let situation = self.situation(viewer, &workspace, &directory);
        let values = form_values::check(form, &prepared.entered, &situation).map_err(Refusal::Fields)?;
        Ok(Checked { values, frozen: prepared.frozen })
    }

    /// The values that can be read although others cannot.
    fn readable(&self, viewer: &Viewer, form: &Form, prepared: &Prepared) -> FieldValues {
        let Ok(workspace) = self.workspace() else { return FieldValues::new() };
        let directory = self.directory();
        let situation = self.situation(viewer, &workspace, &directory);
        let read = |field: &Field| {
            let entered = prepared.entered.get(field.name.as_str())?;
            form_values::read_one(field, entered, &situation).map(|value| (field.name.clone(), value))
        };
        form.fields.iter().filter_map(read).collect()
    }

    pub(crate) fn situation<'a>(
        &self,
        viewer: &'a Viewer,
        workspace: &'a definition::model::Workspace,
        directory: &'a definition::people::Directory,
    ) -> Situation<'a> {
        let now = self.clock.now();
        let today = now.with_timezone(&workspace.settings.timezone).date_naive();
        Situation { today, now, me: viewer.login(), directory, forms: &workspace.forms }
    }
}

/// A request with its record sets frozen.
#[derive(Debug, Clone, Default)]
struct Prepared {
    entered: EnteredValues,
    frozen: Vec<Frozen>,
}

impl Request {
    /// Names what was asked, so that one key never stands for two requests.
    pub fn digest(&self, process: &WorkflowId) -> Digest {
        let mut digester = Digester::new("chancery.request.v1");
        digester.text("case_started").text(process.as_str());
        for (name, value) in &self.values {
            digester.text(name).text(&value.to_string());
        }
        digester.finish()
    }
}

fn unreadable_set(name: &str) -> form_values::FieldProblem {
    form_values::FieldProblem::known(name, "field-records")
}

/// What lists show of a request.
pub(crate) fn summary_of(values: &FieldValues) -> CaseSummary {
    let mut summary = CaseSummary::default();
    for value in values.values() {
        match value {
            Value::Records(set) => summary.records = Some(summary.records.unwrap_or(0) + set.count),
            Value::Picks(picks) => summary.levels.extend(picks.iter().map(FieldPick::effective_level)),
            Value::Empty
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Moment(_)
            | Value::Level(_)
            | Value::Person(_)
            | Value::Department(_)
            | Value::List(_)
            | Value::Map(_) => {}
        }
    }
    summary.levels.retain(|level| *level > Level::L0);
    summary.levels.sort_unstable();
    summary.levels.dedup();
    summary
}
