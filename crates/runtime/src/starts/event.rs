//! Cases that begin because of something outside: a signed message, or a program in somebody's name.

use std::{collections::BTreeMap, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use definition::{
    form_values::{self, Entered, EnteredValues, Situation},
    id::{EventName, Login},
    model::{Capability, Start, Step, StepKind, Wait},
};
use engine::{Actor, CaseId, Command, Plan, Rejection, origin::Cause};
use serde::Deserialize;
use serde_json::json;
use store::IdempotencyRow;
use vault::Digest;
pub use vault::webhook::Message;

use super::Brought;
use crate::{
    application::Application,
    audit::Entry,
    cases::Request,
    error::{Error, Lacking, Outcome, Refusal},
    execute::Deed,
    once::Once,
    viewer::{Origin, Viewer},
};

/// How far the moment a message was sent may be from now: what is older may be a replay.
pub const WINDOW: TimeDelta = TimeDelta::minutes(5);

/// How many secrets of one event are good at once.
pub const SECRETS_MAX: usize = 8;

/// The longest id of a message, in bytes.
const ID_BYTES_MAX: usize = 256;

/// The version of signatures that is understood, as the header writes it.
const VERSION: &str = "v1,";

/// How many signatures of one message are looked at.
const SIGNATURES_MAX: usize = 8;

/// How a secret is written for whoever signs with it.
const SECRET_PREFIX: &str = "whsec_";

/// A message with its signatures.
pub struct Signed<'a> {
    message: Message<'a>,
    signatures: Vec<Vec<u8>>,
}

impl<'a> Signed<'a> {
    /// A message, and what its header says: `v1,BASE64`, several of them apart by spaces.
    pub fn new(message: Message<'a>, header: &str) -> Self {
        let ours = header.split_whitespace().filter_map(|one| one.strip_prefix(VERSION)).take(SIGNATURES_MAX);
        Self { message, signatures: ours.filter_map(|text| STANDARD.decode(text).ok()).collect() }
    }
}

/// A secret that was made.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeSecret {
    /// Its number, by which it is taken back.
    pub number: u32,
    /// The secret itself; not kept, and not shown again.
    pub secret: String,
}

/// What a start is answered.
#[derive(Deserialize)]
struct Answered {
    case: CaseId,
}

/// What is done with the secrets of an event.
#[derive(Debug, Clone, Copy)]
enum SecretDeed {
    Made,
    TakenBack,
}

/// The status of a request that took a secret back.
const TAKEN_BACK: u16 = 204;

/// An event that came for the cases that wait for it.
struct Arrived<'a> {
    /// Which, among those of its name.
    id: &'a str,
    /// As it was sent.
    body: &'a [u8],
    /// What it carries.
    data: &'a serde_json::Map<String, serde_json::Value>,
}

/// How many waiting cases are gone through at a time.
const CASES_AT_ONCE: u32 = 100;

/// The scope of what deliveries are named by.
const DELIVERIES: &str = "deliveries";

/// The status of a delivery.
const TAKEN_IN: i64 = 200;

/// The body of an event: what it is called and when it was is the headers' to say.
#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    data: serde_json::Map<String, serde_json::Value>,
}

impl Application {
    /// Takes in a signed event; the cases that it began, or begun when it came the first time.
    pub async fn receive_event(&self, name: &EventName, signed: &Signed<'_>) -> Outcome<Vec<CaseId>> {
        let plans = self.awaiting(name);
        if plans.is_empty() && !self.is_waited_for(name).await? {
            return Err(Refusal::NotFound.into());
        }
        self.check_signature(name, signed).await?;
        let body: Body = serde_json::from_slice(signed.message.body).map_err(|_| Refusal::Unreadable)?;
        let mut cases = Vec::new();
        let mut checked: Vec<(&Arc<Plan>, Brought)> = Vec::new();
        for plan in &plans {
            checked.push((plan, self.values_of_event(plan, &body)?));
        }
        // First those that wait: what this event begins does not wait for this event.
        self.deliver(name, &Arrived { id: signed.message.id, body: signed.message.body, data: &body.data }).await?;
        for (plan, brought) in checked {
            let happening = format!("event {name} {}", signed.message.id);
            let id = CaseId::of_happening(plan.process.id.as_str(), &happening);
            let cause = Cause::Event { name: name.clone(), by: None };
            self.begin_because(plan, (id, cause), brought).await?;
            cases.push(id);
        }
        Ok(cases)
    }

    /// Takes in an event in somebody's name.
    pub async fn relay_event(&self, viewer: &Viewer, name: &EventName, request: Request) -> Outcome<Vec<CaseId>> {
        let directory = self.directory();
        let mut plans = self.awaiting(name);
        // Whoever keeps the secrets of events could sign this one.
        let delivers = viewer.person.can.contains(&Capability::Settings) && self.is_waited_for(name).await?;
        if plans.is_empty() && !delivers {
            return Err(Refusal::NotFound.into());
        }
        if delivers {
            let data: serde_json::Map<_, _> = request.values.clone().into_iter().collect();
            let body = serde_json::to_vec(&data).map_err(|_| Refusal::Unreadable)?;
            let fresh = uuid::Uuid::new_v4().to_string();
            let id = viewer.once.as_ref().map_or(fresh.as_str(), |once| once.key.as_str());
            self.deliver(name, &Arrived { id, body: &body, data: &data }).await?;
        }
        plans.retain(|plan| plan.process.start.is_open_to(&directory, viewer.login().as_str()));
        if plans.is_empty() && !delivers {
            return Err(Refusal::Forbidden(Lacking::Start).into());
        }
        let mut cases = Vec::new();
        for plan in plans {
            let process = &plan.process.id;
            let own = |once: &Once| Once { key: format!("{}/{process}", once.key), ..once.clone() };
            let asking = viewer.clone().once(viewer.once.as_ref().map(own));
            cases.push(match self.start(&asking, process, &request).await {
                // It came before with the same key, and began this one then.
                Err(Error::Answered(first)) => {
                    first.response.read::<Answered>().map_err(|_| Error::Damaged("an answer"))?.case
                }
                begun => begun?.case.id,
            });
        }
        Ok(cases)
    }

    /// Makes a secret with which an event may be signed from now on; those before stay good until they are taken back.
    pub async fn make_event_secret(&self, viewer: &Viewer, name: &EventName) -> Outcome<MadeSecret> {
        self.may_keep_secrets(viewer, name)?;
        let (mut good, last) = self.secrets_of(name).await?;
        if good.len() >= SECRETS_MAX {
            return Err(Refusal::TooLarge { limit: SECRETS_MAX as u64 }.into());
        }
        let number = last + 1;
        good.push(number);
        self.keep_secrets(viewer, (name, SecretDeed::Made), (&good, number)).await?;
        let key = self.keys.seal_key(&self.store, &key_of(name)).await?;
        let secret = STANDARD.encode(key.webhook_secret(name.as_str(), number).as_bytes());
        Ok(MadeSecret { number, secret: format!("{SECRET_PREFIX}{secret}") })
    }

    /// Takes a secret back: what is signed with it is refused from now on.
    pub async fn take_event_secret_back(&self, viewer: &Viewer, name: &EventName, number: u32) -> Outcome<()> {
        self.may_keep_secrets(viewer, name)?;
        let (mut good, last) = self.secrets_of(name).await?;
        let Some(place) = good.iter().position(|one| *one == number) else { return Err(Refusal::NotFound.into()) };
        good.remove(place);
        self.keep_secrets(viewer, (name, SecretDeed::TakenBack), (&good, last)).await
    }

    fn may_keep_secrets(&self, viewer: &Viewer, name: &EventName) -> Outcome<()> {
        if !viewer.person.can.contains(&Capability::Settings) {
            return Err(Refusal::Forbidden(Lacking::Capability).into());
        }
        if self.awaiting(name).is_empty() && !self.is_known(name) { Err(Refusal::NotFound.into()) } else { Ok(()) }
    }

    async fn check_signature(&self, name: &EventName, signed: &Signed<'_>) -> Outcome<()> {
        let message = signed.message;
        let sent = message.timestamp.parse().ok().and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
        let is_fresh = sent.is_some_and(|sent| (self.clock.now() - sent).abs() <= WINDOW);
        let has_id = !message.id.is_empty() && message.id.len() <= ID_BYTES_MAX;
        if !is_fresh || !has_id {
            return Err(Refusal::NotSigned.into());
        }
        let key = self.keys.seal_key(&self.store, &key_of(name)).await?;
        let (good, _) = self.secrets_of(name).await?;
        let is_signed = good.iter().any(|number| {
            let secret = key.webhook_secret(name.as_str(), *number);
            signed.signatures.iter().any(|signature| secret.signed(message, signature))
        });
        if is_signed { Ok(()) } else { Err(Refusal::NotSigned.into()) }
    }

    fn values_of_event(&self, plan: &Plan, body: &Body) -> Outcome<Brought> {
        let workspace = self.workspace()?;
        let directory = self.directory();
        // What an event brings besides its fields is not ours to refuse.
        let known = body.data.iter().filter(|(name, _)| plan.form.field(name).is_some());
        let entered: EnteredValues = known.map(|(name, value)| (name.clone(), Entered::Raw(value.clone()))).collect();
        let now = self.clock.now();
        let today = now.with_timezone(&workspace.settings.timezone).date_naive();
        let nobody = Login::from("");
        let situation = Situation { today, now, me: &nobody, directory: &directory, forms: &workspace.forms };
        let values = form_values::check(&plan.form, &entered, &situation).map_err(Refusal::Fields)?;
        Ok(Brought { values, frozen: None })
    }

    /// Whether any process waits for an event on its way.
    fn is_known(&self, name: &EventName) -> bool {
        let waits = |step: &Step| matches!(&step.kind, StepKind::Wait(Wait::Event(event)) if event.name == *name);
        self.live().plans.values().any(|plan| plan.process.steps.iter().any(waits))
    }

    /// Whether a process waits for an event on its way, or a case of an older version does.
    async fn is_waited_for(&self, name: &EventName) -> Outcome<bool> {
        Ok(self.is_known(name) || !self.store.cases_awaiting(name.as_str(), None, 1).await?.is_empty())
    }

    /// Lets every case go on that waits for an event. Each takes it once, however often it is sent.
    async fn deliver(&self, name: &EventName, arrived: &Arrived<'_>) -> Outcome<()> {
        let values = texts(arrived.data);
        let sender = format!("event:{name}");
        let mut after = None;
        loop {
            let cases = self.store.cases_awaiting(name.as_str(), after, CASES_AT_ONCE).await?;
            for case in &cases {
                let key = format!("{}/{case}", arrived.id);
                if self.store.idempotency(&sender, &key).await?.is_some() {
                    continue;
                }
                let command = Command::DeliverEvent { event: name.clone(), values: values.clone() };
                let mut deed = Deed::new(Actor::System, command);
                deed.idempotency = Some(IdempotencyRow {
                    actor: sender.clone(),
                    key,
                    request: self.blinded(DELIVERIES, Digest::of(arrived.body)).await?,
                    status: TAKEN_IN,
                    response: store::Json::of(&json!(null)).map_err(|_| Error::Damaged("an answer"))?,
                    at: self.clock.now(),
                });
                let entry = Entry::by(None, &Origin::default(), self.clock.now()).of("event_delivered");
                deed.audit.push(entry.in_case(CaseId(*case)).facts(&json!({ "event": name })).write());
                match self.execute(CaseId(*case), deed).await {
                    // It took this one before, waits for another of this name, or no longer.
                    Ok(_)
                    | Err(
                        Error::Answered(_)
                        | Error::Refused(Refusal::Rejected(Rejection::NotAwaited | Rejection::CaseEnded { .. })),
                    ) => {}
                    Err(error) => return Err(error),
                }
            }
            after = cases.last().copied();
            if after.is_none() {
                return Ok(());
            }
        }
    }

    fn awaiting(&self, name: &EventName) -> Vec<Arc<Plan>> {
        let waits =
            |plan: &&Arc<Plan>| matches!(&plan.process.start, Start::Event { name: awaited, .. } if awaited == name);
        self.live().plans.values().filter(waits).cloned().collect()
    }

    /// The numbers of the secrets that are good, and the last that was ever given.
    async fn secrets_of(&self, name: &EventName) -> Outcome<(Vec<u32>, u32)> {
        match self.store.state(&key_of(name)).await? {
            Some(text) => serde_json::from_str(&text).map_err(|_| Error::Damaged("the secrets of an event")),
            None => Ok((Vec::new(), 0)),
        }
    }

    async fn keep_secrets(
        &self,
        viewer: &Viewer,
        (name, kind): (&EventName, SecretDeed),
        secrets: (&[u32], u32),
    ) -> Outcome<()> {
        let text = serde_json::to_string(&secrets).map_err(|_| Error::Damaged("the secrets of an event"))?;
        let answer = match kind {
            SecretDeed::Made => self.answer_untold(viewer).await?,
            SecretDeed::TakenBack => self.answer(viewer, TAKEN_BACK, &json!(null)).await?,
        };
        let entry = Entry::of_viewer(viewer, self.clock.now()).answering(answer).facts(&json!({ "event": name }));
        let entry = match kind {
            SecretDeed::Made => entry.of("event_secret_made"),
            SecretDeed::TakenBack => entry.of("event_secret_taken_back"),
        };
        Ok(self.store.state_put_recorded(&key_of(name), &text, &[entry.write()]).await?)
    }
}

/// What an event carries, as texts; what is neither text, number nor truth value is left aside.
fn texts(data: &serde_json::Map<String, serde_json::Value>) -> BTreeMap<String, String> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(truth) => Some(truth.to_string()),
        serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => None,
    };
    data.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect()
}

fn key_of(name: &EventName) -> String {
    format!("event:{name}")
}
