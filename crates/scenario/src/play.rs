//! Plays scenarios.

use std::sync::Arc;

use definition::{id::Login, model::Workspace, people::Directory};
use engine::{Actor, Command, Plan, Rejection, TaskId, event::Intervention};
use vault::Digest;

use crate::{
    check,
    model::{Aspect, Cause, Deed, Moment, Scenario, Step, Suite},
    report::{Failure, Outcome, Report},
    world::World,
};

/// Plays every scenario of a suite, each in a world of its own.
pub fn run(suite: &Suite, workspace: &Workspace) -> Vec<Report> {
    let people = &suite.people;
    let directory = Directory::new(&workspace.settings, people.people.clone(), people.departments.clone());
    let plan = plan(suite, workspace);
    let report = |scenario: &Scenario| {
        let failures = match &plan {
            None => vec![Failure::NoWorkflow { line: scenario.line }],
            Some(plan) => play(workspace, plan, (&directory, scenario)),
        };
        let outcome = if failures.is_empty() { Outcome::Passed } else { Outcome::Failed { failures } };
        Report { title: scenario.title.clone(), line: scenario.line, outcome }
    };
    suite.scenarios.iter().map(report).collect()
}

fn plan(suite: &Suite, workspace: &Workspace) -> Option<Plan> {
    let process = workspace.processes.get(&suite.workflow)?;
    Some(Plan {
        process: Arc::clone(process),
        form: Arc::clone(&process.intake),
        registers: workspace.forms.clone(),
        settings: Arc::clone(&workspace.settings),
        version: 1,
        digest: Digest::of(suite.workflow.as_str().as_bytes()),
    })
}

fn play(workspace: &Workspace, plan: &Plan, (directory, scenario): (&Directory, &Scenario)) -> Vec<Failure> {
    let start = &scenario.start;
    let mut world = World::new(workspace, plan.clone(), directory.clone(), start.at);
    // What a rule enters is entered by nobody.
    let who = match &start.cause {
        Cause::By(login) => login.clone(),
        Cause::Time | Cause::Event | Cause::Record | Cause::Person(_) => Login::from(""),
    };
    let submission = match world.enter(&who, &start.values) {
        Ok(submission) => submission,
        Err(problems) => return vec![Failure::Problems { line: start.line, problems }],
    };
    let mut playing = Playing { last: Vec::new(), failures: Vec::new() };
    let outcome = world.start(&start.cause, submission);
    playing.note(start.line, who.as_str(), outcome);
    for step in &scenario.then {
        playing.step(&mut world, step);
    }
    playing.finish()
}

/// What is known while a scenario is played.
struct Playing {
    /// Each person's last command: where, whose, whether it was refused, and whether a refusal was expected.
    last: Vec<Last>,
    failures: Vec<Failure>,
}

struct Last {
    line: u32,
    login: String,
    refused: Option<Rejection>,
    expected: bool,
}

impl Playing {
    fn step(&mut self, world: &mut World, step: &Step) {
        match &step.what {
            Moment::After(period) => {
                let calendar = &world.plan().settings.calendar;
                let moment = engine::calendar::after(calendar, world.now(), *period);
                world.pass_until(moment);
            }
            Moment::At(at) => {
                let moment = world.moment(*at);
                if moment < world.now() {
                    self.failures.push(Failure::Backwards { line: step.line });
                }
                world.pass_until(moment);
            }
            Moment::Does { login, deed, step: of } => {
                let of = of.as_ref().map(definition::id::StepId::as_str);
                let outcome = self.deed(world, (step.line, login.as_str()), (deed, of));
                if let Some(outcome) = outcome {
                    self.note(step.line, login.as_str(), outcome);
                }
            }
            Moment::Event { name, values } => {
                let command = Command::DeliverEvent { event: name.clone(), values: values.clone() };
                // An event that nobody waits for changes nothing, as outside.
                match world.command(&Actor::System, &command, None) {
                    Ok(()) | Err(Rejection::NotAwaited | Rejection::CaseEnded { .. }) => {}
                    Err(rejection) => {
                        self.failures.push(Failure::Refused {
                            line: step.line,
                            login: name.as_str().into(),
                            rejection,
                        });
                    }
                }
            }
            Moment::Leaves(login) => world.leave(login),
            Moment::Fails(step) => world.fail_next(step.clone()),
            Moment::Expect(expectations) => {
                let refused = self.refused();
                for expectation in expectations {
                    if let (Aspect::Refused(logins), false) = (&expectation.aspect, expectation.negated) {
                        self.expect_refusal(logins.iter().map(String::as_str));
                    }
                    self.failures.extend(check::check(world, &refused, expectation));
                }
            }
        }
    }

    /// Lets somebody do something; nothing comes back if what they entered is wrong, which is a failure of its own.
    fn deed(
        &mut self,
        world: &mut World,
        (line, login): (u32, &str),
        (deed, of): (&Deed, Option<&str>),
    ) -> Option<Result<(), Rejection>> {
        let actor = Actor::person(login);
        let said = |says: bool| says.then(|| Digest::of(format!("comment at line {line}").as_bytes()));
        let Some(task) = task_of(world, login, (deed, of)) else { return Some(Err(Rejection::NotFound)) };
        let reason = Digest::of(format!("reason at line {line}").as_bytes());
        let intervene = |what| Command::Intervene { what, reason };
        let mut changed = None;
        let command = match deed {
            Deed::Approve { comment } => Command::Approve { task, comment: said(*comment) },
            Deed::Reject { comment } => Command::Reject { task, comment: said(*comment) },
            Deed::Return { to, comment } => Command::Return { task, to: to.clone(), comment: said(*comment) },
            Deed::Claim => Command::Claim { task },
            Deed::Release => Command::Release { task },
            Deed::Withdraw => Command::Withdraw { comment: None },
            Deed::Urge => Command::Urge,
            Deed::Transfer { to } => Command::Transfer { task, to: to.clone(), comment: said(true) },
            Deed::Name(people) => Command::Name { task, people: people.clone() },
            Deed::Delegate { to } => Command::Delegate { task, to: to.clone(), comment: said(true) },
            Deed::Resolve => Command::Resolve { task, comment: said(true) },
            Deed::Add { place, people } => {
                Command::Add { task, place: *place, people: people.clone(), comment: said(true) }
            }
            Deed::Remove(login) => Command::Remove { task, login: login.clone() },
            Deed::Opinion(people) => Command::AskOpinion { task, people: people.clone(), comment: said(true) },
            Deed::Ask(to) => Command::Ask { task, to: to.clone(), question: said(true) },
            Deed::Answer => Command::Answer { task, comment: said(true) },
            Deed::TakeBack => Command::TakeBack { task },
            Deed::Assign(people) => intervene(Intervention::Assign { task, people: people.clone() }),
            Deed::Suspend => intervene(Intervention::Suspend),
            Deed::Resume => intervene(Intervention::Resume),
            Deed::Cancel => intervene(Intervention::Cancel),
            Deed::Jump(to) => intervene(Intervention::Jump { to: to.clone() }),
            Deed::Fill(entered) => {
                match world.enter(&login.into(), entered) {
                    Ok(submission) => changed = Some(submission),
                    Err(problems) => {
                        self.failures.push(Failure::Problems { line, problems });
                        return None;
                    }
                }
                Command::Complete { task, comment: None }
            }
        };
        Some(world.command(&actor, &command, changed))
    }

    /// Remembers how somebody's command went; a refusal that nothing expected until their next command is a failure.
    fn note(&mut self, line: u32, login: &str, outcome: Result<(), Rejection>) {
        if let Some(place) = self.last.iter().position(|last| last.login == login) {
            let last = self.last.remove(place);
            self.failures.extend(last.unexpected());
        }
        self.last.push(Last { line, login: login.to_owned(), refused: outcome.err(), expected: false });
    }

    fn refused(&self) -> Vec<String> {
        self.last.iter().filter(|last| last.refused.is_some()).map(|last| last.login.clone()).collect()
    }

    fn expect_refusal<'l>(&mut self, logins: impl Iterator<Item = &'l str>) {
        for login in logins {
            self.last.iter_mut().filter(|last| last.login == login).for_each(|last| last.expected = true);
        }
    }

    fn finish(mut self) -> Vec<Failure> {
        let unexpected: Vec<Failure> = self.last.drain(..).filter_map(Last::unexpected).collect();
        self.failures.extend(unexpected);
        self.failures
    }
}

impl Last {
    fn unexpected(self) -> Option<Failure> {
        let rejection = self.refused.filter(|_| !self.expected)?;
        Some(Failure::Refused { line: self.line, login: self.login.as_str().into(), rejection })
    }
}

/// The task somebody means: for most deeds one they hold, else an open one of the step, else the last there was, for the
/// engine to refuse.
fn task_of(world: &World, login: &str, (deed, of): (&Deed, Option<&str>)) -> Option<TaskId> {
    let case = world.case()?;
    let of_step = |task: &&engine::Task| of.is_none_or(|step| task.step.as_str() == step);
    let login = login.into();
    let mine = |task: &&engine::Task| match deed {
        Deed::Answer => task.is_open() && !task.is_work() && task.is_held_by(&login),
        Deed::TakeBack => matches!(&task.state, engine::task::State::Completed { by, .. } if *by == login),
        Deed::Resolve => task.owner.is_some() && (task.is_of(&login) || task.owner.as_ref() == Some(&login)),
        Deed::Assign(_) => task.is_open() && task.is_work(),
        Deed::Remove(_) => task.is_work() && (task.is_of(&login) || task.people().is_empty()),
        Deed::Approve { .. }
        | Deed::Reject { .. }
        | Deed::Return { .. }
        | Deed::Claim
        | Deed::Release
        | Deed::Withdraw
        | Deed::Urge
        | Deed::Fill(_)
        | Deed::Transfer { .. }
        | Deed::Name(_)
        | Deed::Suspend
        | Deed::Resume
        | Deed::Cancel
        | Deed::Jump(_)
        | Deed::Delegate { .. }
        | Deed::Add { .. }
        | Deed::Opinion(_)
        | Deed::Ask(_) => task.is_of(&login) && (task.is_work() || task.role == engine::task::Role::Name),
    };
    let held = case.tasks.iter().filter(of_step).filter(mine).max_by_key(|task| task.is_of(&login));
    let open = case.open_tasks().find(of_step);
    let any = case.tasks.iter().rev().find(of_step);
    let unknown = TaskId(uuid::Uuid::nil());
    Some(held.or(open).or(any).map_or(unknown, |task| task.id))
}
