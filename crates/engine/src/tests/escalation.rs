use crate::{
    Actor, Command, Event, Rejection,
    effect::{EffectKind, Notice},
    event::Escalated,
    testing::{World, at},
};

const LADDER: &str = "  - approve: one
    by: requester.manager
    due: 8 working hours
    remind: { before: 2 working hours, every: 4 working hours, at_most: 3 }
    escalate:
      - { after: 1 working day, to: assignee.manager }
      - { after: 3 working days, do: reject }";

fn ladder(mode: &str, rung: &str) -> String {
    format!(
        "  - approve: one\n    by: {mode}\n    due: 1 working day\n    escalate:\n      - {{ after: 1 working day, {rung} }}"
    )
}

#[test]
fn reminders_come_before_and_again_after_the_due_time_and_then_stop() {
    let mut world = World::started("", LADDER);
    world.until("2026-11-25T17:00");
    assert_eq!(world.reminders(), ["2026-11-20T17:00 boss", "2026-11-23T15:00 boss", "2026-11-24T10:00 top"]);
}

#[test]
fn the_ladder_counts_from_the_first_due_time() {
    let mut world = World::started("", LADDER);
    world.until("2026-11-24T09:59");
    assert_eq!(world.stands(), "one: boss");
    world.until("2026-11-24T10:00");
    assert_eq!(world.stands(), "one: top");
    world.until("2026-11-26T09:59");
    assert_eq!(world.stands(), "one: top");
    world.until("2026-11-26T10:00");
    assert_eq!(world.stands(), "ended rejected");
    let approved = world.events.iter().any(|envelope| matches!(envelope.event, Event::TaskDecided { .. }));
    assert!(!approved, "a machine's decision is nobody's");
}

#[test]
fn a_reminder_before_the_start_is_dropped() {
    let steps = "  - approve: one\n    by: person:boss\n    due: 1 working hour\n    remind: { before: 2 working hours, every: 1 working hour, at_most: 2 }";
    let mut world = World::started("", steps);
    world.until("2026-11-23T12:00");
    assert_eq!(world.reminders(), ["2026-11-20T12:00 boss", "2026-11-20T14:00 boss"]);
}

#[test]
fn a_late_timer_after_completion_changes_nothing() {
    let mut world = World::started("", &format!("{LADDER}\n  - approve: two\n    by: person:top"));
    let timer = world.case().timers[0].clone();
    world.approve("boss").unwrap();
    world.now = at("2026-12-01T10:00");
    let late = world.issue(&Actor::System, &Command::FireTimer { timer: timer.id });
    assert_eq!(late, Err(Rejection::LateTimer));
}

#[test]
fn a_timer_is_due_at_its_instant_and_not_before() {
    let mut world = World::started("", LADDER);
    let timer = world.case().timers.iter().min_by_key(|timer| timer.due_at).unwrap().clone();
    world.now = timer.due_at - chrono::TimeDelta::microseconds(1);
    let early = world.issue(&Actor::System, &Command::FireTimer { timer: timer.id });
    assert_eq!(early, Err(Rejection::NotDue { due_at: timer.due_at }));
    world.now = timer.due_at;
    assert_eq!(world.issue(&Actor::System, &Command::FireTimer { timer: timer.id }), Ok(()));
}

#[test]
fn nobody_but_the_engine_fires_a_timer() {
    let mut world = World::started("", LADDER);
    let timer = world.case().timers[0].id;
    world.now = at("2026-12-01T10:00");
    let refused = world.issue(&Actor::person("boss"), &Command::FireTimer { timer });
    assert_eq!(refused, Err(Rejection::NotEntitled { why: policy::Denial::EngineOnly }));
}

#[test]
fn after_a_long_stop_rungs_are_climbed_in_order_and_missed_reminders_are_sent_once() {
    let mut world = World::started("", LADDER);
    let timers: Vec<_> = world.case().timers.iter().map(|timer| timer.id).collect();
    world.now = at("2026-11-24T17:00");
    for timer in timers.into_iter().rev() {
        let fired = world.issue(&Actor::System, &Command::FireTimer { timer });
        assert!(matches!(fired, Ok(()) | Err(Rejection::LateTimer)));
    }
    assert_eq!(world.stands(), "one: top");
    assert_eq!(world.reminders().len(), 1);
}

#[test]
fn at_one_instant_escalation_comes_first_whichever_timer_is_delivered_first() {
    let mut world = World::started("", LADDER);
    world.until("2026-11-24T09:59");
    let reminder =
        world.case().timers.iter().find(|timer| matches!(timer.purpose, crate::case::TimerPurpose::Remind { .. }));
    let reminder = reminder.unwrap().id;
    world.now = at("2026-11-24T10:00");
    world.issue(&Actor::System, &Command::FireTimer { timer: reminder }).unwrap();
    assert_eq!(world.reminders().last().map(String::as_str), Some("2026-11-24T10:00 top"));
}

#[test]
fn a_timed_out_step_is_never_an_approval_whichever_path_it_takes() {
    for (verdict, expected) in [("approve", "ended approved"), ("skip", "ended approved"), ("reject", "ended rejected")]
    {
        let mut world = World::started("", &ladder("person:boss", &format!("do: {verdict}")));
        world.until("2026-11-30T10:00");
        assert_eq!(world.stands(), expected);
        assert_eq!(world.case().approvals, []);
        let outcome = world.events.iter().find_map(|envelope| match &envelope.event {
            Event::StepLeft { outcome, by, .. } => Some((*outcome, by.clone())),
            _ => None,
        });
        assert_eq!(outcome, Some((crate::event::StepOutcome::TimedOut, None)));
    }
}

#[test]
fn add_lets_others_join_and_notify_only_tells() {
    let mut added = World::started("", &ladder("person:boss", "add: role:dpo"));
    added.until("2026-11-24T10:00");
    assert_eq!(added.stands(), "one: boss deputy officer");
    let mut told = World::started("", &ladder("person:boss", "notify: role:admin"));
    told.until("2026-11-24T10:00");
    assert_eq!(told.stands(), "one: boss");
    let notices = told.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::Notify { to, notice: Notice::Escalated { .. } } => {
            Some(to.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
        _ => None,
    });
    assert_eq!(notices.collect::<Vec<_>>(), [["keeper", "warden"]]);
}

#[test]
fn escalation_of_all_replaces_who_has_not_answered() {
    let steps = format!("{}\n    mode: all", ladder("[person:boss, person:officer]", "to: assignee.manager"));
    let mut world = World::started("", &steps);
    world.approve("officer").unwrap();
    world.until("2026-11-24T10:00");
    assert_eq!(world.stands(), "one: top");
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn escalation_never_reaches_the_requester_nor_somebody_not_cleared() {
    let mut world = World::new(crate::testing::plan("", &ladder("person:boss", "to: person:top")));
    world.start("top").unwrap();
    world.until("2026-11-24T10:00");
    assert_eq!(world.stands(), "one: boss");
    let did = world.events.iter().find_map(|envelope| match &envelope.event {
        Event::Escalated { did, .. } => Some(did.clone()),
        _ => None,
    });
    assert_eq!(did, Some(Escalated::FoundNobody));
}

#[test]
fn every_candidate_of_an_unclaimed_pool_has_a_manager_to_go_to() {
    let mut world = World::started("", &ladder("[role:dpo, person:other]", "to: assignee.manager"));
    world.until("2026-11-24T10:00");
    assert_eq!(world.stands(), "one: boss top");
}

#[test]
fn in_order_each_turn_has_its_own_clock() {
    let steps = format!("{}\n    mode: in_order", ladder("[person:boss, person:officer]", "to: assignee.manager"));
    let mut world = World::started("", &steps);
    assert_eq!(world.task("boss").due_at, Some(at("2026-11-23T10:00")));
    world.until("2026-11-24T09:00");
    world.approve("boss").unwrap();
    assert_eq!(world.task("officer").due_at, Some(at("2026-11-25T09:00")));
    world.until("2026-11-26T08:59");
    assert_eq!(world.stands(), "one: officer");
    world.until("2026-11-26T09:00");
    assert_eq!(world.stands(), "one: top");
}

#[test]
fn a_ladder_takes_over_from_an_administrator_who_named_nobody() {
    let mut world = World::new(crate::testing::plan("", &ladder("person:top", "to: role:dpo")));
    world.start("top").unwrap();
    assert_eq!(world.stands(), "one: keeper warden");
    world.until("2026-11-24T10:00");
    assert_eq!(world.stands(), "one: deputy officer");
    world.approve("officer").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn a_rung_that_was_armed_after_the_reminder_still_comes_first() {
    let steps = "  - approve: one
    by: person:boss
    due: 1 hour
    remind: { every: 3 hours, at_most: 1 }
    escalate: [ { after: 1 hour, notify: role:admin }, { after: 3 hours, to: person:top } ]";
    let mut world = World::started("", steps);
    world.until("2026-11-20T14:00");
    assert_eq!(world.reminders(), ["2026-11-20T14:00 top"]);
}

#[test]
fn who_answered_already_is_not_asked_again_by_a_rung() {
    let steps = format!("{}\n    mode: all", ladder("[person:boss, person:officer]", "to: role:dpo"));
    let mut world = World::started("", &steps);
    world.approve("officer").unwrap();
    world.until("2026-11-24T10:00");
    assert_eq!(world.stands(), "one: deputy");
}

#[test]
fn no_rung_gives_the_work_to_the_requester_even_where_they_may_decide() {
    let steps = format!("{}\n    if_requester: allow", ladder("person:boss", "to: person:asker"));
    let mut world = World::started("", &steps);
    world.until("2026-11-24T10:00");
    assert_eq!(world.stands(), "one: boss");
}
