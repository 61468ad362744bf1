//! Opens what the operator's commands work on: the data folder, the store, the keyring, the application over them.

use anyhow::{Context, Result};
use runtime::{Application, Settings, clock::Clock, keys::Keys};
use store::{Config, Store};
use vault::RootKey;

use crate::{arguments::Common, data_folder::DataFolder};

/// A store that was opened, and where its files lie.
pub struct OpenedStore {
    /// The store.
    pub store: Store,
    /// The data folder.
    pub data: DataFolder,
    /// Whether the database is SQLite.
    pub is_sqlite: bool,
}

/// Opens the store of these arguments.
pub async fn store(common: &Common) -> Result<OpenedStore> {
    let data = DataFolder::open(&common.data)?;
    let url = common.database.clone().unwrap_or_else(|| data.database_url());
    let is_sqlite = url.starts_with("sqlite:");
    let config = Config { keyring_url: data.keyring_url(&url), url };
    let store = Store::open(&config).await.context("open the database")?;
    Ok(OpenedStore { store, data, is_sqlite })
}

/// Opens the application over a store.
pub async fn application(common: &Common, opened: OpenedStore, clock: Clock, demo: bool) -> Result<Application> {
    let OpenedStore { store, data, .. } = opened;
    let root = RootKey::from_bytes(data.root_key()?).context("read the root key")?;
    let keys = Keys::open(&store, root).await.context("open the keyring")?;
    let settings = Settings { workspace: common.workspace.clone(), files: data.files(), demo };
    std::fs::create_dir_all(data.files()).context("make the folder of generated files")?;
    Application::open(store, keys, clock, settings).await.context("open the application")
}
