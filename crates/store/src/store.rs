//! The store opened: where to read, and the two ways to write.

use std::{path::Path, sync::Arc};

use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use crate::{
    commit::Writer,
    dialect::{self, Connections, Dialect},
    error::Error,
    keyring::NewKeys,
    migration,
};

/// Where the databases are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The main database: `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// The keyring: another SQLite file, or a PostgreSQL address, where it lives in a schema of its own.
    pub keyring_url: String,
}

/// What is kept, and how it is found again. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    main: Connections,
    keyring: Connections,
    writer: Writer,
    new_keys: NewKeys,
}

impl Config {
    /// Two SQLite files in a folder.
    pub fn sqlite_in(folder: &Path) -> Self {
        let url = |name: &str| format!("sqlite:{}", folder.join(name).display());
        Self { url: url("chancery.db"), keyring_url: url("keyring.db") }
    }

    /// Both in one PostgreSQL database, the keyring in a schema of its own.
    pub fn postgres(url: &str) -> Self {
        Self { url: url.to_owned(), keyring_url: url.to_owned() }
    }
}

impl Store {
    /// Opens the databases, and brings their tables up to date.
    pub async fn open(config: &Config) -> Result<Self, Error> {
        let main = dialect::connect_main(&config.url).await?;
        let keyring = dialect::connect_keyring(&config.keyring_url).await?;
        migrate::<migration::Main>(&main).await?;
        migrate::<migration::Keyring>(&keyring).await?;
        let writer = Writer::start(&main);
        Ok(Self { inner: Arc::new(Inner { main, keyring, writer, new_keys: NewKeys::default() }) })
    }

    /// Whether both databases answer.
    pub async fn ping(&self) -> Result<(), Error> {
        self.inner.main.readers.ping().await?;
        Ok(self.inner.keyring.readers.ping().await?)
    }

    /// Finishes what was accepted, then lets go of the databases.
    pub async fn close(&self) -> Result<(), Error> {
        self.inner.writer.close().await;
        for one in [&self.inner.main, &self.inner.keyring] {
            one.readers.close_by_ref().await?;
            one.writer.close_by_ref().await?;
        }
        Ok(())
    }

    /// Removes what was deleted from the write-ahead logs too; without it, destroyed values stay readable on disk.
    pub async fn scrub(&self) -> Result<(), Error> {
        for one in [&self.inner.main, &self.inner.keyring] {
            one.dialect.checkpoint(&one.writer, true).await?;
        }
        Ok(())
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.inner.writer
    }

    pub(crate) fn new_keys(&self) -> &NewKeys {
        &self.inner.new_keys
    }

    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.inner.main.readers
    }

    pub(crate) fn read_keyring(&self) -> &DatabaseConnection {
        &self.inner.keyring.readers
    }

    /// The only way to write besides [`Store::commit`]. On SQLite writers wait for the one writing connection in turn.
    pub(crate) async fn begin_write(&self) -> Result<WriteTx, Error> {
        WriteTx::begin(&self.inner.main).await
    }

    pub(crate) async fn begin_write_keyring(&self) -> Result<WriteTx, Error> {
        WriteTx::begin(&self.inner.keyring).await
    }
}

/// A transaction that holds the right to write. Dropped without a commit, it leaves no trace.
pub(crate) struct WriteTx {
    tx: DatabaseTransaction,
}

impl WriteTx {
    pub(crate) async fn begin(connections: &Connections) -> Result<Self, Error> {
        let tx = connections.writer.begin_with_options(connections.dialect.write_options()).await?;
        Ok(Self { tx })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        Dialect::of(&self.tx)
    }

    pub(crate) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    pub(crate) async fn commit(self) -> Result<(), Error> {
        Ok(self.tx.commit().await?)
    }

    pub(crate) async fn rollback(self) -> Result<(), Error> {
        Ok(self.tx.rollback().await?)
    }
}

async fn migrate<M: MigratorTrait>(connections: &Connections) -> Result<(), Error> {
    let tx = WriteTx::begin(connections).await?;
    connections.dialect.lock_migrations(tx.tx()).await?;
    M::up(tx.tx(), None).await?;
    tx.commit().await
}
