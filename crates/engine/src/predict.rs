//! The way a request will take, before anybody decided anything: the same search for people, the same branches, the same
//! calendar as the case itself, played through as if everybody approved at the last moment.

mod shorten;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use definition::{
    id::{Login, StepId},
    level::Level,
    model::{Parent, StepIndex, StepKind},
    value::Value,
};
use uuid::Uuid;
use vault::Digest;

pub use shorten::{Change, Shortening, shorten};

use crate::{
    advance::{self, Flow},
    case::{Case, StepRun, StepRunState},
    command::Actor,
    context::Context,
    event::{ActionResult, Event, StepOutcome, Verdict},
    id::{CaseId, CaseNumber, StepRunId},
    origin::Origin,
    pause,
    people::{self, Answer, Finish},
    plan::Plan,
    recorder::Recorder,
    rejection::Rejection,
    scope,
    task::{Role, Task},
};

/// How many times the played case may rest before the prediction stops.
const RESTS_MAX: usize = 1_000;

/// A step on, or beside, the way of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictedStep {
    /// The step.
    pub step: StepId,
    /// Whether the case goes there.
    pub course: Course,
    /// Whom it asks.
    pub who: Who,
    /// When the case comes to it at the latest, if everybody keeps their due time.
    pub from: Option<DateTime<Utc>>,
    /// When it is due then.
    pub until: Option<DateTime<Utc>>,
    /// The conditions around it, from the outermost in.
    pub why: Vec<Reason>,
}

/// Whether a case goes to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It was there.
    Passed,
    /// It is there.
    Current,
    /// It will come there.
    Ahead,
    /// It will not.
    Aside,
}

/// Whom a step asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// No person.
    Nobody,
    /// These people.
    People {
        /// Whom, in order.
        people: Vec<Login>,
        /// Whether one of them claims the task first.
        pool: bool,
    },
    /// These administrators name somebody first.
    ToBeNamed {
        /// Whom.
        by: Vec<Login>,
    },
}

/// A condition that decides whether a case comes to a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The branch.
    pub branch: StepId,
    /// The condition as written; absent for `else`.
    pub source: Option<String>,
    /// Whether the branch takes this case. Unknown as long as the case has not come to the branch.
    pub taken: Option<bool>,
    /// The `let` values that the branch's conditions look at, as far as they are public.
    pub values: BTreeMap<String, Value>,
}

/// The way of a request that was not sent yet.
pub fn predict(plan: &Plan, ctx: &Context<'_>, requester: &Login) -> Result<Vec<PredictedStep>, Rejection> {
    let event = Event::Started {
        number: CaseNumber(0),
        process: plan.process.id.clone(),
        version: plan.version,
        definition: plan.digest,
        origin: Origin::Request { form: plan.form.id.clone(), requester: requester.clone() },
        submission: ctx.submission.digest(),
    };
    let mut recorder = Recorder::begin(plan, ctx, Actor::System, (CaseId(Uuid::nil()), event));
    recorder.lets().map_err(|problem| Rejection::CannotBeWorkedOut { name: problem.name })?;
    advance::start(&mut recorder);
    Ok(play(plan, ctx, (recorder.finish().case, &[])))
}

/// The way of a case that runs, or the one that it took.
pub fn predict_case(plan: &Plan, ctx: &Context<'_>, case: &Case) -> Vec<PredictedStep> {
    play(plan, ctx, (case.clone(), &case.runs))
}

/// Plays a case to its end and tells every step of the process.
fn play(plan: &Plan, ctx: &Context<'_>, (mut case, so_far): (Case, &[StepRun])) -> Vec<PredictedStep> {
    let mut asked: BTreeMap<StepRunId, (Who, Option<DateTime<Utc>>)> = BTreeMap::new();
    let mut now = ctx.now;
    for _ in 0..RESTS_MAX {
        note_waiting(&case, &mut asked);
        let resting = case.open_runs().filter(|run| !run.encloses());
        let Some(run) = resting.min_by_key(|run| due_at(run)).cloned() else { break };
        if case.is_running() {
            now = now.max(due_at(&run).unwrap_or(now));
            let ctx = Context { now, ..*ctx };
            let mut recorder = Recorder::resume(plan, &ctx, Actor::System, case.clone());
            pass(&mut recorder, &run);
            if recorder.is_empty() {
                break;
            }
            case = recorder.finish().case;
        }
    }
    let values = public_lets(plan, ctx, &case);
    let steps = (0u16..).map(StepIndex).zip(&plan.process.steps);
    // The requester's own step is on the way only where the case was returned to it.
    let steps = steps.filter(|(index, step)| {
        Some(*index) != plan.process.resubmission || case.last_run_of(step.id.as_str()).is_some()
    });
    let told = steps.map(|(index, step)| {
        let run = case.last_run_of(step.id.as_str());
        let (who, until) = run.and_then(|run| asked.get(&run.id).cloned()).unwrap_or((Who::Nobody, None));
        PredictedStep {
            step: step.id.clone(),
            course: course(run, so_far),
            who,
            from: run.map(|run| run.entered_at),
            until,
            why: reasons(plan, &case, (index, &values)),
        }
    });
    told.collect()
}

/// Remembers whom the waiting steps ask, before they are left.
fn note_waiting(case: &Case, asked: &mut BTreeMap<StepRunId, (Who, Option<DateTime<Utc>>)>) {
    for run in case.open_runs() {
        let StepRunState::Waiting(waiting) = &run.state else { continue };
        let tasks: Vec<&Task> = case.open_tasks_of(run.id).collect();
        let holders = || tasks.iter().flat_map(|task| task.holders()).collect();
        let who = if tasks.iter().any(|task| task.role == Role::Name) {
            Who::ToBeNamed { by: holders() }
        } else if waiting.turn > 0 {
            Who::People { people: waiting.people.clone(), pool: false }
        } else {
            Who::People { people: holders(), pool: tasks.iter().any(|task| task.pool) }
        };
        let until = waiting.due_at;
        asked.entry(run.id).and_modify(|noted| noted.1 = until).or_insert((who, until));
    }
}

const fn due_at(run: &StepRun) -> Option<DateTime<Utc>> {
    match &run.state {
        StepRunState::Waiting(waiting) => waiting.due_at,
        StepRunState::Acting { not_before, .. } => Some(*not_before),
        StepRunState::Pausing { until, .. } => *until,
        StepRunState::Entered
        | StepRunState::Inside { .. }
        | StepRunState::Forked { .. }
        | StepRunState::Repeating { .. }
        | StepRunState::TurnedDown { .. }
        | StepRunState::Acted { .. }
        | StepRunState::Incident { .. }
        | StepRunState::Left { .. }
        | StepRunState::Abandoned { .. } => None,
    }
}

/// Lets a resting step go well.
fn pass(recorder: &mut Recorder<'_>, run: &StepRun) {
    match run.state {
        StepRunState::Waiting(_) => pass_people(recorder, run.id),
        StepRunState::Acting { .. } => {
            let result = ActionResult::Export { artifact: Uuid::nil(), records: 0, expires_at: recorder.now() };
            recorder.record(Event::ActionSucceeded { run: run.id, result });
            advance::leave(recorder, run.id, StepOutcome::Done);
            advance::follow(recorder, Flow::After(run.id));
        }
        StepRunState::Pausing { .. } => {
            recorder.disarm(Some(run.id));
            let flow = pause::wake(recorder, run.id);
            advance::follow(recorder, flow);
        }
        StepRunState::Entered
        | StepRunState::Inside { .. }
        | StepRunState::Forked { .. }
        | StepRunState::Repeating { .. }
        | StepRunState::TurnedDown { .. }
        | StepRunState::Acted { .. }
        | StepRunState::Incident { .. }
        | StepRunState::Left { .. }
        | StepRunState::Abandoned { .. } => {}
    }
}

/// One open task of a step is done by the first who holds it; a task to name somebody counts as done as well.
fn pass_people(recorder: &mut Recorder<'_>, run: StepRunId) {
    let asks = |task: &&crate::task::Task| match task.role {
        Role::Decide | Role::Fill | Role::Name => !task.holders().is_empty(),
        Role::Opinion | Role::Answer => false,
    };
    let Some(task) = recorder.case().open_tasks_of(run).find(asks).cloned() else { return };
    let Some(by) = task.holders().into_iter().next() else { return };
    let (verdict, outcome) = match people::work_of(recorder, run) {
        Role::Fill => (Verdict::Done, StepOutcome::Done),
        Role::Decide | Role::Name | Role::Opinion | Role::Answer => (Verdict::Approved, StepOutcome::Approved),
    };
    let bound = Digest::of(&[]);
    let flow = match task.role {
        Role::Name => people::finish(recorder, run, Finish { outcome, by: Some(by), comment: None }),
        Role::Decide | Role::Fill | Role::Opinion | Role::Answer => {
            people::answer(recorder, run, Answer { task: task.id, by, verdict, comment: None, bound })
        }
    };
    advance::follow(recorder, flow);
}

fn course(run: Option<&StepRun>, so_far: &[StepRun]) -> Course {
    let Some(run) = run else { return Course::Aside };
    match so_far.iter().find(|past| past.id == run.id) {
        Some(past) if past.is_open() && !past.encloses() => Course::Current,
        Some(_) => Course::Passed,
        None => Course::Ahead,
    }
}

/// The `let` values that everybody may see.
fn public_lets(plan: &Plan, ctx: &Context<'_>, case: &Case) -> BTreeMap<String, Value> {
    let asked = (ctx.directory, case.requester());
    let lets = scope::work_out(plan, scope::request_scope(plan, ctx.submission, asked, ctx.now)).unwrap_or_default();
    let is_public = |name: &str| {
        plan.process.lets.iter().any(|each| each.name.as_str() == name && each.expression.level == Level::L0)
    };
    lets.into_iter().filter(|(name, _)| is_public(name)).collect()
}

/// The conditions around a step, from the outermost in.
fn reasons(plan: &Plan, case: &Case, (index, values): (StepIndex, &BTreeMap<String, Value>)) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut at = plan.process.step(index).parent;
    while let Some(parent) = at {
        reasons.extend(reason(plan, case, (parent, values)));
        at = plan.process.step(parent.step).parent;
    }
    reasons.reverse();
    reasons
}

fn reason(plan: &Plan, case: &Case, (parent, values): (Parent, &BTreeMap<String, Value>)) -> Option<Reason> {
    let step = plan.process.step(parent.step);
    let StepKind::Branch(branch) = &step.kind else { return None };
    let of_case = &branch.cases[usize::from(parent.case)];
    let run = case.last_run_of(step.id.as_str());
    let taken = run.filter(|run| !matches!(run.state, StepRunState::Entered | StepRunState::Abandoned { .. }));
    let taken = taken.map(|run| match run.case_taken() {
        Some(taken) => taken == parent.case,
        None => case.lanes(run.id).iter().any(|lane| lane.number == parent.case),
    });
    let conditions = branch.cases.iter().filter_map(|case| case.condition.as_ref());
    let looked_at: Vec<&str> = conditions
        .flat_map(|condition| condition.tree.paths())
        .filter_map(|path| path.first())
        .map(String::as_str)
        .collect();
    let values = values.iter().filter(|(name, _)| looked_at.contains(&name.as_str()));
    Some(Reason {
        branch: step.id.clone(),
        source: of_case.condition.as_ref().map(|condition| condition.source.to_string()),
        taken,
        values: values.map(|(name, value)| (name.clone(), value.clone())).collect(),
    })
}
