//! Looks whether what stands outside this process changed: the workspace's files, and the people that another process
//! or node brought in.

use crate::{application::Application, error::Outcome};

impl Application {
    /// Publishes changed files; there is never more to do at once.
    pub(crate) async fn look_at_folder(&self) -> Outcome<bool> {
        self.publish_folder().await?;
        Ok(false)
    }

    /// Reads people again if another changed them: whoever left must not stay signed in here.
    pub(crate) async fn look_at_people(&self) -> Outcome<bool> {
        if self.people_are_behind().await? {
            self.refresh_directory().await?;
        }
        Ok(false)
    }
}
