use definition::level::Level;

use crate::{
    Actor, Command, Rejection,
    event::IncidentCause,
    rejection::Unsuitable,
    task::Role,
    testing::{World, plan},
};

/// Where a case of `requester` stands at its first step.
fn check(step: &str, requester: &str, expected: &str) {
    let mut world = World::new(plan("", &format!("  - approve: one\n{step}")));
    world.start(requester).unwrap();
    assert_eq!(world.stands(), expected, "{step} for {requester}");
}

#[test]
fn selectors_find_their_people() {
    check("    by: requester.manager", "asker", "one: boss");
    check("    by: requester.manager(2)", "asker", "one: top");
    check("    by: requester.managers until role:lead\n    mode: in_order", "asker", "one: boss");
    check("    by: requester.department.head", "asker", "one: boss");
    check("    by: role:dpo", "asker", "one: deputy officer");
    check("    by: role:lead in requester.department", "asker", "one: boss");
    check("    by: department:sales\n    mode: all", "asker", "one: boss guest other");
    check("    by: department:company.head", "asker", "one: top");
    check("    by: [person:nobody.here, person:top]".replace("nobody.here", "top").as_str(), "asker", "one: top");
}

#[test]
fn the_requester_drops_out_while_others_remain() {
    check("    by: role:dpo", "officer", "one: deputy");
    check("    by: [person:boss, person:top]", "boss", "one: top");
}

#[test]
fn a_requester_alone_is_decided_on_by_their_manager() {
    check("    by: person:asker", "asker", "one: boss");
    check("    by: requester", "boss", "one: top");
}

#[test]
fn a_requester_alone_at_the_top_goes_to_if_nobody() {
    check("    by: person:top", "top", "one: keeper warden");
    check("    by: person:top\n    if_nobody: reject", "top", "ended rejected");
    check("    by: person:top\n    if_nobody: skip", "top", "ended approved");
    check("    by: person:top\n    if_nobody: { to: role:dpo }", "top", "one: deputy officer");
}

#[test]
fn if_requester_may_say_otherwise() {
    check(
        "    by: [person:boss, person:officer]\n    mode: all\n    if_requester: manager",
        "boss",
        "one: top officer",
    );
    check("    by: [person:boss, person:officer]\n    if_requester: skip", "boss", "ended approved");
    check("    by: person:boss\n    if_requester: allow", "boss", "one: boss");
}

#[test]
fn who_is_not_cleared_for_what_the_step_shows_is_not_asked() {
    check("    by: [person:guest, person:other]", "asker", "one: guest other");
    check("    by: [person:guest, person:other]\n    see: [amount]", "asker", "one: guest other");
    check("    by: [person:guest, person:other]\n    see: [purpose]", "asker", "one: other");
    check("    by: person:guest\n    see: [purpose]", "asker", "one: keeper warden");
}

#[test]
fn nobody_inactive_is_asked() {
    let mut world = World::new(plan("", "  - approve: one\n    by: requester.manager"));
    world.directory = world.directory.clone().with_status("boss", definition::people::PersonStatus::Disabled);
    world.start("asker").unwrap();
    assert_eq!(world.stands(), "one: top");
}

#[test]
fn an_administrator_names_somebody_and_never_decides() {
    let mut world = World::new(plan("", "  - approve: one\n    by: person:top\n    due: 1 working day"));
    world.start("top").unwrap();
    let naming = world.task("keeper");
    assert_eq!((naming.role, naming.pool), (Role::Name, true));
    assert_eq!(world.approve("keeper"), Err(Rejection::WrongKindOfTask));
    let name = |world: &mut World, people: &[&str]| {
        let people = people.iter().map(|login| (*login).into()).collect();
        world.issue(&Actor::person("keeper"), &Command::Name { task: naming.id, people })
    };
    let refused = |to: &str, why| Err(Rejection::CannotBeGivenTo { to: to.into(), why });
    assert_eq!(name(&mut world, &["keeper"]), refused("keeper", Unsuitable::Yourself));
    assert_eq!(name(&mut world, &["top"]), refused("top", Unsuitable::Requester));
    assert_eq!(name(&mut world, &[]), Err(Rejection::NameSomebody { limit: crate::decide::NAMED_MAX }));
    name(&mut world, &["officer"]).unwrap();
    assert_eq!(world.stands(), "one: officer");
    assert_eq!(world.task("officer").due_at, naming.due_at);
    world.approve("officer").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn without_administrators_an_operator_must_act() {
    let mut world = World::new(plan("", "  - approve: one\n    by: person:top"));
    for login in ["keeper", "warden"] {
        world.directory = world.directory.clone().with_status(login, definition::people::PersonStatus::Left);
    }
    world.start("top").unwrap();
    let run = world.case().runs[0].clone();
    let incident =
        crate::case::StepRunState::Incident { cause: IncidentCause::NobodyToName, attempts: 0, since: world.now };
    assert_eq!(run.state, incident);
    world.directory = world.directory.clone().with_status("keeper", definition::people::PersonStatus::Active);
    let reason = vault::Digest::of(b"reason");
    let skip = Command::SkipAction { run: run.id, reason };
    assert_eq!(world.issue(&Actor::person("keeper"), &skip), Err(Rejection::CannotBeSkipped));
    world.issue(&Actor::person("keeper"), &Command::RetryAction { run: run.id, reason }).unwrap();
    assert_eq!(world.stands(), "one: keeper");
}

#[test]
fn a_vote_that_lacks_people_and_has_nobody_to_name_them_is_begun_anew() {
    let steps = "  - approve: one\n    by: [role:dpo, person:boss]\n    mode: { vote: 100% }";
    let mut world = World::started("", steps);
    world.approve("officer").unwrap();
    for login in ["keeper", "warden"] {
        world.directory = world.directory.clone().with_status(login, definition::people::PersonStatus::Left);
    }
    world.leave("deputy").unwrap();
    assert_eq!(world.stands(), "one: ");
    assert_eq!(world.approve("boss"), Err(Rejection::AlreadyCompleted));
    world.directory = world.directory.clone().with_status("keeper", definition::people::PersonStatus::Active);
    let (run, reason) = (world.case().runs[0].id, vault::Digest::of(b"reason"));
    world.issue(&Actor::person("keeper"), &Command::RetryAction { run, reason }).unwrap();
    assert_eq!(world.stands(), "one: officer boss");
    world.approve("boss").unwrap();
    assert_eq!(world.stands(), "one: officer");
    world.approve("officer").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn a_leavers_vote_goes_to_nobody_who_has_a_vote_and_lets_another_look_at_it() {
    let steps =
        "  - approve: one\n    by: [role:dpo, person:boss]\n    mode: { vote: 1 }\n    allow: [approve, delegate]";
    let mut world = World::started("", steps);
    let task = world.task("deputy").id;
    let delegate = Command::Delegate { task, to: "top".into(), comment: None };
    world.issue(&Actor::person("deputy"), &delegate).unwrap();
    world.leave("officer").unwrap();
    assert_eq!(world.stands(), "one: top boss");
}

#[test]
fn a_leavers_task_goes_to_the_other_candidates() {
    let mut world = World::started("", "  - approve: one\n    by: role:dpo");
    let task = world.task("officer").id;
    world.issue(&Actor::person("officer"), &Command::Claim { task }).unwrap();
    world.leave("officer").unwrap();
    assert_eq!(world.stands(), "one: deputy");
    assert_eq!(world.leave("deputy"), Ok(()));
    assert_eq!(world.stands(), "one: keeper warden");
    world.leave("keeper").unwrap();
    assert_eq!(world.stands(), "one: warden");
}

#[test]
fn a_leavers_task_of_their_own_goes_to_whom_the_rule_finds_now() {
    let mut world = World::started("", "  - approve: one\n    by: requester.manager");
    world.leave("boss").unwrap();
    assert_eq!(world.stands(), "one: top");
}

#[test]
fn all_goes_on_without_a_leaver_once_the_others_approved() {
    let mut world = World::started("", "  - approve: one\n    by: [person:boss, person:officer]\n    mode: all");
    world.approve("boss").unwrap();
    world.leave("officer").unwrap();
    assert_eq!(world.stands(), "ended approved");
}

#[test]
fn clearance_lost_since_the_task_was_opened_counts() {
    let mut world = World::started("", "  - approve: one\n    by: person:boss\n    see: [purpose]");
    world.give("boss", "guest");
    assert_eq!(world.approve("boss"), Err(Rejection::NotCleared { needs: Level::L1, has: Level::L0 }));
    world.give("boss", "lead");
    world.directory = world.directory.clone().with_status("boss", definition::people::PersonStatus::Disabled);
    assert_eq!(world.approve("boss"), Err(Rejection::NotEntitled { why: policy::Denial::Inactive }));
}

#[test]
fn only_who_may_start_starts() {
    let mut world = World::new(plan("", "  - approve: one\n    by: person:boss"));
    assert_eq!(world.start("guest"), Err(Rejection::NotEntitled { why: policy::Denial::NotAStarter }));
    assert_eq!(world.start("asker"), Ok(()));
    assert_eq!(world.start("asker"), Err(Rejection::AlreadyStarted));
}

#[test]
fn who_stands_in_for_cleared_people_is_cleared_for_what_is_released() {
    let check = |id_number: Option<bool>, to: &str, expected: Option<Unsuitable>| {
        let mut world = World::new(plan("", "  - approve: one\n    by: role:dpo\n    see: [amount]"));
        world.submission = crate::Submission::new([1; 16], crate::testing::request(2, id_number));
        world.start("asker").unwrap();
        let expected = expected.map_or(Ok(()), |why| Err(Rejection::CannotBeGivenTo { to: to.into(), why }));
        assert_eq!(world.transfer("officer", to), expected, "{id_number:?} to {to}");
    };
    let needs = |needs, has| Some(Unsuitable::NotCleared { needs, has });
    check(Some(false), "boss", None);
    check(Some(false), "other", needs(Level::L2, Level::L1));
    check(Some(true), "other", None);
    check(None, "other", None);
    check(None, "guest", needs(Level::L1, Level::L0));
}
