//! The lines under `then`.

use std::collections::BTreeMap;

use definition::{
    diagnostic::codes,
    document::{Entry, Node},
    id::{EventName, Login, StepId},
    model::StepKind,
    period::Period,
};

use engine::AddPlace;

use super::{
    expectations,
    reader::{Reader, one_or_several},
    start,
};
use crate::model::{Deed, Moment, Step};

/// What somebody does that needs no more than the word.
const WORDS: [&str; 11] = [
    "approve",
    "reject",
    "withdraw",
    "claim",
    "release",
    "urge",
    "resolve",
    "take_back",
    "suspend",
    "resume",
    "cancel",
];
/// What somebody does that takes more than the word.
const DEEDS: [&str; 20] = [
    "approve",
    "reject",
    "return",
    "fill",
    "transfer",
    "name",
    "delegate",
    "resolve",
    "add_before",
    "add_after",
    "add_alongside",
    "remove",
    "opinion",
    "ask",
    "answer",
    "assign",
    "jump",
    "comment",
    "step",
    "to",
];
/// The same, not built yet.
const DEEDS_NOT_YET: [&str; 0] = [];

/// Reads one line.
pub fn step(reader: &mut Reader<'_>, node: &Node) -> Option<Step> {
    let what = what(reader, node)?;
    Some(Step { line: node.line, what })
}

fn what(reader: &mut Reader<'_>, node: &Node) -> Option<Moment> {
    let Some([first, ..]) = node.as_keys() else {
        reader.report(node, codes::WRONG_SHAPE, &[("expected", "keys"), ("found", node.shape())]);
        return None;
    };
    match first.key.as_str() {
        "after" => {
            reader.keys(node, &["after"], &[]);
            let text = reader.text(&first.value)?;
            let period = Period::parse(text);
            if period.is_none() {
                reader.report(&first.value, codes::BAD_PERIOD, &[("found", text)]);
            }
            period.map(Moment::After)
        }
        "at" => {
            reader.keys(node, &["at"], &[]);
            reader.time(&first.value).map(Moment::At)
        }
        "expect" => {
            reader.keys(node, &["expect"], &[]);
            Some(Moment::Expect(expectations::expectations(reader, &first.value)))
        }
        "event" => event(reader, node),
        "person" => leaves(reader, node),
        "action" => fails(reader, node),
        _ => does(reader, node, first),
    }
}

fn event(reader: &mut Reader<'_>, node: &Node) -> Option<Moment> {
    reader.keys(node, &["event", "values"], &[]);
    let name = reader.required(node, "event").and_then(|name| reader.text(name))?;
    let mut values = BTreeMap::new();
    for entry in node.get("values").and_then(Node::as_keys).unwrap_or_default() {
        values.insert(entry.key.clone(), reader.text(&entry.value)?.to_owned());
    }
    Some(Moment::Event { name: EventName::from(name), values })
}

fn leaves(reader: &mut Reader<'_>, node: &Node) -> Option<Moment> {
    reader.keys(node, &["person", "leaves"], &["joins", "moves"]);
    let login = reader.required(node, "person").and_then(|person| reader.person(person))?;
    let leaves = reader.required(node, "leaves")?;
    let word = reader.text(leaves)?;
    reader.known_word(leaves, word, &["true"])?;
    Some(Moment::Leaves(login))
}

fn fails(reader: &mut Reader<'_>, node: &Node) -> Option<Moment> {
    reader.keys(node, &["action", "fails"], &[]);
    let action = reader.required(node, "action")?;
    let step = reader.step(action, |kind| matches!(kind, StepKind::Run(_)))?;
    let reason = reader.required(node, "fails")?;
    reader.text(reason)?;
    Some(Moment::Fails(StepId::from(step.as_str())))
}

fn does(reader: &mut Reader<'_>, node: &Node, entry: &Entry) -> Option<Moment> {
    if !reader.is_person(&entry.key) {
        let suggestion = reader.person_suggestion(&entry.key);
        reader.report_key(entry, codes::UNKNOWN_PERSON, &[("name", &entry.key), ("suggestion", &suggestion)]);
        return None;
    }
    reader.keys(node, &[&entry.key], &[]);
    let login = Login::from(entry.key.as_str());
    if entry.value.as_keys().is_some() {
        let (deed, step) = long_deed(reader, &entry.value)?;
        return Some(Moment::Does { login, deed, step });
    }
    let word = reader.text(&entry.value)?;
    let deed = match reader.known_word(&entry.value, word, &WORDS)? {
        "approve" => Deed::Approve { comment: false },
        "reject" => Deed::Reject { comment: false },
        "withdraw" => Deed::Withdraw,
        "claim" => Deed::Claim,
        "release" => Deed::Release,
        "resolve" => Deed::Resolve,
        "take_back" => Deed::TakeBack,
        "suspend" => Deed::Suspend,
        "resume" => Deed::Resume,
        "cancel" => Deed::Cancel,
        _ => Deed::Urge,
    };
    Some(Moment::Does { login, deed, step: None })
}

/// A deed with its particulars.
fn long_deed(reader: &mut Reader<'_>, node: &Node) -> Option<(Deed, Option<StepId>)> {
    let entries = reader.keys(node, &DEEDS, &DEEDS_NOT_YET);
    let step = match node.get("step") {
        Some(step) => Some(people_step(reader, step)?),
        None => None,
    };
    let said = entries.iter().find(|entry| !matches!(entry.key.as_str(), "step" | "comment" | "to"));
    let Some(entry) = said else {
        reader.report(node, codes::MISSING_KEY, &[("key", "approve")]);
        return None;
    };
    let comment = entry.value.as_text().is_some() || node.get("comment").is_some();
    let deed = match entry.key.as_str() {
        "approve" => Deed::Approve { comment },
        "reject" => Deed::Reject { comment },
        "return" => {
            let to = match node.get("to") {
                Some(step) => Some(people_step(reader, step)?),
                None => None,
            };
            Deed::Return { to, comment }
        }
        "fill" => Deed::Fill(start::entered(reader, &entry.value)),
        "transfer" => Deed::Transfer { to: reader.person(&entry.value)? },
        "name" => Deed::Name(people(reader, &entry.value)),
        "delegate" => Deed::Delegate { to: reader.person(&entry.value)? },
        "resolve" => Deed::Resolve,
        "add_before" => Deed::Add { place: AddPlace::Before, people: people(reader, &entry.value) },
        "add_after" => Deed::Add { place: AddPlace::After, people: people(reader, &entry.value) },
        "add_alongside" => Deed::Add { place: AddPlace::Alongside, people: people(reader, &entry.value) },
        "remove" => Deed::Remove(reader.person(&entry.value)?),
        "opinion" => Deed::Opinion(people(reader, &entry.value)),
        "ask" => Deed::Ask(reader.person(&entry.value)?),
        "answer" => Deed::Answer,
        "assign" => Deed::Assign(people(reader, &entry.value)),
        "jump" => Deed::Jump(people_step(reader, &entry.value)?),
        _ => return None,
    };
    Some((deed, step))
}

/// A step that asks people.
fn people_step(reader: &mut Reader<'_>, node: &Node) -> Option<StepId> {
    let step = reader.step(node, |kind| kind.people().is_some())?;
    Some(StepId::from(step.as_str()))
}

/// One person, or several.
fn people(reader: &mut Reader<'_>, node: &Node) -> Vec<Login> {
    one_or_several(node).into_iter().filter_map(|one| reader.person(one)).collect()
}
