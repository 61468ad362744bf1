//! The definitions that are live, and how changed files become live: only if the whole workspace passes the check.

pub mod folder;
#[cfg(test)]
mod tests;
mod version;

use std::{collections::BTreeMap, sync::Arc};

use definition::{
    check,
    diagnostic::{Diagnostic, Severity},
    id::{Login, WorkflowId},
    load::{Loaded, SourceFile, load},
    model::{Capability, Workspace},
    people::Directory,
};
use engine::Plan;
use serde_json::json;
use store::{DefinitionKind, DefinitionRow, Json, NotificationRow};
use tracing::{info, warn};
use vault::{Digest, Digester};

pub use version::Sources;

use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome},
    payload::fresh_id,
    viewer::Origin,
};

/// Under which name the whole workspace is kept.
const WORKSPACE: &str = "workspace";

/// What is live.
#[derive(Debug, Clone)]
pub struct Live {
    /// The workspace, once one passed the check.
    pub workspace: Option<Arc<Workspace>>,
    /// The live version of each process.
    pub plans: BTreeMap<WorkflowId, Arc<Plan>>,
    /// What the check says of the files as they are now; errors here mean that the files are not what is live.
    pub findings: Vec<Diagnostic>,
    /// Names the files that were last looked at.
    seen: Option<Digest>,
}

impl Live {
    /// Nothing yet.
    pub const fn unpublished() -> Self {
        Self { workspace: None, plans: BTreeMap::new(), findings: Vec::new(), seen: None }
    }

    /// Whether the files as they are now were refused.
    pub fn is_behind(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

impl Application {
    /// Reads the workspace folder and publishes what changed if all of it passes the check. Whatever is live stays live
    /// otherwise, and those who build processes are told.
    pub async fn publish_folder(&self) -> Outcome<()> {
        let folder = self.folder().to_owned();
        let files = blocking(move || match folder::read(&folder) {
            // That it is missing is for the check to say.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            read => read,
        })
        .await??;
        let seen = digest_of(&files);
        let live = self.live();
        if live.seen == Some(seen) {
            return Ok(());
        }
        let (files, loaded) = blocking(move || {
            let loaded = load(&files);
            (files, loaded)
        })
        .await?;
        self.adopt_directory(&loaded).await?;
        let directory = self.directory();
        let loaded = blocking(move || checked(loaded, &directory)).await?;
        let findings = loaded.diagnostics.clone();
        let has_errors = loaded.has_errors();
        let Some(workspace) = loaded.workspace.filter(|_| !has_errors) else {
            return self.refuse(Live { findings, seen: Some(seen), ..(*live).clone() }).await;
        };
        let mut plans = BTreeMap::new();
        for process in workspace.processes.keys() {
            if let Some(plan) = self.publish(&files, &workspace, process).await? {
                plans.insert(process.clone(), plan);
            }
        }
        self.retire_others(&plans).await?;
        self.keep_workspace(&files, seen).await?;
        self.set_live(Live { workspace: Some(Arc::new(workspace)), plans, findings, seen: Some(seen) });
        self.refresh_directory().await
    }

    /// What was live when this store was last served: it stays live until files pass the check.
    pub(crate) async fn restore_live(&self) -> Outcome<()> {
        let rows = self.store.definitions_live().await?;
        let Some(row) = rows.iter().find(|row| row.kind == DefinitionKind::Settings) else { return Ok(()) };
        let sources: Sources = row.sources.read().map_err(|_| Error::Damaged("the live workspace"))?;
        let Some(workspace) = blocking(move || sources.load()).await? else {
            warn!("The workspace that was last live cannot be read by this version of the program");
            return Ok(());
        };
        let mut plans = BTreeMap::new();
        for row in rows.iter().filter(|row| row.kind == DefinitionKind::Workflow) {
            let process = WorkflowId::from(row.name.as_str());
            let number = u32::try_from(row.number).map_err(|_| Error::Damaged("a version number"))?;
            if workspace.processes.contains_key(&process) {
                plans.insert(process.clone(), self.plan(&process, row.digest, number).await?);
            }
        }
        self.set_live(Live { workspace: Some(Arc::new(workspace)), plans, findings: Vec::new(), seen: None });
        self.refresh_directory().await
    }

    /// Keeps the files of the whole workspace, to be live again after a restart.
    async fn keep_workspace(&self, files: &[SourceFile], digest: Digest) -> Outcome<()> {
        let row = DefinitionRow {
            digest,
            kind: DefinitionKind::Settings,
            name: WORKSPACE.to_owned(),
            number: 0,
            sources: Json::of(&Sources::whole(files)).map_err(|_| Error::Damaged("a workspace"))?,
            published_at: self.clock.now(),
            published_by: String::new(),
            live: true,
        };
        self.publish_row(&row, &json!({ "files": files.len() })).await?;
        Ok(())
    }

    /// Processes whose files are gone begin no more cases; those that run go on.
    async fn retire_others(&self, plans: &BTreeMap<WorkflowId, Arc<Plan>>) -> Outcome<()> {
        for row in self.store.definitions_live().await? {
            let is_gone = row.kind == DefinitionKind::Workflow && !plans.contains_key(row.name.as_str());
            if is_gone {
                let entry = Entry::by(None, &Origin::default(), self.clock.now()).of("definition_retired");
                let entry = entry.digest(row.digest).facts(&json!({ "process": row.name }));
                self.store.definition_retire(row.kind, &row.name, &[entry.write()]).await?;
                info!(process = %row.name, "{} is no longer offered", row.name);
            }
        }
        Ok(())
    }

    /// The first look needs the directory that only the settings make whole.
    async fn adopt_directory(&self, loaded: &Loaded) -> Outcome<()> {
        let Some(workspace) = &loaded.workspace else { return Ok(()) };
        if self.live().workspace.is_none() {
            let people = self.directory_under(&workspace.settings).await?;
            self.set_directory(people);
        }
        Ok(())
    }

    async fn publish(
        &self,
        files: &[SourceFile],
        workspace: &Workspace,
        process: &WorkflowId,
    ) -> Outcome<Option<Arc<Plan>>> {
        let Some(sources) = Sources::of(files, workspace, process) else { return Ok(None) };
        let digest = sources.digest();
        if let Some(plan) = self.live().plans.get(process).filter(|plan| plan.digest == digest) {
            return Ok(Some(Arc::clone(plan)));
        }
        let row = DefinitionRow {
            digest,
            kind: DefinitionKind::Workflow,
            name: process.to_string(),
            number: 0,
            sources: Json::of(&sources).map_err(|_| Error::Damaged("a definition"))?,
            published_at: self.clock.now(),
            published_by: String::new(),
            live: true,
        };
        let number = self.publish_row(&row, &json!({ "process": process })).await?;
        let number = u32::try_from(number).map_err(|_| Error::Damaged("a version number"))?;
        let plan = sources.plan(process, number).ok_or(Error::Damaged("a definition that no longer loads"))?;
        Ok(Some(self.remember(plan)))
    }

    /// Makes a version live, and records it unless it was; its number.
    async fn publish_row(&self, row: &DefinitionRow, facts: &serde_json::Value) -> Outcome<i64> {
        if let Some(known) = self.store.definition(row.digest).await?.filter(|known| known.live) {
            return Ok(known.number);
        }
        let entry = Entry::by(None, &Origin::default(), row.published_at).of("definition_published");
        let audit = [entry.digest(row.digest).facts(facts).write()];
        let number = self.store.definition_publish(row, &audit).await?;
        info!(name = %row.name, version = number, "Version {number} of {} is live", row.name);
        Ok(number)
    }

    async fn refuse(&self, live: Live) -> Outcome<()> {
        let errors = live.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        warn!(errors, "The workspace was changed but does not pass the check; what was live stays live");
        self.set_live(live);
        let now = self.clock.now();
        let body = Json::of(&json!({ "errors": errors })).map_err(|_| Error::Damaged("a notification"))?;
        let tell = |login: &Login| NotificationRow {
            id: fresh_id(),
            person: login.to_string(),
            kind: "definition_refused".to_owned(),
            case_id: None,
            at: now,
            read_at: None,
            body: body.clone(),
        };
        let rows: Vec<NotificationRow> = builders(&self.directory()).map(tell).collect();
        if rows.is_empty() { Ok(()) } else { Ok(self.store.notifications_put(&rows).await?) }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Damaged("reading the workspace was interrupted"))
}

/// What the check says of a workspace and, if there are any, of its people.
fn checked(mut loaded: Loaded, directory: &Directory) -> Loaded {
    let people = directory.people().next().is_some().then_some(directory);
    check::check(&mut loaded, people);
    loaded
}

fn builders(directory: &Directory) -> impl Iterator<Item = &Login> {
    directory
        .people()
        .filter(|person| person.can.contains(&Capability::Build) && directory.active(person.login.as_str()).is_some())
        .map(|person| &person.login)
}

fn digest_of(files: &[SourceFile]) -> Digest {
    let mut digester = Digester::new("chancery.folder.v1");
    for file in files {
        digester.text(&file.path).bytes(&file.text);
    }
    digester.finish()
}
