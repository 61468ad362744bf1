//! `approve` and `fill`: who, by when, what happens if nobody acts, what they see and change.

use crate::{
    diagnostic::codes,
    id::FieldName,
    lower::{
        reading::{self, Keys, Mapping},
        selector::{self, Placed},
        step::{allow, back, ladder, vote},
        workflow::Lowering,
    },
    model::{
        CommentRule, Confirm, Fill, IfNobody, IfRepeated, IfRequester, Mode, OnReject, PeopleStep, Return, StepIndex,
    },
    period::Period,
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const DUE_KEYS: Keys = Keys { known: &[], not_yet: &["at", "before"] };
pub(crate) const IF_NOBODY_KEYS: Keys = Keys::all(&["to"]);

/// Most fields that a step lists.
const FIELDS_MAX: usize = 200;

/// The modes that are one word.
#[derive(Clone, Copy)]
enum ModeWord {
    Any,
    All,
    InOrder,
}

const MODES: &[(&str, ModeWord)] = &[("any", ModeWord::Any), ("all", ModeWord::All), ("in_order", ModeWord::InOrder)];
const CONFIRM: &[(&str, Confirm)] =
    &[("none", Confirm::None), ("password", Confirm::Password), ("second_factor", Confirm::SecondFactor)];
const COMMENT: &[(&str, CommentRule)] =
    &[("optional", CommentRule::Optional), ("required", CommentRule::Required), ("on_reject", CommentRule::OnReject)];
const IF_REQUESTER: &[(&str, IfRequester)] =
    &[("manager", IfRequester::Manager), ("skip", IfRequester::Skip), ("allow", IfRequester::Allow)];

const IF_REPEATED: &[(&str, IfRepeated)] = &[("ask", IfRepeated::Ask), ("skip", IfRepeated::Skip)];

#[derive(Clone, Copy)]
enum NobodyWord {
    Escalate,
    Skip,
    Reject,
}

const IF_NOBODY: &[(&str, NobodyWord)] =
    &[("escalate", NobodyWord::Escalate), ("skip", NobodyWord::Skip), ("reject", NobodyWord::Reject)];

pub(super) fn approve(
    reporter: &mut Reporter<'_>,
    mapping: Mapping<'_>,
    index: StepIndex,
    lowering: &mut Lowering<'_>,
) -> Option<PeopleStep> {
    let people = people(reporter, mapping, (lowering, true));
    let on_reject = match mapping.get("on_reject") {
        Some(node) => back::on_reject(reporter, node, index, lowering),
        None => Some(OnReject::End),
    };
    let if_requester = match mapping.get("if_requester") {
        Some(node) => reading::one_of(reporter, node, IF_REQUESTER),
        None => Some(IfRequester::DropOut),
    };
    let if_repeated = match mapping.get("if_repeated") {
        Some(node) => reading::one_of(reporter, node, IF_REPEATED),
        None => Some(IfRepeated::Ask),
    };
    Some(PeopleStep { if_requester: if_requester?, if_repeated: if_repeated?, on_reject: on_reject?, ..people? })
}

pub(super) fn fill(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &Lowering<'_>) -> Option<Fill> {
    let people = people(reporter, mapping, (lowering, false));
    let edit = mapping.get("edit").map_or(Some(Vec::new()), |node| fields(reporter, node, lowering));
    let require = mapping.get("require").map_or(Some(Vec::new()), |node| fields(reporter, node, lowering));
    if let (Some(edit), Some(require), Some(node)) = (&edit, &require, mapping.get("require")) {
        for name in require.iter().filter(|name| !edit.contains(name)) {
            reporter.report(codes::REQUIRED_NOT_EDITABLE, node.place, &[("name", name.as_str())]);
        }
    }
    Some(Fill { people: people?, edit: edit?, require: require? })
}

/// What both share. A `fill` is work, not a verdict: the requester may well be the one to do it.
fn people(
    reporter: &mut Reporter<'_>,
    mapping: Mapping<'_>,
    (lowering, decides): (&Lowering<'_>, bool),
) -> Option<PeopleStep> {
    let by = mapping.required(reporter, "by").and_then(|node| selector::lower(reporter, node, Placed::Step, lowering));
    let mode = match mapping.get("mode") {
        Some(node) => mode(reporter, node, (lowering, decides)),
        None => Some(Mode::Any),
    };
    let due = mapping.get("due").map(|node| due(reporter, node));
    let remind = mapping.get("remind").map(|node| ladder::remind(reporter, node));
    let escalate = mapping.get("escalate").map(|node| ladder::escalate(reporter, node, lowering));
    if due.is_none() {
        for entry in ["remind", "escalate"].iter().filter_map(|key| mapping.entry(key)) {
            reporter.report(codes::NEEDS_DUE, entry.key_place, &[("key", &entry.key)]);
        }
    }
    let confirm = match mapping.get("confirm") {
        Some(node) => reading::one_of_or_not_yet(reporter, node, CONFIRM, &["signature"]),
        None => Some(Confirm::None),
    };
    let comment = match mapping.get("comment") {
        Some(node) => reading::one_of(reporter, node, COMMENT),
        None => Some(CommentRule::Optional),
    };
    let see = mapping.get("see").map(|node| fields(reporter, node, lowering));
    let if_nobody = match mapping.get("if_nobody") {
        Some(node) => if_nobody(reporter, node, lowering),
        None => Some(IfNobody::Escalate),
    };
    let acts = allow::lower(reporter, mapping, decides);
    let transfer_to = mapping.get("transfer_to").map(|node| selector::lower(reporter, node, Placed::Step, lowering));
    let returns = match mapping.get("return") {
        Some(node) => back::returns(reporter, node, lowering),
        None => Some(Return::DEFAULT),
    };
    Some(PeopleStep {
        by: by?,
        mode: mode?,
        due: present(due)?,
        remind: present(remind)?,
        escalate: escalate.unwrap_or(Some(Vec::new()))?,
        confirm: confirm?,
        comment: comment?,
        see: present(see)?,
        if_nobody: if_nobody?,
        if_requester: IfRequester::Allow,
        if_repeated: IfRepeated::Ask,
        allow: acts?,
        transfer_to: present(transfer_to)?,
        take_back: flag(reporter, mapping, "take_back")?,
        pause_while_asked: flag(reporter, mapping, "pause_while_asked")?,
        on_reject: OnReject::End,
        returns: returns?,
    })
}

/// A word, or a vote where there is a verdict to vote on.
fn mode(reporter: &mut Reporter<'_>, node: &Node, (lowering, decides): (&Lowering<'_>, bool)) -> Option<Mode> {
    if node.as_mapping().is_none() {
        return reading::one_of(reporter, node, MODES).map(|word| match word {
            ModeWord::Any => Mode::Any,
            ModeWord::All => Mode::All,
            ModeWord::InOrder => Mode::InOrder,
        });
    }
    if !decides {
        reporter.report(codes::NOTHING_TO_VOTE_ON, node.place, &[]);
        return None;
    }
    vote::lower(reporter, node, lowering).map(Mode::Vote)
}

/// A key that is `true` or `false`; left out it is `false`.
fn flag(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, key: &str) -> Option<bool> {
    mapping.get(key).map_or(Some(false), |node| reading::boolean(reporter, node))
}

/// Nothing where a key is there and not sound; otherwise what the key says, if it is there.
#[expect(
    clippy::option_option,
    reason = "the outer one says whether the key was sound, the inner whether it was there"
)]
fn present<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
        None => Some(None),
    }
}

fn due(reporter: &mut Reporter<'_>, node: &Node) -> Option<Period> {
    if node.as_mapping().is_some() {
        reading::mapping(reporter, node, DUE_KEYS);
        return None;
    }
    ladder::period(reporter, node)
}

fn if_nobody(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<IfNobody> {
    if node.as_mapping().is_some() {
        let mapping = reading::mapping(reporter, node, IF_NOBODY_KEYS)?;
        let to = mapping.required(reporter, "to")?;
        return selector::lower(reporter, to, Placed::Step, lowering).map(IfNobody::To);
    }
    reading::one_of(reporter, node, IF_NOBODY).map(|word| match word {
        NobodyWord::Escalate => IfNobody::Escalate,
        NobodyWord::Skip => IfNobody::Skip,
        NobodyWord::Reject => IfNobody::Reject,
    })
}

/// Names of request fields, each once.
fn fields(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Vec<FieldName>> {
    let items = reading::short_sequence(reporter, node, FIELDS_MAX)?;
    let mut fields: Vec<FieldName> = Vec::new();
    for item in items {
        let Some(name) = reading::string(reporter, item) else { continue };
        let Some(form) = lowering.form() else { continue };
        if form.field(name).is_none() {
            let known = form.fields.iter().map(|field| field.name.as_str());
            reading::unknown_name(reporter, codes::UNKNOWN_FIELD, (name, item.place), known);
        } else if fields.iter().any(|field| field.as_str() == name) {
            let first = node.place.line.to_string();
            reporter.report(codes::DUPLICATE_NAME, item.place, &[("name", name), ("first", &first)]);
        } else {
            fields.push(FieldName::from(name));
        }
    }
    Some(fields)
}
