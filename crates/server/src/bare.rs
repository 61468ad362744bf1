//! The least that could serve cases: it takes requests, has bare rows written for each, and decides nothing. What our own
//! server is held against when it is measured.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

/// How many rows a request waits for, and whoever is told whether they were written.
pub type Waiting = (u32, oneshot::Sender<bool>);

#[derive(Clone)]
struct Shared {
    queue: mpsc::Sender<Waiting>,
    next: Arc<AtomicU64>,
}

/// Serves `/start`, `/approve` and `/last`; whoever receives the queue writes.
pub fn router(queue: mpsc::Sender<Waiting>) -> Router {
    Router::new()
        .route("/start", post(change))
        .route("/approve", post(change))
        .route("/last", post(finish))
        .with_state(Shared { queue, next: Arc::default() })
}

async fn change(State(shared): State<Shared>, Json(_): Json<Value>) -> (StatusCode, Json<Value>) {
    answered(&shared, 1).await
}

/// The last request of a case, after which its action is reported too.
async fn finish(State(shared): State<Shared>, Json(_): Json<Value>) -> (StatusCode, Json<Value>) {
    answered(&shared, 2).await
}

async fn answered(shared: &Shared, rows: u32) -> (StatusCode, Json<Value>) {
    let (answer, answered) = oneshot::channel();
    let is_queued = shared.queue.send((rows, answer)).await.is_ok();
    let is_written = is_queued && answered.await.unwrap_or(false);
    let status = if is_written { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR };
    (status, Json(json!({ "case": shared.next.fetch_add(1, Ordering::Relaxed) })))
}
