//! What happened in a case, as sentences by day. Every event that people care about is told once; the others only move the case on.

mod failures;
mod people_events;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use definition::{
    id::Login,
    model::{Escalation, StepKind, TimeOutVerdict},
    people::Around,
};
use engine::{
    Actor, Event, EventEnvelope, Origin, StepRunId,
    case::{StepRunState, TimerPurpose},
    event::{Escalated, IncidentResolution, Intervention, StepOutcome},
    origin::Cause,
};
use runtime::cases::CaseView;
use vault::Digest;

use super::{cases, people, reasons};
use crate::{
    i18n::{self, FluentValue, format::Reading},
    view::timeline::{Day, Doer, Entry, Happened, TimeVerdict},
};

/// Tells a case's history to one reader.
pub struct Telling<'a> {
    /// Where and when it is read.
    pub reading: Reading,
    /// The case as this reader may see it.
    pub view: &'a CaseView,
}

impl Telling<'_> {
    /// Everything that happened and what is waited for now, by day, oldest first.
    pub fn history(&self) -> Vec<Day> {
        let mut entries: Vec<Entry> = self.view.events.iter().filter_map(|envelope| self.entry(envelope)).collect();
        entries.extend(self.passwords_shown());
        entries.sort_by_key(|entry| entry.at);
        entries.extend(self.now());
        let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
        let today = self.reading.now.with_timezone(&self.reading.zone).date_naive();
        for entry in entries {
            let date = entry.at.with_timezone(&self.reading.zone).date_naive();
            let day =
                days.entry(date).or_insert_with(|| Day { at: entry.at, today: date == today, entries: Vec::new() });
            day.entries.push(entry);
        }
        days.into_values().collect()
    }

    fn entry(&self, envelope: &EventEnvelope) -> Option<Entry> {
        let (what, comment) = self.happened(envelope)?;
        let deputy_for = if let Event::TaskDecided { on_behalf_of: Some(absent), .. } = &envelope.event {
            Some(self.name(absent))
        } else {
            None
        };
        let quote = comment.and_then(|digest| self.view.comments.get(&digest).cloned());
        Some(Entry { at: envelope.at, doer: self.doer(envelope), what, quote, deputy_for })
    }

    fn doer(&self, envelope: &EventEnvelope) -> Doer {
        let is_override = matches!(
            envelope.event,
            Event::PeopleNamed { .. } | Event::IncidentResolved { .. } | Event::Intervened { .. }
        );
        // Whom somebody brings in or asks, they bring in and ask themselves.
        let is_asked_for = matches!(&envelope.event, Event::TaskOpened { task } if task.added.is_some());
        let is_consequence = matches!(
            envelope.event,
            Event::TaskOpened { .. }
                | Event::BranchTaken { .. }
                | Event::Notified { .. }
                | Event::ActionRequested { .. }
                | Event::StepLeft { .. }
                | Event::Ended { .. }
        );
        match &envelope.actor {
            Actor::Person { login } if is_override => Doer::Administrator { who: self.person(login) },
            Actor::Person { login } if !is_consequence || is_asked_for => Doer::Person { who: self.person(login) },
            Actor::Person { .. } | Actor::System => Doer::Machine,
        }
    }

    /// How the case began.
    fn began(&self, origin: &Origin) -> Happened {
        match (origin.requester().map(|login| self.name(login)), self.view.summary.records) {
            (None, _) => match origin {
                Origin::Cause(Cause::Schedule { at, late: true, .. }) => Happened::BegunLate { at: *at },
                Origin::Cause(_) | Origin::Request { .. } => Happened::BegunByRule,
            },
            (Some(who), Some(records)) => Happened::SubmittedRecords { who, records },
            (Some(who), None) => Happened::Submitted { who },
        }
    }

    /// The sentence of an event, and the comment that came with it.
    fn happened(&self, envelope: &EventEnvelope) -> Option<(Happened, Option<Digest>)> {
        let told = self.done_by_people(envelope).or_else(|| self.returned(envelope));
        told.or_else(|| self.failed(envelope)).or_else(|| self.course(envelope))
    }

    /// What became of the case as a whole, step by step.
    fn course(&self, envelope: &EventEnvelope) -> Option<(Happened, Option<Digest>)> {
        let who = || envelope.actor.login().map(|login| self.name(login)).unwrap_or_default();
        let told = |what: Happened| Some((what, None));
        match &envelope.event {
            Event::Started { origin, .. } => told(self.began(origin)),
            Event::BranchTaken { run, case } => told(self.branched(*run, *case)?),
            Event::Reminded { people, .. } => told(Happened::Reminded { to: self.names(people) }),
            Event::Escalated { run, did, .. } => told(self.escalated(envelope, *run, did)?),
            Event::StepLeft { run, outcome: StepOutcome::Skipped, by: None, .. } => {
                told(Happened::Skipped { step: self.step_of(*run) })
            }
            Event::Notified { to, .. } => told(Happened::Notified { to: self.names(to) }),
            Event::ActionRequested { run, attempt: 1, .. } => told(Happened::Began { step: self.step_of(*run) }),
            Event::ActionSucceeded { run, .. } => told(Happened::Finished { step: self.step_of(*run) }),
            Event::ActionFailed { run, attempt, .. } => {
                told(Happened::Failed { step: self.step_of(*run), again: self.again(*run, *attempt)? })
            }
            Event::IncidentRaised { run, .. } => told(Happened::Stopped { step: self.step_of(*run) }),
            Event::IncidentResolved { run, resolution: IncidentResolution::Retried, reason } => {
                Some((Happened::Retried { who: who(), step: self.step_of(*run) }, Some(*reason)))
            }
            Event::IncidentResolved { run, resolution: IncidentResolution::Skipped, reason } => {
                Some((Happened::Skipped { step: self.step_of(*run) }, Some(*reason)))
            }
            Event::RoundBegan { run, round } if *round > 1 => {
                told(Happened::Repeated { step: self.step_of(*run), round: (*round).into() })
            }
            Event::EventReceived { run, .. } => told(Happened::Arrived { step: self.step_of(*run) }),
            Event::Intervened { what, reason } => Some((self.intervened(&who(), what), Some(*reason))),
            Event::Urged { .. } => told(Happened::Urged { who: who() }),
            Event::Withdrawn { comment } => Some((Happened::Withdrawn { who: who() }, *comment)),
            Event::Ended { outcome } => told(ended(outcome.as_str())),
            Event::SubmissionChanged { .. }
            | Event::Undo { .. }
            | Event::StepEntered { .. }
            | Event::PeopleAssigned { .. }
            | Event::TurnBegan { .. }
            | Event::VoteThresholdSet { .. }
            | Event::TaskDelegated { .. }
            | Event::TaskResolved { .. }
            | Event::TaskAnswered { .. }
            | Event::DecisionTakenBack { .. }
            | Event::ClockStopped { .. }
            | Event::ClockResumed { .. }
            | Event::Forked { .. }
            | Event::LaneBegan { .. }
            | Event::LaneEnded { .. }
            | Event::RoundBegan { .. }
            | Event::TurnedDown { .. }
            | Event::WaitBegan { .. }
            | Event::ValuesKept { .. }
            | Event::Returned { .. }
            | Event::TaskOpened { .. }
            | Event::TaskClaimed { .. }
            | Event::TaskReleased { .. }
            | Event::TaskTransferred { .. }
            | Event::TaskReassigned { .. }
            | Event::TaskDecided { .. }
            | Event::PeopleNamed { .. }
            | Event::TaskClosed { .. }
            | Event::TimerArmed { .. }
            | Event::TimerFired { .. }
            | Event::TimerDisarmed { .. }
            | Event::StepLeft { .. }
            | Event::StepAbandoned { .. }
            | Event::ActionRequested { .. }
            | Event::ApprovalVoided { .. }
            | Event::Commented { .. } => None,
        }
    }

    /// What an administrator did by authority.
    fn intervened(&self, who: &str, what: &Intervention) -> Happened {
        let who = who.to_owned();
        match what {
            Intervention::Assign { task, people } => {
                Happened::Named { who, step: self.step_of_task(*task), to: self.names(people) }
            }
            Intervention::Suspend => Happened::Suspended { who },
            Intervention::Resume => Happened::Resumed { who },
            Intervention::Cancel => Happened::Cancelled { who },
            Intervention::Jump { to } => Happened::SentBack { who, to: self.title(to.as_str()) },
        }
    }

    fn asked(&self, step: &str, people: &BTreeSet<Login>, pool: bool) -> Happened {
        let (step, to) = (self.title(step), self.names(people));
        if pool && people.len() > 1 {
            Happened::Offered { step, to, people: people.len() as u64 }
        } else {
            Happened::Assigned { step, to }
        }
    }

    fn branched(&self, run: StepRunId, case: u16) -> Option<Happened> {
        let run = self.view.case.run(run)?;
        let (_, step) = self.view.plan.process.step_by_id(run.step.as_str())?;
        let because = because(self.reading, self.view, step, usize::from(case))?;
        Some(Happened::Branched { step: self.title(run.step.as_str()), because })
    }

    fn escalated(&self, envelope: &EventEnvelope, run: StepRunId, did: &Escalated) -> Option<Happened> {
        Some(match did {
            Escalated::To { people } => {
                Happened::Escalated { from: self.held_before(envelope, run), to: self.names(people) }
            }
            Escalated::Added { people } => {
                let step = self.step_of(run);
                Happened::Assigned { step, to: self.names(people) }
            }
            Escalated::Notified { people } => Happened::Alarmed { to: self.names(people) },
            Escalated::TimedOut { verdict } => Happened::TimedOut {
                step: self.step_of(run),
                verdict: match verdict {
                    TimeOutVerdict::Approve => TimeVerdict::Approved,
                    TimeOutVerdict::Reject => TimeVerdict::Rejected,
                    TimeOutVerdict::Skip => TimeVerdict::Skipped,
                },
            },
            Escalated::FoundNobody => return None,
        })
    }

    /// Who held a step's work before an event.
    fn held_before(&self, envelope: &EventEnvelope, run: StepRunId) -> String {
        let earlier = self.view.events.iter().rev().filter(|other| other.number < envelope.number);
        let holders = |event: &Event| {
            if let Event::TaskOpened { task } = event {
                (task.run == run).then(|| task.holders().into_iter().collect::<Vec<_>>())
            } else if let Event::TaskReassigned { task, candidates, .. } = event {
                self.is_of(*task, run).then(|| candidates.iter().cloned().collect())
            } else if let Event::TaskTransferred { task, to, .. } = event {
                self.is_of(*task, run).then(|| vec![to.clone()])
            } else {
                None
            }
        };
        let mut before = earlier.filter_map(|other| holders(&other.event));
        // The rung's own change of holders stands before its event.
        let at_once =
            self.view.events.iter().any(|other| {
                other.number.next() == envelope.number && matches!(other.event, Event::TaskReassigned { .. })
            });
        if at_once {
            before.next();
        }
        before.next().map(|people| self.names(&people)).unwrap_or_default()
    }

    fn is_of(&self, task: engine::TaskId, run: StepRunId) -> bool {
        self.view.case.task(task).is_some_and(|task| task.run == run)
    }

    /// When an attempt that failed is made again.
    fn again(&self, run: StepRunId, attempt: u32) -> Option<DateTime<Utc>> {
        self.view.events.iter().find_map(|envelope| {
            let Event::ActionRequested { run: of, attempt: next, not_before } = &envelope.event else { return None };
            (*of == run && *next == attempt + 1).then_some(*not_before)
        })
    }

    fn passwords_shown(&self) -> Vec<Entry> {
        let shown = |artifact: &runtime::ArtifactRow| {
            let login = Login::from(artifact.person.as_str());
            Some(Entry {
                at: artifact.password_shown_at?,
                doer: Doer::Person { who: self.person(&login) },
                what: Happened::PasswordTold { who: self.name(&login) },
                quote: None,
                deputy_for: None,
            })
        };
        self.view.artifacts.iter().filter_map(shown).collect()
    }

    /// What is waited for.
    fn now(&self) -> Option<Entry> {
        if !self.view.case.is_running() {
            return None;
        }
        let case = &self.view.case;
        let asking = case.open_runs().filter(|run| run.waiting().is_some()).count();
        let what = case.open_runs().find_map(|run| match &run.state {
            // Of several branches none is told alone.
            StepRunState::Waiting(_) if asking > 1 => {
                let holders: BTreeSet<Login> = case.open_tasks().flat_map(engine::Task::holders).collect();
                Some(Happened::Waiting { on: self.names(&holders) })
            }
            StepRunState::Waiting(_) => {
                let holders: BTreeSet<Login> =
                    self.view.case.open_tasks_of(run.id).flat_map(engine::Task::holders).collect();
                let on = self.names(&holders);
                Some(match self.next_rung(run.id, &holders) {
                    Some((until, to)) => Happened::WaitingThen { on, until, to },
                    None => Happened::Waiting { on },
                })
            }
            StepRunState::Pausing { until, .. } => {
                let step = self.title(run.step.as_str());
                Some(match until {
                    Some(until) => Happened::PausedUntil { step, until: *until },
                    None => Happened::Paused { step },
                })
            }
            StepRunState::Acting { .. } => Some(Happened::Working { step: self.title(run.step.as_str()) }),
            StepRunState::Entered
            | StepRunState::Inside { .. }
            | StepRunState::Forked { .. }
            | StepRunState::Repeating { .. }
            | StepRunState::TurnedDown { .. }
            | StepRunState::Acted { .. }
            | StepRunState::Incident { .. }
            | StepRunState::Left { .. }
            | StepRunState::Abandoned { .. } => None,
        })?;
        Some(Entry { at: self.reading.now, doer: Doer::Now, what, quote: None, deputy_for: None })
    }

    /// When the work moves to others if nobody does it, and to whom.
    fn next_rung(&self, run: StepRunId, holders: &BTreeSet<Login>) -> Option<(DateTime<Utc>, String)> {
        let step = self.view.case.run(run)?.step.clone();
        let (_, step) = self.view.plan.process.step_by_id(step.as_str())?;
        let timers = self.view.case.timers.iter().filter(|timer| timer.run == run);
        let rung = timers.filter_map(|timer| match timer.purpose {
            TimerPurpose::Escalate { rung } => Some((timer.due_at, rung)),
            TimerPurpose::Remind { .. } | TimerPurpose::Wake => None,
        });
        let (until, rung) = rung.min()?;
        let Escalation::To(selector) = &step.kind.people()?.escalate.get(usize::from(rung))?.then else { return None };
        let holders: Vec<Login> = holders.iter().cloned().collect();
        let around =
            Around { requester: self.view.case.requester().map(Login::as_str), holders: &holders, ..Around::NOBODY };
        let people = self.view.directory.select(selector, around);
        let names: Vec<String> = people.iter().map(|person| person.name.clone()).collect();
        (!names.is_empty()).then(|| (until, cases::joined(self.reading.locale, &names)))
    }

    fn person(&self, login: &Login) -> crate::view::Person {
        people::person(self.reading.locale, &self.view.directory, login)
    }

    fn name(&self, login: &Login) -> String {
        people::name(&self.view.directory, login)
    }

    fn names<'l>(&self, people: impl IntoIterator<Item = &'l Login>) -> String {
        names(self.reading, self.view, people)
    }

    fn title(&self, step: &str) -> String {
        cases::step(self.reading.locale, Some(&self.view.plan.process), step)
    }

    fn step_of(&self, run: StepRunId) -> String {
        self.view.case.run(run).map(|run| self.title(run.step.as_str())).unwrap_or_default()
    }

    fn step_of_task(&self, task: engine::TaskId) -> String {
        self.view.case.task(task).map(|task| self.title(task.step.as_str())).unwrap_or_default()
    }
}

fn ended(outcome: &str) -> Happened {
    match outcome {
        "rejected" => Happened::EndedRejected,
        "cancelled" => Happened::EndedCancelled,
        _ => Happened::EndedApproved,
    }
}

/// Names one after the other.
pub fn names<'l>(reading: Reading, view: &CaseView, people: impl IntoIterator<Item = &'l Login>) -> String {
    let names: Vec<String> = people.into_iter().map(|login| people::name(&view.directory, login)).collect();
    cases::joined(reading.locale, &names)
}

/// Why a branch takes one of its cases, in words; nothing if that cannot be told.
pub fn because(reading: Reading, view: &CaseView, step: &definition::model::Step, case: usize) -> Option<String> {
    let StepKind::Branch(branch) = &step.kind else { return None };
    let of_case = branch.cases.get(case)?;
    if of_case.condition.is_none() {
        let others = said(reading, &reasons::before(branch, case), "case-arm-join");
        return Some(i18n::message(reading.locale, "because-otherwise", &[("conditions", others.into())]));
    }
    let is_meant = |reason: &&engine::predict::Reason| reason.branch == step.id && reason.taken == Some(true);
    let reason = view.path.iter().flat_map(|predicted| &predicted.why).find(is_meant);
    let values = reason.map(|reason| reason.values.clone()).unwrap_or_default();
    Some(said(reading, &reasons::holding(of_case, &values), "case-records-join"))
}

/// Parts of a condition in words.
pub fn said(reading: Reading, parts: &[reasons::Because], join: &str) -> String {
    let say = |part: &reasons::Because| match part {
        reasons::Because::Level(level) => {
            i18n::message(reading.locale, "because-level", &[("level", level.as_str().into())])
        }
        reasons::Because::Over(over) => {
            i18n::message(reading.locale, "because-over", &[("over", FluentValue::from(*over))])
        }
        reasons::Because::Written(text) => text.clone(),
    };
    let parts: Vec<String> = parts.iter().map(say).collect();
    parts.join(&i18n::message(reading.locale, join, &[]))
}
