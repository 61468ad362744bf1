//! The page of one case, and what its requester and its readers do with it.

mod delivery;
mod diagram;
mod impact;
mod more;
mod panel;
mod request;

use axum::{Form, extract::Path, response::Response};
use definition::id::Login;
use engine::{
    CaseId, Event,
    case::{Status, TimerPurpose},
};
use runtime::{
    InboxBox, InboxFilter,
    cases::{CaseView, Participation},
    error::{Error, Outcome, Refusal},
    tasks::With,
};
use serde::Deserialize;
use uuid::Uuid;

pub use self::{
    delivery::progress,
    panel::{Entered, EnteredMore},
};
use super::{ROWS, on_to};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    i18n::{self, FluentValue, format::Reading},
    view::{
        case::{
            CasePage, Comment, CommentPart, Control, Delivery, Header, InboxPlace, Outcome as Ended, Own, Password,
            Refusal as Why, Standing,
        },
        shell::Banner,
    },
    words::{self, timeline},
};

/// How long after urging people they may not be urged again; the engine has the last word.
const URGED_FOR: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// One case as one reader sees it.
pub(super) struct Opened<'a> {
    pub visit: &'a Visit,
    pub reading: Reading,
    pub view: CaseView,
}

/// The page.
pub async fn page(visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    let page = built(&visit, case_id(&id)?, &Entered::default()).await?;
    visit.page(&page).await
}

/// The page again after something was refused, with what was typed.
pub async fn refused(visit: &Visit, id: CaseId, refusal: &Refusal, entered: &Entered) -> Result<Response, Problem> {
    let page = built(visit, id, entered).await?;
    let (status, banner) = visit.refused(refusal);
    visit.page_with(&page, status, Some(banner)).await
}

/// The page with the password of its file, this once. Nothing is told that the page would not show, and nobody but whom
/// the file was made for is told that there is one.
pub async fn telling(visit: &Visit, (id, artifact): (CaseId, Uuid)) -> Result<Response, Problem> {
    let opened = open(visit, id).await?;
    let login = visit.viewer()?.login().as_str();
    if !opened.view.artifacts.iter().any(|one| one.id == artifact && one.person == login) {
        return Err(Problem::Refused(Refusal::NotFound));
    }
    let mut page = opened.page(&Entered::default()).await?;
    let place = match &mut page.delivery {
        Some(Delivery::Ready { artifact: shown, password, .. }) if *shown == artifact.to_string() => password,
        Some(_) | None => return Err(Problem::Refused(Refusal::Expired)),
    };
    let told = visit.state.application.artifact_password(visit.viewer()?, artifact).await?;
    *place = Password::Told { value: told.to_string() };
    visit.page(&page).await
}

/// The page again because the case went on since it was read.
pub async fn changed(visit: &Visit, id: CaseId, entered: &Entered) -> Result<Response, Problem> {
    let opened = open(visit, id).await?;
    let last = opened.view.events.last();
    let by = last.and_then(|envelope| envelope.actor.login()).map_or_else(
        || i18n::message(visit.locale, "case-machine", &[]),
        |login| words::people::name(&opened.view.directory, login),
    );
    let at = last.map_or(opened.view.now, |envelope| envelope.at);
    let page = opened.page(entered).await?;
    visit.page_with(&page, axum::http::StatusCode::CONFLICT, Some(Banner::ChangedMeanwhile { by, at })).await
}

/// A form of the case's own.
#[derive(Debug, Deserialize)]
pub struct Said {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    text: String,
}

/// Nudges whoever is next.
pub async fn urge(
    visit: Visit,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, Problem> {
    signed_in.check_form(&said.csrf_token)?;
    let id = case_id(&id)?;
    let done = visit.state.application.urge(&signed_in.0, id).await;
    answered(&visit, id, done.map(drop), "").await
}

/// Takes the request back.
pub async fn withdraw(
    visit: Visit,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, Problem> {
    signed_in.check_form(&said.csrf_token)?;
    let id = case_id(&id)?;
    let with = With { comment: Some(said.text), ..With::default() };
    let done = visit.state.application.withdraw(&signed_in.0, id, with).await;
    answered(&visit, id, done.map(drop), "").await
}

/// Says something.
pub async fn comment(
    visit: Visit,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, Problem> {
    signed_in.check_form(&said.csrf_token)?;
    let id = case_id(&id)?;
    let with = With { comment: Some(said.text), ..With::default() };
    let done = visit.state.application.comment_on_case(&signed_in.0, id, with).await;
    answered(&visit, id, done.map(drop), "#comments").await
}

/// Back to the case, or the refusal over it.
async fn answered(visit: &Visit, id: CaseId, done: Outcome<()>, at: &str) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok(on_to(&format!("/cases/{id}{at}"))),
        Err(Error::Refused(Refusal::NotFound)) => Err(Problem::Refused(Refusal::NotFound)),
        Err(Error::Refused(refusal)) => refused(visit, id, &refusal, &Entered::default()).await,
        Err(error) => Err(error.into()),
    }
}

/// A case's id as addresses carry it.
pub fn case_id(text: &str) -> Result<CaseId, Problem> {
    // What is no id names nothing.
    text.parse().map_err(|_| Problem::Refused(Refusal::NotFound))
}

async fn built(visit: &Visit, id: CaseId, entered: &Entered) -> Result<CasePage, Problem> {
    open(visit, id).await?.page(entered).await
}

async fn open(visit: &Visit, id: CaseId) -> Result<Opened<'_>, Problem> {
    let view = visit.state.application.open_case(visit.viewer()?, id).await?;
    Ok(Opened { visit, reading: visit.reading(), view })
}

impl Opened<'_> {
    async fn page(self, entered: &Entered) -> Result<CasePage, Problem> {
        let login = self.visit.viewer()?.login().clone();
        let panel = self.panel(entered).await?;
        let place = self.place().await?;
        Ok(CasePage {
            id: self.view.case.id.to_string(),
            header: self.header(&login),
            place,
            diagram: self.diagram(&login),
            request: self.request(),
            picked: self.picked(),
            additions: Vec::new(),
            impact: self.impact(),
            more: self.more(entered).await?,
            panel,
            delivery: self.delivery(&login),
            own: self.own(&login),
            history: timeline::Telling { reading: self.reading, view: &self.view }.history(),
            comments: self.comments(),
            reply: if self.view.case.is_running() && self.view.participation > Participation::Duty {
                Control::Offered
            } else {
                Control::Absent
            },
        })
    }

    /// The number people call the case by.
    pub(super) fn number(&self) -> String {
        let case = &self.view.case;
        runtime::cases::number(&case.process, case.started_at, case.number.0)
    }

    pub(super) fn name(&self, login: &Login) -> String {
        words::people::name(&self.view.directory, login)
    }

    pub(super) fn say(&self, id: &str, arguments: &i18n::Arguments<'_>) -> String {
        i18n::message(self.reading.locale, id, arguments)
    }

    fn header(&self, viewer: &Login) -> Header {
        let case = &self.view.case;
        let process = self.view.plan.process.title.get(self.reading.locale).clone();
        let who = case.requester().map(|login| self.name(login));
        let title = match (who, self.view.summary.records) {
            (None, _) => process.clone(),
            (Some(who), Some(records)) => {
                let register = self.view.plan.registers.values().next();
                let register = register.map(|form| form.title.get(self.reading.locale).clone()).unwrap_or_default();
                let count = FluentValue::from(records);
                self.say("case-asks-records", &[("who", who.into()), ("count", count), ("register", register.into())])
            }
            (Some(who), None) => self.say("case-asks", &[("who", who.into()), ("process", process.as_str().into())]),
        };
        let changes = self.view.events.iter().filter(|one| matches!(one.event, Event::SubmissionChanged { .. }));
        Header {
            from: words::cases::asker(
                self.reading.locale,
                &self.view.directory,
                (Some(&self.view.plan.process), case.requester()),
            ),
            title,
            process,
            number: self.number(),
            submission: u32::try_from(changes.count()).unwrap_or(u32::MAX).saturating_add(1),
            version: case.version,
            standing: self.standing(viewer),
        }
    }

    fn standing(&self, viewer: &Login) -> Standing {
        let case = &self.view.case;
        if let Status::Ended { outcome, at } = &case.status {
            let outcome = match outcome.as_str() {
                "rejected" => Ended::Rejected,
                "cancelled" => Ended::Cancelled,
                _ => Ended::Approved,
            };
            return Standing::Ended { outcome, at: *at };
        }
        if case.open_runs().any(|run| run.incident().is_some()) {
            return Standing::Stopped;
        }
        if let Some(task) = self.view.tasks.first()
            && let Some(at) = task.due_at
        {
            let timers = case.timers.iter().filter(|timer| timer.run == task.run);
            let reminders = timers.filter(|timer| matches!(timer.purpose, TimerPurpose::Remind { .. }));
            let reminder = reminders.map(|timer| timer.due_at).filter(|due| *due < at && *due > self.reading.now).min();
            return Standing::Due { at, reminder, late: at <= self.reading.now };
        }
        let waiting: Vec<&engine::Task> = case.open_tasks().collect();
        if waiting.is_empty() {
            return Standing::Executing;
        }
        let holders: std::collections::BTreeSet<Login> = waiting.iter().flat_map(|task| task.holders()).collect();
        let on = if holders.contains(viewer) {
            self.named(viewer, viewer)
        } else {
            timeline::names(self.reading, &self.view, &holders)
        };
        Standing::Waiting { on, until: waiting.iter().filter_map(|task| task.due_at).min() }
    }

    /// Somebody's name; the reader is told that it is them.
    pub(super) fn named(&self, login: &Login, viewer: &Login) -> String {
        let name = self.name(login);
        if login == viewer { self.say("case-you", &[("who", name.into())]) } else { name }
    }

    /// Its neighbours among what waits for the reader.
    async fn place(&self) -> Result<Option<InboxPlace>, Problem> {
        if self.view.tasks.is_empty() {
            return Ok(None);
        }
        let viewer = self.visit.viewer()?;
        let lines =
            self.visit.state.application.inbox(viewer, (InboxBox::Todo, &InboxFilter::default()), None, ROWS).await?;
        let cases: Vec<CaseId> = lines.rows.iter().map(|line| line.case.id).collect();
        let Some(at) = cases.iter().position(|case| *case == self.view.case.id) else { return Ok(None) };
        let address = |case: &CaseId| format!("/cases/{case}");
        Ok(Some(InboxPlace {
            position: at as u64 + 1,
            total: cases.len() as u64,
            previous: at.checked_sub(1).and_then(|before| cases.get(before)).map(address),
            next: cases.get(at + 1).map(address),
        }))
    }

    /// What the requester may do while the case runs.
    fn own(&self, viewer: &Login) -> Option<Own> {
        let case = &self.view.case;
        if !case.is_of(viewer) || !case.is_running() {
            return None;
        }
        let withdraw = if self.view.may_withdraw {
            Control::Offered
        } else if case.action_requested {
            Control::Refused { why: Why::ActionBegan }
        } else if case.decisions > 0 {
            Control::Refused { why: Why::AlreadyDecided }
        } else {
            Control::Refused { why: Why::NotInProcess }
        };
        let again = case.urged_at.map(|at| at + URGED_FOR).filter(|again| *again > self.reading.now);
        let urge = match (case.open_tasks().next(), again) {
            (None, _) => Control::Absent,
            (Some(_), Some(again)) => Control::Refused { why: Why::TooSoon { again } },
            (Some(_), None) => Control::Offered,
        };
        Some(Own { withdraw, urge })
    }

    fn comments(&self) -> Vec<Comment> {
        let comment = |envelope: &engine::EventEnvelope| {
            let Event::Commented { payload } = &envelope.event else { return None };
            let (text, who) = (self.view.comments.get(payload)?, envelope.actor.login()?);
            let names: Vec<&str> = self.view.directory.people().map(|person| person.name.as_str()).collect();
            Some(Comment {
                who: words::people::person(self.reading.locale, &self.view.directory, who),
                role: None,
                at: envelope.at,
                parts: mentions(text, &names),
            })
        };
        self.view.events.iter().filter_map(comment).collect()
    }

    /// The step that makes a file, if the process has one.
    pub(super) fn protect(&self) -> Option<definition::model::Protect> {
        let mut runs = self.view.plan.process.steps.iter().filter_map(|step| step.kind.run());
        runs.next().map(|run| {
            let definition::model::ActionCall::RecordsExport(arguments) = &run.action;
            arguments.protect
        })
    }
}

/// A comment in pieces: `@` before a known name makes a mention, the longest name that fits.
fn mentions(text: &str, names: &[&str]) -> Vec<CommentPart> {
    let mut parts = Vec::new();
    let (mut plain, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('@') {
        let behind = &rest[at + 1..];
        let mention =
            names.iter().filter(|name| !name.is_empty() && behind.starts_with(**name)).max_by_key(|name| name.len());
        plain.push_str(&rest[..at]);
        if let Some(name) = mention {
            if !plain.is_empty() {
                parts.push(CommentPart::Text { text: std::mem::take(&mut plain) });
            }
            parts.push(CommentPart::Mention { name: (*name).to_owned() });
            rest = &behind[name.len()..];
        } else {
            plain.push('@');
            rest = behind;
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(CommentPart::Text { text: plain });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_behind_an_at_sign_is_a_mention_and_other_signs_stay_text() {
        let told = format!("{:?}", mentions("@Li Na see a@b.example, @Nobody @Li", &["Li", "Li Na"]));
        let expected =
            "[Mention { name: \"Li Na\" }, Text { text: \" see a@b.example, @Nobody \" }, Mention { name: \"Li\" }]";
        assert_eq!(told, expected);
    }
}
