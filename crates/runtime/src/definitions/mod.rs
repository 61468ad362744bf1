//! The definitions that are live, and how changed files become live: only if the whole workspace passes the check.

pub mod folder;
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
        let files = tokio::task::spawn_blocking(move || folder::read(&folder))
            .await
            .map_err(|_| Error::Damaged("reading the workspace was interrupted"))??;
        let seen = digest_of(&files);
        let live = self.live();
        if live.seen == Some(seen) {
            return Ok(());
        }
        let mut loaded = load(&files);
        self.adopt_directory(&loaded).await?;
        let directory = self.directory();
        let people = (directory.people().next().is_some()).then_some(&*directory);
        check::check(&mut loaded, people);
        let findings = loaded.diagnostics.clone();
        let Loaded { workspace: Some(workspace), .. } = &loaded else {
            return self.refuse(Live { findings, seen: Some(seen), ..(*live).clone() }).await;
        };
        if loaded.has_errors() && live.workspace.is_some() {
            return self.refuse(Live { findings, seen: Some(seen), ..(*live).clone() }).await;
        }
        let mut plans = BTreeMap::new();
        for process in workspace.processes.keys() {
            let has_errors = findings.iter().any(|finding| {
                finding.severity == Severity::Error && finding.file == format!("workflows/{process}.yaml")
            });
            if !has_errors && let Some(plan) = self.publish(&files, workspace, process).await? {
                plans.insert(process.clone(), plan);
            }
        }
        self.set_live(Live { workspace: Some(Arc::new(workspace.clone())), plans, findings, seen: Some(seen) });
        self.refresh_directory().await
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
        let now = self.clock.now();
        if let Some(plan) = self.live().plans.get(process).filter(|plan| plan.digest == digest) {
            return Ok(Some(Arc::clone(plan)));
        }
        let is_new = self.store.definition(digest).await?.is_none_or(|row| !row.live);
        let row = DefinitionRow {
            digest,
            kind: DefinitionKind::Workflow,
            name: process.to_string(),
            number: 0,
            sources: Json::of(&sources).map_err(|_| Error::Damaged("a definition"))?,
            published_at: now,
            published_by: String::new(),
            live: true,
        };
        let entry = Entry::by(None, &Origin::default(), now)
            .of("definition_published")
            .digest(digest)
            .facts(&json!({ "process": process }));
        let audit = if is_new { vec![entry.write()] } else { Vec::new() };
        let number = self.store.definition_publish(&row, &audit).await?;
        if is_new {
            info!(process = %process, version = number, "Version {number} of {process} is live");
        }
        let number = u32::try_from(number).map_err(|_| Error::Damaged("a version number"))?;
        let plan = sources.plan(process, number).ok_or(Error::Damaged("a definition that no longer loads"))?;
        Ok(Some(self.remember(plan)))
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
