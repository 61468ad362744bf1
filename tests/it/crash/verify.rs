//! What must hold of the rows whenever the server was killed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::TimeDelta;
use engine::{
    Case, CaseNumber, Event, EventEnvelope, StepRunId, TaskId, TimerId,
    case::{Status, Timer},
    event::ActionResult,
    evolve,
};
use store::{AuditFilter, CaseRow, Store, TaskState};
use uuid::Uuid;

use super::load::{Asked, Worker};

/// How late a timer may be taken that a killed server had taken before: as long as its lease.
const LEASE: TimeDelta = TimeDelta::seconds(10);

/// The steps that somebody decides: the reminders of one who never answers, and the rungs of the ladder.
const LADDERS: [(&str, &[u32], &[u16]); 2] = [("manager", &[1, 2, 3, 4, 5], &[0, 1]), ("about_it", &[1, 2], &[0])];

/// The processes that are asked for.
pub const PROCESSES: [&str; 2] = ["export-approval", "control"];

/// How often the process of rounds goes round.
const ROUNDS: [u16; 2] = [1, 2];

/// What the rows say.
#[derive(Debug, Default)]
pub struct Found {
    cases: BTreeMap<Uuid, Case>,
    /// Who decided which task.
    decided: BTreeSet<(Uuid, String)>,
    /// Whether time passes by itself: what nobody was there to send is passed over then, by design.
    on_real_time: bool,
}

impl Found {
    /// Nothing yet, of servers whose clock nobody moves by hand.
    pub fn on_real_time() -> Self {
        Self { on_real_time: true, ..Self::default() }
    }

    /// Reads every case again that had not ended, and holds it against itself.
    pub async fn look(&mut self, store: &Store, files: &Path) {
        for number in 1..=store.counter("case").await.unwrap() {
            let known = self.cases.values().find(|case| case.number == CaseNumber(number.cast_unsigned()));
            if known.is_some_and(|case| case.status != Status::Running) {
                continue;
            }
            let Some((row, events)) = consistent(store, number).await else { continue };
            let case = events.iter().fold(None, |case, event| Some(evolve(case, event))).unwrap();
            assert_eq!(case, row.snapshot.read::<Case>().unwrap(), "case {number} is the fold of its events");
            self.steps_once(&case, &events);
            timers_once(&events);
            ladder_in_order(&case, &events, self.on_real_time);
            lanes_once(&case, &events);
            actions_once(&case, &events);
            tasks_as_in_the_case(store, &case).await;
            one_file_each(store, &case, &events, files).await;
            self.cases.insert(case.id.0, case);
        }
    }

    /// Everything that was acknowledged is there; what was refused was not done.
    pub fn holds_what_was_told(&self, workers: &[Worker]) {
        for asked in workers.iter().flat_map(Worker::asked) {
            let Some(answer) = &asked.answer else { continue };
            let is_done = match asked.task {
                None => {
                    assert_eq!(answer.status, 201, "{asked:?}");
                    self.cases.contains_key(&id(&answer.body["case"]))
                }
                Some(task) => self.decided.contains(&(task, asked.person.to_owned())),
            };
            assert_eq!(is_done, answer.status < 300, "what was answered is what was done: {asked:?}");
        }
    }

    /// Each request was answered at last, and each made one case that came to its end.
    pub fn is_complete(&self, workers: &[Worker]) {
        let all = || workers.iter().flat_map(Worker::asked);
        let unanswered: Vec<&Asked> = all().filter(|asked| asked.answer.is_none()).collect();
        assert!(unanswered.is_empty(), "{unanswered:#?}");
        let told: BTreeSet<Uuid> = all()
            .filter(|asked| asked.task.is_none())
            .map(|asked| id(&asked.answer.as_ref().unwrap().body["case"]))
            .collect();
        assert_eq!(
            told.len(),
            all().filter(|asked| asked.task.is_none()).count(),
            "each request made a case of its own"
        );
        assert_eq!(told, self.cases.keys().copied().collect(), "nobody made a case that nobody asked for");
        let running: Vec<u64> =
            self.cases.values().filter(|case| case.status == Status::Running).map(|case| case.number.0).collect();
        assert!(running.is_empty(), "cases {running:?} never ended");
        for process in PROCESSES {
            let of = |case: &&Case| case.process.as_str() == process;
            assert!(
                self.cases.values().filter(of).any(|case| case.action_requested),
                "some of {process} were approved"
            );
            assert!(
                self.cases.values().filter(of).any(|case| case.decisions == 0),
                "some of {process} were left alone"
            );
        }
        let attempts: usize = workers.iter().map(Worker::attempts).sum();
        assert!(attempts > all().count(), "some requests were cut short by a kill and asked again");
    }

    /// How much there was, for whoever watches a long run.
    pub fn told(&self) -> String {
        let events: u32 = self.cases.values().map(|case| case.revision.0).sum();
        format!("{} cases, {events} events", self.cases.len())
    }

    /// No task is decided twice.
    fn steps_once(&mut self, case: &Case, events: &[EventEnvelope]) {
        let mut decided = BTreeSet::new();
        let mut opened = BTreeSet::new();
        for envelope in events {
            if let Event::TaskDecided { task, by, .. } = &envelope.event {
                assert!(decided.insert(*task), "task {task} of case {} was decided twice", case.number);
                self.decided.insert((task.0, by.to_string()));
            }
            if let Event::TaskOpened { task } = &envelope.event {
                assert!(
                    opened.insert((task.run, task.id)),
                    "task {} of case {} was opened twice",
                    task.id,
                    case.number
                );
            }
        }
        let runs: BTreeSet<StepRunId> = opened.iter().map(|(run, _)| *run).collect();
        assert_eq!(runs.len(), opened.len(), "each step of case {} asks once", case.number);
    }
}

/// A case with exactly the events it was folded from, though a transaction sent before the kill may still arrive.
async fn consistent(store: &Store, number: i64) -> Option<(CaseRow, Vec<EventEnvelope>)> {
    loop {
        let row = store.case_by_number(number).await.unwrap()?;
        let events = store.case_events(row.id, 0).await.unwrap();
        let again = store.case_by_number(number).await.unwrap().unwrap();
        if row.revision == again.revision {
            let events: Vec<EventEnvelope> = events.iter().map(|event| event.body.read().unwrap()).collect();
            assert_eq!(i64::try_from(events.len()).unwrap(), row.revision, "case {number} lacks no event");
            return Some((row, events));
        }
    }
}

/// Each timer fires or is taken away, once; one that was due is not just taken away.
fn timers_once(events: &[EventEnvelope]) {
    let mut armed: BTreeMap<TimerId, &Timer> = BTreeMap::new();
    for envelope in events {
        match &envelope.event {
            Event::TimerArmed { timer } => assert_eq!(armed.insert(timer.id, timer), None, "armed once"),
            Event::TimerFired { timer } => {
                let timer = armed.remove(timer).expect("a timer fires once, after it was armed");
                assert!(timer.due_at <= envelope.at, "{timer:?} fired before it was due");
            }
            Event::TimerDisarmed { timer } => {
                let timer = armed.remove(timer).expect("a timer is taken away once, after it was armed");
                assert!(envelope.at <= timer.due_at + LEASE, "{timer:?} was due and did not fire");
            }
            _ => {}
        }
    }
}

/// Reminders count up without a gap, rungs as well; rungs in full where nobody ever answered, reminders as well where
/// each was sent at its moment.
fn ladder_in_order(case: &Case, events: &[EventEnvelope], on_real_time: bool) {
    let mut steps: BTreeMap<StepRunId, (&[u32], &[u16])> = BTreeMap::new();
    let mut reminders: BTreeMap<StepRunId, Vec<u32>> = BTreeMap::new();
    let mut rungs: BTreeMap<StepRunId, Vec<u16>> = BTreeMap::new();
    let (mut decided, mut left) = (BTreeSet::new(), BTreeSet::new());
    for envelope in events {
        match &envelope.event {
            Event::StepEntered { run, step, .. } => {
                let ladder = LADDERS.iter().find(|(name, ..)| *name == step.as_str());
                steps.extend(ladder.map(|(_, reminders, rungs)| (*run, (*reminders, *rungs))));
            }
            Event::Reminded { run, count, .. } => reminders.entry(*run).or_default().push(*count),
            Event::Escalated { run, rung, .. } => rungs.entry(*run).or_default().push(*rung),
            Event::TaskDecided { run, .. } => drop(decided.insert(*run)),
            Event::StepLeft { run, .. } => drop(left.insert(*run)),
            _ => {}
        }
    }
    for (run, (all_reminders, all_rungs)) in steps {
        let reminded = reminders.remove(&run).unwrap_or_default();
        let reached = rungs.remove(&run).unwrap_or_default();
        assert!(all_reminders.starts_with(&reminded), "case {} reminds {reminded:?}", case.number);
        assert!(all_rungs.starts_with(&reached), "case {} escalates {reached:?}", case.number);
        if left.contains(&run) && !decided.contains(&run) {
            assert!(on_real_time || reminded == all_reminders, "case {} reminds {reminded:?}", case.number);
            assert_eq!(reached, all_rungs, "case {}", case.number);
        }
    }
    assert_eq!((reminders.len(), rungs.len()), (0, 0), "nobody else is reminded in case {}", case.number);
}

/// Each step is entered once and left or abandoned once, each branch and each item begins and ends once, and of a case
/// that came to its end none is forgotten; rounds count up.
fn lanes_once(case: &Case, events: &[EventEnvelope]) {
    let mut steps: BTreeMap<StepRunId, bool> = BTreeMap::new();
    let mut lanes: BTreeMap<(StepRunId, u16), bool> = BTreeMap::new();
    let mut rounds: BTreeMap<StepRunId, Vec<u16>> = BTreeMap::new();
    for envelope in events {
        match &envelope.event {
            Event::StepEntered { run, .. } => assert_eq!(steps.insert(*run, false), None, "entered once"),
            Event::StepLeft { run, .. } | Event::StepAbandoned { run } => {
                assert_eq!(steps.insert(*run, true), Some(false), "left once, after it was entered");
            }
            Event::Forked { run, lanes: all, at_once } => {
                for lane in all.iter().take(if *at_once { all.len() } else { 1 }) {
                    assert_eq!(lanes.insert((*run, *lane), false), None, "begins once");
                }
            }
            Event::LaneBegan { run, lane } => assert_eq!(lanes.insert((*run, *lane), false), None, "begins once"),
            Event::LaneEnded { run, lane, .. } => {
                assert_eq!(lanes.insert((*run, *lane), true), Some(false), "ends once, after it began");
            }
            Event::RoundBegan { run, round } => rounds.entry(*run).or_default().push(*round),
            _ => {}
        }
    }
    for counted in rounds.values() {
        assert!(ROUNDS.starts_with(counted), "case {} counts {counted:?}", case.number);
    }
    if let Status::Ended { outcome, .. } = &case.status {
        assert!(steps.values().all(|is_over| *is_over), "a step of case {} was forgotten", case.number);
        // A rejection ends the case where it stands.
        let is_through = outcome.as_str() != "rejected";
        assert!(
            !is_through || lanes.values().all(|is_over| *is_over),
            "a branch of case {} was forgotten",
            case.number
        );
        assert!(
            !is_through || rounds.values().all(|counted| *counted == ROUNDS),
            "case {} left a round out",
            case.number
        );
    }
}

/// Each attempt of an action is asked for once and reported once.
fn actions_once(case: &Case, events: &[EventEnvelope]) {
    let mut waiting: BTreeMap<StepRunId, u32> = BTreeMap::new();
    for envelope in events {
        match &envelope.event {
            Event::ActionRequested { run, attempt, .. } => {
                assert_eq!(waiting.insert(*run, *attempt), None, "asked once");
            }
            Event::ActionFailed { run, attempt, .. } => assert_eq!(waiting.remove(run), Some(*attempt), "fails once"),
            Event::ActionSucceeded { run, .. } => assert!(waiting.remove(run).is_some(), "reported once"),
            _ => {}
        }
    }
    assert!(case.status == Status::Running || waiting.is_empty(), "case {} waits for its action", case.number);
}

/// The rows of the tasks are the case's tasks, none more and none less.
async fn tasks_as_in_the_case(store: &Store, case: &Case) {
    let is_open = |state: TaskState| matches!(state, TaskState::Open | TaskState::Claimed);
    let rows = store.tasks_of_case(case.id.0).await.unwrap();
    let rows: BTreeMap<TaskId, bool> = rows.iter().map(|row| (TaskId(row.id), is_open(row.state))).collect();
    let tasks: BTreeMap<TaskId, bool> = case.tasks.iter().map(|task| (task.id, task.is_open())).collect();
    assert_eq!(rows, tasks, "the tasks of case {}", case.number);
}

/// An export makes one file, the one that its event names, and it is there for as long as it may be fetched.
async fn one_file_each(store: &Store, case: &Case, events: &[EventEnvelope], files: &Path) {
    let mut made = Vec::new();
    let mut runs = BTreeSet::new();
    for envelope in events {
        if let Event::ActionSucceeded { run, result: ActionResult::Export { artifact, .. } } = &envelope.event {
            assert!(runs.insert(*run), "an action of case {} took effect twice", case.number);
            made.push((*artifact, run.0));
        }
    }
    let rows = store.artifacts_of_case(case.id.0).await.unwrap();
    let kept: Vec<(Uuid, Uuid)> = rows.iter().map(|row| (row.id, row.run_key)).collect();
    assert_eq!(kept, made, "the files of case {}", case.number);
    for row in rows.iter().filter(|row| row.created_at == events.last().unwrap().at) {
        let is_there = store.artifact_content(row.id).await.unwrap().is_some() || files.join(&row.path).exists();
        assert!(is_there, "the file of case {} is on disk", case.number);
    }
    let exported =
        AuditFilter { kind: Some("records_exported".into()), case: Some(case.id.0), ..AuditFilter::default() };
    let recorded = store.audit_page(&exported, None, 10).await.unwrap().rows.len();
    assert_eq!(recorded, made.len(), "each export of case {} is recorded once", case.number);
}

fn id(value: &serde_json::Value) -> Uuid {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is an id"))
}
