//! The server of bare rows at work: it writes the rows of a transition for each request, those that wait in one
//! transaction.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use serde_json::json;
use server::{
    bare::{self, Waiting},
    serve::Server,
};
use store::RawRows;
use tokio::{
    sync::mpsc,
    task::{JoinHandle, JoinSet},
};
use tokio_util::sync::CancellationToken;

use super::{client::Client, company::Company, goals::float};

/// The most transitions of one transaction, and the most requests that wait.
const GROUP_MAX: usize = 64;

/// A running server.
pub struct Bare {
    raw: Arc<RawRows>,
    address: String,
    stop: CancellationToken,
    serving: JoinHandle<Result<(), server::serve::Error>>,
}

impl Bare {
    /// Serves over the tables of bare rows.
    pub async fn start(raw: &Arc<RawRows>) -> Result<Self> {
        let (queue, waiting) = mpsc::channel(GROUP_MAX);
        tokio::spawn(write(Arc::clone(raw), waiting));
        let server = Server::bind(([127, 0, 0, 1], 0).into(), None).await?;
        let address = server.url()?.strip_prefix("http://").context("no TLS was asked for")?.to_owned();
        let stop = CancellationToken::new();
        let serving = tokio::spawn(server.serve(bare::router(queue), stop.clone()));
        Ok(Self { raw: Arc::clone(raw), address, stop, serving })
    }

    /// Cases a second, each as many requests as one of ours.
    pub async fn rate(&self, company: &Company, callers: usize, lasts: Duration) -> Result<f64> {
        self.raw.go_on().await?;
        let body = json!({ "values": company.values(super::company::TEAMS[0].0, 0) }).to_string();
        let began = Instant::now();
        let mut running = JoinSet::new();
        for _ in 0..callers {
            let (address, body) = (self.address.clone(), body.clone());
            running.spawn(async move {
                let mut client = Client::connect(&address).await?;
                let mut cases = 0;
                while began.elapsed() < lasts {
                    client.post("/start", "x", &body).await?;
                    if Company::is_high(cases) {
                        client.post("/approve", "x", "{}").await?;
                    }
                    client.post("/last", "x", "{}").await?;
                    cases += 1;
                }
                Ok::<u64, anyhow::Error>(cases)
            });
        }
        let mut cases = 0;
        while let Some(result) = running.join_next().await {
            cases += result??;
        }
        Ok(float(cases) / began.elapsed().as_secs_f64())
    }

    /// Stops it.
    pub async fn stop(self) -> Result<()> {
        self.stop.cancel();
        Ok(self.serving.await??)
    }
}

/// Writes what waits, again and again, until nobody is left to ask.
async fn write(raw: Arc<RawRows>, mut waiting: mpsc::Receiver<Waiting>) {
    while let Some(first) = waiting.recv().await {
        let mut group = vec![first];
        while group.len() < GROUP_MAX
            && let Ok(another) = waiting.try_recv()
        {
            group.push(another);
        }
        let mut left: u32 = group.iter().map(|(rows, _)| rows).sum();
        let mut is_written = true;
        while left > 0 {
            let rows = left.min(u32::try_from(GROUP_MAX).unwrap_or(u32::MAX));
            is_written &= raw.write(rows).await.is_ok();
            left -= rows;
        }
        for (_, answer) in group {
            // Whoever went away needs no answer.
            answer.send(is_written).ok();
        }
    }
}
