//! The process alone: decisions in memory, nothing kept.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use definition::model::Confirm;
use engine::{
    Actor, Case, CaseId, CaseNumber, Command, Context, Plan, Submission, case::Status, case::StepRunState, decide,
    event::ActionResult, submission::SALT_BYTES,
};
use uuid::Uuid;

use super::{
    company::{Company, TEAMS},
    figures::EngineFigures,
};

/// Decides cases one after the other, from request to end.
pub async fn measure(company: &Company, lasts: Duration) -> Result<EngineFigures> {
    let (asker, _) = TEAMS[0];
    let viewer = company.viewer(asker)?;
    let mut requests = Vec::new();
    for count in 0..2 {
        let request = company.request(asker, count);
        let preview = company.application.preview(&viewer, &Company::process(), &request).await?;
        requests.push((preview.plan, Submission::new([7; SALT_BYTES], preview.values)));
    }
    let directory = company.application.directory();
    let now = company.application.clock().now();
    let (began, mut cases, mut transitions) = (Instant::now(), 0_u32, 0_u32);
    while began.elapsed() < lasts {
        for (plan, submission) in &requests {
            let ctx = Context { now, directory: &directory, submission, changed: None, confirmed: Confirm::None };
            cases += 1;
            transitions += play(plan, &ctx, asker, cases)?;
        }
    }
    let lasted = began.elapsed().as_secs_f64();
    Ok(EngineFigures {
        cases_per_second: f64::from(cases) / lasted,
        transitions_per_second: f64::from(transitions) / lasted,
    })
}

/// A case from request to end; how many decisions it took.
fn play(plan: &Plan, ctx: &Context<'_>, asker: &str, number: u32) -> Result<u32> {
    let id = CaseId(Uuid::from_u128(u128::from(number)));
    let start = Command::Start { case: id, number: CaseNumber(u64::from(number)) };
    let mut case = decide(plan, None, &Actor::person(asker), &start, ctx)?.case;
    let mut decisions = 1;
    while case.status == Status::Running {
        let (actor, command) = next(&case, ctx).context("a reference case always has a next step")?;
        case = decide(plan, Some(&case), &actor, &command, ctx)?.case;
        decisions += 1;
    }
    Ok(decisions)
}

/// What brings a case on: an approval, or the report of its action.
fn next(case: &Case, ctx: &Context<'_>) -> Option<(Actor, Command)> {
    if let Some(task) = case.tasks.iter().find(|task| task.is_open()) {
        let holder = task.holders().iter().next()?.clone();
        return Some((Actor::person(holder), Command::Approve { task: task.id, comment: None }));
    }
    let run = case.runs.iter().find(|run| matches!(run.state, StepRunState::Acting { .. }))?;
    let result = ActionResult::Export { artifact: run.id.0, records: 3, expires_at: ctx.now };
    Some((Actor::System, Command::ActionSucceeded { run: run.id, result }))
}
