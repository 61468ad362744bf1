//! What people do with a task from the page of its case.

use axum::{Form as Posting, extract::Path, response::Response};
use definition::{
    form_values::{self, FieldProblem},
    id::{Login, StepId},
};
use engine::{AddPlace, CaseId, Rejection, TaskId, rejection::FieldProblemKind};
use runtime::{
    error::{Error, Refusal},
    tasks::{TaskDeed, With},
};

use super::{
    case, on_to, people,
    start::posted::{Draft, text},
};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    pages::case::{Entered, EnteredMore},
    view::case::More,
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

/// Says who is asked, where a step found nobody.
pub async fn name(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?;
    let people = vec![act.named()];
    act.done(TaskDeed::Name(people)).await
}

/// Sends the case back.
pub async fn give_back(
    visit: Visit,
    by: SignedIn,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?.of(More::Return);
    let to = Some(act.chosen()).filter(|to| !to.is_empty()).map(StepId::from);
    act.decide(TaskDeed::Return(to)).await
}

/// Hands it to somebody else.
pub async fn transfer(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?.of(More::Transfer);
    let to = act.named();
    act.done(TaskDeed::Transfer(to)).await
}

/// Lets another look at it.
pub async fn delegate(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?.of(More::Delegate);
    let to = act.named();
    act.done(TaskDeed::Delegate(to)).await
}

/// Gives a delegated task back, or calls it back.
pub async fn resolve(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.done(TaskDeed::Resolve).await
}

/// Asks others to decide as well.
pub async fn add(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?.of(More::Add);
    let place = match act.chosen() {
        "before" => AddPlace::Before,
        "after" => AddPlace::After,
        "alongside" => AddPlace::Alongside,
        _ => return Err(Problem::Malformed),
    };
    let people = vec![act.named()];
    act.done(TaskDeed::Add(place, people)).await
}

/// Does without somebody who was added.
pub async fn remove(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?.of(More::Remove);
    let added = Login::from(act.chosen());
    act.done(TaskDeed::Remove(added)).await
}

/// Asks somebody for an opinion.
pub async fn opinion(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?.of(More::Opinion);
    let people = vec![act.named()];
    act.done(TaskDeed::Opinion(people)).await
}

/// Asks somebody a question.
pub async fn ask(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let act = Act::new(&visit, &by, &id, &posted).await?.of(More::Ask);
    let to = act.named();
    act.done(TaskDeed::Ask(to)).await
}

/// Gives the opinion or the answer that was asked for.
pub async fn answer(visit: Visit, by: SignedIn, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.done(TaskDeed::Answer).await
}

/// Takes a decision back.
pub async fn take_back(
    visit: Visit,
    by: SignedIn,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Problem> {
    Act::new(&visit, &by, &id, &posted).await?.of(More::TakeBack).done(TaskDeed::TakeBack).await
}

/// Somebody at a task, with what they posted.
struct Act<'a> {
    visit: &'a Visit,
    by: &'a SignedIn,
    task: TaskId,
    case: CaseId,
    posted: &'a [(String, String)],
    draft: Option<Draft>,
    /// The form beside the decision that it was posted with.
    more: Option<More>,
}

impl<'a> Act<'a> {
    async fn new(visit: &'a Visit, by: &'a SignedIn, id: &str, posted: &'a Posted) -> Result<Self, Problem> {
        by.check_form(text(posted, "csrf_token"))?;
        let task: TaskId = id.parse().map_err(|_| Problem::Refused(Refusal::NotFound))?;
        let case = visit.state.application.case_of_task(&by.0, task).await?;
        Ok(Self { visit, by, task, case, posted, draft: None, more: None })
    }

    /// The same, posted with one of the forms beside the decision.
    fn of(self, kind: More) -> Self {
        Self { more: Some(kind), ..self }
    }

    /// Who is named.
    fn named(&self) -> Login {
        people::meant(&self.visit.state.application.directory(), text(self.posted, "to"))
    }

    /// What is chosen.
    fn chosen(&self) -> &'a str {
        text(self.posted, "choice").trim()
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
        let more = self.more.map(|kind| EnteredMore {
            kind,
            choice: self.chosen().to_owned(),
            who: text(self.posted, "to").to_owned(),
        });
        Entered {
            comment: text(self.posted, "comment").to_owned(),
            draft: self.draft.clone(),
            more,
            ..Entered::default()
        }
    }
}

/// What a refusal says of what was typed.
fn after(refusal: &Refusal, entered: Entered) -> Entered {
    match refusal {
        Refusal::Rejected(Rejection::CommentRequired) => Entered { is_comment_missing: true, ..entered },
        Refusal::Rejected(Rejection::FieldProblems { problems }) => {
            let empty = problems.iter().filter(|problem| problem.kind == FieldProblemKind::Required);
            let said = empty.map(|problem| FieldProblem::known(problem.field.as_str(), "field-required"));
            Entered { problems: said.collect(), ..entered }
        }
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
        | Refusal::Absence(_)
        | Refusal::TooLarge { .. } => entered,
    }
}
