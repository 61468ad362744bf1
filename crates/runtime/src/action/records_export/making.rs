//! Making one file, from its first row until it is on the disk under its name.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use definition::{
    model::{ExportArguments, Form},
    text::Locale,
};
use engine::Plan;
use uuid::Uuid;
use vault::{ChunkSealer, Digest};
use zeroize::Zeroizing;

use super::{
    Approved, Attempt, Failure, Format,
    archive::{Bytes, SealedDone, SealedFile, Target},
    csv, password,
    sheet::{Row, Sheet},
    sheet_name, watermark, xlsx,
};
use crate::{
    application::Application,
    artifacts::{self, Extension},
};

/// What one file is made of, beside its rows.
pub struct Making {
    pub format: Format,
    pub locale: Locale,
    /// Where the file will be, below the folder.
    pub path: String,
    pub password: Option<Zeroizing<String>>,
    folder: PathBuf,
    artifact: Uuid,
    attempt: u32,
    /// How the file is called inside its archive.
    name: String,
    look: Look,
    sealer: ChunkSealer,
    /// Where it says how many records are written.
    written: Arc<AtomicU64>,
}

/// What stands around the rows.
pub struct Look {
    pub sheet: String,
    pub head: Vec<String>,
    pub watermark: Option<String>,
}

/// A finished file.
pub struct Made {
    pub size: u64,
    pub digest: Digest,
    /// Its bytes, if they are few enough to lie in the database.
    pub content: Option<Vec<u8>>,
}

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MakingError {
    #[error("a file could not be written")]
    File(#[from] io::Error),
    #[error("the vault failed")]
    Vault(#[from] vault::Error),
    #[error("more than the format holds")]
    TooLarge,
    #[error("the format could not be written")]
    Format,
}

impl Application {
    /// Prepares a file: its names, its password and its key.
    pub(super) async fn making(
        &self,
        attempt: &Attempt<'_>,
        plan: &Plan,
        (arguments, approved, form): (&ExportArguments, &Approved, &Form),
    ) -> Result<Making, Failure> {
        let case = attempt.case;
        let directory = self.directory();
        let locale = plan.settings.locale;
        let inner = approved.format.extension();
        let (password, outer) =
            if arguments.protect.password { (Some(password::fresh()), Extension::Zip) } else { (None, inner) };
        let artifact = artifacts::id_of(attempt.run);
        let sheet = Sheet { form, picks: &approved.picks, directory: &directory, locale };
        let now = self.clock.now();
        Ok(Making {
            format: approved.format,
            locale,
            path: artifacts::fresh_path(artifact, attempt.number, outer),
            password,
            folder: self.settings.files.clone(),
            artifact,
            attempt: attempt.number,
            name: format!("{}-{}.{}", case.process, case.number, inner.as_str()),
            look: Look {
                sheet: sheet_name(&form.id),
                head: sheet.head(),
                watermark: arguments.protect.watermark.then(|| watermark::line(case, plan, &directory, now)),
            },
            sealer: self.artifact_sealer(case, artifact).await?,
            written: Arc::clone(attempt.written),
        })
    }
}

impl Making {
    /// Writes rows as they come, until there are no more, and puts the file where it belongs.
    pub fn write(self, mut rows: impl FnMut() -> Option<Vec<Row>>) -> Result<Made, MakingError> {
        if self.attempt > 1 {
            artifacts::remove_earlier_attempts(&self.folder, self.artifact, self.attempt)?;
        }
        let path = self.folder.join(&self.path);
        let folder = path.parent().unwrap_or(&self.folder);
        let prefix = artifacts::path_prefix(self.artifact, self.attempt);
        let sealed = SealedFile::new(self.sealer, folder, prefix);
        let mut target = Target::begin(sealed, &self.name, self.password.as_ref().map(|password| password.as_str()))?;
        let (written, mut given) = (self.written, 0);
        // Whoever asks for more has written what was given before.
        let mut next = || {
            written.fetch_add(given, Ordering::Relaxed);
            let rows = rows();
            given = rows.as_ref().map_or(0, Vec::len) as u64;
            rows
        };
        match self.format {
            Format::Csv => csv::write(&self.look, &mut next, &mut target)?,
            Format::Xlsx => {
                artifacts::make_folder(&self.folder)?;
                xlsx::write(&self.look, &mut next, &self.folder, &mut target)?;
            }
        }
        let SealedDone { bytes, size, digest } = target.finish()?;
        let content = match bytes {
            Bytes::Small(bytes) => Some(bytes),
            Bytes::File(file) => {
                let file = file.persist(&path).map_err(|error| error.error)?;
                // Content and name in one go: until both are on the disk, nothing names the file.
                file.sync_all()?;
                File::open(folder)?.sync_all()?;
                None
            }
        };
        Ok(Made { size, digest, content })
    }
}

/// A file without a name below the folder: gone when it is closed.
pub fn nameless(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    tempfile::tempfile_in(folder)
}
