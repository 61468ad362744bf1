use crate::{
    Context, Submission,
    predict::{Change, Course, PredictedStep, Shortening, Who, predict, predict_case, shorten},
    testing::{World, plan, request, shown},
};

const HEAD: &str = "let: { level: max_level(request.fields), rows: count(request.records) }";
const STEPS: &str = "  - approve: manager
    by: requester.manager
    due: 8 working hours
  - branch: risk
    cases:
      - if: level >= L2 || rows > 500
        steps:
          - approve: protection
            by: role:dpo
            due: 1 working day
      - else: true
        steps: []";

fn asked(world: &World) -> Context<'_> {
    Context {
        now: world.now,
        directory: &world.directory,
        submission: &world.submission,
        changed: None,
        confirmed: world.confirmed,
    }
}

fn world(count: u64, id_number: Option<bool>) -> World {
    let mut world = World::new(plan(HEAD, STEPS));
    world.submission = Submission::new([1; 16], request(count, id_number));
    world
}

fn told(steps: &[PredictedStep]) -> Vec<String> {
    let who = |who: &Who| match who {
        Who::Nobody => String::new(),
        Who::People { people, .. } | Who::ToBeNamed { by: people } => {
            people.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        }
    };
    let time = |at: Option<_>| at.map(shown).unwrap_or_default();
    let told = steps.iter().map(|step| {
        format!("{:?} {}: {} {}..{}", step.course, step.step, who(&step.who), time(step.from), time(step.until))
    });
    told.collect()
}

#[test]
fn the_way_is_told_with_people_and_times() {
    let world = world(501, None);
    let steps = predict(&world.plan, &asked(&world), &"asker".into()).unwrap();
    let expected = [
        "Ahead manager: boss 2026-11-20T10:00..2026-11-23T10:00",
        "Ahead risk:  2026-11-23T10:00..",
        "Ahead protection: deputy officer 2026-11-23T10:00..2026-11-24T10:00",
    ];
    assert_eq!(told(&steps), expected);
    let why = &steps[2].why[0];
    assert_eq!((why.source.as_deref(), why.taken), (Some("level >= L2 || rows > 500"), Some(true)));
    assert_eq!(why.values.keys().collect::<Vec<_>>(), ["level", "rows"]);
}

#[test]
fn a_step_that_is_not_needed_stands_aside() {
    let world = world(500, None);
    let steps = predict(&world.plan, &asked(&world), &"asker".into()).unwrap();
    assert_eq!((steps[2].course, steps[2].why[0].taken), (Course::Aside, Some(false)));
}

#[test]
fn a_running_case_is_told_from_where_it_is() {
    let mut world = world(501, None);
    world.start("asker").unwrap();
    world.approve("boss").unwrap();
    let steps = predict_case(&world.plan, &asked(&world), world.case());
    assert_eq!(
        steps.iter().map(|step| step.course).collect::<Vec<_>>(),
        [Course::Passed, Course::Passed, Course::Current]
    );
}

#[test]
fn what_is_predicted_is_what_happens() {
    let mut world = world(501, Some(false));
    let steps = predict(&world.plan, &asked(&world), &"asker".into()).unwrap();
    let ahead: Vec<_> =
        steps.iter().filter(|step| step.course == Course::Ahead).map(|step| step.step.clone()).collect();
    world.start("asker").unwrap();
    world.approve("boss").unwrap();
    world.approve("officer").unwrap();
    let runs: Vec<_> = world.case().runs.iter().map(|run| run.step.clone()).collect();
    assert_eq!(runs, ahead);
}

#[test]
fn masking_or_asking_for_fewer_makes_the_way_shorter() {
    let mask = || Change::Mask { field: "fields".into(), pick: "id_number".into() };
    let fewer = || Change::FewerRecords { field: "records".into(), at_most: 500 };
    let check = |count, id_number, expected: &[Vec<Change>]| {
        let world = world(count, id_number);
        let found = shorten(&world.plan, &asked(&world), &"asker".into());
        let drops = || vec!["protection".into()];
        let expected: Vec<_> =
            expected.iter().map(|changes| Shortening { changes: changes.clone(), drops: drops() }).collect();
        assert_eq!(found, expected, "{count} {id_number:?}");
    };
    check(2, None, &[]);
    check(2, Some(true), &[]);
    check(2, Some(false), &[vec![mask()]]);
    check(501, None, &[vec![fewer()]]);
    check(501, Some(false), &[vec![mask(), fewer()]]);
}
