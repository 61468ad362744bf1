//! The reference case: a request of eight fields, a branch on a number, one or two approvals, an action. Half of the
//! cases are high and need both approvals, so a case is 3.5 changes on average. And what surrounds it when there are very
//! many: the inbox, timers, a server's start and memory.

mod bare;
mod callers;
mod client;
mod company;
mod engine_alone;
pub mod figures;
pub mod goals;
mod inbox;
mod server_alone;
mod timers;

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
    bare::Bare,
    callers::Way,
    company::{Company, OFFICER, TEAMS},
    figures::{Figures, Measured},
};
use crate::arguments::BenchPart;

/// The most rows that a transaction of the raw measurement holds: more than that is no faster.
const GROUP_MAX: usize = 64;

/// How many connections PostgreSQL is given for its raw measurement.
const CONNECTIONS: u32 = 16;

/// A token of each person's.
type Tokens = Arc<BTreeMap<&'static str, String>>;

/// How to measure.
#[derive(Debug, Clone, Copy)]
pub struct Measuring<'a> {
    /// What; everything if nothing is named.
    pub parts: &'a [BenchPart],
    /// Where a folder may be made for the time being.
    pub data: &'a Path,
    /// The database; SQLite in that folder if there is none.
    pub database: Option<&'a str>,
    /// How long each measurement runs at least.
    pub lasts: Duration,
    /// How many callers work at once, in one measurement after the other.
    pub callers: &'a [usize],
    /// How many open tasks there are.
    pub tasks: &'a [u32],
    /// How many timers wait.
    pub timers: &'a [u64],
    /// How many timers fall due at once.
    pub due: u32,
}

impl Measuring<'_> {
    fn has(&self, part: BenchPart) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }
}

/// Makes the company, measures, and removes it again. `progress` hears the id of the message of each part.
pub async fn measure(measuring: Measuring<'_>, progress: &(dyn Fn(&str) + Sync)) -> Result<Figures> {
    let company = Company::make(measuring.data, measuring.database).await?;
    let result = figures(&company, measuring, progress).await;
    company.remove()?;
    let mut figures = result?;
    figures.goals = goals::judged(&figures);
    Ok(figures)
}

async fn figures(company: &Company, measuring: Measuring<'_>, progress: &(dyn Fn(&str) + Sync)) -> Result<Figures> {
    let mut figures = Figures {
        database: if company.url.starts_with("sqlite:") { "sqlite" } else { "postgresql" },
        build: if cfg!(debug_assertions) { "debug" } else { "release" },
        seconds: measuring.lasts.as_secs(),
        ..Figures::default()
    };
    if measuring.has(BenchPart::Engine) {
        progress("bench-engine");
        figures.engine = Some(engine_alone::measure(company, measuring.lasts).await?);
    }
    let tokens = tokens(company).await?;
    let workers = Workers::start(&company.application);
    let served = Served::start(company).await?;
    cases(company, measuring, (&served, &tokens), &mut figures, progress).await?;
    workers.stop().await;
    if measuring.has(BenchPart::Inbox) {
        progress("bench-inbox");
        figures.inbox = inbox::measure(company, &served.address, measuring.tasks).await?;
    }
    served.stop().await?;
    if measuring.has(BenchPart::Timers) {
        progress("bench-due");
        figures.due = Some(timers::due(company, measuring.due).await?);
        progress("bench-timers");
        figures.timers = timers::waiting(company, measuring.timers).await?;
    }
    company.application.close().await?;
    if measuring.has(BenchPart::Server) {
        progress("bench-server");
        figures.server = Some(server_alone::measure(company, &tokens, measuring.lasts).await?);
    }
    Ok(figures)
}

/// Cases in process and over HTTP, each beside what the database could do in the same minute.
async fn cases(
    company: &Company,
    measuring: Measuring<'_>,
    (served, tokens): (&Served, &Tokens),
    figures: &mut Figures,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<()> {
    let [process, http] = [BenchPart::Process, BenchPart::Http].map(|part| measuring.has(part));
    if !process && !http {
        return Ok(());
    }
    let is_postgres = figures.database == "postgresql";
    let raw = Arc::new(RawRows::open_with(&company.url, if is_postgres { CONNECTIONS } else { 1 }).await?);
    let bare = Bare::start(&raw).await?;
    for callers in measuring.callers.iter().copied() {
        progress("bench-raw");
        let group = u32::try_from(callers.min(GROUP_MAX)).unwrap_or(u32::MAX);
        let rate = if is_postgres {
            raw.rate_at_once(group.min(CONNECTIONS), measuring.lasts).await?
        } else {
            raw.rate(group, measuring.lasts).await?
        };
        let beside = Beside { company, callers, lasts: measuring.lasts, raw: rate };
        if process {
            progress("bench-in-process");
            figures.in_process.push(beside.one(&Way::InProcess).await?);
        }
        if http {
            progress("bench-bare");
            let bare = bare.rate(company, callers, measuring.lasts).await?;
            progress("bench-http");
            let way = Way::Http { address: served.address.clone(), tokens: Arc::clone(tokens) };
            figures.http.push(beside.one(&way).await?.beside(bare));
        }
    }
    bare.stop().await?;
    Ok(raw.close().await?)
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

async fn tokens(company: &Company) -> Result<Tokens> {
    let mut tokens = BTreeMap::new();
    for login in TEAMS.iter().flat_map(|(asker, manager)| [*asker, *manager]).chain([OFFICER]) {
        let made = company.application.give_token(&Login::from(login), "bench").await?;
        tokens.insert(login, made.secret);
    }
    Ok(Arc::new(tokens))
}

/// A server in this process.
struct Served {
    address: String,
    stop: CancellationToken,
    serving: tokio::task::JoinHandle<Result<(), server::serve::Error>>,
}

impl Served {
    async fn start(company: &Company) -> Result<Self> {
        let server = Server::bind(([127, 0, 0, 1], 0).into(), None).await?;
        let address = server.url()?.strip_prefix("http://").context("no TLS was asked for")?.to_owned();
        let state = ServerState::new(company.application.clone(), Options::default(), None);
        let stop = CancellationToken::new();
        let serving = tokio::spawn(server.serve(server::router::router(state), stop.clone()));
        Ok(Self { address, stop, serving })
    }

    async fn stop(self) -> Result<()> {
        self.stop.cancel();
        self.serving.await??;
        Ok(())
    }
}
