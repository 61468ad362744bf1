//! What a register says beyond its fields: how a record is called, whose it is, who may do what.

use std::collections::BTreeSet;

use crate::{
    diagnostic::codes,
    expression::{TypeScope, request_type},
    id::{FieldName, RoleId},
    lower::{
        expressions,
        reading::{self, Keys, Mapping},
    },
    model::{AccessRule, Field, FieldKind, Register, RegisterRight, RowRule, Settings},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const KEYS: Keys = Keys { known: &["show_as", "owner", "unique", "access"], not_yet: &["retain"] };
pub(crate) const ACCESS_KEYS: Keys = Keys::all(&["who", "rows", "can"]);

/// Most lines of `access`.
const ACCESS_MAX: usize = 100;

const RIGHTS: &[(&str, RegisterRight)] = &[
    ("view", RegisterRight::View),
    ("create", RegisterRight::Create),
    ("edit", RegisterRight::Edit),
    ("reveal", RegisterRight::Reveal),
    ("import", RegisterRight::Import),
    ("request_export", RegisterRight::RequestExport),
];

/// Selectors that the language has and an access rule of this build has not.
const SELECTORS_NOT_YET: &[&str] = &["department", "person", "requester"];

/// The register's own part of a form with these fields.
pub(crate) fn lower(
    reporter: &mut Reporter<'_>,
    node: &Node,
    (settings, fields): (&Settings, &[Field]),
) -> Option<Register> {
    let mapping = reading::mapping(reporter, node, KEYS)?;
    let show_as = mapping.required(reporter, "show_as").and_then(|node| {
        let source = reading::string(reporter, node)?;
        let mut scope = TypeScope::default();
        for field in fields {
            scope.insert(field.name.as_str(), request_type(field), field.sensitivity);
        }
        expressions::template(reporter, (source, node), &scope)
    });
    let owner = mapping
        .get("owner")
        .and_then(|node| named_field(reporter, node, fields, ("person", |kind| matches!(kind, FieldKind::Person))));
    let mut unique = Vec::new();
    if let Some(node) = mapping.get("unique") {
        for item in reading::sequence(reporter, node)? {
            unique.extend(named_field(reporter, item, fields, ("text", is_written)));
        }
    }
    let access = mapping
        .required(reporter, "access")
        .map(|node| access(reporter, node, (settings, &mapping)))
        .unwrap_or_default();
    Some(Register { show_as: show_as?, owner, unique, access })
}

/// Whether values of a kind are written texts, which a blind index can tell apart.
pub(crate) fn is_written(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text | FieldKind::Mobile | FieldKind::CnResidentId | FieldKind::BankCard => true,
        FieldKind::Multiline
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Date
        | FieldKind::Person
        | FieldKind::Table(_)
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => false,
    }
}

fn named_field(
    reporter: &mut Reporter<'_>,
    node: &Node,
    fields: &[Field],
    (expected, fits): (&'static str, fn(&FieldKind) -> bool),
) -> Option<FieldName> {
    let name = reading::string(reporter, node)?;
    let Some(field) = fields.iter().find(|field| field.name.as_str() == name) else {
        let known = fields.iter().map(|field| field.name.as_str());
        reading::unknown_name(reporter, codes::UNKNOWN_FIELD, (name, node.place), known);
        return None;
    };
    if !fits(&field.kind) {
        reporter.report(codes::WRONG_FIELD_TYPE, node.place, &[("name", name), ("expected", expected)]);
        return None;
    }
    Some(field.name.clone())
}

fn access(
    reporter: &mut Reporter<'_>,
    node: &Node,
    (settings, register): (&Settings, &Mapping<'_>),
) -> Vec<AccessRule> {
    let items = reading::short_sequence(reporter, node, ACCESS_MAX).unwrap_or_default();
    items.iter().filter_map(|item| access_rule(reporter, item, (settings, register))).collect()
}

fn access_rule(
    reporter: &mut Reporter<'_>,
    node: &Node,
    (settings, register): (&Settings, &Mapping<'_>),
) -> Option<AccessRule> {
    let mapping = reading::mapping(reporter, node, ACCESS_KEYS)?;
    let role = mapping.required(reporter, "who").and_then(|node| role(reporter, node, settings));
    let rows = match mapping.get("rows") {
        Some(node) => row_rule(reporter, node, register),
        None => Some(RowRule::All),
    };
    let mut can = BTreeSet::new();
    if let Some(node) = mapping.required(reporter, "can") {
        for item in reading::sequence(reporter, node).unwrap_or_default() {
            can.extend(reading::one_of(reporter, item, RIGHTS));
        }
    }
    Some(AccessRule { role: role?, rows: rows?, can })
}

fn role(reporter: &mut Reporter<'_>, node: &Node, settings: &Settings) -> Option<RoleId> {
    let who = reading::string(reporter, node)?;
    let Some(name) = who.strip_prefix("role:") else {
        let kind = who.split([':', '.']).next().unwrap_or(who);
        if SELECTORS_NOT_YET.contains(&kind) {
            reporter.report(codes::WORD_NOT_YET, node.place, &[("found", who)]);
        } else {
            let meant = if settings.roles.contains_key(who) { format!("role:{who}") } else { String::new() };
            let arguments = [("found", who), ("suggestion", &*meant), ("known", "role:…")];
            reporter.report(codes::UNKNOWN_WORD, node.place, &arguments);
        }
        return None;
    };
    if !settings.roles.contains_key(name) {
        let known = settings.roles.keys().map(RoleId::as_str);
        reading::unknown_name(reporter, codes::UNKNOWN_ROLE, (name, node.place), known);
        return None;
    }
    Some(RoleId::from(name))
}

/// `owner == me` and `owner in my.team`, by whatever name the register's owner field goes.
fn row_rule(reporter: &mut Reporter<'_>, node: &Node, register: &Mapping<'_>) -> Option<RowRule> {
    let rule = reading::string(reporter, node)?;
    let owner = register.required(reporter, "owner")?.as_text()?;
    let words: Vec<&str> = rule.split_whitespace().collect();
    let (field, meaning) = match words.as_slice() {
        [field, "==", "me"] => (*field, RowRule::Own),
        [field, "in", "my.team"] => (*field, RowRule::Team),
        _ => {
            reporter.report(codes::WORD_NOT_YET, node.place, &[("found", rule)]);
            return None;
        }
    };
    if field != owner {
        let known = format!("{owner} == me, {owner} in my.team");
        let meant = rule.replacen(field, owner, 1);
        let arguments = [("found", rule), ("suggestion", meant.as_str()), ("known", &*known)];
        reporter.report(codes::UNKNOWN_WORD, node.place, &arguments);
        return None;
    }
    Some(meaning)
}
