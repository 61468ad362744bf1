//! What the requester receives, or waits for.

use definition::id::Login;
use engine::case::StepRunState;
use rust_decimal::Decimal;

use super::Opened;
use crate::view::case::{Control, Delivery, Password};

/// From here on a size is told in megabytes.
const MEGABYTE: i64 = 1 << 20;
const KILOBYTE: i64 = 1 << 10;

impl Opened<'_> {
    pub(super) fn delivery(&self, viewer: &Login) -> Option<Delivery> {
        if self.view.case.recipient() != Some(viewer) {
            return None;
        }
        self.file().or_else(|| self.action())
    }

    fn file(&self) -> Option<Delivery> {
        let artifact = self.view.artifacts.last()?;
        let copies = self.protect().map_or(0, |protect| protect.downloads);
        let left = u32::try_from(artifact.downloads_left).unwrap_or_default();
        Some(if artifact.expires_at <= self.reading.now {
            Delivery::Expired { at: artifact.expires_at }
        } else if let Some(at) = artifact.recalled_at {
            Delivery::Recalled { who: self.say("case-recaller", &[]), at }
        } else if left == 0 {
            Delivery::Spent { copies }
        } else {
            let password = match (artifact.password_shown_at, &artifact.password_sealed) {
                (Some(at), _) => Password::Gone { at },
                (None, Some(_)) => Password::Waiting,
                (None, None) => Password::None,
            };
            let extension = artifact.path.rsplit_once('.').map_or("", |(_, extension)| extension);
            Delivery::Ready {
                artifact: artifact.id.to_string(),
                name: format!("{}.{extension}", self.number()),
                size: self.size(artifact.size),
                password,
                copies_left: left,
                copies,
                expires: artifact.expires_at,
                download: Control::Offered,
            }
        })
    }

    /// The action that makes the file, while it is at it.
    fn action(&self) -> Option<Delivery> {
        self.view.case.open_runs().find_map(|run| match &run.state {
            StepRunState::Acting { attempt, not_before } if *attempt > 1 => {
                Some(Delivery::Delayed { next: *not_before, attempts: attempt - 1 })
            }
            StepRunState::Acting { .. } => {
                Some(Delivery::Making { done: 0, total: self.view.summary.records?, seconds_left: None })
            }
            StepRunState::Incident { .. } if self.view.case.action_requested => {
                Some(Delivery::Incident { number: self.number() })
            }
            StepRunState::Entered
            | StepRunState::Waiting(_)
            | StepRunState::Inside { .. }
            | StepRunState::Forked { .. }
            | StepRunState::Repeating { .. }
            | StepRunState::TurnedDown { .. }
            | StepRunState::Pausing { .. }
            | StepRunState::Acted { .. }
            | StepRunState::Incident { .. }
            | StepRunState::Left { .. }
            | StepRunState::Abandoned { .. } => None,
        })
    }

    fn size(&self, bytes: i64) -> String {
        let (unit, id) = if bytes >= MEGABYTE { (MEGABYTE, "case-file-mb") } else { (KILOBYTE, "case-file-kb") };
        let size = (Decimal::from(bytes.max(1)) / Decimal::from(unit)).round_dp(1).max(Decimal::new(1, 1));
        self.say(id, &[("size", size.normalize().to_string().into())])
    }
}
