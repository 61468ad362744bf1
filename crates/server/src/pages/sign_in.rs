//! Signing in and out.

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use definition::{id::Login, text::Locale};
use runtime::{
    error::{Error, Refusal},
    identity::SignedIn as Begun,
};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Pressed, local, on_to};
use crate::{
    http::{
        answer::{LOCALE_COOKIE, Visit},
        origin::From,
        problem::Problem,
        state::ServerState,
        visitor::{SignedIn, no_session_cookie, session_cookie},
    },
    i18n, view,
    view::sign_in::{DemoPerson, SignInPage, Step},
    words,
};

/// Those whom a demo offers first: one of each kind.
const OFFERED: &[&str] = &["li.na", "zhang.wei", "wang.fang", "zhou.lan", "zhou.min", "he.jing"];

/// What the address of the sign-in page may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    next: Option<String>,
    locale: Option<String>,
}

/// What is sent: a name and a password, or in a demo whose part to play.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    demo_login: Option<String>,
    next: Option<String>,
}

/// The sign-in page; whoever is signed in goes on.
pub async fn form(visit: Visit, jar: CookieJar, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let next = asked.next.unwrap_or_default();
    if let Some(locale) = asked.locale.as_deref().and_then(Locale::parse) {
        let cookie = Cookie::build((LOCALE_COOKIE, locale.tag())).path("/").same_site(SameSite::Lax).build();
        return Ok((jar.add(cookie), on_to("/sign-in")).into_response());
    }
    if visit.viewer.is_some() {
        return Ok(on_to(&next));
    }
    page(&visit, (String::new(), None), Some(next), StatusCode::OK).await
}

/// Takes a name and a password, or a click in a demo.
pub async fn submit(
    State(state): State<ServerState>,
    visit: Visit,
    From(origin): From,
    jar: CookieJar,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let begun = match &sent.demo_login {
        Some(login) => state.application.sign_in_to_demo(login, &origin).await,
        None => state.application.sign_in(sent.login.trim(), &Zeroizing::new(sent.password), &origin).await,
    };
    let next = sent.next.clone();
    match begun {
        Ok(Begun { secret, .. }) => {
            let cookie = session_cookie(&state, secret);
            Ok((jar.add(cookie), on_to(local(&next.unwrap_or_default()))).into_response())
        }
        Err(Error::Refused(Refusal::WrongCredentials)) => {
            let step = (sent.login, Some(view::sign_in::Refusal::Wrong));
            page(&visit, step, next, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Refused(Refusal::TooMany { again_at })) => {
            let step = (sent.login, Some(view::sign_in::Refusal::RateLimited { again_at }));
            page(&visit, step, next, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends the session.
pub async fn sign_out(
    State(state): State<ServerState>,
    signed_in: SignedIn,
    jar: CookieJar,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Problem> {
    signed_in.check_form(&pressed.csrf_token)?;
    state.application.sign_out(&signed_in.0).await?;
    Ok((jar.remove(no_session_cookie(&state)), on_to("/sign-in")).into_response())
}

async fn page(
    visit: &Visit,
    (login, refusal): (String, Option<view::sign_in::Refusal>),
    next: Option<String>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let organisation = match visit.state.application.workspace() {
        Ok(workspace) => workspace.settings.name.get(visit.locale).clone(),
        Err(_) => i18n::message(visit.locale, "shell-product", &[]),
    };
    let demo_people = if visit.state.application.is_demo() { demo_people(visit).await? } else { Vec::new() };
    let next = next.map(|next| local(&next).to_owned()).filter(|next| next != "/");
    let page = SignInPage { organisation, step: Step::Password { login, refusal }, next, demo_people };
    visit.page_with(&page, status, None).await
}

/// The people of a demo, each with what they may see and how much waits for them.
async fn demo_people(visit: &Visit) -> Result<Vec<DemoPerson>, Problem> {
    let application = &visit.state.application;
    let workspace = application.workspace()?;
    let directory = application.directory();
    let mut people = Vec::new();
    for login in OFFERED {
        let Some(person) = directory.active(login) else { continue };
        // Of several roles the one that says most of why somebody would be tried.
        let roles = person.roles.iter().filter_map(|role| workspace.settings.roles.get(role));
        let role = roles.max_by_key(|role| (!role.can.is_empty(), role.clearance));
        let role = role.map(|role| role.title.get(visit.locale).clone());
        let mut shown = words::people::person(visit.locale, &directory, &Login::from(*login));
        let department = shown.note.take();
        shown.note = Some(role.into_iter().chain(department).collect::<Vec<_>>().join(" \u{b7} "));
        people.push(DemoPerson {
            login: (*login).to_owned(),
            person: shown,
            level: words::cases::level_tag(visit.locale, &workspace.settings, person.clearance),
            todo: application.waiting_for(&person.login).await?,
            part: None,
        });
    }
    Ok(people)
}
