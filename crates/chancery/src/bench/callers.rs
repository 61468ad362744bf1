//! Callers who bring cases to their end, many at once, while workers carry their actions out.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use engine::TaskId;
use runtime::{
    Executed,
    tasks::{TaskDeed, With},
};
use serde_json::json;
use store::Store;
use tokio::{task::JoinSet, time};
use uuid::Uuid;

use super::{
    Tokens,
    client::Client,
    company::{Company, OFFICER, TEAMS},
    figures::Seen,
};

/// How often it is looked whether the workers are done.
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// How long the workers may take over what is left.
const DRAIN_MAX: Duration = Duration::from_mins(5);

/// How callers reach the application.
#[derive(Debug, Clone)]
pub enum Way {
    /// They call its operations.
    InProcess,
    /// They call the API.
    Http {
        /// Where it listens.
        address: String,
        /// A token for each person.
        tokens: Tokens,
    },
}

/// Lets so many callers work, then the workers finish; how long both took together.
pub async fn work(company: &Company, way: &Way, callers: usize, lasts: Duration) -> Result<(Seen, Duration)> {
    let began = Instant::now();
    let seen = work_for(company, (way, company.application.store()), callers, lasts).await?;
    while !company.application.store().cases_running(None, 1).await?.rows.is_empty() {
        if began.elapsed() > lasts + DRAIN_MAX {
            bail!("the workers did not finish what was begun");
        }
        time::sleep(LOOK_AGAIN).await;
    }
    Ok((seen, began.elapsed()))
}

/// Lets so many callers work, who look their tasks up in a store.
pub async fn work_for(
    company: &Company,
    (way, store): (&Way, &Store),
    callers: usize,
    lasts: Duration,
) -> Result<Seen> {
    let began = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..callers {
        let team = TEAMS[number % TEAMS.len()];
        let caller = Caller { company: company.clone(), store: store.clone(), way: way.clone(), team };
        running.spawn(caller.work(began, lasts));
    }
    let mut seen = Seen::default();
    while let Some(result) = running.join_next().await {
        seen.add(result??);
    }
    Ok(seen)
}

/// Somebody who asks, and those who approve it.
struct Caller {
    company: Company,
    store: Store,
    way: Way,
    team: (&'static str, &'static str),
}

impl Caller {
    async fn work(self, began: Instant, lasts: Duration) -> Result<Seen> {
        let mut seen = Seen::default();
        let mut doing = self.doing().await?;
        while began.elapsed() < lasts {
            let (asker, manager) = self.team;
            let (case, mut next) = doing.start(&self.company, asker, seen.cases, &mut seen.latencies).await?;
            let approvers = std::iter::once(manager).chain(Company::is_high(seen.cases).then_some(OFFICER));
            for approver in approvers {
                let task = match next {
                    Some(task) => task,
                    // The API does not name it: it is looked up beside the measured request.
                    None => self.task_of(case).await?,
                };
                let took;
                (took, next) = doing.approve(&self.company, approver, task).await?;
                seen.latencies.push(took);
                seen.approvals.push(took);
            }
            seen.cases += 1;
        }
        Ok(seen)
    }

    async fn task_of(&self, case: Uuid) -> Result<TaskId> {
        let tasks = self.store.open_tasks_of_cases(&[case]).await?;
        Ok(TaskId(tasks.first().context("a reference case waits for its approvers")?.id))
    }

    async fn doing(&self) -> Result<Doing> {
        match &self.way {
            Way::InProcess => Ok(Doing::InProcess),
            Way::Http { address, tokens } => {
                Ok(Doing::Http { client: Client::connect(address).await?, tokens: tokens.clone() })
            }
        }
    }
}

/// What a caller works with.
enum Doing {
    InProcess,
    Http { client: Client, tokens: Tokens },
}

impl Doing {
    async fn start(
        &mut self,
        company: &Company,
        asker: &str,
        count: u64,
        latencies: &mut Vec<Duration>,
    ) -> Result<(Uuid, Option<TaskId>)> {
        match self {
            Self::InProcess => {
                let (viewer, request) = (company.viewer(asker)?, company.request(asker, count));
                let began = Instant::now();
                let executed = company.application.start(&viewer, &Company::process(), &request).await?;
                latencies.push(began.elapsed());
                Ok((executed.case.id.0, task_in(&executed)))
            }
            Self::Http { client, tokens } => {
                let body =
                    json!({ "workflow": Company::process(), "values": company.values(asker, count) }).to_string();
                let began = Instant::now();
                let answer = client.post("/api/v1/cases", &tokens[asker], &body).await?;
                latencies.push(began.elapsed());
                let case = answer["case"].as_str().and_then(|id| id.parse().ok());
                Ok((case.context("the API answers with the case")?, None))
            }
        }
    }

    /// Approves a task; how long it took, and the next task if it is known.
    async fn approve(&mut self, company: &Company, approver: &str, task: TaskId) -> Result<(Duration, Option<TaskId>)> {
        match self {
            Self::InProcess => {
                let viewer = company.viewer(approver)?;
                let began = Instant::now();
                let deed = company.application.act_on_task(&viewer, task, TaskDeed::Approve, With::default());
                let executed = deed.await?;
                Ok((began.elapsed(), task_in(&executed)))
            }
            Self::Http { client, tokens } => {
                let path = format!("/api/v1/tasks/{task}/approve");
                let began = Instant::now();
                client.post(&path, &tokens[approver], "{}").await?;
                Ok((began.elapsed(), None))
            }
        }
    }
}

/// The task that a case waits for after something was done.
fn task_in(executed: &Executed) -> Option<TaskId> {
    executed.case.open_tasks().next().map(|task| task.id)
}
