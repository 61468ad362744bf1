//! The queue before the writer, and the loop that empties it.

use std::{collections::HashSet, mem, sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, Notify, OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch},
    task::{JoinHandle, JoinSet},
};
use uuid::Uuid;

use crate::{
    commit::{
        CommitError, Transition,
        group::{self, Verdict},
    },
    dialect::{Connections, Dialect},
    error::Error,
};

/// Transitions that commit together at most. Beyond it the rows are the limit, not the disk.
const GROUP_MAX: usize = 64;
/// Transitions that wait at most; then callers wait to queue.
const QUEUE_MAX: usize = 4 * GROUP_MAX;
/// How often a group is tried again when it only lost a race against another one.
const RETRIES_MAX: u32 = 8;
/// The least time between two copies of the write-ahead log into the database file. They happen beside the commits.
const CHECKPOINT_PAUSE: Duration = Duration::from_millis(500);

/// A transition whose caller waits.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) transition: Box<Transition>,
    pub(crate) answer: oneshot::Sender<Result<(), CommitError>>,
}

/// The writing side of a store. It ends when the store is closed or dropped, after what it had accepted.
#[derive(Debug)]
pub(crate) struct Writer {
    sender: mpsc::Sender<Waiting>,
    closing: watch::Sender<bool>,
    running: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(crate) fn start(connections: &Connections) -> Self {
        let (sender, queue) = mpsc::channel(QUEUE_MAX);
        let (closing, closed) = watch::channel(false);
        let running = tokio::spawn(write(connections.clone(), queue, closed));
        Self { sender, closing, running: Mutex::new(Some(running)) }
    }

    /// Queues a transition; waits while the queue is full.
    pub(crate) async fn send(&self, waiting: Waiting) -> Result<(), Error> {
        self.sender.send(waiting).await.map_err(|_| Error::Closed)
    }

    /// Takes nothing more, and returns when everything accepted is answered.
    pub(crate) async fn close(&self) {
        self.closing.send_replace(true);
        if let Some(running) = self.running.lock().await.take()
            && let Err(error) = running.await
        {
            tracing::error!(%error, "The writer ended badly");
        }
    }
}

async fn write(connections: Connections, mut queue: mpsc::Receiver<Waiting>, mut closed: watch::Receiver<bool>) {
    let at_once = Arc::new(Semaphore::new(connections.dialect.groups_at_once()));
    let committed = Arc::new(Notify::new());
    let checkpointing = tokio::spawn(checkpoint(connections.clone(), Arc::clone(&committed)));
    let mut groups = JoinSet::new();
    let mut held = Vec::new();
    loop {
        // The permit comes first: while others commit, the queue fills, and the group grows.
        let permit = Arc::clone(&at_once).acquire_owned().await.expect("the semaphore is never closed");
        while groups.try_join_next().is_some() {}
        let mut group = Group::default();
        for waiting in mem::take(&mut held) {
            held.extend(group.add(waiting));
        }
        if group.waiting.is_empty() {
            let Some(first) = next(&mut queue, &mut closed).await else { break };
            held.extend(group.add(first));
        }
        gather(&mut queue, &mut group, &mut held).await;
        groups.spawn(commit(connections.clone(), group.waiting, permit, Arc::clone(&committed)));
    }
    groups.join_all().await;
    checkpointing.abort();
}

/// Adds what waits already, and lets others who are about to queue do so, as long as each turn brings some.
async fn gather(queue: &mut mpsc::Receiver<Waiting>, group: &mut Group, held: &mut Vec<Waiting>) {
    let mut known = 0;
    loop {
        while group.waiting.len() < GROUP_MAX && held.len() < GROUP_MAX {
            let Ok(waiting) = queue.try_recv() else { break };
            held.extend(group.add(waiting));
        }
        let now = group.waiting.len() + held.len();
        if now == known || group.waiting.len() >= GROUP_MAX || held.len() >= GROUP_MAX {
            return;
        }
        known = now;
        tokio::task::yield_now().await;
    }
}

async fn next(queue: &mut mpsc::Receiver<Waiting>, closed: &mut watch::Receiver<bool>) -> Option<Waiting> {
    tokio::select! {
        biased;
        waiting = queue.recv() => waiting,
        // Closed by hand: what is in the queue still comes out.
        () = async { drop(closed.wait_for(|closed| *closed).await) } => {
            queue.close();
            queue.recv().await
        }
    }
}

/// Transitions that may share a transaction: no two of one case, no two with one idempotency key. Of two such the later
/// waits for the next group, where the usual checks meet it.
#[derive(Default)]
struct Group {
    waiting: Vec<Waiting>,
    cases: HashSet<Uuid>,
    keys: HashSet<(String, String)>,
}

impl Group {
    /// Adds a transition, or gives it back.
    fn add(&mut self, waiting: Waiting) -> Option<Waiting> {
        let case = waiting.transition.case.id;
        let key = waiting.transition.idempotency.as_ref().map(|one| (one.actor.clone(), one.key.clone()));
        if self.cases.contains(&case) || key.as_ref().is_some_and(|key| self.keys.contains(key)) {
            return Some(waiting);
        }
        self.cases.insert(case);
        self.keys.extend(key);
        self.waiting.push(waiting);
        None
    }
}

async fn commit(
    connections: Connections,
    mut waiting: Vec<Waiting>,
    permit: OwnedSemaphorePermit,
    committed: Arc<Notify>,
) {
    // Every transaction locks cases in the same order, so that two of them never wait for each other.
    waiting.sort_unstable_by_key(|one| one.transition.case.id);
    let transitions: Vec<&Transition> = waiting.iter().map(|one| &*one.transition).collect();
    let answers = match try_group(&connections, &transitions).await {
        Ok(verdicts) => verdicts.into_iter().map(Ok).collect(),
        Err(error) if transitions.len() == 1 => vec![Err(error)],
        // One bad transition must not fail the others.
        Err(_) => {
            let mut answers = Vec::with_capacity(transitions.len());
            for transition in &transitions {
                let alone = try_group(&connections, &[*transition]).await;
                answers.push(alone.map(|mut verdicts| verdicts.pop().expect("one verdict for each transition")));
            }
            answers
        }
    };
    for (one, answer) in waiting.into_iter().zip(answers) {
        let answer = answer.map_err(CommitError::from).and_then(Verdict::into_answer);
        // Who no longer waits for the answer does not need it.
        drop(one.answer.send(answer));
    }
    committed.notify_one();
    // Only now may the next group be gathered: those just answered are about to come back.
    drop(permit);
}

async fn try_group(connections: &Connections, transitions: &[&Transition]) -> Result<Vec<Verdict>, Error> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let error = match group::commit(connections, transitions).await {
            Ok(verdicts) => return Ok(verdicts),
            Err(error) => error,
        };
        // A duplicate may be an idempotency key that another node committed meanwhile: the second look finds it.
        let may_help =
            Dialect::is_transient(&error) || (attempt == 1 && transitions.len() == 1 && error.is_duplicate());
        if !may_help || attempt > RETRIES_MAX {
            return Err(error);
        }
    }
}

/// Copies the write-ahead log into the database after commits, from a connection of its own: a commit never waits for it.
async fn checkpoint(connections: Connections, committed: Arc<Notify>) {
    loop {
        committed.notified().await;
        if let Err(error) = connections.dialect.checkpoint(&connections.readers, false).await {
            tracing::warn!(%error, "The write-ahead log could not be copied into the database");
        }
        tokio::time::sleep(CHECKPOINT_PAUSE).await;
    }
}
