use definition::model::Withdraw;
use policy::Denial;

use crate::{
    Actor, Command, Event, Rejection,
    decide::URGE_INTERVAL,
    effect::{EffectKind, Notice},
    testing::World,
};

const TWO: &str = "  - approve: one\n    by: person:boss\n  - approve: two\n    by: person:top\n    due: 1 working day\n    remind: { before: 1 hour, at_most: 1 }";

fn withdraw(world: &mut World, login: &str) -> Result<(), Rejection> {
    world.issue(&Actor::person(login), &Command::Withdraw { comment: None })
}

#[test]
fn a_request_is_withdrawn_as_long_as_the_process_lets() {
    let too_late = |rule| Err(Rejection::WithdrawTooLate { rule });
    for (word, at_first, after_one) in [
        ("anytime", Ok(()), Ok(())),
        ("before_first_decision", Ok(()), too_late(Withdraw::BeforeFirstDecision)),
        ("before_first_action", Ok(()), Ok(())),
        ("never", too_late(Withdraw::Never), too_late(Withdraw::Never)),
    ] {
        let head = format!("withdraw: {word}");
        let mut world = World::started(&head, TWO);
        assert_eq!(withdraw(&mut world, "asker"), at_first, "{word}, at first");
        let mut world = World::started(&head, TWO);
        world.approve("boss").unwrap();
        assert_eq!(withdraw(&mut world, "asker"), after_one, "{word}, after a decision");
    }
}

#[test]
fn withdrawing_leaves_nothing_open() {
    let mut world = World::started("withdraw: anytime", TWO);
    world.approve("boss").unwrap();
    assert_eq!(withdraw(&mut world, "boss"), Err(Rejection::NotEntitled { why: Denial::NotTheRequester }));
    withdraw(&mut world, "asker").unwrap();
    assert_eq!(world.stands(), "ended cancelled");
    let case = world.case();
    assert_eq!((case.open_tasks().count(), case.timers.len(), case.open_runs().count()), (0, 0, 0));
    let ended = Rejection::CaseEnded { outcome: "cancelled".into() };
    assert_eq!(withdraw(&mut world, "asker"), Err(ended.clone()));
    assert_eq!(world.approve("top"), Err(ended));
}

#[test]
fn the_requester_urges_and_not_too_often() {
    let mut world = World::started("", TWO);
    let urge = |world: &mut World, login: &str| world.issue(&Actor::person(login), &Command::Urge);
    assert_eq!(urge(&mut world, "boss"), Err(Rejection::NotEntitled { why: Denial::NotTheRequester }));
    urge(&mut world, "asker").unwrap();
    let next_at = world.now + URGE_INTERVAL;
    assert_eq!(urge(&mut world, "asker"), Err(Rejection::UrgedRecently { next_at }));
    world.now = next_at;
    assert_eq!(urge(&mut world, "asker"), Ok(()));
    let urged = world
        .effects
        .iter()
        .filter(|effect| matches!(&effect.kind, EffectKind::Notify { notice: Notice::Urged { .. }, .. }));
    assert_eq!(urged.count(), 2);
}

#[test]
fn who_takes_part_comments_and_others_do_not() {
    let mut world = World::started("", TWO);
    let payload = vault::Digest::of(b"text");
    let comment = |world: &mut World, login: &str| world.issue(&Actor::person(login), &Command::Comment { payload });
    assert_eq!(comment(&mut world, "other"), Err(Rejection::NotEntitled { why: Denial::NoPart }));
    assert_eq!(comment(&mut world, "top"), Err(Rejection::NotEntitled { why: Denial::NoPart }));
    comment(&mut world, "boss").unwrap();
    let told = world.effects.iter().find_map(|effect| match &effect.kind {
        EffectKind::Notify { to, notice: Notice::Commented } => Some(to.clone()),
        _ => None,
    });
    assert_eq!(told, Some(["asker".into()].into()));
}

#[test]
fn events_keep_their_shape_for_ever() {
    let world = World::started("", "  - approve: one\n    by: person:boss");
    let json = serde_json::to_value(&world.events).unwrap();
    let kinds: Vec<&str> = json.as_array().unwrap().iter().map(|one| one["event"]["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["started", "step_entered", "people_assigned", "turn_began", "task_opened"]);
    assert_eq!(json[0]["actor"], serde_json::json!({ "kind": "person", "login": "asker" }));
    let read: Vec<crate::EventEnvelope> = serde_json::from_value(json).unwrap();
    assert_eq!(read, world.events);
    let snapshot: crate::Case = serde_json::from_str(&serde_json::to_string(world.case()).unwrap()).unwrap();
    assert_eq!(&snapshot, world.case());
}

#[test]
fn no_event_carries_what_was_entered() {
    let world = World::started("", "  - approve: one\n    by: person:boss");
    let json = serde_json::to_string(&world.events).unwrap();
    assert!(!json.contains("calls"), "{json}");
    assert!(!world.events.iter().any(|envelope| matches!(&envelope.event, Event::Commented { .. })));
}

#[test]
fn what_is_seen_follows_from_the_part_one_has_and_from_clearance() {
    let steps = "  - approve: one
    by: requester.manager
    see: [purpose]
  - notify: copy
    to: person:guest
    message: Done
  - approve: two
    by: person:top";
    let mut world = World::started("", steps);
    let sees = |world: &World, login: &str| {
        let views = crate::sight::request_fields(&world.plan, world.case(), &world.directory, &login.into());
        let clear = views.into_iter().filter(|(_, view)| *view == policy::FieldView::Clear);
        clear.map(|(field, _)| field.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(sees(&world, "boss"), "purpose");
    assert_eq!(sees(&world, "asker"), "amount fields format helper purpose records");
    for stranger in ["top", "guest", "keeper", "nobody"] {
        assert_eq!(sees(&world, stranger), "", "{stranger}");
    }
    world.approve("boss").unwrap();
    assert_eq!(sees(&world, "boss"), "purpose");
    assert_eq!(sees(&world, "guest"), "amount fields format helper records", "purpose is above a guest's clearance");
    assert_eq!(sees(&world, "top"), "amount fields format helper purpose records");
}

/// A log as it was written by the first version; it must fold for ever. Add new ones, change none.
#[test]
fn an_old_event_log_still_folds() {
    let events: Vec<crate::EventEnvelope> = serde_json::from_str(include_str!("histories/first.json")).unwrap();
    let case = events.iter().fold(None, |case, envelope| Some(crate::evolve(case, envelope))).unwrap();
    let ended = crate::case::Status::Ended { outcome: "approved".into(), at: events.last().unwrap().at };
    assert_eq!((case.status, case.revision.0, case.approvals.len()), (ended, 81, 4));
    assert_eq!(
        serde_json::to_value(&events).unwrap(),
        serde_json::from_str::<serde_json::Value>(include_str!("histories/first.json")).unwrap()
    );
}

/// Plays a case in which as much as possible happens: the log in `histories/first.json` is its own.
#[test]
fn a_long_case_comes_to_its_end() {
    let steps = "  - approve: manager
    by: requester.manager
    see: [purpose, amount]
    due: 8 working hours
    remind: { before: 2 working hours, every: 4 working hours, at_most: 2 }
    escalate: [ { after: 1 working day, to: assignee.manager } ]
  - branch: risk
    cases:
      - if: rows > 1
        steps:
          - approve: protection
            by: role:dpo
            see: [purpose, records]
            due: 1 working day
      - else: true
        steps: []
  - fill: work
    by: role:dpo
    edit: [amount]
  - run: produce
    action: records.export
    with: { records: request.records, fields: request.fields, format: request.format, protect: { watermark: true, password: true, expires: 7 days, downloads: 3 } }
    retry: { times: 0, first: 30 seconds }
  - notify: ready
    to: requester
    message: \"{{ rows }}\"";
    let mut world = World::started("let: { rows: count(request.records) }", steps);
    world.until("2026-11-24T11:00");
    world.issue(&Actor::person("asker"), &Command::Urge).unwrap();
    world.issue(&Actor::person("asker"), &Command::Comment { payload: vault::Digest::of(b"text") }).unwrap();
    world.transfer("top", "other").unwrap();
    world.approve("other").unwrap();
    let task = world.task("officer").id;
    world.issue(&Actor::person("officer"), &Command::Claim { task }).unwrap();
    world.issue(&Actor::person("officer"), &Command::Release { task }).unwrap();
    world.leave("deputy").unwrap();
    world.approve("officer").unwrap();
    let mut values = crate::testing::request(2, None);
    values.insert("amount".into(), definition::value::Value::Number(7.into()));
    world.complete("officer", Some(values)).unwrap();
    world.approve("boss").unwrap();
    world.approve("officer").unwrap();
    world.complete("officer", None).unwrap();
    world.act(Some(crate::event::ActionFailure::Unavailable)).unwrap();
    let run = world.case().runs.last().unwrap().id;
    world.issue(&Actor::person("keeper"), &Command::RetryAction { run, reason: vault::Digest::of(b"why") }).unwrap();
    world.act(None).unwrap();
    assert_eq!(world.stands(), "ended approved");
}
