//! The reference case: a request of eight fields, a branch on a number, one or two approvals, an action. Half of the
//! cases are high and need both approvals, so a case is 3.5 changes on average.

mod callers;
mod client;
mod company;
mod engine_alone;
pub mod figures;

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use definition::id::Login;
use runtime::worker::Workers;
use server::{
    http::state::{Options, ServerState},
    serve::Server,
};
use store::RawRows;
use tokio_util::sync::CancellationToken;

use self::{
    callers::Way,
    company::{Company, OFFICER, TEAMS},
    figures::{Figures, Measured},
};

/// The most rows that a transaction of the raw measurement holds: more than that is no faster.
const GROUP_MAX: usize = 64;

/// How to measure.
#[derive(Debug, Clone, Copy)]
pub struct Measuring<'a> {
    /// Where a folder may be made for the time being.
    pub data: &'a Path,
    /// The database; SQLite in that folder if there is none.
    pub database: Option<&'a str>,
    /// How long each measurement runs at least.
    pub lasts: Duration,
    /// How many callers work at once in the parallel ones.
    pub callers: usize,
}

/// Makes the company, measures, and removes it again. `progress` hears the id of the message of each part.
pub async fn measure(measuring: Measuring<'_>, progress: &dyn Fn(&str)) -> Result<Figures> {
    let company = Company::make(measuring.data, measuring.database).await?;
    let result = figures(&company, measuring, progress).await;
    company.remove().await?;
    result
}

async fn figures(company: &Company, measuring: Measuring<'_>, progress: &dyn Fn(&str)) -> Result<Figures> {
    let Measuring { lasts, callers, .. } = measuring;
    progress("bench-engine");
    let engine = engine_alone::measure(company, lasts).await?;
    let raw = RawRows::open(&company.url).await?;
    let workers = Workers::start(&company.application);
    let served = Served::start(company).await?;
    let (mut in_process, mut http) = (Vec::new(), Vec::new());
    for callers in if callers > 1 { vec![1, callers] } else { vec![1] } {
        progress("bench-raw");
        let group = u32::try_from(callers.min(GROUP_MAX)).unwrap_or(u32::MAX);
        let measuring = Beside { company, callers, lasts, raw: raw.rate(group, lasts).await? };
        progress("bench-in-process");
        in_process.push(measuring.one(&Way::InProcess).await?);
        progress("bench-http");
        http.push(measuring.one(&served.way).await?);
    }
    served.stop().await?;
    workers.stop().await;
    raw.close().await?;
    let database = if company.url.starts_with("sqlite:") { "sqlite" } else { "postgresql" };
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    Ok(Figures { database, build, seconds: lasts.as_secs(), engine, in_process, http })
}

/// A measurement beside the raw rate that it is held against.
struct Beside<'a> {
    company: &'a Company,
    callers: usize,
    lasts: Duration,
    raw: f64,
}

impl Beside<'_> {
    async fn one(&self, way: &Way) -> Result<Measured> {
        let (seen, lasted) = callers::work(self.company, way, self.callers, self.lasts).await?;
        Ok(seen.measured(self.callers, lasted, self.raw))
    }
}

/// A server in this process.
struct Served {
    way: Way,
    stop: CancellationToken,
    serving: tokio::task::JoinHandle<Result<(), server::serve::Error>>,
}

impl Served {
    async fn start(company: &Company) -> Result<Self> {
        let application = &company.application;
        let mut tokens = BTreeMap::new();
        for login in TEAMS.iter().flat_map(|(asker, manager)| [*asker, *manager]).chain([OFFICER]) {
            let made = application.give_token(&Login::from(login), "bench").await?;
            tokens.insert(login, made.secret);
        }
        let server = Server::bind(([127, 0, 0, 1], 0).into(), None).await?;
        let address = server.url()?.strip_prefix("http://").context("no TLS was asked for")?.to_owned();
        let state = ServerState::new(application.clone(), Options::default(), None);
        let stop = CancellationToken::new();
        let serving = tokio::spawn(server.serve(server::router::router(state), stop.clone()));
        Ok(Self { way: Way::Http { address, tokens: Arc::new(tokens) }, stop, serving })
    }

    async fn stop(self) -> Result<()> {
        self.stop.cancel();
        self.serving.await??;
        Ok(())
    }
}
