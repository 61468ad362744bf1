use definition::value::Value;

use crate::{
    Actor, Command, Event, Rejection,
    event::Intervention,
    rejection::{FieldProblem, FieldProblemKind},
    testing::{World, request},
};

const STEPS: &str = "  - approve: first
    by: person:boss
    see: [purpose]
  - approve: second
    by: person:top
    see: [purpose, amount]
  - fill: work
    by: person:officer
    edit: [amount, purpose]
    require: [amount]";

fn with(name: &str, value: Value) -> definition::model::FieldValues {
    let mut values = request(2, None);
    values.insert("amount".into(), Value::Number(7.into()));
    values.insert(name.into(), value);
    values
}

fn at_work(head: &str) -> World {
    let mut world = World::started(head, STEPS);
    world.approve("boss").unwrap();
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "work: officer");
    world
}

fn voided(world: &World) -> Vec<String> {
    let voided = world.events.iter().filter_map(|envelope| match &envelope.event {
        Event::ApprovalVoided { by, .. } => Some(by.to_string()),
        _ => None,
    });
    voided.collect()
}

#[test]
fn work_fills_in_what_it_must_and_changes_what_it_may() {
    let mut world = at_work("");
    let problem = |field: &str, kind| {
        Err(Rejection::FieldProblems { problems: vec![FieldProblem { field: field.into(), kind }] })
    };
    assert_eq!(world.complete("officer", None), problem("amount", FieldProblemKind::Required));
    let other = with("format", Value::Text("csv".to_owned()));
    assert_eq!(world.complete("officer", Some(other)), problem("format", FieldProblemKind::NotEditable));
}

#[test]
fn a_change_voids_exactly_the_approvals_that_saw_it_and_goes_back_to_the_first() {
    let mut world = at_work("");
    world.complete("officer", Some(with("amount", Value::Number(9.into())))).unwrap();
    assert_eq!(voided(&world), ["top"]);
    assert_eq!(world.stands(), "second: top");
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "work: officer");
    world.complete("officer", None).unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn a_change_that_all_saw_goes_back_to_the_beginning() {
    let mut world = at_work("");
    world.complete("officer", Some(with("purpose", Value::Text("something else".to_owned())))).unwrap();
    assert_eq!(voided(&world), ["boss", "top"]);
    assert_eq!(world.stands(), "first: boss");
    world.approve("boss").unwrap();
    assert_eq!(world.stands(), "second: top");
}

#[test]
fn a_changed_let_voids_whoever_approved_on_it() {
    let mut world = at_work("let: { double: (request.amount ?? 0) * 2 }");
    world.complete("officer", Some(with("amount", Value::Number(9.into())))).unwrap();
    assert_eq!(voided(&world), ["boss", "top"]);
}

#[test]
fn a_branch_that_would_go_another_way_is_gone_through_again() {
    let steps = "  - branch: size
    cases:
      - if: (request.amount ?? 0) > 100
        steps:
          - approve: high
            by: person:top
      - else: true
        steps: []
  - fill: work
    by: person:officer
    edit: [amount]";
    let mut world = World::started("", steps);
    assert_eq!(world.stands(), "work: officer");
    world.complete("officer", Some(with("amount", Value::Number(101.into())))).unwrap();
    assert_eq!(world.stands(), "high: top");
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "work: officer");
    world.complete("officer", None).unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn values_that_are_not_those_of_the_case_are_refused() {
    let mut world = at_work("");
    world.submission = crate::Submission::new([2; 16], request(2, None));
    assert_eq!(world.approve("officer"), Err(Rejection::WrongSubmission));
}

#[test]
fn the_same_values_under_another_salt_have_another_name() {
    let digest = |salt| crate::Submission::new([salt; 16], request(2, None)).digest();
    assert_ne!(digest(1), digest(2));
    assert_eq!(digest(1), digest(1));
}

const ASKED_ANEW: &str = "  - approve: one
    by: person:boss
  - fill: two
    by: person:other
    edit: [amount]
    take_back: true
  - approve: three
    by: person:officer";

/// A case that `boss` approved and that came back to them, since `other` changed what they had approved.
fn asked_anew() -> World {
    let mut world = World::started("", ASKED_ANEW);
    world.approve("boss").unwrap();
    let mut changed = request(2, None);
    changed.insert("amount".into(), Value::Number(7.into()));
    world.complete("other", Some(changed)).unwrap();
    assert_eq!(world.stands(), "one: boss");
    world
}

#[test]
fn an_administrator_sends_no_case_past_what_is_asked_anew() {
    let mut world = asked_anew();
    let reason = vault::Digest::of(b"reason");
    let jump = |to: &str| Command::Intervene { what: Intervention::Jump { to: to.into() }, reason };
    let refused = Rejection::ReturnWhere { targets: vec!["one".into()] };
    assert_eq!(world.issue(&Actor::person("keeper"), &jump("two")), Err(refused));
    world.approve("boss").unwrap();
    world.complete("other", None).unwrap();
    world.issue(&Actor::person("keeper"), &jump("two")).unwrap();
    assert_eq!(world.stands(), "two: other");
}

#[test]
fn an_approval_that_was_void_is_asked_for_again_though_what_voided_it_was_taken_back() {
    let mut world = asked_anew();
    let task = world.case().tasks[1].id;
    world.issue(&Actor::person("other"), &Command::TakeBack { task }).unwrap();
    assert_eq!(world.stands(), "two: other");
    world.complete("other", None).unwrap();
    assert_eq!(world.stands(), "one: boss");
}

const EXPORT: &str = "  - run: produce
    action: records.export
    with: { records: request.records, fields: request.fields, format: request.format, protect: { watermark: true, password: true, expires: 7 days, downloads: 3 } }";

fn seven(world: &World) -> definition::model::FieldValues {
    let mut changed = world.submission.values().clone();
    changed.insert("amount".into(), Value::Number(7.into()));
    changed
}

#[test]
fn what_one_changed_is_gone_back_for_though_the_work_ran_out_of_time() {
    let steps = format!(
        "  - approve: one
    by: person:officer
  - fill: work
    by: [person:other, person:guest]
    mode: all
    edit: [amount]
    due: 1 day
    escalate: [ {{ after: 1 hour, do: skip }} ]\n{EXPORT}"
    );
    let mut world = World::started("", &steps);
    world.approve("officer").unwrap();
    let changed = seven(&world);
    world.complete("other", Some(changed)).unwrap();
    world.until("2026-11-23T10:00");
    assert_eq!(world.stands(), "one: officer");
}

#[test]
fn nothing_is_carried_out_while_an_approval_before_it_counts_no_more() {
    let steps = format!(
        "  - approve: one
    by: person:officer
  - approve: two
    by: person:top\n{EXPORT}
  - fill: work
    by: [person:other, person:guest]
    mode: in_order
    edit: [amount]"
    );
    let mut world = World::started("", &steps);
    world.approve("officer").unwrap();
    world.approve("top").unwrap();
    world.act(None).unwrap();
    let changed = seven(&world);
    world.complete("other", Some(changed)).unwrap();
    let what = Intervention::Jump { to: "two".into() };
    let jump = Command::Intervene { what, reason: vault::Digest::of(b"reason") };
    world.issue(&Actor::person("keeper"), &jump).unwrap();
    world.approve("top").unwrap();
    assert_eq!(world.stands(), "one: officer");
}

#[test]
fn nothing_is_tried_again_while_an_approval_before_it_counts_no_more() {
    let steps = format!(
        "  - approve: one
    by: person:officer
  - parallel: both
    branches:
      - name: action
        steps:\n{}
      - name: work
        steps: [ {{ fill: work, by: [person:other, person:guest], mode: in_order, edit: [amount] }} ]",
        EXPORT.replace('\n', "\n        ").replacen("  -", "          -", 1)
    );
    let mut world = World::started("", &steps);
    world.approve("officer").unwrap();
    let changed = seven(&world);
    world.complete("other", Some(changed)).unwrap();
    world.act(Some(crate::event::ActionFailure::Unavailable)).unwrap();
    assert_eq!(world.stands(), "one: officer");
}

#[test]
fn nothing_is_taken_back_out_of_cases_that_were_joined() {
    let steps = "  - branch: which
    every: true
    cases:
      - if: count(request.records) > 0
        steps: [ { fill: work, by: person:other, take_back: true } ]
      - else: true
        steps: []
  - approve: two
    by: person:top";
    let mut world = World::started("", steps);
    let task = world.task("other").id;
    world.complete("other", None).unwrap();
    let refused = world.issue(&Actor::person("other"), &Command::TakeBack { task });
    assert_eq!(refused, Err(Rejection::TakeBackTooLate));
}
