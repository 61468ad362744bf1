//! Encrypted payloads of cases: submissions and comments. Events name them by digest; erased, nothing in the log tells
//! what they said.

use std::collections::BTreeMap;

use definition::{
    id::WorkflowId,
    level::Level,
    model::{FieldValues, Form, StepKind},
    value::{Chosen, RecordSet, Value},
};
use engine::{
    Case, CaseId, Plan, Submission,
    submission::{Kept, SALT_BYTES},
};
use serde::{Deserialize, Serialize};
use store::PayloadRow;
use uuid::Uuid;
use vault::{Binding, DataKey, Digest, Digester, KeyId, Payload, Sealed};
use zeroize::Zeroizing;

use crate::{
    application::Application,
    error::{Error, Outcome},
    keys::{CASES, FreshCase},
};

/// Free text and what people typed are at least of this level.
const LEAST_LEVEL: Level = Level::L1;

/// The values of a submission as they are encrypted.
#[derive(Serialize, Deserialize)]
struct SubmissionBody {
    salt: String,
    values: FieldValues,
    #[serde(default, skip_serializing_if = "Kept::is_empty")]
    kept: Kept,
}

/// A comment as it is encrypted.
#[derive(Serialize, Deserialize)]
struct CommentBody {
    salt: String,
    text: String,
}

/// Where a payload belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub case: CaseId,
    pub process: &'a WorkflowId,
}

/// A comment ready to be written.
#[derive(Debug)]
pub(crate) struct SealedComment {
    pub digest: Digest,
    pub row: PayloadRow,
}

impl Application {
    /// Encrypts a submission under the case's key of its highest level.
    pub(crate) async fn seal_submission(
        &self,
        place: Place<'_>,
        form: &Form,
        submission: &Submission,
    ) -> Outcome<PayloadRow> {
        let level = level_of(form, submission);
        let key = self.keys.data_key(&self.store, place.case.0, level, CASES).await?;
        self.seal_submission_under(place, (&key, level), submission)
    }

    /// The id and the keys of a case that somebody sends a form for: those that it is sure to need.
    pub(crate) async fn fresh_case(&self, plan: &Plan, submission: &Submission) -> Outcome<FreshCase> {
        let makes_files = plan.process.steps.iter().any(|step| matches!(step.kind, StepKind::Run(_)));
        let levels =
            std::iter::once(level_of(&plan.form, submission)).chain(makes_files.then_some(crate::artifacts::LEVEL));
        self.keys.fresh_case(&self.store, levels.collect()).await
    }

    /// Encrypts the submission that begins a case, under a key that was made for it.
    pub(crate) fn seal_first_submission(
        &self,
        fresh: &FreshCase,
        plan: &Plan,
        submission: &Submission,
    ) -> Outcome<PayloadRow> {
        let level = level_of(&plan.form, submission);
        let place = Place { case: CaseId(fresh.id), process: &plan.process.id };
        self.seal_submission_under(place, (fresh.key(level)?, level), submission)
    }

    fn seal_submission_under(
        &self,
        place: Place<'_>,
        key: (&DataKey, Level),
        submission: &Submission,
    ) -> Outcome<PayloadRow> {
        let body = SubmissionBody {
            salt: hex::encode(submission.salt()),
            values: submission.values().clone(),
            kept: submission.kept().clone(),
        };
        let body = Zeroizing::new(serde_json::to_vec(&body).map_err(|_| Error::Damaged("a submission"))?);
        self.seal_payload(place, (Payload::Submission, submission.digest()), key, &body)
    }

    /// The values of a case as they stand.
    pub(crate) async fn open_submission(&self, case: &Case) -> Outcome<Submission> {
        self.submission_in(case, None).await
    }

    /// The same, out of the row that they are kept in if it was read already.
    pub(crate) async fn submission_in(&self, case: &Case, kept: Option<PayloadRow>) -> Outcome<Submission> {
        let place = Place { case: case.id, process: &case.process };
        let opened = match kept.filter(|row| row.digest == case.submission) {
            Some(row) => self.open_row(place, Payload::Submission, row).await?,
            None => self.open_payload(place, Payload::Submission, case.submission).await?,
        };
        let body: SubmissionBody = serde_json::from_slice(&opened).map_err(|_| Error::Damaged("a submission"))?;
        let mut salt = [0; SALT_BYTES];
        hex::decode_to_slice(&body.salt, &mut salt).map_err(|_| Error::Damaged("a submission's salt"))?;
        Ok(Submission::with(salt, body.values, body.kept))
    }

    /// Encrypts a comment.
    pub(crate) async fn seal_comment(&self, place: Place<'_>, text: &str) -> Outcome<SealedComment> {
        let salt = hex::encode(fresh::<SALT_BYTES>());
        let digest = Digester::new("chancery.comment.v1").text(&salt).text(text).finish();
        let body = CommentBody { salt, text: text.to_owned() };
        let body = Zeroizing::new(serde_json::to_vec(&body).map_err(|_| Error::Damaged("a comment"))?);
        let key = self.keys.data_key(&self.store, place.case.0, LEAST_LEVEL, CASES).await?;
        let row = self.seal_payload(place, (Payload::Comment, digest), (&key, LEAST_LEVEL), &body)?;
        Ok(SealedComment { digest, row })
    }

    /// The comments of a case by digest, as many as are still there.
    pub(crate) async fn open_comments(&self, case: &Case, digests: &[Digest]) -> Outcome<BTreeMap<Digest, String>> {
        let place = Place { case: case.id, process: &case.process };
        let mut comments = BTreeMap::new();
        for digest in digests {
            let opened = match self.open_payload(place, Payload::Comment, *digest).await {
                Ok(opened) => opened,
                // Erased: the log stays, the words are gone.
                Err(Error::Erased) => continue,
                Err(error) => return Err(error),
            };
            let body: CommentBody = serde_json::from_slice(&opened).map_err(|_| Error::Damaged("a comment"))?;
            comments.insert(*digest, body.text);
        }
        Ok(comments)
    }

    fn seal_payload(
        &self,
        place: Place<'_>,
        (payload, digest): (Payload, Digest),
        (key, level): (&DataKey, Level),
        plaintext: &[u8],
    ) -> Outcome<PayloadRow> {
        let name = digest.to_string();
        let binding = binding(self.keys.workspace(), place, (payload, &name), level);
        let sealed = key.seal(&binding, plaintext, &mut rand::fill)?;
        Ok(PayloadRow {
            case_id: place.case.0,
            digest,
            key_id: key.id().0,
            level: i64::from(level.rank()),
            created_at: self.clock.now(),
            ciphertext: sealed.into_bytes(),
        })
    }

    async fn open_payload(&self, place: Place<'_>, payload: Payload, digest: Digest) -> Outcome<vault::Plaintext> {
        let row = self.store.payload(place.case.0, digest).await?.ok_or(Error::Erased)?;
        self.open_row(place, payload, row).await
    }

    async fn open_row(&self, place: Place<'_>, payload: Payload, row: PayloadRow) -> Outcome<vault::Plaintext> {
        let level = usize::try_from(row.level).ok().and_then(|level| Level::ALL.get(level).copied());
        let level = level.ok_or(Error::Damaged("a payload's level"))?;
        let key = self.keys.opened(&self.store, KeyId(row.key_id)).await?;
        let name = row.digest.to_string();
        let binding = binding(self.keys.workspace(), place, (payload, &name), level);
        Ok(key.open(&binding, &Sealed::from_bytes(row.ciphertext)?)?)
    }
}

fn binding<'a>(workspace: &'a str, place: Place<'a>, (payload, name): (Payload, &'a str), level: Level) -> Binding<'a> {
    Binding { workspace, payload, form: place.process.as_str(), record: place.case.0, field: name, level: level.rank() }
}

/// A submission is kept at the level of its most sensitive field.
/// The level of the most protected of its fields, and of the fields of a register that its records were chosen by.
fn level_of(form: &Form, submission: &Submission) -> Level {
    let tests = |value: &Value| {
        let Value::Records(RecordSet { chosen: Some(Chosen::Where(tests)), .. }) = value else { return None };
        tests.iter().map(|test| test.level).max()
    };
    let chosen_by = submission.values().values().filter_map(tests);
    form.fields.iter().map(|field| field.sensitivity).chain(chosen_by).max().unwrap_or_default().max(LEAST_LEVEL)
}

/// Fresh random bytes.
pub(crate) fn fresh<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    rand::fill(&mut bytes[..]);
    bytes
}

/// A fresh id that sorts by the moment it was drawn.
pub(crate) fn fresh_id() -> Uuid {
    Uuid::now_v7()
}
