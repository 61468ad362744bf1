//! What the requester receives, or waits for.

use axum::{Json, extract::Path};
use definition::id::Login;
use engine::case::StepRunState;
use runtime::Progress;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Opened, case_id};
use crate::{
    http::{answer::Visit, problem::Problem},
    view::case::{Control, Delivery, Password},
};

/// From here on a size is told in megabytes.
const MEGABYTE: i64 = 1 << 20;
const KILOBYTE: i64 = 1 << 10;

/// How far the file is that a page shows, for its script.
#[derive(Debug, Serialize)]
pub struct Live {
    /// What the panel has to say: `making`, `delayed`, or `over`.
    state: &'static str,
    /// Records written.
    written: u64,
    /// Whether it was interrupted and begun anew.
    again: bool,
}

/// How far the file is. Looking again and again is no new look at the case.
pub async fn progress(visit: Visit, Path(id): Path<String>) -> Result<Json<Live>, Problem> {
    let acting = visit.state.application.case_progress(visit.viewer()?, case_id(&id)?).await?;
    let state = match &acting {
        None => "over",
        Some((1, _)) => "making",
        Some(_) => "delayed",
    };
    let progress = acting.and_then(|(_, progress)| progress);
    Ok(Json(Live {
        state,
        written: progress.as_ref().map_or(0, written),
        again: progress.is_some_and(|progress| progress.attempts > 1),
    }))
}

fn written(progress: &Progress) -> u64 {
    u64::try_from(progress.written_now()).unwrap_or_default()
}

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
                let total = self.view.summary.records?;
                let progress = self.view.progress.as_ref();
                Some(Delivery::Making {
                    done: progress.map_or(0, written).min(total),
                    total,
                    again: progress.is_some_and(|progress| progress.attempts > 1),
                })
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
