//! Files that actions made: one person may fetch each, a few times, for a while. They lie sealed under their case's key.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use definition::{level::Level, model::Capability};
use engine::{Case, StepRunId};
use serde_json::json;
use store::{ARTIFACTS_MAX, ArtifactRow};
use tokio::sync::mpsc;
use uuid::Uuid;
use vault::{Binding, ChunkOpener, ChunkSealer, DataKey, Digest, KeyId, Payload, Sealed};
use zeroize::Zeroizing;

use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome, Refusal},
    keys::CASES,
    payload::fresh_id,
    records::level_number,
    viewer::{Origin, Viewer},
};

/// A file may hold values of any level.
pub(crate) const LEVEL: Level = Level::L3;

/// What passwords and files are bound to, beside their case.
const PASSWORD: &str = "password";
const CONTENT: &str = "content";

/// Bytes that are read from the disk at a time.
const READ_BYTES: usize = 64 * 1024;

/// Pieces that wait for a slow client at most.
const PIECES_WAITING: usize = 4;

/// The kind of a file, as its name tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// An encrypted archive.
    Zip,
    /// A workbook.
    Xlsx,
    /// A plain table.
    Csv,
}

impl Extension {
    /// The letters after the point.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    fn of(path: &str) -> Option<Self> {
        let letters = path.rsplit_once('.')?.1;
        [Self::Zip, Self::Xlsx, Self::Csv].into_iter().find(|extension| extension.as_str() == letters)
    }

    /// The media type that a browser is told.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Zip => "application/zip",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A download that was granted and counted.
#[derive(Debug)]
pub struct Download {
    /// What it is called on the person's disk.
    pub file_name: String,
    /// What kind of file it is.
    pub extension: Extension,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of its bytes.
    pub digest: Digest,
    pieces: mpsc::Receiver<Result<Vec<u8>, Error>>,
}

impl Download {
    /// The next piece; nothing after the last. An error means that what came before is not all.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, Error>> {
        self.pieces.recv().await
    }
}

impl Application {
    /// The password of a file, shown to its recipient once.
    pub async fn artifact_password(&self, viewer: &Viewer, id: Uuid) -> Outcome<Zeroizing<String>> {
        let artifact = self.artifact_of(viewer, id).await?;
        let now = self.clock.now();
        let entry = Entry::of_viewer(viewer, now).of("password_shown").in_case(engine::CaseId(artifact.case_id));
        let entry = entry.answering(self.answer_untold(viewer).await?);
        let audit = [entry.facts(&json!({ "artifact": id })).write()];
        let sealed = self.store.artifact_password(id, viewer.login().as_str(), now, &audit).await?;
        let sealed = Sealed::from_bytes(sealed.ok_or(Refusal::Expired)?)?;
        let key = self.keys.opened(&self.store, KeyId(sealed.key_id().0)).await?;
        let process = self.process_of(&artifact).await?;
        let place = (self.keys.workspace(), process.as_str());
        let opened = key.open(&binding(place, id, (Payload::Credential, PASSWORD)), &sealed)?;
        let text = opened.text().map_err(|_| Error::Damaged("a password"))?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    /// Grants one download of a file to its recipient and counts it, in the transaction that records it.
    pub async fn download(&self, viewer: &Viewer, id: Uuid) -> Outcome<Download> {
        let artifact = self.artifact_of(viewer, id).await?;
        let now = self.clock.now();
        let is_live = artifact.recalled_at.is_none() && artifact.expires_at > now && artifact.downloads_left > 0;
        if !is_live {
            return Err(Refusal::Expired.into());
        }
        // The file is opened before the download is counted: one that cannot be read costs nobody a download.
        let file = self.bytes_of(&artifact).await?;
        let key = self.keys.data_key(&self.store, artifact.case_id, LEVEL, CASES).await?;
        let head = self.store.case_by_id(artifact.case_id).await?.ok_or(Error::Damaged("a file of no case"))?;
        let entry = Entry::of_viewer(viewer, now).of("downloaded").in_case(engine::CaseId(artifact.case_id));
        let records = usize::try_from(artifact.records).unwrap_or_default();
        let entry = entry.digest(artifact.digest).counting(records).facts(&json!({ "artifact": id }));
        let entry = entry.answering(self.answer_untold(viewer).await?);
        let spent = self.store.artifact_download(id, viewer.login().as_str(), now, &[entry.write()]).await?;
        let artifact = spent.ok_or(Refusal::Expired)?;
        let extension = Extension::of(&artifact.path).ok_or(Error::Damaged("the name of a file"))?;
        let opening = Opening { key, workspace: self.keys.workspace().to_owned(), process: head.workflow.clone(), id };
        let (send, pieces) = mpsc::channel(PIECES_WAITING);
        tokio::task::spawn_blocking(move || opening.stream(file, &send));
        Ok(Download {
            file_name: format!("{}-{}.{}", head.workflow, head.number, extension.as_str()),
            extension,
            size: u64::try_from(artifact.size).unwrap_or_default(),
            digest: artifact.digest,
            pieces,
        })
    }

    /// Takes a file back, for its recipient or an operator. Nobody can fetch it afterwards.
    pub async fn recall(&self, viewer: &Viewer, id: Uuid) -> Outcome<()> {
        let artifact = self.store.artifact_by_id(id).await?.ok_or(Refusal::NotFound)?;
        let is_theirs = artifact.person == viewer.login().as_str();
        if !is_theirs && !viewer.person.can.contains(&Capability::Incidents) {
            return Err(Refusal::NotFound.into());
        }
        let now = self.clock.now();
        let entry = Entry::of_viewer(viewer, now).of("recalled").in_case(engine::CaseId(artifact.case_id));
        let entry = entry.digest(artifact.digest).facts(&json!({ "artifact": id }));
        if self.store.artifact_recall(id, now, &[entry.write()]).await?.is_none() {
            return Err(Refusal::Expired.into());
        }
        Ok(remove_files(&self.settings.files, &artifact)?)
    }

    /// Removes files whose time is over; whether there may be more.
    pub(crate) async fn remove_expired_files(&self) -> Outcome<bool> {
        let now = self.clock.now();
        let expired = self.store.artifacts_expired(now).await?;
        let mut stuck = 0;
        for artifact in &expired {
            // The bytes first: if this stops half-way, it is done again. One that cannot be removed holds up no other.
            if let Err(error) = remove_files(&self.settings.files, artifact) {
                tracing::error!(artifact.id = %artifact.id, error = %error, "An expired file could not be removed");
                stuck += 1;
                continue;
            }
            let entry =
                Entry::by(None, &Origin::default(), now).of("expired").in_case(engine::CaseId(artifact.case_id));
            let entry = entry.digest(artifact.digest).facts(&json!({ "artifact": artifact.id }));
            self.store.artifact_recall(artifact.id, now, &[entry.write()]).await?;
        }
        Ok(stuck == 0 && i64::try_from(expired.len()).is_ok_and(|count| count >= ARTIFACTS_MAX))
    }

    /// Seals a file's password for the one time that it is shown.
    pub(crate) async fn seal_artifact_password(&self, case: &Case, id: Uuid, password: &str) -> Outcome<Vec<u8>> {
        let key = self.keys.data_key(&self.store, case.id.0, LEVEL, CASES).await?;
        let place = (self.keys.workspace(), case.process.as_str());
        let binding = binding(place, id, (Payload::Credential, PASSWORD));
        Ok(key.seal(&binding, password.as_bytes(), &mut rand::fill)?.into_bytes())
    }

    /// Seals a file as it is written.
    pub(crate) async fn artifact_sealer(&self, case: &Case, id: Uuid) -> Outcome<ChunkSealer> {
        let key = self.keys.data_key(&self.store, case.id.0, LEVEL, CASES).await?;
        let place = (self.keys.workspace(), case.process.as_str());
        Ok(ChunkSealer::new(&key, &binding(place, id, (Payload::Artifact, CONTENT)), &mut rand::fill)?)
    }

    /// The bytes of a file, wherever they lie.
    async fn bytes_of(&self, artifact: &ArtifactRow) -> Outcome<Box<dyn io::Read + Send>> {
        if let Some(content) = self.store.artifact_content(artifact.id).await? {
            return Ok(Box::new(io::Cursor::new(content)));
        }
        let path = self.settings.files.join(&artifact.path);
        let opened = tokio::task::spawn_blocking(move || fs::File::open(path)).await;
        Ok(Box::new(opened.map_err(|_| Error::Damaged("opening a file was interrupted"))??))
    }

    async fn artifact_of(&self, viewer: &Viewer, id: Uuid) -> Outcome<ArtifactRow> {
        let artifact = self.store.artifact_by_id(id).await?;
        Ok(artifact.filter(|artifact| artifact.person == viewer.login().as_str()).ok_or(Refusal::NotFound)?)
    }

    async fn process_of(&self, artifact: &ArtifactRow) -> Outcome<String> {
        let case = self.store.case_by_id(artifact.case_id).await?;
        Ok(case.ok_or(Error::Damaged("a file of no case"))?.workflow)
    }
}

/// What a file is opened with, away from the runtime's threads.
struct Opening {
    key: Arc<DataKey>,
    workspace: String,
    process: String,
    id: Uuid,
}

impl Opening {
    fn stream(&self, file: Box<dyn io::Read + Send>, pieces: &mpsc::Sender<Result<Vec<u8>, Error>>) {
        if let Err(error) = self.pieces(file, pieces) {
            tracing::error!(artifact.id = %self.id, error = %error, "A file could not be read to its end");
            // Nobody listens any more: then nobody misses the error.
            drop(pieces.blocking_send(Err(error)));
        }
    }

    fn pieces(&self, mut file: Box<dyn io::Read + Send>, pieces: &mpsc::Sender<Result<Vec<u8>, Error>>) -> Outcome<()> {
        let place = (self.workspace.as_str(), self.process.as_str());
        let mut opener = ChunkOpener::new(&self.key, binding(place, self.id, (Payload::Artifact, CONTENT)));
        let mut read = vec![0; READ_BYTES];
        loop {
            let mut piece = Vec::with_capacity(READ_BYTES);
            let count = file.read(&mut read)?;
            if count == 0 {
                opener.finish(&mut piece)?;
                drop(pieces.blocking_send(Ok(piece)));
                return Ok(());
            }
            opener.push(&read[..count], &mut piece)?;
            if !piece.is_empty() && pieces.blocking_send(Ok(piece)).is_err() {
                return Ok(());
            }
        }
    }
}

fn binding<'a>(
    (workspace, form): (&'a str, &'a str),
    record: Uuid,
    (payload, field): (Payload, &'a str),
) -> Binding<'a> {
    Binding { workspace, payload, form, record, field, level: level_number(LEVEL) }
}

/// The file that a passage through a step makes, however often it is tried.
pub(crate) fn id_of(run: StepRunId) -> Uuid {
    Uuid::new_v5(&run.0, b"artifact")
}

/// How the names of an attempt's files begin, finished or not: by it, what is left over is found and removed.
pub(crate) fn path_prefix(id: Uuid, attempt: u32) -> String {
    format!("{id}.{attempt}.")
}

/// Where below the folder one attempt's file is. No two attempts share a name, so that a late one never overwrites what
/// was reported.
pub(crate) fn fresh_path(id: Uuid, attempt: u32, extension: Extension) -> String {
    format!("{}/{}{}.{}", shelf(id), path_prefix(id, attempt), fresh_id().simple(), extension.as_str())
}

/// Files stand on shelves, so that none is so long that looking for one file takes long.
fn shelf(id: Uuid) -> String {
    format!("{:02x}", id.as_bytes()[15])
}

/// Makes a folder of the files, durably; nobody else on the machine may read it.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    folder.parent().map_or(Ok(()), |parent| fs::File::open(parent)?.sync_all())
}

/// Removes what earlier attempts left. Their failure was reported, so none of them can still count.
pub(crate) fn remove_earlier_attempts(folder: &Path, id: Uuid, attempt: u32) -> io::Result<()> {
    let is_earlier = |name: &str| {
        let of = name.split('.').nth(1).and_then(|number| number.parse::<u32>().ok());
        of.is_some_and(|number| number < attempt)
    };
    remove(&folder.join(shelf(id)), id, is_earlier)
}

/// Removes every file of an artifact, also those of attempts that did not count.
pub(crate) fn remove_files(folder: &Path, artifact: &ArtifactRow) -> io::Result<()> {
    let path = folder.join(&artifact.path);
    remove(path.parent().unwrap_or(folder), artifact.id, |_| true)
}

fn remove(shelf: &Path, id: Uuid, is_meant: impl Fn(&str) -> bool) -> io::Result<()> {
    let prefix = format!("{id}.");
    let entries = match fs::read_dir(shelf) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut meant: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(&prefix) && is_meant(name)) {
            meant.push(entry.path());
        }
    }
    for path in meant {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
