use std::collections::BTreeSet;

use definition::{id::Login, people::PersonStatus, value::Value};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    Actor, Case, Command, Event, Task, TaskId,
    event::{ActionFailure, ActionResult, Undone},
    testing::{World, plan, request},
};

const LOGINS: [&str; 9] = ["top", "boss", "asker", "other", "guest", "officer", "deputy", "keeper", "warden"];

const HEAD: &str = "let: { level: max_level(request.fields), rows: count(request.records) }\nwithdraw: anytime";

const FLOWS: [&str; 3] = [
    "  - approve: manager
    by: requester.manager
    see: [purpose, amount]
    due: 8 working hours
    remind: { before: 2 working hours, every: 4 working hours, at_most: 3 }
    escalate: [ { after: 1 working day, to: assignee.manager }, { after: 3 working days, do: reject } ]
  - branch: risk
    cases:
      - if: level >= L2 || rows > 3 || (request.amount ?? 0) > 5
        steps:
          - approve: protection
            by: role:dpo
            mode: all
            due: 1 working day
            escalate: [ { after: 1 working day, add: person:top }, { after: 2 working days, do: skip } ]
      - else: true
        steps: []
  - fill: work
    by: [person:other, role:dpo]
    edit: [amount]
    require: [amount]
  - run: produce
    action: records.export
    with: { records: request.records, fields: request.fields, format: request.format, protect: { watermark: true, password: true, expires: 7 days, downloads: 3 } }
    retry: { times: 1, first: 30 seconds }",
    "  - approve: chain
    by: requester.managers until role:dpo
    mode: in_order
    due: 2 hours
    remind: { every: 1 hour, at_most: 2 }
    escalate: [ { after: 1 hour, to: role:dpo }, { after: 5 hours, do: approve } ]
  - notify: told
    to: requester
    message: \"{{ rows }}\"
  - approve: last
    by: department:sales
    if_nobody: { to: person:top }",
    "  - fill: prepare
    by: requester
    edit: [purpose, amount]
  - approve: both
    by: [person:boss, person:officer, person:deputy]
    mode: all
    see: [purpose]
    if_requester: manager
  - branch: amount
    cases:
      - if: (request.amount ?? 0) > 4
        steps:
          - fill: again
            by: role:admin
            edit: [purpose, amount]
      - else: true
        steps:
          - end: cancelled",
];

/// One random thing that happens.
#[derive(Debug, Clone)]
struct Move {
    who: usize,
    what: u8,
    which: usize,
    minutes: i64,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (0..LOGINS.len(), 0_u8..14, 0_usize..8, 0_i64..600).prop_map(|(who, what, which, minutes)| Move {
        who,
        what,
        which,
        minutes,
    });
    prop::collection::vec(one, 1..40)
}

/// Does one random thing; refusals are fine.
fn make(world: &mut World, one: &Move) {
    world.now += chrono::TimeDelta::minutes(one.minutes);
    let login = LOGINS[one.who];
    let actor = Actor::person(login);
    let tasks: Vec<TaskId> = world.case().tasks.iter().map(|task| task.id).collect();
    let task = tasks.get(one.which % tasks.len().max(1)).copied().unwrap_or(TaskId(Uuid::nil()));
    let held = world.case().open_tasks().find(|task| task.is_held_by(&login.into())).map_or(task, |task| task.id);
    let run = world.case().runs[one.which % world.case().runs.len()].id;
    let reason = vault::Digest::of(b"reason");
    let to: Login = LOGINS[(one.who + one.which) % LOGINS.len()].into();
    let command = match one.what {
        0 | 1 => Command::Approve { task: held, comment: None },
        2 => Command::Reject { task: held, comment: None },
        3 => Command::Claim { task },
        4 => Command::Release { task: held },
        5 => Command::Transfer { task: held, to, comment: None },
        6 => Command::Name { task: held, people: vec![to] },
        7 | 8 => {
            let mut values = world.submission.values().clone();
            let amount = i64::try_from(one.which).unwrap();
            values.insert("amount".into(), Value::Number(amount.into()));
            let _refused = world.issue_changing(&actor, &Command::Complete { task: held, comment: None }, Some(values));
            return;
        }
        9 => {
            if one.which == 0 {
                world.directory = std::mem::take(&mut world.directory).with_status(login, PersonStatus::Left);
                let _refused = world.issue(&Actor::System, &Command::PersonLeft { login: login.into() });
            }
            return;
        }
        10 => Command::Urge,
        11 if one.which == 0 => Command::Withdraw { comment: None },
        11 => Command::RetryAction { run, reason },
        12 => Command::SkipAction { run, reason },
        _ => {
            report(world, one);
            return;
        }
    };
    let before = world.case.clone();
    if world.issue(&actor, &command).is_err() {
        assert_eq!(world.case, before, "a refused command changes nothing");
    }
}

/// An action's report, or a timer, whether or not there is one.
fn report(world: &mut World, one: &Move) {
    let acting = world.case().open_runs().find_map(|run| Some((run.clone(), run.attempt_under_way()?.number)));
    if let Some((run, attempt)) = acting {
        let (is_being_undone, run) = (run.is_being_undone(), run.id);
        let result = ActionResult::Export { artifact: Uuid::nil(), records: 1, expires_at: world.now };
        let failure = ActionFailure::Unavailable;
        let command = if one.which < 4 {
            Command::ActionFailed { run, attempt, failure, retryable: true }
        } else if is_being_undone {
            Command::UndoSucceeded { run, how: Undone::Undone }
        } else {
            Command::ActionSucceeded { run, result }
        };
        world.issue(&Actor::System, &command).unwrap();
    }
    let timers: Vec<_> = world.case().timers.iter().map(|timer| (timer.id, timer.due_at)).collect();
    if let Some((timer, due_at)) = timers.get(one.which % timers.len().max(1)) {
        let fired = world.issue(&Actor::System, &Command::FireTimer { timer: *timer });
        assert_eq!(fired.is_ok(), *due_at <= world.now);
    }
}

/// What holds for every case after every command.
fn check_invariants(world: &World) {
    let case = world.case();
    if case.is_running() {
        assert!(has_next_thing(case), "a running case has something that happens next: {case:#?}");
    } else {
        assert_eq!((case.open_tasks().count(), case.timers.len(), case.open_runs().count()), (0, 0, 0));
    }
    for task in case.open_tasks() {
        assert!(!task.holders().is_empty(), "an open task waits for somebody");
        assert!(task.holders().is_disjoint(&task.excluded), "nobody holds what they must not do");
    }
    let ids: BTreeSet<_> = world.effects.iter().map(|effect| effect.id).collect();
    assert_eq!(ids.len(), world.effects.len(), "no two effects share an id");
    let per_run =
        |timer: &crate::case::Timer| (timer.run, matches!(timer.purpose, crate::case::TimerPurpose::Remind { .. }));
    let armed: BTreeSet<_> = case.timers.iter().map(per_run).collect();
    assert_eq!(armed.len(), case.timers.len(), "a step has one rung and one reminder ahead of it");
}

fn has_next_thing(case: &Case) -> bool {
    let stopped = case.open_runs().any(|run| run.attempt_under_way().is_some() || run.incident().is_some());
    stopped || case.open_tasks().next().is_some()
}

/// Every decision was made by somebody who held the task then and was not excluded, and the asker decided nothing.
fn check_decisions(world: &World) {
    let mut case = None;
    for envelope in &world.events {
        if let (Event::TaskDecided { task, by, .. }, Some(before)) = (&envelope.event, &case) {
            let before: &Case = before;
            let task: &Task = before.task(*task).unwrap();
            assert!(task.is_held_by(by) && !task.excluded.contains(by), "only a holder decides");
            assert_eq!(envelope.actor, Actor::person(by.clone()), "a decision is its actor's own");
            assert!(task.role != crate::task::Role::Decide || !before.is_of(by), "four eyes");
        }
        case = Some(crate::evolve(case, envelope));
    }
    assert_eq!(case, world.case, "the case is the fold of all its events");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_people_do_a_case_keeps_its_promises(flow in 0..FLOWS.len(), count in 1_u64..6, moves in moves()) {
        let mut world = World::new(plan(HEAD, FLOWS[flow]));
        world.submission = crate::Submission::new([3; 16], request(count, Some(count % 2 == 0)));
        world.start("asker").unwrap();
        check_invariants(&world);
        for one in &moves {
            make(&mut world, one);
            check_invariants(&world);
        }
        check_decisions(&world);
    }
}
