use definition::model::Confirm;
use policy::Denial;

use crate::{
    Actor, AddPlace, Command, Rejection,
    event::{StepOutcome, Verdict},
    rejection::Unsuitable,
    task::State,
    testing::World,
};

const ONE: &str = "  - approve: one\n    by: person:boss";
const POOL: &str = "  - approve: one\n    by: role:dpo";

#[test]
fn an_approval_of_the_last_step_ends_the_case_approved() {
    let mut world = World::started("", ONE);
    world.approve("boss").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn a_rejection_ends_the_case_rejected() {
    let mut world = World::started("", &format!("{ONE}\n  - approve: two\n    by: person:top"));
    world.reject("boss").unwrap();
    assert_eq!(world.stands(), "ended rejected");
}

#[test]
fn only_who_holds_the_task_decides() {
    let mut world = World::started("", ONE);
    let refused = |world: &mut World, login| world.approve(login).unwrap_err();
    assert_eq!(refused(&mut world, "other"), Rejection::NotEntitled { why: Denial::NotAHolder });
    assert_eq!(refused(&mut world, "asker"), Rejection::NotEntitled { why: Denial::Excluded });
    assert_eq!(refused(&mut world, "nobody"), Rejection::NotEntitled { why: Denial::Unknown });
    assert_eq!(refused(&mut world, "keeper"), Rejection::NotEntitled { why: Denial::NotAHolder });
    assert_eq!(world.stands(), "one: boss");
}

#[test]
fn the_engine_itself_never_decides() {
    let mut world = World::started("", ONE);
    let task = world.task("boss").id;
    let refused = world.issue(&Actor::System, &Command::Approve { task, comment: None });
    assert_eq!(refused, Err(Rejection::NotEntitled { why: Denial::NoRule }));
}

#[test]
fn a_second_decision_comes_too_late() {
    let mut world = World::started("", &format!("{ONE}\n  - approve: two\n    by: person:top"));
    let task = world.task("boss").id;
    world.approve("boss").unwrap();
    let refused = world.issue(&Actor::person("boss"), &Command::Reject { task, comment: None });
    assert_eq!(refused, Err(Rejection::AlreadyCompleted));
    assert_eq!(world.stands(), "two: top");
}

#[test]
fn one_of_a_pool_claims_it_and_may_give_it_back() {
    let mut world = World::started("", POOL);
    assert_eq!(world.stands(), "one: deputy officer");
    let task = world.task("officer").id;
    world.issue(&Actor::person("officer"), &Command::Claim { task }).unwrap();
    assert_eq!(world.stands(), "one: officer");
    let taken = Rejection::AlreadyClaimed { by: "officer".into() };
    assert_eq!(world.issue(&Actor::person("deputy"), &Command::Claim { task }), Err(taken.clone()));
    assert_eq!(world.approve("deputy"), Err(taken));
    world.issue(&Actor::person("officer"), &Command::Release { task }).unwrap();
    assert_eq!(world.stands(), "one: deputy officer");
    world.approve("deputy").unwrap();
    let completed = State::Completed { by: "deputy".into(), at: world.now, verdict: Verdict::Approved };
    assert_eq!(world.case().task(task).unwrap().state, completed);
}

#[test]
fn a_task_of_one_person_is_no_pool() {
    let mut world = World::started("", ONE);
    let task = world.task("boss").id;
    assert_eq!(world.issue(&Actor::person("boss"), &Command::Claim { task }), Err(Rejection::NotAPool));
}

#[test]
fn everybody_of_all_approves_before_it_goes_on() {
    let mut world = World::started("", "  - approve: one\n    by: [person:boss, person:top, role:dpo]\n    mode: all");
    assert_eq!(world.stands(), "one: boss top deputy officer");
    for login in ["top", "boss", "officer"] {
        world.approve(login).unwrap();
    }
    assert_eq!(world.stands(), "one: deputy");
    world.approve("deputy").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn the_first_rejection_of_all_rejects() {
    let mut world = World::started("", "  - approve: one\n    by: [person:boss, person:top]\n    mode: all");
    world.approve("boss").unwrap();
    world.reject("top").unwrap();
    assert_eq!(world.stands(), "ended rejected");
}

#[test]
fn the_first_answer_of_any_decides() {
    let mut world = World::started("", "  - approve: one\n    by: [person:boss, person:top]");
    assert_eq!(world.stands(), "one: boss top");
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn in_order_asks_one_after_the_other() {
    let mut world = World::started("", "  - approve: one\n    by: [person:top, person:boss]\n    mode: in_order");
    assert_eq!(world.stands(), "one: top");
    assert_eq!(world.approve("boss"), Err(Rejection::NotEntitled { why: Denial::NotAHolder }));
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "one: boss");
    assert_eq!(world.task("boss").turn, Some(2));
    world.approve("boss").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn somebody_who_left_before_their_turn_is_passed_over() {
    let steps = "  - approve: one\n    by: [person:top, person:boss, person:officer]\n    mode: in_order";
    let mut world = World::started("", steps);
    assert_eq!(world.leave("boss"), Err(Rejection::NothingToDo));
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "one: officer");
}

#[test]
fn a_confirmation_must_be_fresh_and_strong_enough() {
    let mut world = World::started("", &format!("{ONE}\n    confirm: second_factor"));
    let required = Err(Rejection::ConfirmationRequired { confirm: Confirm::SecondFactor });
    for confirmed in [Confirm::None, Confirm::Password] {
        world.confirmed = confirmed;
        assert_eq!(world.approve("boss"), required);
    }
    world.confirmed = Confirm::SecondFactor;
    assert_eq!(world.approve("boss"), Ok(()));
}

#[test]
fn a_comment_is_asked_for_where_the_step_says_so() {
    let mut required = World::started("", &format!("{ONE}\n    comment: required"));
    assert_eq!(required.approve("boss"), Err(Rejection::CommentRequired));
    let mut on_reject = World::started("", &format!("{ONE}\n    comment: on_reject"));
    assert_eq!(on_reject.reject("boss"), Err(Rejection::CommentRequired));
    assert_eq!(on_reject.approve("boss"), Ok(()));
}

#[test]
fn a_transfer_hands_over_and_keeps_the_due_time() {
    let mut world = World::started("", &format!("{ONE}\n    see: [purpose]\n    due: 8 working hours"));
    let due_at = world.task("boss").due_at;
    world.transfer("boss", "other").unwrap();
    assert_eq!(world.stands(), "one: other");
    assert_eq!(world.task("other").due_at, due_at);
    assert_eq!(world.approve("boss"), Err(Rejection::NotEntitled { why: Denial::NotAHolder }));
}

#[test]
fn a_task_goes_back_to_nobody_who_has_left_its_pool() {
    let mut world = World::started("", "  - approve: one\n    by: role:dpo");
    let task = world.task("officer").id;
    world.issue(&Actor::person("officer"), &Command::Claim { task }).unwrap();
    assert_eq!(world.leave("deputy"), Err(Rejection::NothingToDo));
    world.issue(&Actor::person("officer"), &Command::Release { task }).unwrap();
    assert_eq!(world.stands(), "one: officer");
}

#[test]
fn what_is_taken_back_comes_back_to_nobody_who_has_left() {
    let steps = "  - approve: one\n    by: [role:dpo, person:boss]\n    mode: { vote: 1 }\n    take_back: true\n  - approve: two\n    by: person:top";
    let mut world = World::started("", steps);
    let task = world.task("boss").id;
    world.approve("boss").unwrap();
    assert_eq!(world.leave("deputy"), Err(Rejection::NothingToDo));
    world.issue(&Actor::person("boss"), &Command::TakeBack { task }).unwrap();
    assert_eq!(world.stands(), "one: officer boss");
}

#[test]
fn a_clock_that_stands_still_does_so_after_somebody_took_their_decision_back() {
    let steps = "  - approve: one\n    by: role:dpo\n    mode: all\n    due: 2 days\n    escalate: [ { after: 1 hour, to: person:top } ]\n    take_back: true\n    pause_while_asked: true";
    let mut world = World::started("", steps);
    let (asking, deciding) = (world.task("deputy").id, world.task("officer").id);
    let ask = Command::Ask { task: asking, to: "asker".into(), question: Some(vault::Digest::of(b"why")) };
    world.issue(&Actor::person("deputy"), &ask).unwrap();
    world.approve("officer").unwrap();
    world.issue(&Actor::person("officer"), &Command::TakeBack { task: deciding }).unwrap();
    assert_eq!(world.case().timers, Vec::new());
}

#[test]
fn who_was_added_before_comes_first_again_once_they_took_their_decision_back() {
    let mut world = World::started("", "  - approve: one\n    by: person:boss\n    take_back: true");
    let task = world.task("boss").id;
    let (people, comment) = (vec!["top".into()], None);
    world.issue(&Actor::person("boss"), &Command::Add { task, place: AddPlace::Before, people, comment }).unwrap();
    let added = world.task("top").id;
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "one: boss");
    world.issue(&Actor::person("top"), &Command::TakeBack { task: added }).unwrap();
    assert_eq!(world.stands(), "one: top");
}

#[test]
fn a_vote_that_cannot_be_carried_without_somebody_added_who_left_needs_a_name() {
    // Of each department that votes one must approve; `boss` of the sales rejects, and `other` would still do.
    let steps = "  - approve: one\n    by: person:boss\n    mode: { vote: 1, each_department: 1 }";
    let mut world = World::started("", steps);
    let task = world.task("boss").id;
    let (people, comment) = (vec!["other".into(), "top".into()], None);
    world.issue(&Actor::person("boss"), &Command::Add { task, place: AddPlace::After, people, comment }).unwrap();
    world.reject("boss").unwrap();
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "one: other");
    world.leave("other").unwrap();
    assert_eq!(world.stands(), "one: keeper warden");
}

#[test]
fn nobody_delegates_a_task_to_themselves() {
    let steps = "  - approve: one\n    by: role:dpo\n    allow: [approve, delegate]";
    let mut world = World::started("", steps);
    let task = world.task("officer").id;
    let command = Command::Delegate { task, to: "officer".into(), comment: None };
    let refused = Rejection::CannotBeGivenTo { to: "officer".into(), why: Unsuitable::HoldsItAlready };
    assert_eq!(world.issue(&Actor::person("officer"), &command), Err(refused));
    assert_eq!(world.stands(), "one: deputy officer");
}

#[test]
fn nobody_gets_a_task_who_must_not_hold_it() {
    let steps = "  - approve: one\n    by: [person:boss, person:top]\n    mode: all\n    see: [purpose]";
    let mut world = World::new(crate::testing::plan("", steps));
    world.start("asker").unwrap();
    let check = |world: &mut World, to: &str, why: Unsuitable| {
        let refused = Rejection::CannotBeGivenTo { to: to.into(), why };
        assert_eq!(world.transfer("boss", to), Err(refused));
    };
    check(&mut world, "asker", Unsuitable::Requester);
    check(&mut world, "nobody", Unsuitable::NotActive);
    check(&mut world, "boss", Unsuitable::HoldsItAlready);
    check(&mut world, "top", Unsuitable::TakesPartAlready);
}

#[test]
fn the_outcome_of_a_step_can_be_asked_later() {
    let steps = format!(
        "{ONE}\n  - branch: which\n    cases:\n      - if: steps.one.outcome == \"approved\"\n        steps:\n          - end: cancelled\n      - else: true\n        steps: []"
    );
    let mut world = World::started("", &steps);
    world.approve("boss").unwrap();
    assert_eq!(world.stands(), "ended cancelled");
    let left = world.case().runs[0].state.clone();
    let expected = crate::case::StepRunState::Left {
        outcome: StepOutcome::Approved,
        by: Some("boss".into()),
        at: world.now,
        comment: None,
        result: None,
        lanes: Vec::new(),
        case: None,
        waiting: None,
    };
    assert_eq!(left, expected);
}

#[test]
fn nobody_is_asked_twice_in_one_step() {
    let mut world = World::started("", "  - approve: one\n    by: [person:top, person:boss]\n    mode: in_order");
    world.transfer("top", "boss").unwrap();
    world.approve("boss").unwrap();
    assert_eq!(world.stands(), "ended approved");
}
