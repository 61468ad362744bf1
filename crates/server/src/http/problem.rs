//! The only mapping from a refusal or a failure to a status, a page, or a problem document (RFC 9457).

use std::fmt::Write;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use definition::form_values::FieldProblem;
use engine::Rejection;
use runtime::{
    absence::WrongAbsence,
    error::{Error, Refusal},
};
use serde::Serialize;
use tracing::error;
use utoipa::ToSchema;

use crate::{i18n::format::Reading, words};

/// A moment as headers carry it (RFC 9110, section 5.6.7); all of ours are in UTC.
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// Why a request was not served.
#[derive(Debug)]
pub enum Problem {
    /// A person is told.
    Refused(Refusal),
    /// What was sent cannot be read: a malformed id, body or query.
    Malformed,
    /// The address does not take this method.
    MethodNotAllowed,
    /// Nobody is signed in.
    SignInFirst,
    /// The form did not come from one of our pages.
    Forged,
    /// The same request was answered before.
    Answered(Box<store_answer::Answer>),
    /// It is our fault.
    Ours {
        /// What people give the administrator, and the log holds.
        number: String,
    },
}

/// The answer that was given to the same request before.
pub mod store_answer {
    /// The remembered answer's essentials.
    #[derive(Debug)]
    pub struct Answer {
        /// The status then.
        pub status: u16,
        /// The body then.
        pub body: serde_json::Value,
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => Self::Refused(refusal),
            Error::Erased => Self::Refused(Refusal::NotFound),
            Error::Answered(row) => Self::Answered(Box::new(store_answer::Answer {
                status: u16::try_from(row.status).unwrap_or(200),
                body: row.response.read().unwrap_or_default(),
            })),
            Error::Store(_) | Error::Vault(_) | Error::File(_) | Error::WrongRootKey | Error::Damaged(_) => {
                ours(&error)
            }
        }
    }
}

impl From<crate::template::Error> for Problem {
    fn from(error: crate::template::Error) -> Self {
        ours(&error)
    }
}

/// Notes a failure of ours under a number that people can tell.
pub fn ours(failure: &dyn std::error::Error) -> Problem {
    let number: String = uuid::Uuid::new_v4().simple().to_string().chars().take(6).collect::<String>().to_uppercase();
    let source = failure.source().map(ToString::to_string);
    error!(problem.number = %number, error = %failure, source, "Problem {number}: a request failed and it is our fault");
    Problem::Ours { number }
}

/// A problem document.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// A stable word for programs: `not-found`, `fields`, `comment-required` …
    #[serde(rename = "type")]
    pub kind: String,
    /// The status.
    pub status: u16,
    /// A sentence for people, in the caller's language.
    pub title: String,
    /// Fields that cannot be as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// A field that cannot be as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    /// Its name; of a table's cell `dealings.2.amount`.
    pub field: String,
    /// What is wrong, and how to mend it.
    pub message: String,
}

impl Problem {
    /// The status and a stable word.
    pub fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Refused(refusal) => status_of(refusal),
            Self::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
            Self::SignInFirst => (StatusCode::UNAUTHORIZED, "sign-in-first"),
            Self::Forged => (StatusCode::FORBIDDEN, "forged"),
            Self::Answered(first) => (StatusCode::from_u16(first.status).unwrap_or(StatusCode::OK), "answered"),
            Self::Ours { .. } => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    /// The response, with the time after which it is worth asking again if there is one.
    pub fn again_after(&self, mut response: Response) -> Response {
        let after = match self {
            Self::Refused(Refusal::Busy { again_in_seconds }) => Some(again_in_seconds.to_string()),
            Self::Refused(
                Refusal::TooMany { again_at: at } | Refusal::Rejected(Rejection::UrgedRecently { next_at: at }),
            ) => Some(at.format(HTTP_DATE).to_string()),
            Self::Refused(_)
            | Self::Malformed
            | Self::MethodNotAllowed
            | Self::SignInFirst
            | Self::Forged
            | Self::Answered(_)
            | Self::Ours { .. } => None,
        };
        if let Some(after) = after.and_then(|after| HeaderValue::try_from(after).ok()) {
            response.headers_mut().insert(header::RETRY_AFTER, after);
        }
        response
    }

    /// The problem document for a program.
    pub fn document(&self, reading: Reading) -> ProblemDocument {
        let (status, kind) = self.status();
        let say = |id: &str| crate::i18n::message(reading.locale, id, &[]);
        let title = match self {
            Self::Refused(refusal) => words::refusal::sentence(reading, refusal),
            Self::Malformed => say("refused-malformed"),
            Self::MethodNotAllowed => say("refused-method"),
            Self::SignInFirst => say("refused-sign-in"),
            Self::Forged => say("refused-forged"),
            Self::Answered(_) => String::new(),
            Self::Ours { number } => {
                crate::i18n::message(reading.locale, "refused-ours", &[("number", number.as_str().into())])
            }
        };
        let problems = if let Self::Refused(Refusal::Fields(problems)) = self { problems.as_slice() } else { &[] };
        let errors = problems.iter().map(|one| field_error(reading, one)).collect();
        ProblemDocument { kind: kind.to_owned(), status: status.as_u16(), title, errors }
    }
}

/// A field that cannot be as it is, in the reader's language.
pub fn field_error(reading: Reading, problem: &FieldProblem) -> FieldError {
    let field = match &problem.cell {
        None => problem.field.to_string(),
        Some((row, None)) => format!("{}.{row}", problem.field),
        Some((row, Some(column))) => format!("{}.{row}.{column}", problem.field),
    };
    FieldError { field, message: words::refusal::complaint(reading.locale, &problem.complaint) }
}

fn status_of(refusal: &Refusal) -> (StatusCode, &'static str) {
    match refusal {
        Refusal::Rejected(rejection) => status_of_rejection(rejection),
        Refusal::Fields(_) => (StatusCode::UNPROCESSABLE_ENTITY, "fields"),
        Refusal::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Refusal::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
        Refusal::Changed => (StatusCode::CONFLICT, "changed"),
        Refusal::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "key-reused"),
        Refusal::ToldOnce => (StatusCode::CONFLICT, "told-once"),
        Refusal::WrongCredentials => (StatusCode::UNPROCESSABLE_ENTITY, "wrong-credentials"),
        Refusal::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
        Refusal::Busy { .. } => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
        Refusal::SecondFactorNeeded { enrolled: true } => (StatusCode::FORBIDDEN, "second-factor-needed"),
        Refusal::SecondFactorNeeded { enrolled: false } => (StatusCode::FORBIDDEN, "second-factor-not-enrolled"),
        Refusal::PasswordNeeded => (StatusCode::FORBIDDEN, "password-needed"),
        Refusal::PasswordTooShort { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "password-too-short"),
        Refusal::ReasonNeeded => (StatusCode::UNPROCESSABLE_ENTITY, "reason-needed"),
        Refusal::NotSigned => (StatusCode::UNAUTHORIZED, "not-signed"),
        Refusal::Unreadable => (StatusCode::BAD_REQUEST, "malformed"),
        Refusal::Expired => (StatusCode::GONE, "expired"),
        Refusal::Absence(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, absence(*wrong)),
        Refusal::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
    }
}

fn status_of_rejection(rejection: &Rejection) -> (StatusCode, &'static str) {
    match rejection {
        Rejection::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Rejection::NotEntitled { .. } => (StatusCode::FORBIDDEN, "not-entitled"),
        Rejection::AlreadyCompleted => (StatusCode::CONFLICT, "already-completed"),
        Rejection::AlreadyClaimed { .. } => (StatusCode::CONFLICT, "already-claimed"),
        Rejection::NotAPool => (StatusCode::CONFLICT, "not-a-pool"),
        Rejection::WrongKindOfTask => (StatusCode::CONFLICT, "wrong-kind-of-task"),
        Rejection::CaseEnded { .. } => (StatusCode::CONFLICT, "case-ended"),
        Rejection::AlreadyStarted => (StatusCode::CONFLICT, "already-started"),
        Rejection::WithdrawTooLate { .. } => (StatusCode::CONFLICT, "withdraw-too-late"),
        Rejection::CommentRequired => (StatusCode::UNPROCESSABLE_ENTITY, "comment-required"),
        Rejection::ConfirmationRequired { .. } => (StatusCode::FORBIDDEN, "confirmation-required"),
        Rejection::UrgedRecently { .. } => (StatusCode::TOO_MANY_REQUESTS, "urged-recently"),
        Rejection::NobodyToUrge => (StatusCode::CONFLICT, "nobody-to-urge"),
        Rejection::CannotBeGivenTo { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "cannot-be-given"),
        Rejection::NameSomebody { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "name-somebody"),
        Rejection::TooFewVoters => (StatusCode::UNPROCESSABLE_ENTITY, "too-few-voters"),
        Rejection::FieldProblems { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "fields"),
        Rejection::CannotBeWorkedOut { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "cannot-be-worked-out"),
        Rejection::ReturnWhere { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "return-where"),
        Rejection::ReturnedTooOften { .. } => (StatusCode::CONFLICT, "returned-too-often"),
        Rejection::NotAwaited => (StatusCode::CONFLICT, "not-awaited"),
        Rejection::NoIncident => (StatusCode::CONFLICT, "no-incident"),
        Rejection::NotCleared { .. } => (StatusCode::FORBIDDEN, "not-cleared"),
        Rejection::CannotBeSkipped => (StatusCode::CONFLICT, "cannot-be-skipped"),
        Rejection::Unwinding => (StatusCode::CONFLICT, "unwinding"),
        Rejection::Suspended => (StatusCode::CONFLICT, "suspended"),
        Rejection::NotSuspended => (StatusCode::CONFLICT, "not-suspended"),
        Rejection::NotAllowedHere => (StatusCode::FORBIDDEN, "not-allowed-here"),
        Rejection::OthersFirst { .. } => (StatusCode::CONFLICT, "others-first"),
        Rejection::Delegated { .. } => (StatusCode::CONFLICT, "delegated"),
        Rejection::NotDelegated => (StatusCode::CONFLICT, "not-delegated"),
        Rejection::NotAddedByYou => (StatusCode::CONFLICT, "not-added-by-you"),
        Rejection::TakeBackTooLate => (StatusCode::CONFLICT, "take-back-too-late"),
        Rejection::NotDue { .. }
        | Rejection::LateTimer
        | Rejection::LateReport
        | Rejection::NothingToDo
        | Rejection::WrongSubmission => (StatusCode::CONFLICT, "changed"),
    }
}

/// A problem on its way to be written: the layer that knows the reader makes a page or a document of it.
#[derive(Clone)]
pub struct Unwritten(pub std::sync::Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, _) = self.status();
        let mut response = status.into_response();
        response.extensions_mut().insert(Unwritten(std::sync::Arc::new(self)));
        response
    }
}

/// A problem document as a response.
pub fn respond(document: ProblemDocument) -> Response {
    let status = StatusCode::from_u16(document.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(document)).into_response();
    let problem_json = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, problem_json);
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// The answer that was given to the same request before, given again.
pub fn again(first: &store_answer::Answer) -> Response {
    let status = StatusCode::from_u16(first.status).unwrap_or(StatusCode::OK);
    if first.body.is_null() { status.into_response() } else { (status, Json(&first.body)).into_response() }
}

/// Where somebody goes who must sign in first, and back from there.
pub fn to_sign_in(path: &str) -> Response {
    let address = path.bytes().fold(String::from("/sign-in?next="), |mut address, byte| {
        write!(address, "%{byte:02x}").expect("writing to a string does not fail");
        address
    });
    Redirect::to(&address).into_response()
}

const fn absence(wrong: WrongAbsence) -> &'static str {
    match wrong {
        WrongAbsence::EndsBeforeItBegins => "absence-ends-before-it-begins",
        WrongAbsence::NoDeputy => "absence-no-deputy",
        WrongAbsence::LeadsBack => "absence-leads-back",
        WrongAbsence::NoProcess => "absence-no-process",
        WrongAbsence::TooMany => "absence-too-many",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_to_wait_is_told_how_long() {
        let told = |refusal: Refusal| {
            let problem = Problem::Refused(refusal);
            let response = problem.again_after(problem.status().0.into_response());
            let after = response.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned());
            (response.status().as_u16(), after)
        };
        let at = "2026-11-25T14:05:09Z".parse().unwrap();
        let date = Some("Wed, 25 Nov 2026 14:05:09 GMT".to_owned());
        assert_eq!(told(Refusal::Busy { again_in_seconds: 2 }), (503, Some("2".to_owned())));
        assert_eq!(told(Refusal::TooMany { again_at: at }), (429, date.clone()));
        assert_eq!(told(Refusal::Rejected(Rejection::UrgedRecently { next_at: at })), (429, date));
        assert_eq!(told(Refusal::NotFound), (404, None));
    }
}
