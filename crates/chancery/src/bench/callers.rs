//! Callers who bring cases to their end, many at once, while workers carry their actions out.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use engine::TaskId;
use runtime::tasks::{TaskDeed, With};
use serde_json::json;
use tokio::{task::JoinSet, time};
use uuid::Uuid;

use super::{
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
        tokens: Arc<std::collections::BTreeMap<&'static str, String>>,
    },
}

/// Lets so many callers work, then the workers finish; how long both took together.
pub async fn work(company: &Company, way: &Way, callers: usize, lasts: Duration) -> Result<(Seen, Duration)> {
    let began = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..callers {
        let caller = Caller { company: company.clone(), way: way.clone(), team: TEAMS[number % TEAMS.len()] };
        running.spawn(caller.work(began, lasts));
    }
    let mut seen = Seen::default();
    while let Some(result) = running.join_next().await {
        seen.add(result??);
    }
    while !company.application.store().cases_running(None, 1).await?.rows.is_empty() {
        if began.elapsed() > lasts + DRAIN_MAX {
            bail!("the workers did not finish what was begun");
        }
        time::sleep(LOOK_AGAIN).await;
    }
    Ok((seen, began.elapsed()))
}

/// Somebody who asks, and those who approve it.
struct Caller {
    company: Company,
    way: Way,
    team: (&'static str, &'static str),
}

impl Caller {
    async fn work(self, began: Instant, lasts: Duration) -> Result<Seen> {
        let mut seen = Seen::default();
        let mut doing = self.doing().await?;
        while began.elapsed() < lasts {
            let (asker, manager) = self.team;
            let case = doing.start(&self.company, asker, seen.cases, &mut seen.latencies).await?;
            doing.approve(&self.company, manager, case, &mut seen.latencies).await?;
            if Company::is_high(seen.cases) {
                doing.approve(&self.company, OFFICER, case, &mut seen.latencies).await?;
            }
            seen.cases += 1;
        }
        Ok(seen)
    }

    async fn doing(&self) -> Result<Doing> {
        match &self.way {
            Way::InProcess => Ok(Doing::InProcess),
            Way::Http { address, tokens } => {
                Ok(Doing::Http { client: Client::connect(address).await?, tokens: Arc::clone(tokens) })
            }
        }
    }
}

/// What a caller works with.
enum Doing {
    InProcess,
    Http { client: Client, tokens: Arc<std::collections::BTreeMap<&'static str, String>> },
}

impl Doing {
    async fn start(
        &mut self,
        company: &Company,
        asker: &str,
        count: u64,
        latencies: &mut Vec<Duration>,
    ) -> Result<Uuid> {
        match self {
            Self::InProcess => {
                let (viewer, request) = (company.viewer(asker)?, company.request(asker, count));
                let began = Instant::now();
                let executed = company.application.start(&viewer, &Company::process(), &request).await?;
                latencies.push(began.elapsed());
                Ok(executed.case.id.0)
            }
            Self::Http { client, tokens } => {
                let body =
                    json!({ "workflow": Company::process(), "values": company.values(asker, count) }).to_string();
                let began = Instant::now();
                let answer = client.post("/api/v1/cases", &tokens[asker], &body).await?;
                latencies.push(began.elapsed());
                answer["case"].as_str().and_then(|id| id.parse().ok()).context("the API answers with the case")
            }
        }
    }

    /// Approves the case's open task, which is looked up beside the measured request.
    async fn approve(
        &mut self,
        company: &Company,
        approver: &str,
        case: Uuid,
        latencies: &mut Vec<Duration>,
    ) -> Result<()> {
        let task = company.application.store().open_tasks_of_cases(&[case]).await?;
        let task = TaskId(task.first().context("a reference case waits for its approvers")?.id);
        match self {
            Self::InProcess => {
                let viewer = company.viewer(approver)?;
                let began = Instant::now();
                company.application.act_on_task(&viewer, task, TaskDeed::Approve, With::default()).await?;
                latencies.push(began.elapsed());
            }
            Self::Http { client, tokens } => {
                let path = format!("/api/v1/tasks/{task}/approve");
                let began = Instant::now();
                client.post(&path, &tokens[approver], "{}").await?;
                latencies.push(began.elapsed());
            }
        }
        Ok(())
    }
}
