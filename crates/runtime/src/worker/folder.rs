//! Looks whether the workspace's files changed.

use crate::{application::Application, error::Outcome};

impl Application {
    /// Publishes changed files; there is never more to do at once.
    pub(crate) async fn look_at_folder(&self) -> Outcome<bool> {
        self.publish_folder().await?;
        Ok(false)
    }
}
