//! Digests of values, and what an approval is bound to.

use std::collections::BTreeMap;

use definition::{
    id::FieldName,
    model::{ActionCall, ExportArguments, FieldValues, Mode, Needed, PeopleStep, Process, StepIndex, StepKind, Vote},
    value::{Chosen, ChosenTest, RecordSet, Value},
};
use vault::{Digest, Digester};

use crate::{plan::Plan, submission::Submission};

/// What events call the values of a request.
pub fn values_digest(salt: &[u8], values: &FieldValues, kept: &BTreeMap<String, Value>) -> Digest {
    let mut digester = Digester::new("submission");
    digester.bytes(salt).list(values.len());
    for (name, value) in values {
        digester.text(name.as_str());
        add_value(&mut digester, value);
    }
    if !kept.is_empty() {
        digester.list(kept.len());
        for (name, value) in kept {
            digester.text(name);
            add_value(&mut digester, value);
        }
    }
    digester.finish()
}

/// What a decision on a step is bound to: the meaning of the step and of every later action, the values it shows, the
/// frozen sets, the `let` values. Whatever else changes leaves the decision as it is.
pub fn bound(plan: &Plan, submission: &Submission, lets: &BTreeMap<String, Value>, step: StepIndex) -> Digest {
    let mut digester = Digester::new("approval");
    add_step(&mut digester, &plan.process, step);
    let actions = later_actions(&plan.process, step);
    digester.list(actions.len());
    for (id, action) in actions {
        digester.text(id);
        add_action(&mut digester, action);
    }
    let see = plan.process.step(step).kind.people().and_then(|people| people.see.as_deref());
    let all: Vec<FieldName> = plan.form.fields.iter().map(|field| field.name.clone()).collect();
    let shown = see.unwrap_or(&all);
    digester.bytes(submission.salt()).list(shown.len());
    for field in shown {
        digester.text(field.as_str());
        add_value(&mut digester, submission.values().get(field).unwrap_or(&Value::Empty));
    }
    let sets: Vec<_> = submission.values().iter().filter(|(_, value)| matches!(value, Value::Records(_))).collect();
    digester.list(sets.len());
    for (field, set) in sets {
        digester.text(field.as_str());
        add_value(&mut digester, set);
    }
    digester.list(lets.len());
    for (name, value) in lets {
        digester.text(name);
        add_value(&mut digester, value);
    }
    digester.finish()
}

/// Every action that may still follow a step, in the order of the definition.
fn later_actions(process: &Process, step: StepIndex) -> Vec<(&str, &ActionCall)> {
    let mut found = Vec::new();
    let mut at = Some(step);
    while let Some(index) = at {
        let parent = process.step(index).parent;
        let runs_again = parent.is_some_and(|parent| matches!(process.step(parent.step).kind, StepKind::Repeat(_)));
        let first = if runs_again { process.first_of(parent) } else { process.step(index).next };
        for later in process.list(first) {
            collect_actions(process, later, &mut found);
        }
        at = parent.map(|parent| parent.step);
    }
    found
}

/// The actions of a step and of all that is nested in it.
fn collect_actions<'a>(process: &'a Process, index: StepIndex, found: &mut Vec<(&'a str, &'a ActionCall)>) {
    let step = process.step(index);
    if let Some(run) = step.kind.run() {
        found.push((step.id.as_str(), &run.action));
    }
    for nested in step.kind.lists().into_iter().flat_map(|first| process.list(first)) {
        collect_actions(process, nested, found);
    }
}

/// Adds what a step asks of people.
fn add_step(digester: &mut Digester, process: &Process, index: StepIndex) {
    let step = process.step(index);
    digester.text(step.id.as_str());
    let add_people = |digester: &mut Digester, kind: &str, people: &PeopleStep| {
        digester.text(kind);
        match &people.mode {
            Mode::Any => digester.text("any"),
            Mode::All => digester.text("all"),
            Mode::InOrder => digester.text("in_order"),
            Mode::Vote(vote) => add_vote(digester, vote),
        };
    };
    if let Some(people) = step.kind.approve() {
        add_people(digester, "approve", people);
    } else if let Some(fill) = step.kind.fill() {
        add_people(digester, "fill", &fill.people);
    }
}

/// Adds what a vote must reach, and how its votes count.
fn add_vote<'d>(digester: &'d mut Digester, vote: &Vote) -> &'d mut Digester {
    digester.text("vote");
    match vote.needed {
        Needed::Votes(votes) => digester.text("votes").number(votes.into()),
        Needed::Share(hundredths) => digester.text("share").number(hundredths.into()),
    };
    digester.list(vote.weights.len());
    for weight in &vote.weights {
        digester.number(weight.votes.into());
    }
    digester.number(vote.veto.is_some().into()).number(vote.each_department.unwrap_or_default().into())
}

/// Adds what an action will do, as the definition writes it.
fn add_action(digester: &mut Digester, action: &ActionCall) {
    digester.text(action.name());
    match action {
        ActionCall::RecordsExport(ExportArguments { records, fields, format, protect, .. }) => {
            digester.text(&records.source).text(&fields.source).text(&format.source);
            digester.number(protect.watermark.into()).number(protect.password.into());
            digester.text(&format!("{:?}", protect.expires.unit)).number(protect.expires.amount.into());
            digester.number(protect.downloads.into());
        }
    }
}

/// Adds a set of records, and how it was chosen: whoever approves has read that.
fn add_set<'d>(digester: &'d mut Digester, set: &RecordSet) -> &'d mut Digester {
    // Another word where there is a choice: sets from before it was kept stay what they were.
    digester.text(if set.chosen.is_some() { "chosen records" } else { "records" });
    digester.text(set.register.as_str()).number(set.count).text(&set.digest);
    match &set.chosen {
        None => digester,
        Some(Chosen::Ids) => digester.text("ids"),
        Some(Chosen::Where(tests)) => {
            digester.text("where").list(tests.len());
            for ChosenTest { field, level, relation, values } in tests {
                digester.text(field).text(level.as_str()).text(relation.as_str()).list(values.len());
                for value in values {
                    add_value(digester, value);
                }
            }
            digester
        }
    }
}

/// Adds a value so that two different values never read alike.
fn add_value(digester: &mut Digester, value: &Value) {
    match value {
        Value::Empty => digester.absent(),
        Value::Bool(yes) => digester.text("bool").number(u64::from(*yes)),
        Value::Number(number) => digester.text("number").text(&number.normalize().to_string()),
        Value::Text(text) => digester.text("text").text(text),
        Value::Date(date) => digester.text("date").text(&date.to_string()),
        Value::Moment(moment) => digester.text("moment").text(&moment.timestamp_micros().to_string()),
        Value::Level(level) => digester.text("level").text(level.as_str()),
        Value::Person(login) => digester.text("person").text(login.as_str()),
        Value::Department(id) => digester.text("department").text(id.as_str()),
        Value::Records(set) => add_set(digester, set),
        Value::Picks(picks) => {
            digester.text("picks").list(picks.len());
            for pick in picks {
                digester.text(pick.name.as_str()).number(u64::from(pick.masked)).text(pick.level.as_str());
            }
            digester
        }
        Value::List(values) => {
            digester.text("list").list(values.len());
            for value in values {
                add_value(digester, value);
            }
            digester
        }
        Value::Map(values) => {
            digester.text("map").list(values.len());
            for (name, value) in values {
                digester.text(name);
                add_value(digester, value);
            }
            digester
        }
    };
}
