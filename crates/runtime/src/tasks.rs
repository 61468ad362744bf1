//! Tasks: the inbox, and what people do with a task.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono::{DateTime, TimeDelta, Utc};
use definition::{
    form_values::EnteredValues,
    id::{Login, StepId},
    model::{Confirm, StepKind},
};
use engine::{Actor, AddPlace, Case, CaseId, Command, Plan, Rejection, Submission, TaskId};
use serde_json::json;
use store::{Counts, Cursor, IdempotencyRow, InboxBox, InboxCount, InboxFacet, InboxFilter, Page, Span, TaskRow};
use uuid::Uuid;
use vault::Digest;
use zeroize::Zeroizing;

use crate::{
    application::Application,
    audit::Entry,
    cases::CaseLine,
    error::{Error, Outcome, Refusal},
    execute::{ATTEMPTS_MAX, Deed, Executed},
    payload::{Place, fresh},
    viewer::{Through, Viewer},
};

/// How long a second factor that was given counts.
pub const SECOND_FACTOR_GOOD_FOR: TimeDelta = TimeDelta::minutes(5);

/// The most characters of a comment.
pub const COMMENT_CHARACTERS_MAX: usize = 4_000;

/// The status of what was done on a case.
const ANSWERED: u16 = 200;

/// A line of the inbox.
#[derive(Debug, Clone)]
pub struct InboxLine {
    /// The case.
    pub case: CaseLine,
    /// The task, in the lists of tasks.
    pub task: Option<TaskRow>,
    /// Where the line stands, to go on from.
    pub cursor: Cursor,
}

/// How many cases a person's lists have, beside what waits for them.
#[derive(Debug, Clone, Copy)]
pub struct InboxCounts {
    /// What they did.
    pub done: InboxCount,
    /// What they asked for.
    pub started: InboxCount,
    /// What they were sent a copy of.
    pub copied: InboxCount,
}

/// What is done with a task.
#[derive(Debug, Clone)]
pub enum TaskDeed {
    /// Take it from its pool.
    Claim,
    /// Give it back to its pool.
    Release,
    /// Decide in favour.
    Approve,
    /// Decide against.
    Reject,
    /// Send the case back, to a step where there is a choice.
    Return(Option<StepId>),
    /// Finish a piece of work, with the fields it changes.
    Complete(EnteredValues),
    /// Hand it over.
    Transfer(Login),
    /// Name the people of a step that found nobody.
    Name(Vec<Login>),
    /// Let another look at it, and have the last word.
    Delegate(Login),
    /// Give a delegated one back, or call it back.
    Resolve,
    /// Ask others to decide as well.
    Add(AddPlace, Vec<Login>),
    /// Do without somebody one has added.
    Remove(Login),
    /// Ask others for an opinion.
    Opinion(Vec<Login>),
    /// Ask somebody a question.
    Ask(Login),
    /// Give the opinion or the answer that was asked for.
    Answer,
    /// Take one's decision back.
    TakeBack,
    /// Say something on its case.
    Comment,
}

impl TaskDeed {
    /// The stable word for it in the record.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Claim => "task_claimed",
            Self::Release => "task_released",
            Self::Approve => "approved",
            Self::Reject => "rejected",
            Self::Return(_) => "returned",
            Self::Complete(_) => "completed",
            Self::Transfer(_) => "transferred",
            Self::Name(_) => "people_named",
            Self::Delegate(_) => "delegated",
            Self::Resolve => "resolved",
            Self::Add(..) => "people_added",
            Self::Remove(_) => "person_removed",
            Self::Opinion(_) => "opinion_asked",
            Self::Ask(_) => "question_asked",
            Self::Answer => "answered",
            Self::TakeBack => "taken_back",
            Self::Comment => "commented",
        }
    }
}

/// What comes with a deed.
#[derive(Clone, Default)]
pub struct With {
    /// What the person says.
    pub comment: Option<String>,
    /// A code of their second factor.
    pub code: Option<String>,
    /// Their password again.
    pub password: Option<Zeroizing<String>>,
}

/// What people say, and what they prove themselves by, stays out of logs.
impl fmt::Debug for With {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("With").finish_non_exhaustive()
    }
}

impl Application {
    /// A page of one of a person's lists.
    pub async fn inbox(
        &self,
        viewer: &Viewer,
        list: (InboxBox, &InboxFilter),
        after: Option<Cursor>,
        limit: u64,
    ) -> Outcome<Page<InboxLine>> {
        let page = self.store.inbox_page(viewer.login().as_str(), list, after, limit).await?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for item in page.rows {
            rows.push(InboxLine { case: Self::case_line(&item.case)?, task: item.task, cursor: item.cursor });
        }
        Ok(Page { rows, next: page.next })
    }

    /// How many cases each of a person's lists has.
    pub async fn inbox_counts(&self, viewer: &Viewer) -> Outcome<InboxCounts> {
        let count = async |list| self.store.inbox_count(viewer.login().as_str(), list).await;
        Ok(InboxCounts {
            done: count(InboxBox::Done).await?,
            started: count(InboxBox::Started).await?,
            copied: count(InboxBox::Copied).await?,
        })
    }

    /// The processes of one of a person's lists, and who asked in them.
    pub async fn inbox_facets(&self, viewer: &Viewer, list: InboxBox) -> Outcome<BTreeSet<InboxFacet>> {
        Ok(self.store.inbox_facets(viewer.login().as_str(), list).await?)
    }

    /// How many of a person's tasks are due within a span.
    pub async fn due_within(&self, viewer: &Viewer, span: Span<DateTime<Utc>>) -> Outcome<u64> {
        let count = self.store.due_within(viewer.login().as_str(), span).await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Which of these tasks still wait for a person.
    pub async fn still_waiting(&self, viewer: &Viewer, tasks: &[Uuid]) -> Outcome<Vec<Uuid>> {
        Ok(self.store.still_waiting(viewer.login().as_str(), tasks).await?)
    }

    /// How much waits for a person.
    pub async fn counts(&self, viewer: &Viewer) -> Outcome<Counts> {
        Ok(self.store.counts(viewer.login().as_str()).await?)
    }

    /// How much waits for somebody; a demo says so before they sign in.
    pub async fn waiting_for(&self, login: &Login) -> Outcome<u64> {
        Ok(u64::try_from(self.store.counts(login.as_str()).await?.open_tasks).unwrap_or_default())
    }

    /// Whom each of these cases waits for.
    pub async fn holders_of_cases(&self, cases: &[Uuid]) -> Outcome<BTreeMap<Uuid, Vec<Login>>> {
        let mut holders: BTreeMap<Uuid, Vec<Login>> = BTreeMap::new();
        for task in self.store.open_tasks_of_cases(cases).await? {
            for person in self.store.people_of_task(task.id).await? {
                holders.entry(task.case_id).or_default().push(Login::from(person.as_str()));
            }
        }
        Ok(holders)
    }

    /// The case that a task belongs to, if the viewer may know of it.
    pub async fn case_of_task(&self, viewer: &Viewer, task: TaskId) -> Outcome<CaseId> {
        let row = self.store.task_by_id(task.0).await?.ok_or(Refusal::NotFound)?;
        let case = self.load_case(CaseId(row.case_id)).await?;
        self.participation(viewer, &case).await?;
        Ok(case.id)
    }

    /// Does something with a task.
    pub async fn act_on_task(&self, viewer: &Viewer, task: TaskId, deed: TaskDeed, with: With) -> Outcome<Executed> {
        let mut proof = None;
        for _ in 0..ATTEMPTS_MAX {
            let loaded = self.load_with_values(self.store.case_of_task(task.0).await?).await?;
            self.participation(viewer, &loaded.case).await?;
            let acting = Acting { viewer, case: &loaded.case, plan: &loaded.plan, task };
            let mut prepared = self.prepare(&acting, deed.clone(), &with).await?;
            prepared.confirmed = match proof {
                Some(proof) => proof,
                None => *proof.insert(self.confirmed(viewer, &with).await?),
            };
            let changes_values = prepared.changed.is_some();
            match self.execute_on(loaded, prepared).await {
                // Another changed the values meanwhile: what was entered is worked into them as they are now.
                Err(Error::Refused(Refusal::Changed)) if changes_values => {}
                Err(Error::Refused(Refusal::Rejected(Rejection::ConfirmationRequired { confirm }))) => {
                    return Err(self.ask_to_confirm(viewer, confirm).await?.into());
                }
                result => return result,
            }
        }
        Err(Refusal::Changed.into())
    }

    async fn prepare(&self, acting: &Acting<'_>, deed: TaskDeed, with: &With) -> Outcome<Deed> {
        let Acting { viewer, case, task, .. } = *acting;
        let idempotency = self.answer_on_case(viewer, case).await?;
        let mut payloads = Vec::new();
        let comment = self.comment(case, with.comment.as_deref(), &mut payloads).await?;
        let mut changed = None;
        let kind = deed.kind();
        let command = match deed {
            TaskDeed::Claim => Command::Claim { task },
            TaskDeed::Release => Command::Release { task },
            TaskDeed::Approve => Command::Approve { task, comment },
            TaskDeed::Reject => Command::Reject { task, comment },
            TaskDeed::Return(to) => Command::Return { task, to, comment },
            TaskDeed::Complete(entered) => {
                if let Some(submission) = self.changed_submission(acting, &entered).await? {
                    let place = Place { case: case.id, process: &case.process };
                    payloads.push(self.seal_submission(place, &acting.plan.form, &submission).await?);
                    changed = Some(submission);
                }
                Command::Complete { task, comment }
            }
            TaskDeed::Transfer(to) => Command::Transfer { task, to, comment },
            TaskDeed::Name(people) => Command::Name { task, people },
            TaskDeed::Delegate(to) => Command::Delegate { task, to, comment },
            TaskDeed::Resolve => Command::Resolve { task, comment },
            TaskDeed::Add(place, people) => Command::Add { task, place, people, comment },
            TaskDeed::Remove(login) => Command::Remove { task, login },
            TaskDeed::Opinion(people) => Command::AskOpinion { task, people, comment },
            TaskDeed::Ask(to) => Command::Ask { task, to, question: comment },
            TaskDeed::Answer => Command::Answer { task, comment },
            TaskDeed::TakeBack => Command::TakeBack { task },
            TaskDeed::Comment => {
                let payload = comment.ok_or(Refusal::Rejected(engine::Rejection::CommentRequired))?;
                Command::Comment { payload }
            }
        };
        let mut prepared = Deed::new(Actor::person(viewer.login().clone()), command);
        prepared.payloads = payloads;
        prepared.idempotency = idempotency;
        let entry = Entry::of_viewer(viewer, self.clock.now()).of(kind).in_case(case.id);
        let digest = changed.as_ref().map_or(case.submission, Submission::digest);
        prepared.audit.push(entry.digest(digest).facts(&json!({ "task": task })).write());
        prepared.changed = changed;
        Ok(prepared)
    }

    /// Encrypts what somebody says on a case.
    pub(crate) async fn comment(
        &self,
        case: &Case,
        text: Option<&str>,
        payloads: &mut Vec<store::PayloadRow>,
    ) -> Outcome<Option<Digest>> {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
        if text.chars().count() > COMMENT_CHARACTERS_MAX {
            return Err(Refusal::TooLarge { limit: COMMENT_CHARACTERS_MAX as u64 }.into());
        }
        let sealed = self.seal_comment(Place { case: case.id, process: &case.process }, text).await?;
        payloads.push(sealed.row);
        Ok(Some(sealed.digest))
    }

    /// The values of a case after a `fill`, if it changes any.
    async fn changed_submission(&self, acting: &Acting<'_>, entered: &EnteredValues) -> Outcome<Option<Submission>> {
        let Acting { viewer, case, plan, task } = *acting;
        let step = case.task(task).and_then(|task| plan.process.step_by_id(task.step.as_str()));
        let Some(StepKind::Fill(fill)) = step.map(|(_, step)| &step.kind) else { return Ok(None) };
        let before = self.open_submission(case).await?;
        let may_edit = |name: &str| fill.edit.iter().any(|field| field.as_str() == name);
        let edited: EnteredValues =
            entered.iter().filter(|(name, _)| may_edit(name)).map(|(name, one)| (name.clone(), one.clone())).collect();
        if edited.is_empty() {
            return Ok(None);
        }
        let values = self.check_changes(viewer, plan, before.values(), edited)?;
        Ok((values != *before.values()).then(|| before.changed(values)))
    }

    /// The strongest fresh proof of identity that comes with a request.
    async fn confirmed(&self, viewer: &Viewer, with: &With) -> Outcome<Confirm> {
        if with.code.as_deref().is_some_and(|code| !code.trim().is_empty()) {
            self.check_second_factor(viewer, with.code.as_deref()).await?;
            return Ok(Confirm::SecondFactor);
        }
        if self.gave_second_factor(viewer) {
            return Ok(Confirm::SecondFactor);
        }
        match &with.password {
            Some(password) => {
                self.check_password_again(viewer, Some(password)).await?;
                Ok(Confirm::Password)
            }
            None => Ok(Confirm::None),
        }
    }

    /// Whether the viewer gave a second factor a moment ago.
    pub fn gave_second_factor(&self, viewer: &Viewer) -> bool {
        match &viewer.through {
            Through::Session { second_factor_at: Some(at), .. } => self.clock.now() - *at < SECOND_FACTOR_GOOD_FOR,
            Through::Session { second_factor_at: None, .. } | Through::Token { .. } => false,
        }
    }

    async fn ask_to_confirm(&self, viewer: &Viewer, confirm: Confirm) -> Outcome<Refusal> {
        Ok(match confirm {
            Confirm::SecondFactor => Refusal::SecondFactorNeeded { enrolled: self.has_second_factor(viewer).await? },
            Confirm::Password | Confirm::None => Refusal::PasswordNeeded,
        })
    }

    /// Asks for a second factor, unless one was given in this session a moment ago.
    pub(crate) async fn need_second_factor(&self, viewer: &Viewer, code: Option<&str>) -> Outcome<()> {
        if self.gave_second_factor(viewer) {
            return Ok(());
        }
        self.check_second_factor(viewer, code).await
    }

    /// The row that remembers the answer to a request about a case.
    pub(crate) async fn answer_on_case(&self, viewer: &Viewer, case: &Case) -> Outcome<Option<IdempotencyRow>> {
        self.answer(viewer, ANSWERED, &json!({ "case": case.id })).await
    }
}

/// A person at a task.
#[derive(Clone, Copy)]
struct Acting<'a> {
    viewer: &'a Viewer,
    case: &'a Case,
    plan: &'a Plan,
    task: TaskId,
}

/// A fresh salt for a new case.
pub(crate) fn fresh_salt() -> [u8; engine::submission::SALT_BYTES] {
    fresh()
}

#[cfg(test)]
mod tests;
