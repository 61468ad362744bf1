//! The reader's own page: language and theme, second factor, password, tokens for programs, sessions.

mod absence;

use axum::{
    Form,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use chrono::TimeDelta;
use definition::text::Locale;
use runtime::{
    SessionRow, TokenRow,
    absence::WrongAbsence,
    error::{Error, Refusal},
    identity::{self, PASSWORD_CHARACTERS_MIN},
    viewer::{Through, Viewer},
};
use serde::Deserialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::on_to;
use crate::{
    http::{
        answer::{LOCALE_COOKIE, THEME_COOKIE, Visit},
        problem::Problem,
        visitor::SignedIn,
    },
    i18n,
    view::{
        me::{
            AbsenceTyped, DemoCode, MePage, NewToken, Password, PasswordAgain, PasswordError, QrCode, SecondFactor,
            Session, Token,
        },
        shell::{Banner, Theme},
    },
    words,
};

/// How long a personal token lasts at most.
const TOKEN_DAYS_MAX: i64 = 365;

/// How long a code of a second factor is right (RFC 6238).
const CODE_SECONDS: i64 = 30;

/// How many letters of a secret stand together.
const SECRET_GROUP: usize = 4;

/// A language to read in.
#[derive(Deserialize)]
pub struct LanguageSent {
    #[serde(default)]
    csrf_token: String,
    locale: String,
    #[serde(default)]
    next: String,
}

/// Light or dark.
#[derive(Deserialize)]
pub struct ThemeSent {
    #[serde(default)]
    csrf_token: String,
    theme: Theme,
    #[serde(default)]
    next: String,
}

/// A new password.
#[derive(Deserialize)]
pub struct PasswordSent {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    current: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// What is done with the second factor.
#[derive(Deserialize)]
pub struct SecondFactorSent {
    #[serde(default)]
    csrf_token: String,
    r#do: SecondFactorDeed,
    #[serde(default)]
    code: String,
    #[serde(default)]
    password: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SecondFactorDeed {
    Enrol,
    Confirm,
    Cancel,
    Remove,
}

/// What is done with tokens.
#[derive(Deserialize)]
pub struct TokenSent {
    #[serde(default)]
    csrf_token: String,
    r#do: TokenDeed,
    #[serde(default)]
    name: String,
    #[serde(default)]
    days: i64,
    #[serde(default)]
    password: String,
    token: Option<Uuid>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TokenDeed {
    Create,
    Revoke,
}

/// What is done with absences.
#[derive(Deserialize)]
pub struct AbsenceSent {
    #[serde(default)]
    csrf_token: String,
    r#do: AbsenceDeed,
    #[serde(default)]
    place: usize,
    #[serde(flatten)]
    typed: AbsenceTyped,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AbsenceDeed {
    Say,
    Forget,
    HandOver,
}

/// What is done with sessions.
#[derive(Deserialize)]
pub struct SessionSent {
    #[serde(default)]
    csrf_token: String,
    r#do: SessionDeed,
    #[serde(default)]
    session: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SessionDeed {
    End,
    EndOthers,
}

/// What the page tells beyond how things stand.
#[derive(Default)]
struct Told {
    password: Vec<PasswordError>,
    wrong: Option<Wrong>,
    new_token: Option<NewToken>,
    absence: Option<(AbsenceTyped, String)>,
}

/// Which field of the page was not as it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Code,
    FactorPassword,
    TokenName,
    TokenPassword,
}

impl Told {
    fn of(wrong: Wrong) -> Self {
        Self { wrong: Some(wrong), ..Self::default() }
    }

    fn is(&self, wrong: Wrong) -> bool {
        self.wrong == Some(wrong)
    }
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Problem> {
    let page = view(&visit, visit.viewer()?, Told::default()).await?;
    visit.page(&page).await
}

/// Changes the language, everywhere this person reads.
pub async fn language(
    visit: Visit,
    signed_in: SignedIn,
    jar: CookieJar,
    Form(sent): Form<LanguageSent>,
) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    let locale = Locale::parse(&sent.locale).ok_or(Problem::Malformed)?;
    visit.state.application.set_locale(&signed_in.0, locale).await?;
    Ok((jar.add(remembered(&visit, (LOCALE_COOKIE, locale.tag()))), on_to(&sent.next)).into_response())
}

/// Changes light and dark, in this browser.
pub async fn theme(
    visit: Visit,
    signed_in: SignedIn,
    jar: CookieJar,
    Form(sent): Form<ThemeSent>,
) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    let theme = match sent.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    Ok((jar.add(remembered(&visit, (THEME_COOKIE, theme))), on_to(&sent.next)).into_response())
}

/// Changes the password; every other session ends.
pub async fn password(visit: Visit, signed_in: SignedIn, Form(sent): Form<PasswordSent>) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    let [current, new, again] = [sent.current, sent.new, sent.again].map(Zeroizing::new);
    let mut errors = Vec::new();
    if new != again {
        errors.push(PasswordError::AgainDiffers);
    }
    if new.chars().count() < PASSWORD_CHARACTERS_MIN {
        errors.push(PasswordError::TooShort);
    }
    if errors.is_empty() {
        match visit.state.application.change_password(&signed_in.0, &current, &new).await {
            Ok(()) => return done(&visit, &signed_in.0, "me-password-changed").await,
            Err(Error::Refused(Refusal::WrongCredentials)) => errors.push(PasswordError::CurrentWrong),
            Err(Error::Refused(Refusal::PasswordTooShort { .. })) => errors.push(PasswordError::TooShort),
            Err(Error::Refused(refusal)) => return refused(&visit, &signed_in.0, &refusal).await,
            Err(error) => return Err(error.into()),
        }
    }
    let page = view(&visit, &signed_in.0, Told { password: errors, ..Told::default() }).await?;
    visit.page_with(&page, StatusCode::UNPROCESSABLE_ENTITY, None).await
}

/// Sets up a second factor or takes it away.
pub async fn second_factor(
    visit: Visit,
    signed_in: SignedIn,
    Form(sent): Form<SecondFactorSent>,
) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    let (application, viewer) = (&visit.state.application, &signed_in.0);
    let outcome = match sent.r#do {
        SecondFactorDeed::Enrol => {
            let password = Zeroizing::new(sent.password);
            application.begin_second_factor(viewer, &password).await.map(drop)
        }
        SecondFactorDeed::Confirm => application.confirm_second_factor(viewer, &sent.code).await,
        SecondFactorDeed::Cancel => application.cancel_second_factor(viewer).await,
        SecondFactorDeed::Remove => application.remove_second_factor(viewer, &sent.code).await,
    };
    match outcome {
        Ok(()) => Ok(on_to("/me#second-factor")),
        Err(Error::Refused(Refusal::WrongCredentials | Refusal::SecondFactorNeeded { .. })) => {
            let is_password = matches!(sent.r#do, SecondFactorDeed::Enrol);
            let wrong = if is_password { Wrong::FactorPassword } else { Wrong::Code };
            let page = view(&visit, viewer, Told::of(wrong)).await?;
            visit.page_with(&page, StatusCode::UNPROCESSABLE_ENTITY, None).await
        }
        Err(Error::Refused(refusal)) => refused(&visit, viewer, &refusal).await,
        Err(error) => Err(error.into()),
    }
}

/// Makes a token for a program, or ends one.
pub async fn tokens(visit: Visit, signed_in: SignedIn, Form(sent): Form<TokenSent>) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    let (application, viewer) = (&visit.state.application, &signed_in.0);
    let outcome = match (sent.r#do, sent.token) {
        (TokenDeed::Create, _) if sent.name.trim().is_empty() => {
            let page = view(&visit, viewer, Told::of(Wrong::TokenName)).await?;
            return visit.page_with(&page, StatusCode::UNPROCESSABLE_ENTITY, None).await;
        }
        (TokenDeed::Create, _) => {
            let lasts = TimeDelta::days(sent.days.clamp(1, TOKEN_DAYS_MAX));
            let password = Zeroizing::new(sent.password);
            match application.make_token(viewer, (&sent.name, Some(lasts)), Some(&password)).await {
                Ok(made) => {
                    let new_token = NewToken { name: sent.name.trim().to_owned(), secret: made.secret };
                    let page = view(&visit, viewer, Told { new_token: Some(new_token), ..Told::default() }).await?;
                    return visit.page(&page).await;
                }
                Err(Error::Refused(Refusal::WrongCredentials)) => {
                    let page = view(&visit, viewer, Told::of(Wrong::TokenPassword)).await?;
                    return visit.page_with(&page, StatusCode::UNPROCESSABLE_ENTITY, None).await;
                }
                Err(error) => Err(error),
            }
        }
        (TokenDeed::Revoke, Some(token)) => application.revoke_token(viewer, token).await,
        (TokenDeed::Revoke, None) => return Err(Problem::Malformed),
    };
    match outcome {
        Ok(()) => Ok(on_to("/me#tokens")),
        Err(Error::Refused(refusal)) => refused(&visit, viewer, &refusal).await,
        Err(error) => Err(error.into()),
    }
}

/// Says when this person is away, forgets that, or hands their open work over.
pub async fn absences(visit: Visit, signed_in: SignedIn, Form(sent): Form<AbsenceSent>) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    let (application, viewer) = (&visit.state.application, &signed_in.0);
    let mut said = application.absences(viewer);
    match sent.r#do {
        AbsenceDeed::HandOver => {
            let cases = application.hand_over(viewer).await?;
            let sentence = i18n::message(visit.locale, "me-absence-handed", &[("cases", cases.into())]);
            let page = view(&visit, viewer, Told::default()).await?;
            return visit.page_with(&page, StatusCode::OK, Some(Banner::Done { sentence })).await;
        }
        AbsenceDeed::Forget if sent.place < said.len() => drop(said.remove(sent.place)),
        // It was forgotten already.
        AbsenceDeed::Forget => return Ok(on_to("/me#absence")),
        AbsenceDeed::Say => {
            let Some(absence) = absence::read(&application.directory(), &sent.typed) else {
                let refusal = Refusal::Absence(WrongAbsence::NoDeputy);
                return absence_refused(&visit, viewer, (sent.typed, &refusal)).await;
            };
            said.push(absence);
        }
    }
    match application.set_absences(viewer, &said).await {
        Ok(()) => Ok(on_to("/me#absence")),
        Err(Error::Refused(refusal)) => absence_refused(&visit, viewer, (sent.typed, &refusal)).await,
        Err(error) => Err(error.into()),
    }
}

async fn absence_refused(
    visit: &Visit,
    viewer: &Viewer,
    (typed, refusal): (AbsenceTyped, &Refusal),
) -> Result<Response, Problem> {
    let wrong = words::refusal::sentence(visit.reading(), refusal);
    let page = view(visit, viewer, Told { absence: Some((typed, wrong)), ..Told::default() }).await?;
    visit.page_with(&page, StatusCode::UNPROCESSABLE_ENTITY, None).await
}

/// Ends other sessions, or one of them.
pub async fn sessions(visit: Visit, signed_in: SignedIn, Form(sent): Form<SessionSent>) -> Result<Response, Problem> {
    signed_in.check_form(&sent.csrf_token)?;
    match sent.r#do {
        SessionDeed::EndOthers => {
            visit.state.application.end_other_sessions(&signed_in.0).await?;
        }
        SessionDeed::End => {
            let hash = sent.session.parse().map_err(|_| Problem::Malformed)?;
            visit.state.application.end_session(&signed_in.0, hash).await?;
        }
    }
    Ok(on_to("/me#sessions"))
}

async fn done(visit: &Visit, viewer: &Viewer, message: &str) -> Result<Response, Problem> {
    let sentence = i18n::message(visit.locale, message, &[]);
    let page = view(visit, viewer, Told::default()).await?;
    visit.page_with(&page, StatusCode::OK, Some(Banner::Done { sentence })).await
}

async fn refused(visit: &Visit, viewer: &Viewer, refusal: &Refusal) -> Result<Response, Problem> {
    let (status, banner) = visit.refused(refusal);
    let page = view(visit, viewer, Told::default()).await?;
    visit.page_with(&page, status, Some(banner)).await
}

async fn view(visit: &Visit, viewer: &Viewer, told: Told) -> Result<MePage, Problem> {
    let application = &visit.state.application;
    let workspace = application.workspace()?;
    let directory = application.directory();
    let person = &viewer.person;
    let roles = person.roles.iter().filter_map(|role| workspace.settings.roles.get(role));
    let tokens = application.tokens(viewer).await?.into_iter().map(token);
    let sessions = application.sessions(viewer).await?;
    let second_factor = second_factor_view(visit, viewer, &told).await?;
    let token_password = asked_again(visit, told.is(Wrong::TokenPassword));
    let token_name_missing = told.is(Wrong::TokenName);
    Ok(MePage {
        person: words::people::person(visit.locale, &directory, viewer.login()),
        login: viewer.login().to_string(),
        clearance: words::cases::level_tag(visit.locale, &workspace.settings, person.clearance),
        roles: roles.map(|role| role.title.get(visit.locale).clone()).collect(),
        superior: person.manager.as_ref().map(|manager| words::people::person(visit.locale, &directory, manager)),
        password: Password {
            length_min: u32::try_from(PASSWORD_CHARACTERS_MIN).unwrap_or(u32::MAX),
            errors: told.password,
        },
        second_factor,
        tokens: tokens.collect(),
        token_password,
        new_token: told.new_token,
        token_name_missing,
        absence: absence::view(visit, viewer, told.absence),
        sessions: sessions.iter().map(|one| session(visit, viewer, one)).collect(),
    })
}

fn asked_again(visit: &Visit, wrong: bool) -> PasswordAgain {
    PasswordAgain { wrong, demo: visit.state.application.demo_password().map(ToOwned::to_owned) }
}

async fn second_factor_view(visit: &Visit, viewer: &Viewer, told: &Told) -> Result<SecondFactor, Problem> {
    let wrong = told.is(Wrong::Code);
    let application = &visit.state.application;
    let demo_code = application.demo_code(viewer.login()).await?;
    Ok(match application.second_factor(viewer).await? {
        identity::SecondFactor::Absent => {
            SecondFactor::Absent { password: asked_again(visit, told.is(Wrong::FactorPassword)) }
        }
        identity::SecondFactor::Begun(enrolment) => SecondFactor::Enrolling {
            qr: QrCode::draw(enrolment.modules, enrolment.width),
            secret: in_groups(&enrolment.secret),
            wrong,
            demo_code,
        },
        identity::SecondFactor::Active { since } => {
            let gone = application.clock().now().timestamp().rem_euclid(CODE_SECONDS);
            let seconds = u32::try_from(CODE_SECONDS - gone).unwrap_or_default();
            let demo_code = demo_code.map(|code| DemoCode { code, seconds });
            SecondFactor::Active { since, wrong, demo_code }
        }
    })
}

fn token(row: TokenRow) -> Token {
    Token {
        id: row.id.to_string(),
        name: row.title,
        created_at: row.created_at,
        used_at: row.last_used_at,
        expires_at: row.expires_at,
    }
}

fn session(visit: &Visit, viewer: &Viewer, row: &SessionRow) -> Session {
    let current = match &viewer.through {
        Through::Session { hash, .. } => *hash == row.hash,
        Through::Token { .. } => false,
    };
    Session {
        id: row.hash.to_string(),
        device: i18n::message(visit.locale, "me-session-browser", &[]),
        address: row.from_address.clone().unwrap_or_default(),
        since: row.created_at,
        seen_at: row.seen_at,
        current,
    }
}

/// A secret as it is typed by hand.
fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(SECRET_GROUP).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

fn remembered(visit: &Visit, (name, value): (&'static str, &'static str)) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .same_site(SameSite::Lax)
        .secure(visit.state.options.is_secure)
        .permanent()
        .build()
}

#[cfg(test)]
mod tests {
    use super::in_groups;

    #[test]
    fn a_secret_is_written_in_groups_that_can_be_typed() {
        assert_eq!(["JBSWY3DPEHPK3PXP", "JBSWY", ""].map(in_groups), ["JBSW Y3DP EHPK 3PXP", "JBSW Y", ""]);
    }
}
