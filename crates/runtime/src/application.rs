//! Everything an operation needs, shared by all of them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use definition::{id::WorkflowId, model::Workspace, people::Directory};
use engine::Plan;
use store::Store;
use tokio::sync::Notify;
use vault::Digest;

use crate::{
    cases::Numbers,
    clock::Clock,
    definitions::{Live, Sources},
    error::{Error, Outcome},
    identity::Hashing,
    keys::Keys,
    shared::Shared,
    worker::Hands,
};

/// How many versions of processes are kept at hand; the rest are read again when a case needs them.
const PLANS_MAX: usize = 256;

/// What the program was told to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The workspace folder.
    pub workspace: PathBuf,
    /// Where generated files are kept.
    pub files: PathBuf,
    /// Whether this is a demo: anybody may sign in as anybody.
    pub demo: bool,
}

/// The application: cheap to clone.
#[derive(Debug, Clone)]
pub struct Application {
    pub(crate) inner: Arc<Inner>,
}

/// What all clones share; its parts are this crate's own.
#[derive(Debug)]
pub struct Inner {
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    live: Shared<Live>,
    directory: Shared<Directory>,
    /// At which change people were last read; held while they are read.
    pub(crate) people_read_at: tokio::sync::Mutex<Option<i64>>,
    /// The change of people after which the work of those who left was last looked for.
    pub(crate) leavers_looked_for_at: tokio::sync::Mutex<Option<i64>>,
    /// When what is over was last forgotten.
    pub(crate) forgot_at: tokio::sync::Mutex<Option<chrono::DateTime<chrono::Utc>>>,
    plans: Mutex<BTreeMap<Digest, Arc<Plan>>>,
    work: Notify,
    /// Who carries effects out.
    pub(crate) hands: Hands,
    /// Case numbers that were taken ahead.
    pub(crate) numbers: Numbers,
    /// Passwords that are being hashed.
    pub(crate) hashing: Hashing,
    /// What a test lets stand in for the actions.
    #[cfg(test)]
    pub(crate) stage: Mutex<Option<Arc<crate::action::Staged>>>,
}

impl std::ops::Deref for Application {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl Application {
    /// Opens a store's application: its definitions as they were last live, and its people.
    pub async fn open(store: Store, keys: Keys, clock: Clock, settings: Settings) -> Outcome<Self> {
        let live = Live::unpublished();
        let directory = Directory::default();
        let inner = Inner {
            store,
            keys,
            clock,
            settings,
            live: Shared::new(live),
            directory: Shared::new(directory),
            people_read_at: tokio::sync::Mutex::default(),
            leavers_looked_for_at: tokio::sync::Mutex::default(),
            forgot_at: tokio::sync::Mutex::default(),
            plans: Mutex::default(),
            work: Notify::new(),
            hands: Hands::default(),
            numbers: Numbers::default(),
            hashing: Hashing::default(),
            #[cfg(test)]
            stage: Mutex::default(),
        };
        let application = Self { inner: Arc::new(inner) };
        application.restore_live().await?;
        application.publish_folder().await?;
        Ok(application)
    }

    /// The clock of everything that happens here.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The store, for the program's own commands.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Lets go of the databases, after what was accepted.
    pub async fn close(&self) -> Outcome<()> {
        self.numbers.give_back(&self.store).await?;
        self.keys.destroy_ahead(&self.store).await?;
        Ok(self.store.close().await?)
    }

    /// Whether the databases answer.
    pub async fn store_answers(&self) -> Outcome<()> {
        Ok(self.inner.store.ping().await?)
    }

    /// Whether this serves a demo.
    pub fn is_demo(&self) -> bool {
        self.inner.settings.demo
    }

    /// The workspace folder.
    pub fn folder(&self) -> &Path {
        &self.inner.settings.workspace
    }

    /// The definitions that are live.
    pub fn live(&self) -> Arc<Live> {
        self.inner.live.get()
    }

    /// The live workspace.
    pub fn workspace(&self) -> Outcome<Arc<Workspace>> {
        self.live().workspace.clone().ok_or(Error::Damaged("no workspace is live"))
    }

    /// The workspace's time zone.
    pub fn time_zone(&self) -> chrono_tz::Tz {
        self.live().workspace.as_ref().map_or(chrono_tz::UTC, |workspace| workspace.settings.timezone)
    }

    pub(crate) fn set_live(&self, live: Live) {
        self.inner.live.set(live);
    }

    /// Everybody, as of the last change.
    pub fn directory(&self) -> Arc<Directory> {
        self.inner.directory.get()
    }

    pub(crate) fn set_directory(&self, directory: Directory) {
        self.inner.directory.set(directory);
    }

    /// The version that a case is pinned to.
    pub(crate) async fn plan(&self, process: &WorkflowId, digest: Digest, version: u32) -> Outcome<Arc<Plan>> {
        if let Some(plan) = self.plans().get(&digest) {
            return Ok(Arc::clone(plan));
        }
        let row = self.store.definition(digest).await?.ok_or(Error::Damaged("no such version"))?;
        let sources: Sources = row.sources.read().map_err(|_| Error::Damaged("a version's sources"))?;
        let plan = sources.plan(process, version).ok_or(Error::Damaged("a version that no longer loads"))?;
        Ok(self.remember(plan))
    }

    pub(crate) fn remember(&self, plan: Plan) -> Arc<Plan> {
        let plan = Arc::new(plan);
        let mut plans = self.plans();
        if plans.len() >= PLANS_MAX {
            plans.pop_first();
        }
        plans.insert(plan.digest, Arc::clone(&plan));
        plan
    }

    fn plans(&self) -> std::sync::MutexGuard<'_, BTreeMap<Digest, Arc<Plan>>> {
        // A cache of whole values: one that a panic interrupted is still whole.
        self.inner.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(crate) fn staged(&self) -> Option<Arc<crate::action::Staged>> {
        self.stage.lock().unwrap().clone()
    }

    /// Tells the workers that there is something to do.
    pub(crate) fn wake_workers(&self) {
        self.inner.work.notify_waiters();
    }

    /// Completes when somebody said that there is something to do.
    pub(crate) fn woken(&self) -> impl Future<Output = ()> + '_ {
        self.inner.work.notified()
    }
}
