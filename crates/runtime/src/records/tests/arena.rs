//! A small company on a store of its own, for the tests of records and exports.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use definition::{
    id::{DepartmentId, FieldName, FormId, Login, RoleId},
    load::PeopleFile,
    model::FieldValues,
    people::{Department, PersonEntry, PersonStatus},
    text::{Locale, Text},
    value::Value,
};
use store::{Config, Store};
use tempfile::TempDir;
use uuid::Uuid;
use vault::{Digest, RootKey};

use crate::{
    Application, Settings,
    clock::Clock,
    keys::Keys,
    viewer::{Origin, Through, Viewer},
};

/// A resident id that is one.
pub const ID_NUMBER: &str = "11010519491231002X";

const ROOT: [u8; 32] = [7; 32];

pub struct Arena {
    pub application: Application,
    pub folder: TempDir,
}

impl Arena {
    /// Li Na and Liu Yang are staff under the sales manager Zhang Wei, who reports to the director Wang Fang; Qian Xue
    /// protects personal data, and manages sales besides.
    pub async fn open() -> Self {
        Self::open_in(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).await
    }

    /// The same company over a workspace that is made below the folder.
    pub async fn open_in(workspace: impl FnOnce(&Path) -> PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Config::sqlite_in(folder.path())).await.unwrap();
        let keys = Keys::open(&store, RootKey::from_bytes(ROOT).unwrap()).await.unwrap();
        let settings =
            Settings { workspace: workspace(folder.path()), files: folder.path().join("files"), demo: false };
        let clock = Clock::manual("2026-11-20T07:02:00Z".parse().unwrap());
        let application = Application::open(store, keys, clock, settings).await.unwrap();
        let people = [
            person("wang.fang", "王芳", None, &["director", "sales-manager"]),
            person("zhang.wei", "张伟", Some("wang.fang"), &["sales-manager", "staff"]),
            person("li.na", "李娜", Some("zhang.wei"), &["staff"]),
            person("liu.yang", "刘洋", Some("zhang.wei"), &["staff"]),
            person("qian.xue", "钱雪", None, &["dpo", "sales-manager"]),
            person("he.jing", "何静", None, &["auditor"]),
        ];
        let sales = Department {
            id: DepartmentId::from("sales"),
            title: Text::Same("销售部".to_owned()),
            head: None,
            parent: None,
        };
        let file = PeopleFile { people: people.into(), departments: vec![sales] };
        application.import_people(&file, None).await.unwrap();
        Self { application, folder }
    }

    /// The same company over the shipped workspace, changed.
    pub async fn open_with(change: impl FnOnce(&Path)) -> Self {
        Self::open_in(|folder| {
            let workspace = folder.join("workspace");
            let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
            for file in crate::definitions::folder::read(&shipped).unwrap() {
                let path = workspace.join(&file.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file.text).unwrap();
            }
            change(&workspace);
            workspace
        })
        .await
    }

    /// Another process over the same databases, workspace and clock.
    pub async fn another(&self) -> Application {
        let store = Store::open(&Config::sqlite_in(self.folder.path())).await.unwrap();
        let keys = Keys::open(&store, RootKey::from_bytes(ROOT).unwrap()).await.unwrap();
        let Settings { workspace, files, demo } = self.application.settings.clone();
        let settings = Settings { workspace, files, demo };
        Application::open(store, keys, self.application.clock().clone(), settings).await.unwrap()
    }

    pub fn viewer(&self, login: &str) -> Viewer {
        let now = self.now();
        let directory = self.application.directory();
        Viewer {
            person: Arc::new(directory.active(login).unwrap().clone()),
            locale: Locale::ZhCn,
            origin: Origin::default(),
            once: None,
            through: Through::Session {
                hash: Digest::of(login.as_bytes()),
                csrf: String::new(),
                second_factor_at: Some(now),
            },
        }
    }

    /// Somebody who gave no second factor lately.
    pub fn viewer_without_second_factor(&self, login: &str) -> Viewer {
        Viewer { through: Through::Token { id: Uuid::nil() }, ..self.viewer(login) }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.application.clock().now()
    }

    pub fn wait(&self, delta: TimeDelta) {
        assert!(self.application.clock().advance_to(self.now() + delta));
    }

    /// Brings customers in; their ids in the same order.
    pub async fn customers(&self, customers: &[(&str, &[(&str, Value)])]) -> Vec<Uuid> {
        let records = customers.iter().map(|(owner, values)| (Some(Login::from(*owner)), values_of(values))).collect();
        let count = self.application.import_records(&register(), records, None).await.unwrap();
        assert_eq!(count, customers.len() as u64);
        let filter = store::RecordFilter::all("customer", store::RowScope::All);
        self.application.store.record_ids(&filter, 100).await.unwrap()
    }
}

fn person(login: &str, name: &str, manager: Option<&str>, roles: &[&str]) -> PersonEntry {
    PersonEntry {
        away: Vec::new(),
        login: Login::from(login),
        name: name.to_owned(),
        department: Some(DepartmentId::from("sales")),
        manager: manager.map(Login::from),
        roles: roles.iter().map(|role| RoleId::from(*role)).collect(),
        status: PersonStatus::Active,
    }
}

pub fn register() -> FormId {
    FormId::from("customer")
}

pub fn values_of(values: &[(&str, Value)]) -> FieldValues {
    values.iter().map(|(name, value)| (FieldName::from(*name), value.clone())).collect()
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub fn day(day: &str) -> Value {
    Value::Date(day.parse().unwrap())
}

pub fn dealings(rows: &[(&str, &str)]) -> Value {
    let row = |(when, amount): &(&str, &str)| {
        let amount = Value::Number(amount.parse().unwrap());
        Value::Map(BTreeMap::from([("day".to_owned(), day(when)), ("amount".to_owned(), amount)]))
    };
    Value::List(rows.iter().map(row).collect())
}
