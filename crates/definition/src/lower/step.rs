//! Steps: a list of them becomes part of the process's arena, each knowing what follows it and where it stands.

mod allow;
pub(crate) mod back;
pub(crate) mod branch;
pub(crate) mod control;
pub(crate) mod ladder;
pub(crate) mod people;
pub(crate) mod run;
pub(crate) mod vote;

use crate::{
    diagnostic::codes,
    expression::Type,
    id::StepId,
    level::Level,
    lower::{
        expressions,
        reading::{self, Mapping},
        selector::{self, Placed},
        workflow::Lowering,
    },
    model::{Notify, Parent, Step, StepIndex, StepKind},
    reporter::Reporter,
    syntax::{Entry, Node, closest},
    template::Template,
    text::{Localized, Text},
};

/// Most steps of one workflow.
const STEPS_MAX: usize = 500;

/// The kinds of steps that this build has, each with its own keys: those it reads, and those it does not read yet.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "approve",
        known: &[
            "by",
            "mode",
            "due",
            "remind",
            "escalate",
            "confirm",
            "comment",
            "see",
            "if_nobody",
            "if_requester",
            "on_reject",
            "if_repeated",
            "allow",
            "transfer_to",
            "take_back",
            "pause_while_asked",
            "return",
        ],
        not_yet: &["edit", "require"],
    },
    Kind {
        name: "fill",
        known: &[
            "by",
            "mode",
            "due",
            "remind",
            "escalate",
            "confirm",
            "comment",
            "see",
            "edit",
            "require",
            "if_nobody",
            "allow",
            "transfer_to",
            "take_back",
            "pause_while_asked",
            "return",
        ],
        not_yet: &[],
    },
    Kind { name: "notify", known: &["to", "message"], not_yet: &["channels"] },
    Kind { name: "run", known: &["action", "with", "retry", "on_error", "undo"], not_yet: &[] },
    Kind { name: "branch", known: &["cases", "every"], not_yet: &[] },
    Kind { name: "parallel", known: &["join", "branches"], not_yet: &[] },
    Kind { name: "each", known: &["of", "as", "at_most", "steps", "in_order"], not_yet: &[] },
    Kind { name: "repeat", known: &["until", "at_most", "steps"], not_yet: &[] },
    Kind { name: "wait", known: &["for", "until", "event", "match", "timeout"], not_yet: &[] },
    Kind { name: "set", known: &["values"], not_yet: &[] },
    Kind { name: "end", known: &[], not_yet: &[] },
];

/// The kinds that the language has and this build does not, with their keys.
const KINDS_NOT_YET: &[Kind] = &[Kind { name: "call", known: &[], not_yet: &["workflow", "with", "background"] }];

/// Keys that every step may have.
const COMMON_KEYS: &[&str] = &["title", "help"];

/// A kind of step.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) known: &'static [&'static str],
    pub(crate) not_yet: &'static [&'static str],
}

impl Kind {
    fn has(&self, key: &str) -> bool {
        self.known.contains(&key) || self.not_yet.contains(&key)
    }
}

/// What a nested list of steps is to the step it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enclosing {
    /// A case, a branch or an item: a rejection in it may end it alone.
    Lane,
    /// A round, or what follows a rejection: there is nothing that could end alone.
    Round,
}

/// A list of steps nested in another step.
pub(crate) fn nested(
    reporter: &mut Reporter<'_>,
    node: &Node,
    (parent, enclosing): (Parent, Enclosing),
    lowering: &mut Lowering<'_>,
) -> Option<StepIndex> {
    lowering.lanes += u32::from(enclosing == Enclosing::Lane);
    let first = list(reporter, node, Some(parent), lowering);
    lowering.lanes -= u32::from(enclosing == Enclosing::Lane);
    first
}

/// A list of steps; what comes back is the first of them.
pub(crate) fn list(
    reporter: &mut Reporter<'_>,
    node: &Node,
    parent: Option<Parent>,
    lowering: &mut Lowering<'_>,
) -> Option<StepIndex> {
    let items = reading::sequence(reporter, node)?;
    lowering.returnable.push(Vec::new());
    let (mut first, mut last) = (None, None::<StepIndex>);
    for item in items {
        if lowering.steps.len() >= STEPS_MAX {
            reporter.report(codes::TOO_MANY, item.place, &[("limit", &STEPS_MAX.to_string())]);
            break;
        }
        let index = lower(reporter, item, parent, lowering);
        first = first.or(Some(index));
        if let Some(Some(before)) = last.and_then(|last| lowering.steps.get_mut(usize::from(last.0))) {
            before.next = Some(index);
        }
        last = Some(index);
    }
    lowering.returnable.pop();
    first
}

/// One step with all that is nested in it. Its place in the arena comes before theirs.
fn lower(reporter: &mut Reporter<'_>, node: &Node, parent: Option<Parent>, lowering: &mut Lowering<'_>) -> StepIndex {
    let index = StepIndex(u16::try_from(lowering.steps.len()).expect("list() keeps within STEPS_MAX"));
    lowering.steps.push(None);
    lowering.steps[usize::from(index.0)] = one(reporter, node, (index, parent), lowering);
    index
}

fn one(
    reporter: &mut Reporter<'_>,
    node: &Node,
    (index, parent): (StepIndex, Option<Parent>),
    lowering: &mut Lowering<'_>,
) -> Option<Step> {
    let mapping = reading::any_mapping(reporter, node)?;
    let (kind, id_node) = kind_of(reporter, mapping)?;
    check_keys(reporter, mapping, kind);
    if lowering.undoing && matches!(kind.name, "approve" | "run" | "end") {
        reporter.report(codes::NO_STEP_OF_AN_UNDO, mapping.place, &[("found", kind.name)]);
    }
    let id = match kind.name {
        "end" => Some(StepId::new(format!("end-{}", index.0))),
        _ => lowering.claim_id(reporter, id_node),
    };
    let title = mapping.get("title").map(|node| reading::text(reporter, node));
    let help = mapping.get("help").and_then(|node| reading::text(reporter, node));
    let declared = kind;
    let kind = match kind.name {
        "approve" => people::approve(reporter, mapping, index, lowering).map(StepKind::Approve),
        "fill" => people::fill(reporter, mapping, lowering).map(StepKind::Fill),
        "notify" => notify(reporter, mapping, lowering).map(StepKind::Notify),
        "run" => run::lower(reporter, mapping, index, lowering).map(StepKind::Run),
        "branch" => branch::lower(reporter, mapping, index, lowering).map(StepKind::Branch),
        "parallel" => control::parallel(reporter, mapping, index, lowering).map(StepKind::Parallel),
        "each" => {
            let id = id_node.as_text().unwrap_or_default();
            control::each(reporter, mapping, (index, id), lowering).map(StepKind::Each)
        }
        "repeat" => control::repeat(reporter, mapping, index, lowering).map(StepKind::Repeat),
        "wait" => control::wait(reporter, mapping, lowering).map(StepKind::Wait),
        "set" => control::set(reporter, mapping, lowering).map(StepKind::Set),
        _ => lowering.outcome(reporter, id_node).map(StepKind::End),
    };
    let id = id?;
    declare(declared, &id, index, lowering);
    let title = match title {
        Some(title) => title?,
        None => Text::Same(if kind.as_ref().is_some_and(|kind| matches!(kind, StepKind::End(_))) {
            id_node.as_text().unwrap_or_default().to_owned()
        } else {
            id.to_string()
        }),
    };
    Some(Step { id, title, help, kind: kind?, parent, next: None })
}

/// The kind key of a step: exactly one.
fn kind_of<'n>(reporter: &mut Reporter<'_>, mapping: Mapping<'n>) -> Option<(&'static Kind, &'n Node)> {
    let mut found: Option<(&'static Kind, &'n Entry)> = None;
    for entry in mapping.entries {
        let kind = KINDS.iter().chain(KINDS_NOT_YET).find(|kind| kind.name == entry.key);
        let Some(kind) = kind else { continue };
        if let Some((first, _)) = found {
            reporter.report(codes::STEP_OF_TWO_KINDS, entry.key_place, &[("first", first.name), ("second", kind.name)]);
            return None;
        }
        found = Some((kind, entry));
    }
    let Some((kind, entry)) = found else {
        let names = || KINDS.iter().chain(KINDS_NOT_YET).map(|kind| kind.name);
        let suggestion = mapping.entries.iter().find_map(|entry| closest(&entry.key, names())).unwrap_or_default();
        let known = KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(" ");
        reporter.report(codes::STEP_OF_NO_KIND, mapping.place, &[("suggestion", suggestion), ("known", &known)]);
        return None;
    };
    if KINDS_NOT_YET.iter().any(|later| later.name == kind.name) {
        reporter.report(codes::STEP_KIND_NOT_YET, entry.key_place, &[("found", kind.name)]);
        return None;
    }
    Some((kind, &entry.value))
}

/// Every key belongs to this kind of step, or is told why it does not.
fn check_keys(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, kind: &Kind) {
    for Entry { key, key_place, .. } in mapping.entries {
        let word = key.as_str();
        if word == kind.name || kind.known.contains(&word) || COMMON_KEYS.contains(&word) {
            continue;
        }
        if kind.not_yet.contains(&word) {
            reporter.report(codes::KEY_NOT_YET, *key_place, &[("key", word)]);
            continue;
        }
        let owners: Vec<_> =
            KINDS.iter().chain(KINDS_NOT_YET).filter(|other| other.has(word)).map(|other| other.name).collect();
        if owners.is_empty() {
            let known = || kind.known.iter().chain(kind.not_yet).chain(COMMON_KEYS).copied();
            let suggestion = closest(word, known()).unwrap_or_default();
            let known = kind.known.iter().chain(COMMON_KEYS).copied().collect::<Vec<_>>().join(" ");
            let arguments = [("key", word), ("suggestion", suggestion), ("known", &known)];
            reporter.report(codes::UNKNOWN_KEY, *key_place, &arguments);
        } else {
            let arguments = [("key", word), ("kind", kind.name), ("kinds", &*owners.join(" "))];
            reporter.report(codes::KEY_OF_OTHER_KIND, *key_place, &arguments);
        }
    }
}

/// From here on expressions may name the step, also if it is not sound: who names it is not to blame for that. What
/// stands in a case may not have run: see [`branch`].
fn declare(kind: &Kind, id: &StepId, index: StepIndex, lowering: &mut Lowering<'_>) {
    if kind.name == "end" {
        return;
    }
    let path = |name: &str| format!("steps.{id}.{name}");
    let scope = &mut lowering.scope;
    scope.insert(path("outcome"), Type::Text, Level::L0);
    scope.insert(path("at"), Type::Moment, Level::L0);
    scope.insert_not_yet(path("result"));
    if matches!(kind.name, "approve" | "fill") {
        scope.insert(path("by"), Type::Person.or_empty(), Level::L0);
        // What people said is sealed away from the engine; an expression that read it would find nothing.
        scope.insert_not_yet(path("comment"));
    }
    if kind.name == "approve" {
        lowering.approves.insert(id.to_string(), index);
    }
    if matches!(kind.name, "approve" | "fill")
        && let Some(list) = lowering.returnable.last_mut()
    {
        list.push((id.to_string(), index));
    }
}

fn notify(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &Lowering<'_>) -> Option<Notify> {
    let to = mapping.required(reporter, "to").and_then(|node| selector::lower(reporter, node, Placed::Step, lowering));
    let message = mapping.required(reporter, "message").and_then(|node| message(reporter, node, lowering));
    Some(Notify { to: to?, message: message? })
}

/// A message: one template, or one per language; each is checked though an earlier one failed.
fn message(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Localized<Template>> {
    let versions = reading::localized(reporter, node)?;
    lowering.form()?;
    let templates = versions.try_map(|(source, place)| {
        let version = node.as_mapping().and_then(|entries| entries.iter().find(|entry| entry.value.place == place));
        let node = version.map_or(node, |entry| &entry.value);
        Ok::<_, std::convert::Infallible>(expressions::template(reporter, (source, node), &lowering.scope))
    });
    let Ok(templates) = templates;
    templates.try_map(|template| template.ok_or(())).ok()
}
