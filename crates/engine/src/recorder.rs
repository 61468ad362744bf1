//! Writes down what a command leads to: each event is folded into the case as it is recorded, so that what follows is
//! decided on the case as it then stands.

use std::{borrow::Cow, cell::OnceCell, collections::BTreeSet};

use chrono::{DateTime, Utc};
use definition::{
    expression::Scope,
    id::Login,
    model::{Process, Step, StepIndex},
};
use vault::Digest;

use crate::{
    assignment::Search,
    binding,
    case::{Case, StepRun, Timer, TimerPurpose},
    command::Actor,
    context::Context,
    decide::Decision,
    effect::{Effect, EffectKind, Notice},
    event::{Event, EventEnvelope},
    evolve::evolve,
    id::{CaseId, EffectId, EventNumber, StepRunId, TimerId},
    plan::Plan,
    scope::{self, Lets, NoResult},
    submission::{Kept, Submission},
};

/// A decision in the making.
pub struct Recorder<'a> {
    /// The definitions.
    pub plan: &'a Plan,
    /// The moment and the people.
    pub ctx: &'a Context<'a>,
    actor: Actor,
    case: Option<Case>,
    events: Vec<EventEnvelope>,
    effects: Vec<Effect>,
    submission: Cow<'a, Submission>,
    lets: OnceCell<Result<Lets, NoResult>>,
}

impl<'a> Recorder<'a> {
    /// Begins a case with its first event.
    pub fn begin(plan: &'a Plan, ctx: &'a Context<'a>, actor: Actor, (case, event): (CaseId, Event)) -> Self {
        let envelope = EventEnvelope { case, number: EventNumber(1), at: ctx.now, actor: actor.clone(), event };
        let case = evolve(None, &envelope);
        let mut recorder = Self::resume(plan, ctx, actor, case);
        recorder.events.push(envelope);
        recorder
    }

    /// Goes on with a case.
    pub fn resume(plan: &'a Plan, ctx: &'a Context<'a>, actor: Actor, case: Case) -> Self {
        Self {
            plan,
            ctx,
            actor,
            case: Some(case),
            events: Vec::new(),
            effects: Vec::new(),
            submission: Cow::Borrowed(ctx.submission),
            lets: OnceCell::new(),
        }
    }

    /// What was decided.
    pub fn finish(self) -> Decision {
        let case = self.case.expect("each event leaves a case");
        let kept = match self.submission {
            Cow::Owned(submission) => Some(submission),
            Cow::Borrowed(_) => None,
        };
        Decision { events: self.events, effects: self.effects, case, kept }
    }

    /// The case as it stands after all that was recorded.
    pub const fn case(&self) -> &Case {
        self.case.as_ref().expect("each event leaves a case")
    }

    /// The process.
    pub fn process(&self) -> &'a Process {
        &self.plan.process
    }

    /// Whose command it is.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// When all of this happens.
    pub const fn now(&self) -> DateTime<Utc> {
        self.ctx.now
    }

    /// Records an event and folds it into the case.
    pub fn record(&mut self, event: Event) -> EventNumber {
        let number = self.next_number();
        let envelope =
            EventEnvelope { case: self.case().id, number, at: self.ctx.now, actor: self.actor.clone(), event };
        self.case = Some(evolve(self.case.take(), &envelope));
        self.events.push(envelope);
        number
    }

    /// The number that the next event will have: ids of what it makes follow from it.
    pub fn next_number(&self) -> EventNumber {
        self.case().revision.next()
    }

    /// Arms a timer.
    pub fn arm(&mut self, run: StepRunId, due_at: DateTime<Utc>, purpose: TimerPurpose) {
        let number = self.next_number();
        let id = TimerId::derive(self.case().id, number, 0);
        self.record(Event::TimerArmed { timer: Timer { id, number, run, due_at, purpose } });
    }

    /// Disarms every timer of a run, or of the whole case.
    pub fn disarm(&mut self, of: Option<StepRunId>) {
        let timers: Vec<TimerId> = self
            .case()
            .timers
            .iter()
            .filter(|timer| of.is_none_or(|run| timer.run == run))
            .map(|timer| timer.id)
            .collect();
        for timer in timers {
            self.record(Event::TimerDisarmed { timer });
        }
    }

    /// Whether nothing was recorded yet.
    pub const fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Asks for something to be done after commit, on account of the last event.
    pub fn ask(&mut self, kind: EffectKind) {
        let event = self.case().revision;
        let ordinal = self.effects.iter().rev().take_while(|effect| effect.event == event).count();
        let ordinal = u16::try_from(ordinal).expect("an event asks for fewer effects than a step has people");
        self.effects.push(Effect { id: EffectId::derive(self.case().id, event, ordinal), event, kind });
    }

    /// Tells people something, if there is anybody to tell.
    pub fn tell(&mut self, to: impl IntoIterator<Item = Login>, notice: Notice) {
        let to: BTreeSet<Login> = to.into_iter().collect();
        if !to.is_empty() {
            self.ask(EffectKind::Notify { to, notice });
        }
    }

    /// The definition of a run's step.
    pub fn step_of(&self, run: StepRunId) -> (StepIndex, &'a Step) {
        let step = &self.run(run).step;
        self.plan.process.step_by_id(step.as_str()).expect("a case runs the steps of the version it is pinned to")
    }

    /// A passage through a step.
    pub fn run(&self, run: StepRunId) -> &StepRun {
        self.case().run(run).expect("the engine speaks of runs it entered")
    }

    /// The search for people of a step.
    pub fn search(&self, step: StepIndex) -> Search<'_> {
        Search { plan: self.plan, directory: self.ctx.directory, submission: &self.submission, case: self.case(), step }
    }

    /// The values as they stand.
    pub fn submission(&self) -> &Submission {
        &self.submission
    }

    /// Goes on with changed values.
    pub fn change_submission(&mut self, submission: &'a Submission) {
        self.submission = Cow::Borrowed(submission);
        self.lets = OnceCell::new();
    }

    /// Keeps values beside the request's own from now on.
    pub fn keep(&mut self, run: StepRunId, values: Kept) {
        let names = values.keys().map(|name| name.split(':').next().unwrap_or_default().to_owned()).collect();
        let submission = self.submission.keeping(values);
        self.record(Event::ValuesKept { run, submission: submission.digest(), names });
        self.submission = Cow::Owned(submission);
    }

    /// The `let` values of the request as it stands.
    pub fn lets(&self) -> Result<&Lets, NoResult> {
        let lets = self.lets.get_or_init(|| scope::work_out(self.plan, self.request_scope()));
        lets.as_ref().map_err(Clone::clone)
    }

    /// What expressions and messages of a passage speak of now.
    pub fn scope(&self, run: StepRunId) -> Result<Scope, NoResult> {
        let lets = self.lets()?;
        let mut scope = self.request_scope();
        scope::add_case(&mut scope, self.case(), lets);
        scope::add_place(&mut scope, (self.plan, self.case()), &self.submission, Some(run));
        Ok(scope)
    }

    /// What a decision on a step is bound to now.
    pub fn bound(&self, step: StepIndex) -> Result<Digest, NoResult> {
        Ok(binding::bound(self.plan, &self.submission, self.lets()?, step))
    }

    fn request_scope(&self) -> Scope {
        let asked = (self.ctx.directory, self.case().requester());
        scope::request_scope(self.plan, &self.submission, asked, self.ctx.now)
    }
}
