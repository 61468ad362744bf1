//! Why something did not happen, as a sentence that also says what would make it possible.

use definition::{form_values::Complaint, id::Login, level::Level, model::Confirm, people::Directory};
use engine::{Rejection, rejection::Unsuitable};
use policy::Denial;
use runtime::{
    absence::WrongAbsence,
    error::{Lacking, Refusal},
};

use super::people;
use crate::i18n::{self, FluentValue, Locale, format::Reading};

/// A refusal in the reader's language, for programs: people are called by their logins.
pub fn sentence(reading: Reading, refusal: &Refusal) -> String {
    told(reading, None, refusal)
}

/// A refusal in the reader's language, on a page: people are called by their names.
pub fn to_people(reading: Reading, directory: &Directory, refusal: &Refusal) -> String {
    told(reading, Some(directory), refusal)
}

fn called(directory: Option<&Directory>, login: &Login) -> String {
    directory.map_or_else(|| login.to_string(), |directory| people::name(directory, login))
}

fn told(reading: Reading, directory: Option<&Directory>, refusal: &Refusal) -> String {
    let say = |id: &str, arguments: &i18n::Arguments<'_>| i18n::message(reading.locale, id, arguments);
    match refusal {
        Refusal::Rejected(rejection) => rejected(reading, directory, rejection),
        Refusal::Fields(problems) => say("refused-fields", &[("count", FluentValue::from(problems.len()))]),
        Refusal::NotFound => say("refused-not-found", &[]),
        Refusal::Forbidden(lacking) => forbidden(reading.locale, *lacking),
        Refusal::Changed => say("refused-changed", &[]),
        Refusal::ToldOnce => say("refused-told-once", &[]),
        Refusal::KeyReused => say("refused-key-reused", &[]),
        Refusal::WrongCredentials => say("refused-credentials", &[]),
        Refusal::TooMany { again_at } => say("refused-too-many", &[("at", reading.moment(*again_at).into())]),
        Refusal::Busy { again_in_seconds } => say("refused-busy", &[("seconds", (*again_in_seconds).into())]),
        Refusal::SecondFactorNeeded { enrolled: true } => say("refused-second-factor", &[]),
        Refusal::SecondFactorNeeded { enrolled: false } => say("refused-second-factor-enrol", &[]),
        Refusal::PasswordNeeded => say("refused-password", &[]),
        Refusal::PasswordTooShort { least } => say("refused-password-short", &[("least", (*least).into())]),
        Refusal::ReasonNeeded => say("refused-reason", &[]),
        Refusal::NotSigned => say("refused-not-signed", &[]),
        Refusal::Unreadable => say("refused-malformed", &[]),
        Refusal::Expired => say("refused-expired", &[]),
        Refusal::Absence(wrong) => say(absence(*wrong), &[]),
        Refusal::TooLarge { limit } => say("refused-too-large", &[("limit", FluentValue::from(*limit))]),
    }
}

/// What is wrong with a field, in the reader's language.
pub fn complaint(locale: Locale, complaint: &Complaint) -> String {
    match complaint {
        Complaint::Known { message, arguments } => {
            let arguments: Vec<(&str, FluentValue<'_>)> =
                arguments.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
            i18n::message(locale, message, &arguments)
        }
        Complaint::Said(text) => text.get(locale).clone(),
    }
}

fn rejected(reading: Reading, directory: Option<&Directory>, rejection: &Rejection) -> String {
    let say = |id: &str, arguments: &i18n::Arguments<'_>| i18n::message(reading.locale, id, arguments);
    match rejection {
        Rejection::NotFound => say("refused-not-found", &[]),
        Rejection::NotEntitled { why } => denied(reading.locale, *why),
        Rejection::AlreadyCompleted => say("refused-completed", &[]),
        Rejection::AlreadyClaimed { by } => say("refused-claimed", &[("by", called(directory, by).into())]),
        Rejection::NotAPool => say("refused-not-a-pool", &[]),
        Rejection::WrongKindOfTask => say("refused-kind", &[]),
        Rejection::CaseEnded { .. } => say("refused-ended", &[]),
        Rejection::WithdrawTooLate { .. } => say("refused-withdraw-late", &[]),
        Rejection::CommentRequired => say("refused-comment", &[]),
        Rejection::ConfirmationRequired { confirm: Confirm::SecondFactor } => say("refused-second-factor", &[]),
        Rejection::ConfirmationRequired { confirm: Confirm::Password | Confirm::None } => say("refused-password", &[]),
        Rejection::UrgedRecently { next_at } => say("refused-urged", &[("at", reading.moment(*next_at).into())]),
        Rejection::NobodyToUrge => say("refused-nobody-to-urge", &[]),
        Rejection::CannotBeGivenTo { to, why } => unsuitable(reading.locale, &called(directory, to), *why),
        Rejection::NameSomebody { limit } => say("refused-name-somebody", &[("limit", (*limit).into())]),
        Rejection::TooFewVoters => say("refused-too-few-voters", &[]),
        Rejection::FieldProblems { problems } => say("refused-fields", &[("count", problems.len().into())]),
        Rejection::CannotBeWorkedOut { name } => say("refused-worked-out", &[("name", name.as_str().into())]),
        Rejection::NotCleared { needs, has } => clearance(reading.locale, *needs, *has),
        Rejection::CannotBeSkipped => say("refused-cannot-be-skipped", &[]),
        Rejection::ReturnWhere { targets } if targets.is_empty() => say("refused-return-nowhere", &[]),
        Rejection::ReturnWhere { targets } => {
            let targets: Vec<&str> = targets.iter().map(definition::id::StepId::as_str).collect();
            say("refused-return-where", &[("steps", targets.join(" ").into())])
        }
        Rejection::ReturnedTooOften { limit } => say("refused-returned-often", &[("limit", (*limit).into())]),
        Rejection::NotAwaited => say("refused-not-awaited", &[]),
        Rejection::NoIncident => say("refused-no-incident", &[]),
        Rejection::Unwinding => say("refused-unwinding", &[]),
        Rejection::Suspended => say("refused-suspended", &[]),
        Rejection::NotSuspended => say("refused-not-suspended", &[]),
        Rejection::NotAllowedHere => say("refused-not-allowed-here", &[]),
        Rejection::OthersFirst { people } => {
            let people: Vec<String> = people.iter().map(|login| called(directory, login)).collect();
            say("refused-others-first", &[("people", people.join(", ").into())])
        }
        Rejection::Delegated { owner } => say("refused-delegated", &[("owner", called(directory, owner).into())]),
        Rejection::NotDelegated => say("refused-not-delegated", &[]),
        Rejection::NotAddedByYou => say("refused-not-added-by-you", &[]),
        Rejection::TakeBackTooLate => say("refused-take-back-late", &[]),
        Rejection::AlreadyStarted
        | Rejection::NotDue { .. }
        | Rejection::LateTimer
        | Rejection::LateReport
        | Rejection::NothingToDo
        | Rejection::WrongSubmission => say("refused-changed", &[]),
    }
}

fn denied(locale: Locale, denial: Denial) -> String {
    let id = match denial {
        Denial::NotAHolder => "refused-not-holder",
        Denial::Excluded => "refused-excluded",
        Denial::Inactive | Denial::Unknown => "refused-not-active",
        Denial::NotTheRequester => "refused-not-requester",
        Denial::LacksDuty(_) => "refused-capability",
        Denial::NoPart => "refused-not-found",
        Denial::NotAStarter => "refused-start",
        Denial::EngineOnly | Denial::NoRule => "refused-no-rule",
    };
    i18n::message(locale, id, &[])
}

fn forbidden(locale: Locale, lacking: Lacking) -> String {
    match lacking {
        Lacking::RegisterRight => i18n::message(locale, "refused-register", &[]),
        Lacking::Clearance { needs, has } => clearance(locale, needs, has),
        Lacking::Capability => i18n::message(locale, "refused-capability", &[]),
        Lacking::Start => i18n::message(locale, "refused-start", &[]),
        Lacking::Recipient => i18n::message(locale, "refused-recipient", &[]),
    }
}

fn clearance(locale: Locale, needs: Level, has: Level) -> String {
    i18n::message(locale, "refused-clearance", &[("needs", needs.as_str().into()), ("has", has.as_str().into())])
}

fn unsuitable(locale: Locale, to: &str, why: Unsuitable) -> String {
    let id = match why {
        Unsuitable::NotActive => "refused-give-not-active",
        Unsuitable::Requester => "refused-give-requester",
        Unsuitable::HoldsItAlready => "refused-give-holds",
        Unsuitable::TakesPartAlready => "refused-give-part",
        Unsuitable::Yourself => "refused-give-yourself",
        Unsuitable::OutOfRange => "refused-give-range",
        Unsuitable::NotCleared { needs, has } => {
            let arguments = [("to", to.into()), ("needs", needs.as_str().into()), ("has", has.as_str().into())];
            return i18n::message(locale, "refused-give-clearance", &arguments);
        }
    };
    i18n::message(locale, id, &[("to", to.into())])
}

/// What is wrong with an absence.
const fn absence(wrong: WrongAbsence) -> &'static str {
    match wrong {
        WrongAbsence::EndsBeforeItBegins => "refused-absence-ends-before",
        WrongAbsence::NoDeputy => "refused-absence-no-deputy",
        WrongAbsence::LeadsBack => "refused-absence-leads-back",
        WrongAbsence::NoProcess => "refused-absence-no-process",
        WrongAbsence::TooMany => "refused-absence-too-many",
    }
}
