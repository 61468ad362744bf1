//! The look behind a mask: asked for on a page of its own or in a sheet over the table, shown for a while.

use axum::{Form, extract::Path, http::StatusCode, response::Response};
use definition::{id::FormId, people::Directory, value::Value};
use runtime::{
    error::{Error, Refusal},
    records::{REVEALED_FOR, RevealAsked, RevealOffer},
};
use serde::Deserialize;
use uuid::Uuid;

use super::Words;
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    i18n,
    view::{
        case::{Control, Refusal as Why, SecondFactor},
        customers::{RevealPage, RevealReason},
        record::{RecordField, RecordPage},
        timeline::{Day, Doer, Entry, Happened},
    },
    words::{self, records::watermark},
};

/// A record's field in an address.
type Place = (String, Uuid, String);

/// Why, and the code.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    reason_text: String,
    #[serde(default)]
    code: String,
}

/// What went wrong with what was sent.
#[derive(Default)]
struct Wrong {
    reason: String,
    reason_missing: bool,
    code: bool,
    no_second_factor: bool,
}

/// Asks why, and for what else the level demands.
pub async fn ask(visit: Visit, Path((form, record, field)): Path<Place>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let register = FormId::from(form.as_str());
    let offer = visit.state.application.reveal_offer(viewer, &register, (record, &field)).await?;
    let has_factor = !offer.second_factor || visit.state.application.has_second_factor(viewer).await?;
    let wrong = Wrong { no_second_factor: !has_factor, ..Wrong::default() };
    visit.page(&page(&visit, &offer, record, wrong).await?).await
}

/// Shows the value, or says what is missing.
pub async fn reveal(
    visit: Visit,
    signed_in: SignedIn,
    Path((form, record, field)): Path<Place>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    let application = &visit.state.application;
    let register = FormId::from(form.as_str());
    let viewer = &signed_in.0;
    let offer = application.reveal_offer(viewer, &register, (record, &field)).await?;
    let reason =
        [sent.reason, sent.reason_text].into_iter().find(|reason| !reason.trim().is_empty()).unwrap_or_default();
    let asked = RevealAsked { record, field, reason: Some(reason.clone()), code: Some(sent.code) };
    let refusal = match application.reveal(viewer, &register, &asked).await {
        Ok(value) => return visit.page(&shown(&visit, &offer, (record, &value), &reason)?).await,
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let wrong = match &refusal {
        Refusal::ReasonNeeded => Wrong { reason_missing: true, ..Wrong::default() },
        Refusal::WrongCredentials | Refusal::SecondFactorNeeded { enrolled: true } => {
            Wrong { code: true, ..Wrong::default() }
        }
        Refusal::SecondFactorNeeded { enrolled: false } => Wrong { no_second_factor: true, ..Wrong::default() },
        Refusal::Rejected(_)
        | Refusal::Fields(_)
        | Refusal::NotFound
        | Refusal::Forbidden(_)
        | Refusal::Changed
        | Refusal::KeyReused
        | Refusal::ToldOnce
        | Refusal::TooMany { .. }
        | Refusal::Busy { .. }
        | Refusal::PasswordNeeded
        | Refusal::PasswordTooShort { .. }
        | Refusal::NotSigned
        | Refusal::Unreadable
        | Refusal::Expired
        | Refusal::Absence(_)
        | Refusal::TooLarge { .. } => return Err(Problem::Refused(refusal)),
    };
    let page = page(&visit, &offer, record, Wrong { reason, ..wrong }).await?;
    visit.page_with(&page, StatusCode::UNPROCESSABLE_ENTITY, None).await
}

async fn page(visit: &Visit, offer: &RevealOffer, record: Uuid, wrong: Wrong) -> Result<RevealPage, Problem> {
    let words = Words::of(visit)?;
    let writing = words.writing(visit);
    let field = offer.form.field(offer.field.as_str()).ok_or(Problem::Malformed)?;
    let second_factor = if offer.second_factor || wrong.code {
        let demo = visit.state.application.demo_code(visit.viewer()?.login()).await?;
        Some(SecondFactor { wrong: wrong.code, demo })
    } else {
        None
    };
    Ok(RevealPage {
        action: words::records::reveal_address(&offer.form, record, field),
        back: format!("/registers/{}/{record}", offer.form.id),
        record: offer.title.clone(),
        field: writing.label(field),
        level: words::cases::level_tag(visit.locale, writing.settings, offer.level),
        seconds: u64::try_from(REVEALED_FOR.num_seconds()).unwrap_or_default(),
        reason: offer.reason_required.then_some(RevealReason { value: wrong.reason, missing: wrong.reason_missing }),
        second_factor,
        seen_by: seen_by(visit, writing.directory, offer),
        refused: wrong.no_second_factor.then_some(Why::NoSecondFactor),
    })
}

/// Whoever can see that it was looked at: the record's owner, and the auditors.
fn seen_by(visit: &Visit, directory: &Directory, offer: &RevealOffer) -> String {
    match &offer.owner {
        Some(owner) => {
            let owner = words::people::name(directory, owner);
            i18n::message(visit.locale, "reveal-seen-by-owner", &[("owner", owner.into())])
        }
        None => i18n::message(visit.locale, "reveal-seen-by", &[]),
    }
}

/// The value by itself. What else the record holds is not shown again, since that would be another look at it.
fn shown(
    visit: &Visit,
    offer: &RevealOffer,
    (record, value): (Uuid, &Value),
    reason: &str,
) -> Result<RecordPage, Problem> {
    let words = Words::of(visit)?;
    let writing = words.writing(visit);
    let field = offer.form.field(offer.field.as_str()).ok_or(Problem::Malformed)?;
    let now = writing.reading.now;
    let label = writing.label(field);
    let entry = Entry {
        at: now,
        doer: Doer::Now,
        what: Happened::RecordSeeing { field: label.clone() },
        quote: (!reason.trim().is_empty()).then(|| reason.trim().to_owned()),
        deputy_for: None,
    };
    Ok(RecordPage {
        form: offer.form.id.to_string(),
        register: offer.form.title.get(visit.locale).clone(),
        id: record.to_string(),
        title: offer.title.clone(),
        owner: offer.owner.as_ref().map(|owner| words::people::person(visit.locale, writing.directory, owner)),
        created: offer.created_at,
        changed: offer.updated_at,
        fields: vec![RecordField {
            label,
            level: Some(words::cases::level_tag(visit.locale, writing.settings, offer.level)),
            value: writing.shown(field, value, now + REVEALED_FOR),
        }],
        edit: Control::Absent,
        history: vec![Day { at: now, today: true, entries: vec![entry] }],
        history_earlier: Some(format!("/registers/{}/{record}", offer.form.id)),
        watermark: Some(watermark(writing.reading, visit.viewer()?)),
    })
}
