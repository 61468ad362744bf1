//! `records.export`: a file of exactly the frozen records and the approved fields, each in clear or masked as approved.
//!
//! Records pass through in chunks: what they become is written while the next are read, and sealed before it reaches
//! the disk under its name. Each attempt writes a file of its own; the one whose report is committed counts.
//! An XLSX workbook is put together in files without a name, which vanish with the process.

mod archive;
mod csv;
mod making;
mod password;
mod recalling;
mod sheet;
mod watermark;
mod xlsx;

use std::sync::Arc;

use definition::{
    expression::{Expression, Scope},
    id::{FieldName, FormId},
    level::Level,
    model::{ExportArguments, Form},
    value::{FieldPick, RecordSet, Value},
};
use engine::{
    Case, Plan, Submission,
    event::{ActionFailure, ActionResult},
};
use serde_json::json;
use store::{ArtifactRow, ArtifactWrite};
use tokio::sync::mpsc;
use uuid::Uuid;
use vault::Digest;

use self::{
    making::{Made, Making, MakingError},
    sheet::{Row, Sheet},
};
use super::{Attempt, Done, Failure};
use crate::{
    application::Application,
    artifacts::{self, Extension},
    audit::Entry,
    error::Error,
    records::SetDigester,
    viewer::Origin,
};

/// Records that are read and written at a time.
const RECORDS_AT_ONCE: usize = 1_000;

/// A table of so few records is written in a moment.
const RECORDS_OF_A_MOMENT: usize = 100;

/// Chunks of rows that wait for the writer at most.
const CHUNKS_WAITING: usize = 2;

/// The most records of one export: what a sheet of a workbook holds, less its head.
const RECORDS_MAX: u64 = 1_000_000;

/// What was approved.
#[derive(Debug)]
struct Approved {
    set: RecordSet,
    picks: Vec<FieldPick>,
    format: Format,
}

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Xlsx,
    Csv,
}

impl Application {
    /// Makes the file of an approved export.
    pub(crate) async fn export_records(
        &self,
        attempt: &Attempt<'_>,
        plan: &Plan,
        arguments: &ExportArguments,
    ) -> Result<Done, Failure> {
        if let Some(made) = self.store.artifact_by_run(attempt.run.0).await.map_err(Error::from)? {
            return Ok(Done { result: result_of(&made), artifacts: Vec::new(), audit: Vec::new() });
        }
        let case = attempt.case;
        let submission = self.submission_in(case, attempt.values.cloned()).await?;
        let approved = Approved::of(&submission, arguments)?;
        let (_, form) = self.register(&approved.set.register)?;
        hold_to_levels(&form, &approved.picks)?;
        let ids = self.frozen_ids(case, &approved.set).await?;
        let recipient = case.recipient().cloned().ok_or_else(|| Failure::for_good(ActionFailure::NotAsApproved))?;
        let making = self.making(attempt, plan, (arguments, &approved, &form)).await?;
        let (path, password) = (making.path.clone(), making.password.clone());
        let made = self.write_file(making, (&form, &approved.picks), &ids).await?;
        let Made { size, digest, content } = made;
        let now = self.clock.now();
        let password_sealed = match password {
            Some(password) => Some(self.seal_artifact_password(case, artifacts::id_of(attempt.run), &password).await?),
            None => None,
        };
        let artifact = ArtifactRow {
            id: artifacts::id_of(attempt.run),
            case_id: case.id.0,
            run_key: attempt.run.0,
            path,
            size: i64::try_from(size).unwrap_or(i64::MAX),
            digest,
            password_sealed,
            person: recipient.to_string(),
            records: i64::try_from(ids.len()).unwrap_or(i64::MAX),
            created_at: now,
            expires_at: engine::calendar::after(&plan.settings.calendar, now, arguments.protect.expires),
            downloads_left: i64::from(arguments.protect.downloads),
            password_shown_at: None,
            recalled_at: None,
        };
        let clear = names(&approved.picks, false);
        let masked = names(&approved.picks, true);
        let facts = json!({ "fields": clear, "masked": masked, "format": approved.format.extension().as_str() });
        let entry = Entry::by(None, &Origin::default(), now).of("records_exported").in_case(case.id);
        let entry = entry.for_person(&recipient).about(&approved.set.register, ids).digest(artifact.digest);
        Ok(Done {
            result: result_of(&artifact),
            artifacts: vec![ArtifactWrite { artifact, content }],
            audit: vec![entry.facts(&facts).write()],
        })
    }

    /// The ids of a frozen set, if they are still those that were approved.
    async fn frozen_ids(&self, case: &Case, set: &RecordSet) -> Result<Vec<Uuid>, Failure> {
        let not_as_approved = || Failure::for_good(ActionFailure::NotAsApproved);
        if set.count > RECORDS_MAX {
            return Err(Failure::for_good(ActionFailure::TooLarge));
        }
        let digest: Digest = set.digest.parse().map_err(|_| not_as_approved())?;
        let count = usize::try_from(set.count).map_err(|_| not_as_approved())?;
        let mut digester = SetDigester::new(&set.register, count);
        let mut ids = Vec::with_capacity(count);
        for chunk in 0.. {
            let some = self.store.record_set_chunk(case.id.0, digest, chunk).await.map_err(Error::from)?;
            let Some(some) = some else { break };
            digester.add(&some);
            ids.extend(some);
            if ids.len() >= count {
                break;
            }
        }
        if ids.len() == count && digester.finish() == digest { Ok(ids) } else { Err(not_as_approved()) }
    }

    /// Reads the records chunk by chunk while another thread writes what they become.
    async fn write_file(
        &self,
        making: Making,
        (form, picks): (&Arc<Form>, &[FieldPick]),
        ids: &[Uuid],
    ) -> Result<Made, Failure> {
        let directory = self.directory();
        let sheet = Sheet { form, picks, directory: &directory, locale: making.locale };
        if ids.len() <= RECORDS_OF_A_MOMENT && making.format == Format::Csv {
            // What is written in a moment needs no other thread.
            let mut rows = Some(self.read_rows(&sheet, ids).await?);
            return Ok(making.write(|| rows.take())?);
        }
        let (rows, mut receiving) = mpsc::channel(CHUNKS_WAITING);
        let writing = tokio::task::spawn_blocking(move || making.write(|| receiving.blocking_recv()));
        let mut reading = Ok(());
        for some in ids.chunks(RECORDS_AT_ONCE) {
            match self.read_rows(&sheet, some).await {
                // The writer stopped: its own answer says why.
                Ok(read) => {
                    if rows.send(read).await.is_err() {
                        break;
                    }
                }
                Err(failure) => {
                    reading = Err(failure);
                    break;
                }
            }
        }
        drop(rows);
        let made = writing.await.map_err(|_| Failure { kind: ActionFailure::Internal, is_retryable: true })?;
        reading?;
        Ok(made?)
    }

    async fn read_rows(&self, sheet: &Sheet<'_>, ids: &[Uuid]) -> Result<Vec<Row>, Failure> {
        let records = self.store.records_by_ids(ids).await.map_err(Error::from)?;
        if records.len() != ids.len() {
            return Err(Failure::for_good(ActionFailure::RecordsChanged));
        }
        let is_picked = |name: &str| sheet.picks.iter().any(|pick| pick.name.as_str() == name);
        let opened = self.open_records(sheet.form, records, is_picked).await?;
        // A record that is damaged or erased is not what was approved, however often it is tried.
        let changed = |_| Failure::for_good(ActionFailure::RecordsChanged);
        opened.into_iter().map(|record| record.map_err(changed).and_then(|record| sheet.row(&record))).collect()
    }
}

impl Approved {
    fn of(submission: &Submission, arguments: &ExportArguments) -> Result<Self, Failure> {
        let request = submission.values().iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
        let scope = Scope { values: [("request".to_owned(), Value::Map(request))].into() };
        let value = |expression: &Expression| {
            expression.evaluate(&scope).map_err(|_| Failure::for_good(ActionFailure::NotAsApproved))
        };
        match (value(&arguments.records)?, value(&arguments.fields)?, value(&arguments.format)?) {
            (Value::Records(set), Value::Picks(picks), Value::Text(format)) if !picks.is_empty() => {
                let format = Format::parse(&format).ok_or(Failure::for_good(ActionFailure::NotAsApproved))?;
                Ok(Self { set, picks, format })
            }
            _ => Err(Failure::for_good(ActionFailure::NotAsApproved)),
        }
    }
}

impl Format {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    const fn extension(self) -> Extension {
        match self {
            Self::Xlsx => Extension::Xlsx,
            Self::Csv => Extension::Csv,
        }
    }
}

/// A field whose level was raised since it was approved in clear must not leave.
fn hold_to_levels(form: &Form, picks: &[FieldPick]) -> Result<(), Failure> {
    let is_held = |pick: &FieldPick| {
        let field = form.field(pick.name.as_str());
        field.is_some_and(|field| pick.masked || field.sensitivity <= pick.level.max(Level::L0))
    };
    if picks.iter().all(is_held) { Ok(()) } else { Err(Failure::for_good(ActionFailure::NotAsApproved)) }
}

fn names(picks: &[FieldPick], masked: bool) -> Vec<&FieldName> {
    picks.iter().filter(|pick| pick.masked == masked).map(|pick| &pick.name).collect()
}

fn result_of(artifact: &ArtifactRow) -> ActionResult {
    ActionResult::Export {
        artifact: artifact.id,
        records: u64::try_from(artifact.records).unwrap_or_default(),
        expires_at: artifact.expires_at,
    }
}

impl From<MakingError> for Failure {
    fn from(error: MakingError) -> Self {
        match error {
            MakingError::File(error) => Error::File(error).into(),
            MakingError::Vault(error) => Error::Vault(error).into(),
            MakingError::TooLarge => Self::for_good(ActionFailure::TooLarge),
            MakingError::Format => Self { kind: ActionFailure::Internal, is_retryable: true },
        }
    }
}

/// The sheet of a workbook is called as its register.
fn sheet_name(register: &FormId) -> String {
    const CHARACTERS_MAX: usize = 31;
    register.as_str().chars().take(CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests;
