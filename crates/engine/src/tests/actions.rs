use definition::text::Locale;

use crate::{
    Actor, Command, Event, Rejection,
    effect::{EffectKind, Notice},
    event::{ActionFailure, ActionResult},
    testing::{World, at, plan, shown},
};

const EXPORT: &str = "  - approve: one
    by: person:boss
    see: [purpose, records, fields, format]
  - run: produce
    action: records.export
    with: { records: request.records, fields: request.fields, format: request.format, protect: { watermark: true, password: true, expires: 7 days, downloads: 3 } }
    retry: { times: 2, first: 30 seconds }
  - notify: ready
    to: requester
    message: { zh: \"好了 {{ rows }} 条\", en: \"Ready: {{ rows }}\" }";
const HEAD: &str = "let: { rows: count(request.records) }\nwithdraw: before_first_action";

fn approved() -> World {
    let mut world = World::started(HEAD, EXPORT);
    world.approve("boss").unwrap();
    world
}

fn attempts(world: &World) -> Vec<(u32, String)> {
    let asked = world.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::RunAction { attempt, not_before, .. } => {
            Some((*attempt, not_before.with_timezone(&chrono_tz::Asia::Shanghai).format("%H:%M:%S").to_string()))
        }
        EffectKind::Notify { .. } | EffectKind::UndoAction { .. } => None,
    });
    asked.collect()
}

#[test]
fn an_approved_action_runs_and_the_requester_is_told_in_their_language() {
    let mut world = approved();
    assert_eq!(world.stands(), "produce: ");
    world.act(None).unwrap();
    assert_eq!(world.stands(), "ended approved");
    let message = world.effects.iter().find_map(|effect| match &effect.kind {
        EffectKind::Notify { notice: Notice::Message { text, .. }, to } => Some((text.clone(), to.clone())),
        _ => None,
    });
    let (text, to) = message.unwrap();
    assert_eq!((text.get(Locale::ZhCn).as_str(), text.get(Locale::En).as_str()), ("好了 2 条", "Ready: 2"));
    assert_eq!(to, ["asker".into()].into());
}

#[test]
fn a_failed_attempt_waits_twice_as_long_each_time_and_ends_in_an_incident() {
    let mut world = approved();
    for _ in 0..3 {
        world.act(Some(ActionFailure::Unavailable)).unwrap();
    }
    let times = ["10:00:00", "10:00:30", "10:01:00"];
    assert_eq!(attempts(&world), [(1, times[0].to_owned()), (2, times[1].to_owned()), (3, times[2].to_owned())]);
    assert!(world.case().is_delayed());
    let told = world.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::Notify { to, notice: Notice::Incident { .. } } => Some(to.len()),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [2]);
}

#[test]
fn what_cannot_succeed_is_not_tried_again() {
    let mut world = approved();
    let run = world.case().runs.last().unwrap().id;
    let failure = ActionFailure::NotAsApproved;
    world.issue(&Actor::System, &Command::ActionFailed { run, attempt: 1, failure, retryable: false }).unwrap();
    assert_eq!(attempts(&world).len(), 1);
    assert!(world.case().is_delayed());
}

#[test]
fn an_operator_tries_again_or_goes_on_without() {
    let reason = vault::Digest::of(b"why");
    for skip in [false, true] {
        let mut world = approved();
        for _ in 0..3 {
            world.act(Some(ActionFailure::Unavailable)).unwrap();
        }
        let run = world.case().runs.last().unwrap().id;
        let command = if skip { Command::SkipAction { run, reason } } else { Command::RetryAction { run, reason } };
        let refused = world.issue(&Actor::person("boss"), &command);
        let lacks = policy::Denial::LacksDuty(definition::model::Capability::Incidents);
        assert_eq!(refused, Err(Rejection::NotEntitled { why: lacks }));
        world.issue(&Actor::person("keeper"), &command).unwrap();
        if !skip {
            assert_eq!(attempts(&world).last().map(|(attempt, _)| *attempt), Some(4));
            world.act(None).unwrap();
        }
        assert_eq!(world.stands(), "ended approved");
    }
}

#[test]
fn a_report_about_an_attempt_that_is_over_is_late() {
    let mut world = approved();
    let run = world.case().runs.last().unwrap().id;
    world.act(Some(ActionFailure::TimedOut)).unwrap();
    let failure = ActionFailure::TimedOut;
    let again = world.issue(&Actor::System, &Command::ActionFailed { run, attempt: 1, failure, retryable: true });
    assert_eq!(again, Err(Rejection::LateReport));
    world.act(None).unwrap();
    let result = ActionResult::Export { artifact: uuid::Uuid::nil(), records: 2, expires_at: world.now };
    assert_eq!(world.issue(&Actor::System, &Command::ActionSucceeded { run, result }), Err(Rejection::LateReport));
}

#[test]
fn only_the_engine_reports_how_an_action_went() {
    let mut world = approved();
    let run = world.case().runs.last().unwrap().id;
    let result = ActionResult::Export { artifact: uuid::Uuid::nil(), records: 2, expires_at: world.now };
    let refused = world.issue(&Actor::person("keeper"), &Command::ActionSucceeded { run, result });
    assert_eq!(refused, Err(Rejection::NotEntitled { why: policy::Denial::EngineOnly }));
}

#[test]
fn the_request_cannot_be_taken_back_once_the_action_began() {
    let mut world = approved();
    let rule = definition::model::Withdraw::BeforeFirstAction;
    let refused = world.issue(&Actor::person("asker"), &Command::Withdraw { comment: None });
    assert_eq!(refused, Err(Rejection::WithdrawTooLate { rule }));
}

#[test]
fn the_first_case_that_holds_is_taken() {
    let branch = "  - branch: size
    cases:
      - if: rows > 5
        steps: [ { end: rejected } ]
      - if: rows > 1
        steps: [ { end: cancelled } ]
      - else: true
        steps: []";
    for (count, expected) in [(6, "ended rejected"), (5, "ended cancelled"), (1, "ended approved")] {
        let mut world = World::new(plan("let: { rows: count(request.records) }", branch));
        world.submission = crate::Submission::new([1; 16], crate::testing::request(count, None));
        world.start("asker").unwrap();
        assert_eq!(world.stands(), expected);
    }
}

#[test]
fn what_a_case_is_told_carries_its_time() {
    let mut world = World::started("", "  - approve: one\n    by: person:boss");
    world.until("2026-11-20T11:00");
    world.approve("boss").unwrap();
    let Event::Ended { .. } = &world.events.last().unwrap().event else { panic!("the case ended") };
    assert_eq!(shown(world.events.last().unwrap().at), shown(at("2026-11-20T11:00")));
}
