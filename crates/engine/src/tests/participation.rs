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
    let urged = world.effects.iter().filter(|effect| matches!(&effect.kind, EffectKind::Notify { notice: Notice::Urged { .. }, .. }));
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
