//! From a handler's result to what a browser or a program gets: pages with their shell, problems as pages or documents.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, OriginalUri, Request, State},
    http::{StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use definition::model::{Capability, RegisterRight};
use runtime::{error::Refusal, viewer::Viewer};

use super::{
    problem::{self, Problem, Unwritten},
    state::ServerState,
    visitor::SignedIn,
};
use crate::{
    i18n::{self, Locale, format::Reading},
    template::Page,
    view::{
        self,
        problem::ProblemPage,
        shell::{Account, Banner, Register, Shell, Theme},
    },
    words,
};

/// The cookie of those who chose a language before they signed in.
pub const LOCALE_COOKIE: &str = "chancery_locale";

/// The cookie of those who chose light or dark.
pub const THEME_COOKIE: &str = "chancery_theme";

/// Where programs are served.
pub const API_PREFIX: &str = "/api/";

/// Somebody looking at a page, whether signed in or not.
#[derive(Clone)]
pub struct Visit {
    /// What handlers share.
    pub state: ServerState,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Their language.
    pub locale: Locale,
    theme: Theme,
    path: String,
}

impl FromRequestParts<ServerState> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ServerState) -> Result<Self, Problem> {
        let viewer = <Option<SignedIn> as FromRequestParts<ServerState>>::from_request_parts(parts, state).await?;
        let viewer = viewer.map(|SignedIn(viewer)| viewer);
        let jar = CookieJar::from_headers(&parts.headers);
        let chosen = jar.get(LOCALE_COOKIE).and_then(|cookie| Locale::parse(cookie.value()));
        let asked = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let locale = match (&viewer, chosen, asked) {
            (Some(viewer), ..) => viewer.locale,
            (None, Some(locale), _) => locale,
            (None, None, Some(asked)) => i18n::accepted(asked),
            (None, None, None) => state.application.default_locale(),
        };
        let theme = match jar.get(THEME_COOKIE).map(|cookie| cookie.value().to_owned()).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            Some(_) | None => Theme::System,
        };
        let uri =
            parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |OriginalUri(uri)| uri.clone());
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self { state: state.clone(), viewer, locale, theme, path })
    }
}

impl Visit {
    /// Whoever is signed in; everybody else is sent to sign in.
    pub fn viewer(&self) -> Result<&Viewer, Problem> {
        self.viewer.as_ref().ok_or(Problem::SignInFirst)
    }

    /// Where and when this reader reads.
    pub fn reading(&self) -> Reading {
        let zone = self.state.application.time_zone();
        Reading { locale: self.locale, zone, now: self.state.application.clock().now() }
    }

    /// What surrounds a page.
    pub async fn shell(&self, banner: Option<Banner>) -> Result<Shell, Problem> {
        let Reading { locale, zone, now } = self.reading();
        let account = match &self.viewer {
            Some(viewer) => Some(self.account(viewer).await?),
            None => None,
        };
        let csrf_token = self.viewer.clone().map(SignedIn).map(|signed_in| signed_in.csrf().to_owned());
        Ok(Shell {
            locale,
            theme: self.theme,
            zone,
            now,
            csrf_token: csrf_token.unwrap_or_default(),
            path: self.path.clone(),
            account,
            banner,
        })
    }

    /// A page for this reader.
    pub async fn page<P: Page>(&self, page: &P) -> Result<Response, Problem> {
        self.page_with(page, StatusCode::OK, None).await
    }

    /// A page for this reader, with what has just happened.
    pub async fn page_with<P: Page>(
        &self,
        page: &P,
        status: StatusCode,
        banner: Option<Banner>,
    ) -> Result<Response, Problem> {
        let shell = self.shell(banner).await?;
        let html = self.state.templates.render(page, &shell)?;
        Ok((status, Html(html)).into_response())
    }

    /// One block of a page, for what changes without a reload.
    pub async fn block<P: Page>(&self, page: &P, block: &str) -> Result<Response, Problem> {
        let shell = self.shell(None).await?;
        Ok(Html(self.state.templates.render_block(page, &shell, block)?).into_response())
    }

    /// A refusal as a banner over the page that it happened on, with its status.
    pub fn refused(&self, refusal: &Refusal) -> (StatusCode, Banner) {
        let directory = self.state.application.directory();
        let sentence = words::refusal::to_people(self.reading(), &directory, refusal);
        let (status, _) = Problem::Refused(refusal.clone()).status();
        (status, Banner::Refused { sentence })
    }

    async fn account(&self, viewer: &Viewer) -> Result<Account, Problem> {
        let application = &self.state.application;
        let counts = application.counts(viewer).await?;
        let workspace = application.workspace()?;
        let may_view = |form: &&Arc<definition::model::Form>| {
            policy::register_rights(&viewer.person, form).contains(&RegisterRight::View)
        };
        let registers = workspace.forms.values().filter(may_view);
        Ok(Account {
            person: words::people::person(self.locale, &application.directory(), viewer.login()),
            todo: u64::try_from(counts.open_tasks).unwrap_or_default(),
            unread: u64::try_from(counts.unread).unwrap_or_default(),
            registers: registers
                .map(|form| Register { form: form.id.to_string(), title: form.title.get(self.locale).clone() })
                .collect(),
            incidents: viewer.person.can.contains(&Capability::Incidents),
            audit: viewer.person.can.contains(&Capability::Audit),
        })
    }
}

/// Writes problems: a document for programs, a page for people, the way to sign in for those who must first.
pub async fn write_problems(State(state): State<ServerState>, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let is_get = request.method() == axum::http::Method::GET;
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(problem) = problem_of(&response, &path) else { return response };
    // Who asked is looked up once more only here: most requests meet no problem.
    let Ok(visit) = Visit::from_request_parts(&mut asked, &state).await else { return response };
    if path.starts_with(API_PREFIX) {
        if let Problem::Answered(first) = &*problem {
            return problem::again(first);
        }
        return problem.again_after(problem::respond(problem.document(visit.reading())));
    }
    if matches!(*problem, Problem::SignInFirst) {
        return problem::to_sign_in(if is_get { &path } else { "/" });
    }
    let page = ProblemPage { number: number_of(&problem), problem: page_of(&visit, &problem) };
    problem.again_after(visit.page_with(&page, response.status(), None).await.unwrap_or(response))
}

/// The problem a handler left, or the one that a bare status of the router means.
fn problem_of(response: &Response, path: &str) -> Option<Arc<Problem>> {
    if let Some(Unwritten(problem)) = response.extensions().get() {
        return Some(Arc::clone(problem));
    }
    let is_bare =
        response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !is_bare || path.starts_with(crate::assets::PREFIX) {
        return None;
    }
    let problem = match response.status() {
        StatusCode::NOT_FOUND => Problem::Refused(Refusal::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Problem::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::Refused(Refusal::TooLarge { limit: crate::router::BODY_BYTES_MAX as u64 })
        }
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Problem::Malformed
        }
        StatusCode::FORBIDDEN => Problem::Forged,
        StatusCode::INTERNAL_SERVER_ERROR => Problem::Ours { number: String::new() },
        _ => return None,
    };
    Some(Arc::new(problem))
}

fn number_of(problem: &Problem) -> String {
    match problem {
        Problem::Ours { number } => number.clone(),
        Problem::Refused(_)
        | Problem::Malformed
        | Problem::MethodNotAllowed
        | Problem::SignInFirst
        | Problem::Forged
        | Problem::Answered(_) => String::new(),
    }
}

fn page_of(visit: &Visit, problem: &Problem) -> view::problem::Problem {
    use view::problem::Problem as Shown;
    match problem {
        Problem::Malformed => Shown::Malformed,
        Problem::MethodNotAllowed => Shown::MethodRefused,
        Problem::Forged => Shown::Forged,
        Problem::SignInFirst | Problem::Answered(_) => Shown::Missing,
        Problem::Ours { .. } => Shown::Ours,
        Problem::Refused(refusal) => {
            let directory = visit.state.application.directory();
            let sentence = words::refusal::to_people(visit.reading(), &directory, refusal);
            match (problem.status().0, refusal) {
                (_, Refusal::Busy { .. }) => Shown::Busy,
                (_, Refusal::TooMany { again_at }) => Shown::TooOften { again_at: *again_at },
                (StatusCode::NOT_FOUND, _) => Shown::Missing,
                (StatusCode::FORBIDDEN, _) => Shown::Forbidden { reasons: vec![sentence] },
                (StatusCode::PAYLOAD_TOO_LARGE, _) => Shown::TooLarge,
                (StatusCode::UNPROCESSABLE_ENTITY, _) => Shown::Invalid { reasons: vec![sentence] },
                _ => Shown::Conflict { sentence, case: None },
            }
        }
    }
}
