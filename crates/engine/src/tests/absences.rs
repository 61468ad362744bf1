use crate::{
    Actor, Command,
    event::Intervention,
    testing::{World, plan},
};

fn started(steps: &str, away: &[(&str, &str)]) -> World {
    let mut world = World::new(plan("", steps));
    world.away(away);
    world.start("asker").unwrap();
    world
}

#[test]
fn an_approval_that_a_deputy_took_back_is_nobodys() {
    let steps = "  - { approve: one, by: [person:boss], mode: all, take_back: true, see: [purpose] }
  - { approve: two, by: person:officer, see: [purpose] }";
    let mut world = started(steps, &[("boss", "top")]);
    let task = world.task("top").id;
    world.approve("top").unwrap();
    world.issue(&Actor::person("top"), &Command::TakeBack { task }).unwrap();
    world.leave("top").unwrap();
    assert_eq!((world.stands(), world.case().approvals.len()), ("one: boss".to_owned(), 0));
}

#[test]
fn nobody_has_a_part_of_their_own_and_one_as_deputy() {
    let steps = "  - { approve: one, by: [person:boss, person:deputy], mode: all, due: 1 day, \
                 escalate: [ { after: 1 hour, to: [person:top, person:officer] } ], see: [purpose] }";
    let mut world = started(steps, &[("top", "officer")]);
    world.until("2026-11-24T12:00");
    assert_eq!(world.stands(), "one: top officer");
}

#[test]
fn nobody_decides_on_their_own_request_as_a_deputy_whatever_the_step_allows() {
    let steps = "  - { approve: one, by: person:boss, if_requester: allow, see: [purpose] }";
    assert_eq!(started(steps, &[("boss", "asker")]).stands(), "one: boss");
}

#[test]
fn a_deputy_is_one_to_whom_the_step_lets_work_go() {
    let steps = "  - { approve: one, by: person:boss, transfer_to: \"role:dpo\", see: [purpose] }";
    assert_eq!(started(steps, &[("boss", "top")]).stands(), "one: boss");
    assert_eq!(started(steps, &[("boss", "officer")]).stands(), "one: officer");
}

#[test]
fn who_stands_in_for_another_passes_on_for_whom() {
    let mut world = started("  - { approve: one, by: person:boss, see: [purpose] }", &[("boss", "top")]);
    world.away(&[("boss", "top"), ("top", "deputy")]);
    world.issue(&Actor::System, &Command::HandOver { login: "top".into() }).unwrap();
    let task = world.task("deputy");
    assert_eq!(task.standing_in, [("deputy".into(), "boss".into())].into());
}

#[test]
fn the_clock_of_a_turn_that_begins_while_the_case_rests_stands_still() {
    let steps = "  - { approve: one, by: [person:other, person:top], mode: in_order, due: 1 day, \
                 remind: { before: 1 hour }, escalate: [ { after: 1 hour, do: reject } ], see: [purpose] }";
    let mut world = started(steps, &[]);
    let intervene = |what| Command::Intervene { what, reason: vault::Digest::of(b"why") };
    world.issue(&Actor::person("keeper"), &intervene(Intervention::Suspend)).unwrap();
    world.leave("other").unwrap();
    assert_eq!((world.stands(), world.case().timers.len()), ("one: top".to_owned(), 0));
    world.issue(&Actor::person("keeper"), &intervene(Intervention::Resume)).unwrap();
    assert_eq!(world.case().timers.len(), 2);
}
