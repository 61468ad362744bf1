//! A small company and a world to play its cases in, for the tests of this crate.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use definition::{
    id::{FieldName, Login, WorkflowId},
    level::Level,
    load::{SourceFile, load, load_people},
    model::{Confirm, FieldValues, Settings, Start, Workspace},
    people::{Directory, PersonStatus},
    value::{FieldPick, RecordSet, Value},
};
use uuid::Uuid;
use vault::Digest;

use crate::{
    Actor, Case, CaseId, CaseNumber, Command, Context, Effect, Event, EventEnvelope, Plan, Rejection, Submission, Task,
    decide::decide,
    event::{ActionFailure, ActionResult},
};

pub const SETTINGS: &str = r#"
workspace: Test
locale: zh-CN
timezone: Asia/Shanghai
sensitivity:
  L0: { title: Public }
  L1: { title: Basic, others_see: masked }
  L2: { title: Identity, others_see: masked, reveal: { reason: required } }
  L3: { title: Dealings, others_see: nothing, reveal: { reason: required, second_factor: true } }
roles:
  staff: { title: Staff, clearance: L1 }
  lead: { title: Lead, clearance: L2 }
  dpo: { title: Officer, clearance: L3 }
  guest: { title: Guest, clearance: L0 }
  admin: { title: Administrator, clearance: L1, can: [build, people, settings, incidents] }
calendar:
  hours: { mon-fri: ["09:00-12:00", "13:00-18:00"] }
  closed: [2026-10-01, 2026-10-02, 2026-10-05, 2026-10-06, 2026-10-07]
  open: [2026-10-10]
"#;

const REGISTER: &str = r#"
form: customer
kind: register
title: Customer
register: { show_as: "{{ name }}", owner: owner, access: [ { who: role:staff, rows: owner == me, can: [view] } ] }
fields:
  - { name: name, type: text, label: Name, sensitivity: L1 }
  - { name: id_number, type: cn_resident_id, label: ID, sensitivity: L2 }
  - { name: owner, type: person, label: Owner }
"#;

const REQUEST: &str = r#"
form: request
title: Request
fields:
  - { name: purpose, type: text, label: Purpose, required: true }
  - { name: amount, type: number, label: Amount }
  - { name: helper, type: person, label: Helper }
  - { name: records, type: records, register: customer, label: Records, required: true }
  - { name: fields, type: register_fields, register: customer, label: Fields, required: true }
  - { name: format, type: choice, label: Format, options: [xlsx, csv], default: '"xlsx"', required: true }
"#;

const PEOPLE: &str = r"
departments:
  - { id: company, title: Company, head: top }
  - { id: sales, title: Sales, head: boss, parent: company }
people:
  - { login: top, name: Top, department: company, roles: [lead], status: active }
  - { login: boss, name: Boss, department: sales, manager: top, roles: [lead], status: active }
  - { login: asker, name: Asker, department: sales, manager: boss, roles: [staff], status: active }
  - { login: other, name: Other, department: sales, manager: boss, roles: [staff], status: active }
  - { login: guest, name: Guest, department: sales, manager: boss, roles: [guest], status: active }
  - { login: officer, name: Officer, department: company, manager: top, roles: [dpo, staff], status: active }
  - { login: deputy, name: Deputy, department: company, manager: top, roles: [dpo], status: active }
  - { login: keeper, name: Keeper, department: company, manager: top, roles: [admin], status: active }
  - { login: warden, name: Warden, department: company, manager: top, roles: [admin], status: active }
";

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.as_bytes().to_vec() }
}

fn workspace(settings: &str, workflow: Option<&str>) -> Workspace {
    let mut files = vec![
        source("chancery.yaml", settings),
        source("forms/customer.yaml", REGISTER),
        source("forms/request.yaml", REQUEST),
    ];
    files.extend(workflow.map(|text| source("workflows/flow.yaml", text)));
    let loaded = load(&files);
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|one| (one.file.clone(), one.line, one.code.to_string(), one.arguments.clone()))
        .collect();
    assert!(!loaded.has_errors(), "the test's definitions are sound: {errors:#?}");
    loaded.workspace.expect("the settings are sound")
}

/// The settings that these lines make.
pub fn settings(text: &str) -> Arc<Settings> {
    workspace(text, None).settings
}

/// How a workflow with this `start` begins.
pub fn start_of(start: &str) -> Start {
    let text = format!("workflow: flow\ntitle: Flow\nstart: {start}\nsteps: []\n");
    workspace(SETTINGS, Some(&text)).processes["flow"].start.clone()
}

/// The plan of a workflow with this head (`let`, `withdraw`, …) and these steps.
pub fn plan(head: &str, steps: &str) -> Plan {
    let text = format!(
        "workflow: flow\ntitle: Flow\nstart: {{ form: request, by: [role:staff, role:lead, role:dpo] }}\n{head}\nsteps:\n{steps}\n"
    );
    let workspace = workspace(SETTINGS, Some(&text));
    Plan {
        process: Arc::clone(&workspace.processes[&WorkflowId::from("flow")]),
        form: Arc::clone(&workspace.forms["request"]),
        registers: workspace.forms.clone(),
        settings: Arc::clone(&workspace.settings),
        version: 1,
        digest: Digest::of(text.as_bytes()),
    }
}

fn directory(settings: &Settings, people: &str) -> Directory {
    let people = load_people(settings, &source("people.yaml", people));
    let file = people.file.unwrap_or_else(|| panic!("the test's people are sound: {:?}", people.diagnostics));
    Directory::new(settings, file.people, file.departments)
}

/// A moment on the clock of Shanghai: `2026-11-20T10:00`.
pub fn at(text: &str) -> DateTime<Utc> {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
    chrono_tz::Asia::Shanghai.from_local_datetime(&wall).unwrap().to_utc()
}

/// The clock of Shanghai at a moment.
pub fn shown(moment: DateTime<Utc>) -> String {
    moment.with_timezone(&chrono_tz::Asia::Shanghai).format("%Y-%m-%dT%H:%M").to_string()
}

/// A request for so many records, names in clear and perhaps identity numbers.
pub fn request(count: u64, id_number: Option<bool>) -> FieldValues {
    let pick = |name: &str, masked, level| FieldPick { name: FieldName::from(name), masked, level };
    let mut picks = vec![pick("name", false, Level::L1)];
    picks.extend(id_number.map(|masked| pick("id_number", masked, Level::L2)));
    let set = RecordSet { register: "customer".into(), count, digest: format!("{count:064x}"), chosen: None };
    BTreeMap::from([
        ("purpose".into(), Value::Text("calls".to_owned())),
        ("records".into(), Value::Records(set)),
        ("fields".into(), Value::Picks(picks)),
        ("format".into(), Value::Text("xlsx".to_owned())),
    ])
}

/// One case, its people and its clock.
pub struct World {
    pub plan: Plan,
    pub directory: Directory,
    pub now: DateTime<Utc>,
    pub submission: Submission,
    pub case: Option<Case>,
    pub events: Vec<EventEnvelope>,
    pub effects: Vec<Effect>,
    pub confirmed: Confirm,
}

impl World {
    /// On Friday, 20 November 2026, at ten.
    pub fn new(plan: Plan) -> Self {
        let directory = directory(&plan.settings, PEOPLE);
        Self {
            plan,
            directory,
            now: at("2026-11-20T10:00"),
            submission: Submission::new([1; 16], request(2, None)),
            case: None,
            events: Vec::new(),
            effects: Vec::new(),
            confirmed: Confirm::SecondFactor,
        }
    }

    /// A world in which `asker` has sent the request.
    pub fn started(head: &str, steps: &str) -> Self {
        let mut world = Self::new(plan(head, steps));
        world.start("asker").unwrap();
        world
    }

    pub fn start(&mut self, by: &str) -> Result<(), Rejection> {
        let command = Command::Start { case: CaseId(Uuid::from_u128(9)), number: CaseNumber(42) };
        self.issue(&Actor::person(by), &command)
    }

    /// Gives somebody other roles.
    pub fn give(&mut self, login: &str, roles: &str) {
        let line = PEOPLE.lines().find(|line| line.contains(&format!("login: {login},"))).unwrap();
        let (before, rest) = line.split_once("roles: [").unwrap();
        let (_, after) = rest.split_once(']').unwrap();
        self.directory =
            directory(&self.plan.settings, &PEOPLE.replace(line, &format!("{before}roles: [{roles}]{after}")));
    }

    /// From now on these are away, each with a deputy.
    pub fn away(&mut self, pairs: &[(&str, &str)]) {
        let mut text = PEOPLE.to_owned();
        for (login, deputy) in pairs {
            let line = PEOPLE.lines().find(|line| line.contains(&format!("login: {login},"))).unwrap();
            let away = format!("away: {{ from: 2026-01-01, until: 2027-12-31, deputy: {deputy} }}");
            text = text.replace(line, &line.replace("status: active", &format!("status: active, {away}")));
        }
        self.directory = directory(&self.plan.settings, &text);
    }

    /// Issues a command and keeps what it led to.
    pub fn issue(&mut self, actor: &Actor, command: &Command) -> Result<(), Rejection> {
        self.issue_changing(actor, command, None)
    }

    pub fn issue_changing(
        &mut self,
        actor: &Actor,
        command: &Command,
        changed: Option<FieldValues>,
    ) -> Result<(), Rejection> {
        let changed = changed.map(|values| self.submission.changed(values));
        let ctx = Context {
            now: self.now,
            directory: &self.directory,
            submission: &self.submission,
            changed: changed.as_ref(),
            confirmed: self.confirmed,
        };
        let decision = decide(&self.plan, self.case.as_ref(), actor, command, &ctx)?;
        let again = decide(&self.plan, self.case.as_ref(), actor, command, &ctx);
        assert_eq!(Ok(&decision), again.as_ref(), "the same command on the same case gives the same ids");
        let folded =
            decision.events.iter().fold(self.case.take(), |case, envelope| Some(crate::evolve(case, envelope)));
        assert_eq!(Some(&decision.case), folded.as_ref(), "the case is the fold of its events");
        if let Some(changed) = changed.filter(|changed| changed.digest() == decision.case.submission) {
            self.submission = changed;
        }
        self.case = Some(decision.case);
        self.events.extend(decision.events);
        self.effects.extend(decision.effects);
        Ok(())
    }

    pub fn case(&self) -> &Case {
        self.case.as_ref().unwrap()
    }

    /// The only open task, or the one this person holds.
    pub fn task(&self, login: &str) -> Task {
        let login = Login::from(login);
        let held = self.case().open_tasks().find(|task| task.is_held_by(&login));
        held.or_else(|| self.case().open_tasks().next()).or(self.case().tasks.last()).unwrap().clone()
    }

    pub fn approve(&mut self, login: &str) -> Result<(), Rejection> {
        let task = self.task(login).id;
        self.issue(&Actor::person(login), &Command::Approve { task, comment: None })
    }

    pub fn reject(&mut self, login: &str) -> Result<(), Rejection> {
        let task = self.task(login).id;
        self.issue(&Actor::person(login), &Command::Reject { task, comment: None })
    }

    pub fn complete(&mut self, login: &str, changed: Option<FieldValues>) -> Result<(), Rejection> {
        let task = self.task(login).id;
        self.issue_changing(&Actor::person(login), &Command::Complete { task, comment: None }, changed)
    }

    pub fn transfer(&mut self, login: &str, to: &str) -> Result<(), Rejection> {
        let task = self.task(login).id;
        self.issue(&Actor::person(login), &Command::Transfer { task, to: to.into(), comment: None })
    }

    pub fn leave(&mut self, login: &str) -> Result<(), Rejection> {
        self.directory = std::mem::take(&mut self.directory).with_status(login, PersonStatus::Left);
        self.issue(&Actor::System, &Command::PersonLeft { login: login.into() })
    }

    /// Lets the time pass, each timer at its own moment.
    pub fn until(&mut self, text: &str) {
        let moment = at(text);
        for _ in 0..1_000 {
            let next = self.case().timers.iter().map(|timer| (timer.due_at, timer.id)).min();
            let Some((due_at, timer)) = next.filter(|(due_at, _)| *due_at <= moment) else { break };
            self.now = self.now.max(due_at);
            self.issue(&Actor::System, &Command::FireTimer { timer }).unwrap();
        }
        self.now = self.now.max(moment);
    }

    /// The action that is under way succeeds, or fails.
    pub fn act(&mut self, failure: Option<ActionFailure>) -> Result<(), Rejection> {
        let acting = self.case().open_runs().find_map(|run| Some((run.id, run.attempt_under_way()?.number)));
        let (run, attempt) = acting.expect("an action is under way");
        let command = match failure {
            None => Command::ActionSucceeded {
                run,
                result: ActionResult::Export { artifact: Uuid::nil(), records: 2, expires_at: self.now },
            },
            Some(failure) => Command::ActionFailed { run, attempt, failure, retryable: true },
        };
        self.issue(&Actor::System, &command)
    }

    /// Where the case is and whom it waits for: `step: person person`, or `ended approved`.
    pub fn stands(&self) -> String {
        if let crate::case::Status::Ended { outcome, .. } = &self.case().status {
            return format!("ended {outcome}");
        }
        let waits = |run: &crate::case::StepRun| {
            let people: Vec<String> =
                self.case().open_tasks_of(run.id).flat_map(Task::holders).map(|login| login.to_string()).collect();
            format!("{}: {}", run.step, people.join(" "))
        };
        let open: Vec<String> = self.case().open_runs().filter(|run| !run.encloses()).map(waits).collect();
        open.join(", ")
    }

    /// Whom reminders went to, in order, each time with the clock.
    pub fn reminders(&self) -> Vec<String> {
        let reminded = self.events.iter().filter_map(|envelope| match &envelope.event {
            Event::Reminded { people, .. } => {
                let people: Vec<String> = people.iter().map(ToString::to_string).collect();
                Some(format!("{} {}", shown(envelope.at), people.join(" ")))
            }
            _ => None,
        });
        reminded.collect()
    }
}
