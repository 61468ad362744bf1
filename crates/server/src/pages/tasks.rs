//! What people do with a task from the page of its case.

use axum::{Form as Posting, extract::Path, response::Response};
use definition::{form_values, id::Login};
use engine::{CaseId, Rejection, TaskId};
use runtime::{
    error::{Error, Refusal},
    tasks::{TaskDeed, With},
};

use super::{
    case, on_to,
    start::posted::{Draft, text},
};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    pages::case::Entered,
};

type Posted = Posting<Vec<(String, String)>>;

/// Decides in favour.
pub async fn approve(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.decide(TaskDeed::Approve).await
}

/// Decides against.
pub async fn reject(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.decide(TaskDeed::Reject).await
}

/// Finishes a piece of work.
pub async fn complete(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?;
    let view = visit.state.application.open_case(&by.0, act.case).await?;
    let draft = Draft::read(&view.plan.form, &posted);
    let posted_names = |name: &str| {
        posted.iter().any(|(key, _)| key == name || key.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
    };
    let values = draft.values().into_iter().filter(|(name, _)| posted_names(name));
    let entered = values.map(|(name, value)| (name, form_values::Entered::Raw(value))).collect();
    Act { draft: Some(draft), ..act }.decide(TaskDeed::Complete(entered)).await
}

/// Says something and decides nothing.
pub async fn comment(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.done(TaskDeed::Comment).await
}

/// Takes it from its pool.
pub async fn claim(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.done(TaskDeed::Claim).await
}

/// Gives it back to its pool.
pub async fn release(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.done(TaskDeed::Release).await
}

/// Hands it to somebody else.
pub async fn transfer(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let to = Login::from(text(&posted, "to"));
    Act::new(&visit, &by, &id, &posted).await?.done(TaskDeed::Transfer(to)).await
}

/// Says who is asked, where a step found nobody.
pub async fn name(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let people = vec![Login::from(text(&posted, "to"))];
    Act::new(&visit, &by, &id, &posted).await?.done(TaskDeed::Name(people)).await
}

/// Somebody at a task, with what they posted.
struct Act<'a> {
    visit: &'a Visit,
    by: &'a SignedIn,
    task: TaskId,
    case: CaseId,
    posted: &'a [(String, String)],
    draft: Option<Draft>,
}

impl<'a> Act<'a> {
    async fn new(visit: &'a Visit, by: &'a SignedIn, id: &str, posted: &'a Posted) -> Result<Self, Problem> {
        by.check_form(text(posted, "csrf_token"))?;
        let task: TaskId = id.parse().map_err(|_| Problem::Refused(Refusal::NotFound))?;
        let case = visit.state.application.case_of_task(&by.0, task).await?;
        Ok(Self { visit, by, task, case, posted, draft: None })
    }

    /// Decides what was read: if the case has moved on since, it is shown again instead.
    async fn decide(self, deed: TaskDeed) -> Result<Response, Problem> {
        let read: Option<u32> = text(self.posted, "revision").parse().ok();
        let view = self.visit.state.application.case_events(&self.by.0, self.case, read.unwrap_or_default()).await?;
        if read.is_none() || !view.is_empty() {
            return case::changed(self.visit, self.case, &self.entered()).await;
        }
        self.done(deed).await
    }

    async fn done(self, deed: TaskDeed) -> Result<Response, Problem> {
        let given = |name: &str| Some(text(self.posted, name).trim().to_owned()).filter(|text| !text.is_empty());
        let code = given("code").map(|code| code.replace(' ', ""));
        let with = With { comment: given("comment"), code, ..With::default() };
        match self.visit.state.application.act_on_task(&self.by.0, self.task, deed, with).await {
            Ok(_) => Ok(on_to(&format!("/cases/{}", self.case))),
            Err(Error::Refused(Refusal::NotFound)) => Err(Problem::Refused(Refusal::NotFound)),
            Err(Error::Refused(refusal)) => {
                let entered = after(&refusal, self.entered());
                case::refused(self.visit, self.case, &refusal, &entered).await
            }
            Err(error) => Err(error.into()),
        }
    }

    fn entered(&self) -> Entered {
        Entered { comment: text(self.posted, "comment").to_owned(), draft: self.draft.clone(), ..Entered::default() }
    }
}

/// What a refusal says of what was typed.
fn after(refusal: &Refusal, entered: Entered) -> Entered {
    match refusal {
        Refusal::Rejected(Rejection::CommentRequired) => Entered { is_comment_missing: true, ..entered },
        Refusal::WrongCredentials => Entered { is_code_wrong: true, ..entered },
        Refusal::Fields(problems) => Entered { problems: problems.clone(), ..entered },
        Refusal::Rejected(_)
        | Refusal::NotFound
        | Refusal::Forbidden(_)
        | Refusal::Changed
        | Refusal::KeyReused
        | Refusal::ToldOnce
        | Refusal::TooMany { .. }
        | Refusal::Busy { .. }
        | Refusal::SecondFactorNeeded { .. }
        | Refusal::PasswordNeeded
        | Refusal::PasswordTooShort { .. }
        | Refusal::ReasonNeeded
        | Refusal::NotSigned
        | Refusal::Unreadable
        | Refusal::Expired
        | Refusal::TooLarge { .. } => entered,
    }
}
