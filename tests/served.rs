//! The demo company on a store of its own, served in this process, with a clock that the test moves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use chrono::{DateTime, Utc};
use definition::{
    id::{FieldName, FormId, Login},
    load::{PeopleFile, SourceFile, load_people},
    value::Value,
};
use runtime::{Application, Settings, clock::Clock, keys::Keys, viewer::Origin};
use serde_json::{Value as Json, json};
use server::http::state::{Options, ServerState};
use store::{Config, Store};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;
use vault::RootKey;
use zeroize::Zeroizing;

/// A Monday morning in Shanghai, no holiday near.
pub const MONDAY_TEN: &str = "2026-03-02T02:00:00Z";

/// Everybody's password, once [`Company::give_password`] gave it.
pub const PASSWORD: &str = "correct horse battery";

/// The most bytes of an answer.
const ANSWER_BYTES_MAX: usize = 64 << 20;

const PEOPLE: &str = "tests/company/people.yaml";
const ROOT_KEY: [u8; 32] = [7; 32];

/// The company, served.
pub struct Company {
    /// The application behind.
    pub application: Application,
    /// The ids of li.na's customers, in the order of [`CUSTOMERS`].
    pub customers: Vec<Uuid>,
    router: Router,
    tokens: std::sync::Mutex<BTreeMap<String, String>>,
    people: PeopleFile,
    _folder: TempDir,
}

/// li.na's customers: name, mobile, identity number.
pub const CUSTOMERS: [(&str, &str, &str); 3] = [
    ("欧阳明", "13800138000", "11010519491231002X"),
    ("=cmd|calc", "13900139000", "440308199901101512"),
    ("赵小燕", "13700137000", "110101199003070038"),
];

/// How a company is served.
#[derive(Debug, Clone, Copy)]
pub struct Serving {
    /// Whether a path moves the clock.
    pub moves_clock: bool,
    /// Whether browsers reach it over HTTPS.
    pub is_secure: bool,
}

impl Company {
    /// Opens one, with a path that moves its clock.
    pub async fn open() -> Self {
        Self::serving(Serving { moves_clock: true, is_secure: false }).await
    }

    /// Opens one that is served this way.
    pub async fn serving(serving: Serving) -> Self {
        Self::opened(serving, |_| root()).await
    }

    /// Opens one over a copy of the shipped workspace that is changed first.
    pub async fn over(change: impl FnOnce(&Path)) -> Self {
        let copied = |folder: &Path| {
            let workspace = folder.join("workspace");
            for one in ["chancery.yaml", "forms", "workflows", "tests/company"] {
                copy(&root().join(one), &workspace.join(one));
            }
            change(&workspace);
            workspace
        };
        Self::opened(Serving { moves_clock: true, is_secure: false }, copied).await
    }

    async fn opened(serving: Serving, workspace: impl FnOnce(&Path) -> PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
        let store = Store::open(&Config { url: url("main.db"), keyring_url: url("keyring.db") }).await.unwrap();
        let keys = Keys::open(&store, RootKey::from_bytes(ROOT_KEY).unwrap()).await.unwrap();
        let workspace = workspace(folder.path());
        let files = folder.path().join("files");
        std::fs::create_dir_all(&files).unwrap();
        let clock = Clock::manual(MONDAY_TEN.parse().unwrap());
        let settings = Settings { workspace: workspace.clone(), files, demo: true };
        let application = Application::open(store, keys, clock, settings).await.unwrap();
        let text = std::fs::read(workspace.join(PEOPLE)).unwrap();
        let source = SourceFile { path: PEOPLE.to_owned(), text };
        let people = load_people(&application.workspace().unwrap().settings, &source).file.unwrap();
        application.import_people(&people, None).await.unwrap();
        let options = Options { moves_clock: serving.moves_clock, is_secure: serving.is_secure, ..Options::default() };
        let router = server::router::router(ServerState::new(application.clone(), options, None));
        let tokens = std::sync::Mutex::default();
        let mut company = Self { application, customers: Vec::new(), router, tokens, people, _folder: folder };
        company.enter_customers().await;
        company
    }

    async fn enter_customers(&mut self) {
        let owner = Login::from("li.na");
        for (name, mobile, id_number) in CUSTOMERS {
            let texts = [("name", name), ("mobile", mobile), ("id_number", id_number)];
            let values = texts.map(|(field, text)| (FieldName::from(field), Value::Text(text.to_owned())));
            let record = (Some(owner.clone()), values.into_iter().collect());
            self.application.import_records(&FormId::from("customer"), vec![record], None).await.unwrap();
        }
        let found = self.get("/api/v1/registers/customer/records").by("li.na").await.ok();
        let ids = found["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().parse().unwrap());
        self.customers = ids.collect();
        self.customers.sort_unstable();
    }

    /// Somebody's personal token, made when it is first asked for.
    pub async fn token(&self, login: &str) -> String {
        if let Some(token) = self.tokens.lock().unwrap().get(login) {
            return token.clone();
        }
        let made = self.application.give_token(&Login::from(login), "test").await.unwrap();
        self.tokens.lock().unwrap().insert(login.to_owned(), made.secret.clone());
        made.secret
    }

    /// Gives somebody [`PASSWORD`].
    pub async fn give_password(&self, login: &str) {
        self.application.set_password(&Login::from(login), &Zeroizing::new(PASSWORD.to_owned())).await.unwrap();
    }

    /// Closes somebody's account.
    pub async fn disable(&self, login: &str) {
        let mut people = self.people.clone();
        people.people.retain(|person| person.login.as_str() == login);
        people.people[0].status = definition::people::PersonStatus::Disabled;
        self.application.import_people(&people, None).await.unwrap();
    }

    /// Signs somebody in over HTTP: their cookie and the proof for their writes.
    pub async fn sign_in(&self, login: &str) -> Session {
        let sent = json!({ "login": login, "password": PASSWORD });
        let answer = self.post("/api/v1/sign-in").json(&sent).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        Session { cookie, csrf: answer.body()["csrf_token"].as_str().unwrap().to_owned() }
    }

    /// A session of somebody in a browser, begun as a demo begins one.
    pub async fn session(&self, login: &str) -> Session {
        let begun = self.application.sign_in_to_demo(login, &Origin::default()).await.unwrap();
        Session { cookie: format!("chancery_session={}", begun.secret), csrf: begun.csrf }
    }

    /// A request without a body.
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        Call { company: self, method, path: path.to_owned(), headers: HeaderMap::new(), login: None, body: Vec::new() }
    }

    /// A `GET`.
    pub fn get(&self, path: &str) -> Call<'_> {
        self.request(Method::GET, path)
    }

    /// A `POST`.
    pub fn post(&self, path: &str) -> Call<'_> {
        self.request(Method::POST, path)
    }

    /// A `PUT`.
    pub fn put(&self, path: &str) -> Call<'_> {
        self.request(Method::PUT, path)
    }

    /// Moves the clock, and has everything done that fell due.
    pub async fn advance(&self, duration: &str) -> DateTime<Utc> {
        let answer = self.post("/api/v1/clock").json(&json!({ "advance": duration })).await.ok();
        answer["now"].as_str().unwrap().parse().unwrap()
    }

    /// What li.na asks for: all her customers, the named fields.
    pub fn request_for(&self, fields: &Json) -> Json {
        json!({
            "workflow": "export-approval",
            "values": {
                "purpose": "一季度成交客户电话回访，华东一组",
                "needed_until": "2026-03-20",
                "records": { "ids": self.customers },
                "fields": fields,
                "format": "xlsx",
            },
        })
    }

    /// Begins a case of li.na's; its id.
    pub async fn begin(&self, fields: &Json) -> String {
        let answer = self.post("/api/v1/cases").by("li.na").json(&self.request_for(fields)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.body()["case"].as_str().unwrap().to_owned()
    }

    /// The first task that waits for somebody.
    pub async fn first_task(&self, login: &str) -> String {
        let todo = self.get("/api/v1/tasks?box=todo").by(login).await.ok();
        todo["items"][0]["task"]["id"].as_str().expect("a task waits").to_owned()
    }
}

/// A session of somebody who signed in over HTTP.
#[derive(Debug, Clone)]
pub struct Session {
    /// `name=value`.
    pub cookie: String,
    /// The proof for writes.
    pub csrf: String,
}

impl Session {
    /// Nobody's.
    pub fn nobodys() -> Self {
        Self { cookie: String::new(), csrf: String::new() }
    }

    /// The same session without the proof: what another site can send.
    #[must_use]
    pub fn forged(&self) -> Self {
        Self { csrf: String::new(), ..self.clone() }
    }
}

/// A request that is being put together; await it to send it.
pub struct Call<'a> {
    company: &'a Company,
    method: Method,
    path: String,
    headers: HeaderMap,
    login: Option<String>,
    body: Vec<u8>,
}

impl Call<'_> {
    /// With somebody's personal token.
    #[must_use]
    pub fn by(mut self, login: &str) -> Self {
        self.login = Some(login.to_owned());
        self
    }

    /// In a session, with the proof for writes.
    #[must_use]
    pub fn within(self, session: &Session) -> Self {
        self.header("cookie", &session.cookie).header("x-csrf-token", &session.csrf)
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    /// With these bytes.
    #[must_use]
    pub fn bytes(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// With a form of a page, and the proof that it came from there.
    #[must_use]
    pub fn form(self, session: &Session, fields: &[(&str, &str)]) -> Self {
        let proof = ("csrf_token", session.csrf.as_str());
        let fields = fields.iter().chain(std::iter::once(&proof));
        let pairs: Vec<String> = fields.map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let sent = self.header("content-type", "application/x-www-form-urlencoded").bytes(pairs.join("&"));
        sent.header("cookie", &session.cookie)
    }

    /// With JSON.
    #[must_use]
    pub fn json(self, body: &Json) -> Self {
        self.header("content-type", "application/json").bytes(body.to_string())
    }
}

/// The shipped workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in std::fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
    }
}

/// A text as forms carry it.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        write!(escaped, "%{byte:02X}").unwrap();
        escaped
    })
}

impl<'a> IntoFuture for Call<'a> {
    type Output = Answer;
    type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut request = Request::builder().method(self.method).uri(&self.path);
            if let Some(login) = &self.login {
                request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.company.token(login).await));
            }
            let mut request = request.body(Body::from(self.body)).unwrap();
            request.headers_mut().extend(self.headers);
            let (parts, body) = self.company.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, bytes, json: OnceLock::new() }
        })
    }
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
    json: OnceLock<Json>,
}

impl Answer {
    /// The body as JSON; null if it is none.
    pub fn body(&self) -> &Json {
        self.json.get_or_init(|| serde_json::from_slice(&self.bytes).unwrap_or_default())
    }

    /// The body of an answer that has to be a success.
    pub fn ok(self) -> Json {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        self.body().clone()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The status and the problem's stable word.
    pub fn problem(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body()["type"].as_str().unwrap_or("no problem document"))
    }

    /// A header as text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
