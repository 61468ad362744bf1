//! A seeded simulation: people, workflows, clocks, failures and crashes that nobody thought of.
//!
//! A seed draws a company, a workflow from the grammar, and what happens to one case of it, by right or not. The workflow
//! goes through the real reading and the real proofs; the case is played by the real engine in the world that scenarios
//! are played in. After every step its events are held against the [`promises`], which look things up in the events and
//! the definition and never ask the engine. What the check proved of a process must hold in every run of it.
//!
//! `SEEDS=10000 cargo test -p scenario simulation` plays that many; `SEED=17 …` plays one and tells it. A seed that breaks
//! a promise is cut down to what still breaks it before it is told.

mod chance;
mod company;
mod ending;
mod grammar;
mod ledger;
mod moves;
mod promises;
mod shrink;
mod stage;
mod telling;
mod trial;

use std::collections::BTreeMap;

use trial::{Course, Trial};

/// How many seeds are played where nobody says.
const SEEDS: u64 = 300;

#[expect(clippy::disallowed_methods, reason = "whoever runs the simulation says which seeds")]
fn wanted(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a seed is a number"))
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever runs the simulation sees what it covered")]
fn whatever_happens_every_promise_is_kept() {
    let seeds = match wanted("SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..wanted("SEEDS").unwrap_or(SEEDS),
    };
    let mut course = Course::new();
    let mut broken = BTreeMap::new();
    for seed in seeds.clone() {
        let trial = Trial::draw(seed);
        match trial.play() {
            Ok(happened) => happened.into_iter().for_each(|(what, times)| *course.entry(what).or_default() += times),
            // Of seeds that break the same promise one is enough to look at.
            Err(one) => drop(broken.entry(one.promise).or_insert_with(|| shrink::tell(seed, &trial, &one))),
        }
    }
    println!("{course:#?}");
    let told: Vec<String> = broken.into_values().collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    if seeds.count() >= 300 {
        covers(&course);
    }
}

/// What must have happened often enough for the promises to be worth something.
fn covers(course: &Course) {
    let times = |what: &str| course.get(what).copied().unwrap_or_default();
    assert!(times("not read") * 10 < times("read"), "the grammar is drawn as it is");
    assert!(times("carried out behind proved four eyes") >= 10, "the proof of four eyes is held against runs");
    let seldom = EVENTS.iter().filter(|event| times(event) == 0).collect::<Vec<_>>();
    assert_eq!(seldom, Vec::<&&str>::new(), "every kind of event happens");
}

/// Every kind of event that a case knows.
const EVENTS: &[&str] = &[
    "started",
    "submission_changed",
    "step_entered",
    "people_assigned",
    "turn_began",
    "branch_taken",
    "forked",
    "lane_began",
    "lane_ended",
    "round_began",
    "turned_down",
    "wait_began",
    "event_received",
    "values_kept",
    "returned",
    "intervened",
    "undo",
    "task_opened",
    "task_claimed",
    "task_released",
    "task_transferred",
    "task_delegated",
    "task_resolved",
    "task_answered",
    "decision_taken_back",
    "clock_stopped",
    "clock_resumed",
    "task_reassigned",
    "vote_threshold_set",
    "task_decided",
    "people_named",
    "task_closed",
    "timer_armed",
    "timer_fired",
    "timer_disarmed",
    "reminded",
    "escalated",
    "step_left",
    "step_abandoned",
    "notified",
    "action_requested",
    "action_succeeded",
    "action_failed",
    "incident_raised",
    "incident_resolved",
    "approval_voided",
    "commented",
    "urged",
    "withdrawn",
    "ended",
];
