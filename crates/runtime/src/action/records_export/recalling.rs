//! Taking an export back: nobody can fetch the file afterwards. Who has fetched it has it.

use definition::model::ExportArguments;
use engine::event::Undone;
use serde_json::json;

use crate::{
    action::{Attempt, Failure},
    application::Application,
    artifacts,
    audit::Entry,
    error::Error,
    viewer::Origin,
};

impl Application {
    /// Takes the file of a passage back. Done again, it finds the same.
    pub(crate) async fn recall_export(
        &self,
        attempt: &Attempt<'_>,
        arguments: &ExportArguments,
    ) -> Result<Undone, Failure> {
        let made = self.store.artifact_by_run(attempt.run.0).await.map_err(Error::from)?;
        let Some(made) = made else { return Ok(Undone::Undone) };
        let now = self.clock.now();
        let entry = Entry::by(None, &Origin::default(), now).of("recalled").in_case(attempt.case.id);
        let entry = entry.digest(made.digest).facts(&json!({ "artifact": made.id }));
        let recalled = self.store.artifact_recall(made.id, now, &[entry.write()]).await.map_err(Error::from)?;
        // One that was taken back or expired before is as it was read: nobody could fetch it since.
        let artifact = recalled.unwrap_or(made);
        artifacts::remove_files(&self.settings.files, &artifact).map_err(Error::from)?;
        let was_fetched = artifact.downloads_left < i64::from(arguments.protect.downloads);
        Ok(if was_fetched { Undone::TooLate } else { Undone::Undone })
    }
}
