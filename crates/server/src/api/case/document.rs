//! A case as one caller may see it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use engine::case::Status;
use runtime::{
    cases::{CaseLine, CaseView, Participation, SamplePick},
    records::{ChosenShown, TestShown},
};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::path::PathDocument;
use crate::{
    api::{
        artifacts::ArtifactDocument,
        caller::Caller,
        line::{CaseLineDocument, PersonDocument, TaskDocument},
        value::{self, CellDocument, FieldDocument},
    },
    http::problem::Problem,
};

/// Where events name what somebody said.
const SAID_IN: [&str; 3] = ["comment", "payload", "reason"];

/// A case as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseDocument {
    /// What lists show of it.
    #[serde(flatten)]
    pub line: CaseLineDocument,
    /// The version of the process that it runs.
    pub version: u32,
    /// Why the caller may look: `requester holds worked told duty`. By duty alone one sees no value.
    pub participation: &'static str,
    /// The request.
    pub fields: Vec<FieldDocument>,
    /// The sets of records that it names.
    pub record_sets: Vec<RecordSetDocument>,
    /// How they were chosen, by field.
    pub chosen: BTreeMap<String, ChosenDocument>,
    /// The fields that it asks for, each with the first record's value as the caller may see it.
    pub picks: Vec<PickDocument>,
    /// The way it took and will likely take.
    pub path: Vec<PathDocument>,
    /// Every task that was made.
    pub tasks: Vec<TaskDocument>,
    /// Those that wait for the caller.
    pub waiting: Vec<Uuid>,
    /// What people said, as far as the caller may read it.
    pub comments: Vec<CommentDocument>,
    /// Files for the caller.
    pub artifacts: Vec<ArtifactDocument>,
    /// Whether the caller may take it back.
    pub may_withdraw: bool,
}

/// A frozen set of records.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordSetDocument {
    /// The register.
    pub register: String,
    /// How many.
    pub count: u64,
    /// Names the set.
    pub digest: String,
}

/// How the records of a field were chosen, as far as the caller may know.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "by", content = "tests")]
pub enum ChosenDocument {
    /// One by one.
    Ids,
    /// All of which this held; without a test all there were. `null` is a test that the caller may not see.
    Where(Vec<Option<TestDocument>>),
}

/// Something that held of every record of a set.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestDocument {
    /// The field, or `created_at`, `updated_at`.
    pub field: String,
    /// How it was held against the values.
    pub op: &'static str,
    /// What it was held against.
    pub values: Vec<CellDocument>,
}

/// A field that is asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct PickDocument {
    /// Its name.
    pub name: String,
    /// Whether only its mask is asked for.
    pub masked: bool,
    /// Its level in the register.
    pub level: &'static str,
    /// The first record's value.
    pub sample: CellDocument,
}

/// What somebody said.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentDocument {
    /// The number of the event it was said with.
    pub event: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Option<PersonDocument>,
    /// What.
    pub text: String,
}

impl CaseDocument {
    /// What the caller may see of it.
    pub fn of(caller: &Caller, view: &CaseView) -> Result<Self, Problem> {
        Ok(Self {
            line: CaseLineDocument::of(caller, &line(view))?,
            version: view.case.version,
            participation: participation(view.participation),
            fields: value::fields(caller.reading.locale, &view.plan.form, &view.fields),
            record_sets: view.record_sets.iter().map(record_set).collect(),
            chosen: view.chosen.iter().map(|(field, chosen)| (field.to_string(), chosen_document(chosen))).collect(),
            picks: view.picks.iter().map(pick).collect(),
            path: view.path.iter().map(|step| PathDocument::of(caller, &view.plan, step)).collect(),
            tasks: view.case.tasks.iter().map(|task| TaskDocument::of_task(caller, &view.plan, task)).collect(),
            waiting: view.tasks.iter().map(|task| task.id.0).collect(),
            comments: comments(view),
            artifacts: view.artifacts.iter().map(ArtifactDocument::of).collect(),
            may_withdraw: view.may_withdraw,
        })
    }
}

fn line(view: &CaseView) -> CaseLine {
    let case = &view.case;
    CaseLine {
        id: case.id,
        number: case.number.0,
        process: case.process.clone(),
        requester: case.requester().cloned(),
        outcome: match &case.status {
            Status::Running => None,
            Status::Ended { outcome, .. } => Some(outcome.clone()),
        },
        has_incident: case.runs.iter().any(|run| run.incident().is_some()),
        summary: view.summary.clone(),
        started_at: case.started_at,
        updated_at: view.events.last().map_or(case.started_at, |event| event.at),
    }
}

const fn participation(participation: Participation) -> &'static str {
    match participation {
        Participation::Requester => "requester",
        Participation::Holds => "holds",
        Participation::Worked => "worked",
        Participation::Told => "told",
        Participation::Duty => "duty",
    }
}

fn record_set(set: &definition::value::RecordSet) -> RecordSetDocument {
    RecordSetDocument { register: set.register.to_string(), count: set.count, digest: set.digest.clone() }
}

fn chosen_document(chosen: &ChosenShown) -> ChosenDocument {
    let test = |test: &TestShown| match test {
        TestShown::Hidden => None,
        TestShown::Shown { field, relation, values } => Some(TestDocument {
            field: field.clone(),
            op: relation.as_str(),
            values: values.iter().map(CellDocument::of).collect(),
        }),
    };
    match chosen {
        ChosenShown::Ids => ChosenDocument::Ids,
        ChosenShown::Where(tests) => ChosenDocument::Where(tests.iter().map(test).collect()),
    }
}

fn pick(SamplePick { pick, sample }: &SamplePick) -> PickDocument {
    PickDocument {
        name: pick.name.to_string(),
        masked: pick.masked,
        level: pick.level.as_str(),
        sample: CellDocument::of(sample),
    }
}

fn comments(view: &CaseView) -> Vec<CommentDocument> {
    // A decision and the step that ends with it both name what was said: it is told with the first.
    let mut unsaid = view.comments.clone();
    let mut comments = Vec::new();
    for envelope in &view.events {
        let Ok(Json::Object(event)) = serde_json::to_value(&envelope.event) else { continue };
        let digests = SAID_IN.iter().filter_map(|key| event.get(*key)?.as_str()?.parse().ok());
        let text = digests.into_iter().find_map(|digest| unsaid.remove(&digest));
        comments.extend(text.map(|text| CommentDocument {
            event: envelope.number.0,
            at: envelope.at,
            by: envelope.actor.login().map(|login| PersonDocument::of(&view.directory, login)),
            text,
        }));
    }
    comments
}
