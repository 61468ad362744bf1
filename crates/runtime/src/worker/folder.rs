//! Looks whether what stands outside this process changed: the workspace's files, and the people that another process
//! or node brought in.

use crate::{application::Application, error::Outcome};

impl Application {
    /// Publishes changed files; there is never more to do at once.
    pub(crate) async fn look_at_folder(&self) -> Outcome<bool> {
        self.publish_folder().await?;
        Ok(false)
    }

    /// Reads people again if another changed them: whoever left must not stay signed in here, and their work goes on.
    pub(crate) async fn look_at_people(&self) -> Outcome<bool> {
        if self.people_are_behind().await? {
            self.refresh_directory().await?;
        }
        let changed = self.store.people_changed().await?;
        let mut looked_at = self.leavers_looked_for_at.lock().await;
        if *looked_at != Some(changed) {
            self.pass_on_of_leavers().await?;
            *looked_at = Some(changed);
        }
        Ok(false)
    }
}
