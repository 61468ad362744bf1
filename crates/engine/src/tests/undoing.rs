use crate::{
    Actor, Command,
    case::Undoing,
    event::{ActionFailure, IncidentCause, Undone},
    testing::World,
};

const RUN: &str = "  - run: produce
    action: records.export
    with: { records: request.records, fields: request.fields, format: request.format }
    retry: { times: 0 }";

/// A case whose action took effect, and that somebody rejected afterwards.
fn rejected(more: &str) -> World {
    let mut world = World::started(
        "withdraw: anytime",
        &format!(
            "  - {{ approve: one, by: person:boss, see: [purpose, records, fields, format] }}\n{RUN}\n{more}  - {{ approve: two, by: person:officer, see: [purpose] }}"
        ),
    );
    world.approve("boss").unwrap();
    world.act(None).unwrap();
    world.reject("officer").unwrap();
    world
}

fn undo(world: &World) -> Option<Undoing> {
    world.case().last_run_of("produce").unwrap().undo.clone()
}

#[test]
fn what_cannot_be_taken_back_waits_for_an_operator_who_tries_again_or_lets_it_stand() {
    let reason = vault::Digest::of(b"why");
    for stands in [false, true] {
        let mut world = rejected("");
        assert_eq!(undo(&world), Some(Undoing::Acting { attempt: 1, not_before: world.now }));
        world.act(Some(ActionFailure::Unavailable)).unwrap();
        let cause = IncidentCause::ActionFailed { failure: ActionFailure::Unavailable };
        assert_eq!(undo(&world), Some(Undoing::Incident { cause, attempts: 1, since: world.now }));
        let run = world.case().last_run_of("produce").unwrap().id;
        let command = if stands { Command::SkipAction { run, reason } } else { Command::RetryAction { run, reason } };
        world.issue(&Actor::person("keeper"), &command).unwrap();
        if !stands {
            assert_eq!(undo(&world), Some(Undoing::Acting { attempt: 2, not_before: world.now }));
            world.issue(&Actor::System, &Command::UndoSucceeded { run, how: Undone::TooLate }).unwrap();
        }
        let how = if stands { Undone::Kept } else { Undone::TooLate };
        assert_eq!(undo(&world), Some(Undoing::Over { how, at: world.now }));
        assert_eq!(world.stands(), "ended rejected");
    }
}

#[test]
fn steps_that_come_to_nothing_leave_it_to_an_operator() {
    let reason = vault::Digest::of(b"why");
    let mut world = rejected("    undo: [ { fill: partner, by: person:other, if_nobody: reject } ]\n");
    assert_eq!(world.stands(), "partner: other");
    world.leave("other").unwrap();
    let cause = IncidentCause::UndoGivenUp;
    assert_eq!(undo(&world), Some(Undoing::Incident { cause, attempts: 0, since: world.now }));
    assert_eq!(world.stands(), "produce: ");
    let run = world.case().last_run_of("produce").unwrap().id;
    world.issue(&Actor::person("keeper"), &Command::SkipAction { run, reason }).unwrap();
    assert_eq!(
        (undo(&world), world.stands()),
        (Some(Undoing::Over { how: Undone::Kept, at: world.now }), "ended rejected".to_owned())
    );
}

#[test]
fn what_nobody_knows_the_outcome_of_waits_for_an_operator_whatever_the_process_says() {
    let mut world = World::started(
        "",
        &format!(
            "  - {{ approve: one, by: person:boss, see: [purpose, records, fields, format] }}\n{RUN}\n    on_error: continue"
        ),
    );
    world.approve("boss").unwrap();
    let run = world.case().last_run_of("produce").unwrap().id;
    let failure = ActionFailure::Interrupted;
    world.issue(&Actor::System, &Command::ActionFailed { run, attempt: 1, failure, retryable: false }).unwrap();
    assert!(world.case().last_run_of("produce").unwrap().incident().is_some());
    world.issue(&Actor::person("keeper"), &Command::RetryAction { run, reason: vault::Digest::of(b"why") }).unwrap();
    world.act(Some(ActionFailure::Unavailable)).unwrap();
    assert_eq!(world.stands(), "ended approved");
}
