//! All that one simulated case depends on, and how it is played.

use std::{
    cell::Cell,
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::{Arc, Once},
};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use definition::{
    check,
    diagnostic::{Diagnostic, Kind, Severity},
    load::{Loaded, SourceFile, load},
    people::Directory,
};
use engine::{Actor, CaseId, CaseNumber, Command, Plan, Submission};
use uuid::Uuid;
use vault::Digest;

use super::{
    chance::Chance,
    company, ending,
    grammar::Workflow,
    ledger::Ledger,
    moves,
    promises::{Broken, Proofs},
    stage::{Asked, Stage},
};
use crate::world::World;

/// One simulated case, before it is played.
#[derive(Debug, Clone)]
pub struct Trial {
    files: Vec<SourceFile>,
    pub people: String,
    pub workflow: Workflow,
    begins: u64,
    pub moves: Vec<u64>,
}

/// How often each thing happened in a trial.
pub type Course = BTreeMap<String, usize>;

impl Trial {
    /// What a seed stands for.
    pub fn draw(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let (files, people) = (company::files(&mut chance), company::people(&mut chance));
        let workflow = Workflow::draw(&mut Chance::new(chance.seed()));
        let begins = chance.seed();
        let moves = (0..chance.between(5, 80)).map(|_| chance.seed()).collect();
        Self { files, people, workflow, begins, moves }
    }

    /// Plays it.
    pub fn play(&self) -> Result<Course, Broken> {
        self.perform(false).1
    }

    /// Plays it and tells what happened, up to where a promise breaks.
    pub fn told(&self) -> Vec<String> {
        self.perform(true).0
    }

    fn perform(&self, tell: bool) -> (Vec<String>, Result<Course, Broken>) {
        let (mut course, mut stage) = (Course::new(), None);
        let outcome = quietly(|| {
            stage = self.set(&mut course);
            let Some(stage) = &mut stage else { return Ok(()) };
            stage.told = tell.then(Vec::new);
            self.go_through(stage)
        });
        let Some(Stage { told, log, ledger, .. }) = stage else { return (Vec::new(), outcome.map(|()| course)) };
        for envelope in &log {
            let event = serde_json::to_value(&envelope.event).expect("events are JSON");
            count(&mut course, event["type"].as_str().unwrap_or_default());
        }
        *course.entry("carried out behind proved four eyes".to_owned()).or_default() += ledger.guarded;
        (told.unwrap_or_default(), outcome.map(|()| course))
    }

    /// Reads the definition and proves what can be proved of it; nothing if it cannot be read.
    fn set(&self, course: &mut Course) -> Option<Stage> {
        let yaml = self.workflow.yaml();
        let files: Vec<SourceFile> =
            self.files.iter().cloned().chain([company::file("workflows/flow.yaml", &yaml)]).collect();
        let mut loaded = load(&files);
        let is_read = !loaded.has_errors();
        count(course, if is_read { "read" } else { "not read" });
        errors(&loaded).for_each(|one| count(course, &format!("not read: {}", one.code)));
        let workspace = loaded.workspace.clone().filter(|_| is_read)?;
        let people = company::read(&workspace.settings, &self.people);
        let directory = Directory::new(&workspace.settings, people.people, people.departments);
        check::check(&mut loaded, Some(&directory));
        errors(&loaded).for_each(|one| count(course, &format!("refused: {}", one.code)));
        let is_proved = |kind| !errors(&loaded).any(|one| one.code.kind == kind);
        let proofs = Proofs { four_eyes: is_proved(Kind::FourEyes), answers: is_proved(Kind::Answers) };
        let plan = Plan {
            process: Arc::clone(&workspace.processes["flow"]),
            form: Arc::clone(&workspace.forms["request"]),
            registers: workspace.forms.clone(),
            settings: Arc::clone(&workspace.settings),
            version: 1,
            digest: Digest::of(yaml.as_bytes()),
        };
        let world = World::new(&workspace, plan, directory, self.begins_at());
        let (log, ledger, sent) = (Vec::new(), Ledger::default(), Vec::new());
        Some(Stage { world, log, ledger, proofs, sent, told: None })
    }

    /// Some hour of some day of 2026.
    fn begins_at(&self) -> NaiveDateTime {
        let mut chance = Chance::new(self.begins);
        let hours = i64::try_from(chance.below(365 * 24)).expect("a year has fewer hours than that");
        let year = NaiveDate::from_yo_opt(2026, 1).expect("it is a date");
        year.and_hms_opt(0, 17, 0).expect("it is a time") + TimeDelta::hours(hours)
    }

    /// Lets the case begin, whatever was drawn happen, and then everybody do their part.
    fn go_through(&self, stage: &mut Stage) -> Result<(), Broken> {
        let mut chance = Chance::new(self.begins);
        stage.world.submission = Submission::new([7; 16], company::request(&mut chance));
        let starters = stage.world.plan.process.start.starters(&stage.world.directory);
        let actor = Actor::person(chance.any(starters).expect("somebody can always begin").login.clone());
        let command = Command::Start { case: CaseId(Uuid::from_u128(1)), number: CaseNumber(1) };
        stage.ask(Asked { actor, command, changed: None })?;
        for seed in &self.moves {
            if stage.case().is_running() {
                moves::make(stage, *seed)?;
            }
        }
        if let Some(told) = &mut stage.told {
            told.push("        from now on everybody does their part".to_owned());
        }
        ending::bring(stage)?;
        stage.recover()
    }
}

fn count(course: &mut Course, what: &str) {
    *course.entry(what.to_owned()).or_default() += 1;
}

fn errors(loaded: &Loaded) -> impl Iterator<Item = &Diagnostic> {
    loaded.diagnostics.iter().filter(|one| one.severity == Severity::Error)
}

thread_local! {
    /// Whether a panic of this thread is caught and told by whoever plays.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may panic, which is a promise broken like any other.
fn quietly(act: impl FnOnce() -> Result<(), Broken>) -> Result<(), Broken> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic);
            }
        }));
    });
    QUIET.set(true);
    let ended = catch_unwind(AssertUnwindSafe(act));
    QUIET.set(false);
    ended.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(Broken { promise: "the engine does not panic", how: text.unwrap_or_default().to_owned() })
    })
}
