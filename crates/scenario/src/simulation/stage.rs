//! One simulated case on its way: the world, its log, and what has to be told if a promise breaks.

use definition::model::FieldValues;
use engine::{
    Actor, Case, Command, EventEnvelope, Rejection, Submission, event::Intervention, evolve, submission::Kept,
};

use super::{
    ledger::{Around, Ledger},
    promises::{self, Broken, Proofs, ensure},
    telling,
};
use crate::world::World;

/// Something that is asked, with the values that it would make the case's own.
#[derive(Debug, Clone)]
pub struct Asked {
    pub actor: Actor,
    pub command: Command,
    pub changed: Option<Submission>,
}

/// A case, what it became, and how far the world around it is as it was.
pub struct Stage {
    pub world: World,
    pub log: Vec<EventEnvelope>,
    pub ledger: Ledger,
    pub proofs: Proofs,
    /// What was asked so far: any of it may arrive again.
    pub sent: Vec<Asked>,
    /// What happened, for people; kept only where it is asked for.
    pub told: Option<Vec<String>>,
}

impl Stage {
    /// The case, once it began.
    pub fn case(&self) -> &Case {
        self.world.case.as_ref().expect("the case has begun")
    }

    /// Asks something; says whether it was accepted.
    pub fn ask(&mut self, asked: Asked) -> Result<bool, Broken> {
        let before = self.world.submission.clone();
        let mut world = self.world.clone();
        let outcome = world.decide(&asked.actor, &asked.command, asked.changed.clone());
        self.tell(&asked, &outcome, &world);
        let Ok(events) = outcome else { return Ok(false) };
        self.world = world;
        let around = Around {
            plan: &self.world.plan,
            directory: &self.world.directory,
            before: &before,
            after: &self.world.submission,
        };
        promises::observe(&mut self.ledger, &events, (around, &self.proofs))?;
        self.log.extend(events);
        self.again(&asked)?;
        self.sent.push(asked);
        Ok(true)
    }

    /// Asks something that is lost with whoever decided it before it was kept, and is asked again by somebody who knows
    /// only what was kept.
    pub fn ask_and_crash(&mut self, asked: Asked) -> Result<bool, Broken> {
        let lost = self.world.clone().decide(&asked.actor, &asked.command, asked.changed.clone());
        self.recover()?;
        let again = self.world.clone().decide(&asked.actor, &asked.command, asked.changed.clone());
        ensure(lost == again, "what was lost comes out the same again", || format!("{lost:?} and then {again:?}"))?;
        self.ask(asked)
    }

    /// Throws the case away and makes it again from what was kept.
    pub fn recover(&mut self) -> Result<(), Broken> {
        let Some(before) = self.world.case.take() else { return Ok(()) };
        let kept = serde_json::to_string(&self.log).expect("events are JSON");
        let personal = super::company::PERSONAL.iter().find(|value| kept.contains(*value));
        ensure(personal.is_none(), "no event carries a personal value", || format!("{personal:?}"))?;
        let log: Vec<EventEnvelope> = serde_json::from_str(&kept).expect("events are read as they were written");
        let case = log.iter().fold(None, |case, envelope| Some(evolve(case, envelope)));
        ensure(case.as_ref() == Some(&before), "the case is the fold of its events", || {
            format!("{case:?} was {before:?}")
        })?;
        self.world.case = case;
        let submission = &self.world.submission;
        let values = serde_json::to_string(&(submission.values(), submission.kept())).expect("values are JSON");
        let (values, kept): (FieldValues, Kept) = serde_json::from_str(&values).expect("values are read as written");
        self.world.submission = Submission::with(*submission.salt(), values, kept);
        let named = self.world.submission.digest() == before.submission;
        ensure(named, "the case names its values", || format!("{:?}", before.submission))
    }

    /// The same once more is refused and changes nothing, unless it may well be meant twice.
    fn again(&self, asked: &Asked) -> Result<(), Broken> {
        let may_be_meant_twice = match &asked.command {
            Command::Comment { .. }
            | Command::Intervene { what: Intervention::Jump { .. }, .. }
            | Command::DeliverEvent { .. }
            | Command::RetryAction { .. } => true,
            // One that came earlier went first, and led the case elsewhere.
            Command::FireTimer { timer } => self.ledger.timers.contains_key(timer),
            // Somebody may have been asked for an opinion as well.
            Command::Remove { login, .. } => {
                self.case().open_tasks().any(|task| task.added.is_some() && task.is_of(login))
            }
            _ => false,
        };
        if may_be_meant_twice {
            return Ok(());
        }
        let again = self.world.clone().decide(&asked.actor, &asked.command, asked.changed.clone());
        ensure(again.is_err(), "what was asked twice happens once", || format!("{:?}", asked.command))
    }

    fn tell(&mut self, asked: &Asked, outcome: &Result<Vec<EventEnvelope>, Rejection>, after: &World) {
        if let Some(told) = &mut self.told {
            told.extend(telling::tell(asked, outcome, after));
        }
    }
}
