//! The company of the reference case: a workspace, a few people and a few records, on a database of their own.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use chrono::Utc;
use definition::{
    form_values::{Entered, EnteredValues},
    id::{FormId, WorkflowId},
    load::{SourceFile, load_people},
    text::Locale,
    value::Value,
};
use runtime::{
    Application, Settings,
    cases::Request,
    clock::Clock,
    keys::Keys,
    viewer::{Origin, Through, Viewer},
};
use serde_json::json;
use store::{Config, Store};
use uuid::Uuid;
use vault::RootKey;

use crate::data_folder::DataFolder;

/// The workspace's files, written out because a workspace is a folder.
const FILES: [(&str, &str); 4] = [
    ("chancery.yaml", include_str!("workspace/chancery.yaml")),
    ("forms/client.yaml", include_str!("workspace/forms/client.yaml")),
    ("forms/request.yaml", include_str!("workspace/forms/request.yaml")),
    ("workflows/reference.yaml", include_str!("workspace/workflows/reference.yaml")),
];
const PEOPLE: &str = include_str!("workspace/people.yaml");

/// Those who ask, each with the manager who approves. Callers take turns among them.
pub const TEAMS: [(&str, &str); 4] =
    [("asker.one", "lead.one"), ("asker.two", "lead.two"), ("asker.three", "lead.three"), ("asker.four", "lead.four")];

/// Who approves what is high.
pub const OFFICER: &str = "officer";

/// How many records each asker owns, and so how many an export is of.
const RECORDS: usize = 3;

/// A low and a high amount: one needs a second approval, the other does not.
const AMOUNTS: [u32; 2] = [800, 8_000];

/// The company at work.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its application.
    pub application: Application,
    /// The address of its database.
    pub url: String,
    /// Its database and its keyring.
    pub config: Config,
    folder: PathBuf,
    records: BTreeMap<&'static str, Vec<Uuid>>,
}

impl Company {
    /// Makes the company: in a new folder below the data folder, or on an empty database that was given.
    pub async fn make(data: &Path, database: Option<&str>) -> Result<Self> {
        let folder = data.join(format!("bench-{}", std::process::id()));
        let workspace = folder.join("workspace");
        for (path, text) in FILES {
            let path = workspace.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&workspace))?;
            fs::write(&path, text).with_context(|| format!("write {}", path.display()))?;
        }
        let data = DataFolder::open(&folder.join("data"))?;
        fs::create_dir_all(data.files())?;
        let url = database.map_or_else(|| data.database_url(), str::to_owned);
        let config = Config { keyring_url: data.keyring_url(&url), url: url.clone() };
        let store = Store::open(&config).await.context("open the database")?;
        // It stands still until a measurement moves it: nothing falls due that is not measured.
        let clock = Clock::manual(Utc::now());
        if !store.is_empty().await? {
            bail!("this database is in use: a measurement needs an empty one of its own");
        }
        let keys = Keys::open(&store, RootKey::from_bytes(data.root_key()?)?).await?;
        let settings = Settings { workspace, files: data.files(), demo: false };
        let application = Application::open(store, keys, clock, settings).await?;
        let mut made = Self { application, url, config, folder, records: BTreeMap::new() };
        made.populate().await?;
        Ok(made)
    }

    async fn populate(&mut self) -> Result<()> {
        let workspace = self.application.workspace().context("the reference workspace passes the check")?;
        let file = SourceFile { path: "people.yaml".to_owned(), text: PEOPLE.as_bytes().to_vec() };
        let people = load_people(&workspace.settings, &file).file.context("the reference people can be read")?;
        self.application.import_people(&people, None).await?;
        let register = FormId::from("client");
        for (asker, _) in TEAMS {
            let viewer = self.viewer(asker)?;
            for _ in 0..RECORDS {
                let name = Entered::Whole(Value::Text("Wang Xiaoming".to_owned()));
                let entered = EnteredValues::from([("name".to_owned(), name)]);
                let id = self.application.create_record(&viewer, &register, entered).await?;
                self.records.entry(asker).or_default().push(id);
            }
        }
        Ok(())
    }

    /// The process.
    pub fn process() -> WorkflowId {
        WorkflowId::from("reference")
    }

    /// Somebody as operations know them.
    pub fn viewer(&self, login: &str) -> Result<Viewer> {
        let person =
            self.application.directory().active(login).context("the reference company has this person")?.clone();
        let through = Through::Token { id: Uuid::nil() };
        Ok(Viewer { person: Arc::new(person), locale: Locale::En, origin: Origin::default(), through, once: None })
    }

    /// Whether this request of a caller is high: every second one.
    pub const fn is_high(count: u64) -> bool {
        count % 2 == 1
    }

    /// What one asks for.
    pub fn values(&self, asker: &str, count: u64) -> BTreeMap<String, serde_json::Value> {
        let amount = AMOUNTS[usize::from(Self::is_high(count))];
        let today = Utc::now().with_timezone(&self.application.time_zone()).date_naive();
        let values = [
            ("subject", json!("Calls to clients of the third quarter")),
            ("amount", json!(amount.to_string())),
            ("kind", json!("calls")),
            ("needed_until", json!(today.to_string())),
            ("purpose", json!("Service team three calls everybody who bought in the third quarter")),
            ("urgent", json!(false)),
            ("records", json!({ "ids": self.records.get(asker) })),
            ("fields", json!(["name"])),
        ];
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Such a request.
    pub fn request(&self, asker: &str, count: u64) -> Request {
        Request { values: self.values(asker, count) }
    }

    /// Its workspace.
    pub fn workspace(&self) -> PathBuf {
        self.folder.join("workspace")
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Removes the folder.
    pub fn remove(&self) -> Result<()> {
        fs::remove_dir_all(&self.folder).with_context(|| format!("remove {}", self.folder.display()))
    }
}
