//! Forms: `forms/*.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::codes,
    expression::{Type, TypeScope, request_type},
    id::{FieldName, FormId},
    level::Level,
    lower::{
        field, names,
        reading::{self, Keys, Mapping},
        register,
    },
    model::{Field, Form, FormKind, Settings},
    reporter::Reporter,
    syntax::{Node, Place},
};

pub(crate) const KEYS: Keys = Keys::all(&["form", "kind", "title", "help", "register", "fields"]);

/// Most fields of one form.
pub(crate) const FIELDS_MAX: usize = 200;

/// What a form's kind says, before its register is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Request,
    Register,
}

const KINDS: &[(&str, Kind)] = &[("request", Kind::Request), ("register", Kind::Register)];

/// What a form may refer to.
pub(crate) struct FormNames<'a> {
    /// The workspace's settings.
    pub(crate) settings: &'a Settings,
    /// Every form that has a file, and whether it calls itself a register.
    pub(crate) forms: &'a BTreeMap<String, bool>,
}

/// A form's name and whether it calls itself a register, however broken the rest may be.
pub(crate) fn outline(root: &Node) -> Option<(&str, bool)> {
    let is_register = root.get("kind").and_then(Node::as_text) == Some("register");
    Some((root.get("form")?.as_text()?, is_register))
}

/// The form that a file describes, if it is sound.
pub(crate) fn lower(reporter: &mut Reporter<'_>, root: &Node, names: &FormNames<'_>) -> Option<Form> {
    let errors = reporter.errors();
    let mapping = reading::mapping(reporter, root, KEYS)?;
    let id = mapping.required(reporter, "form").and_then(|node| names::kebab_case(reporter, node));
    let title = mapping.required(reporter, "title").and_then(|node| reading::text(reporter, node));
    let help = mapping.get("help").and_then(|node| reading::text(reporter, node));
    let fields = mapping.required(reporter, "fields").map(|node| fields(reporter, node, names)).unwrap_or_default();
    let kind = kind(reporter, &mapping, (names, &fields));
    let form = Form { id: FormId::from(id?), title: title?, help, kind: kind?, fields };
    (reporter.errors() == errors).then_some(form)
}

fn kind(
    reporter: &mut Reporter<'_>,
    mapping: &Mapping<'_>,
    (names, fields): (&FormNames<'_>, &[Field]),
) -> Option<FormKind> {
    let kind = match mapping.get("kind") {
        Some(node) => reading::one_of(reporter, node, KINDS)?,
        None => Kind::Request,
    };
    match (kind, mapping.entry("register")) {
        (Kind::Request, None) => Some(FormKind::Request),
        (Kind::Request, Some(entry)) => {
            reporter.report(codes::REGISTER_KEYS_ON_REQUEST, entry.key_place, &[("key", "register")]);
            None
        }
        (Kind::Register, _) => {
            let node = mapping.required(reporter, "register")?;
            register::lower(reporter, node, (names.settings, fields)).map(FormKind::Register)
        }
    }
}

/// The fields, in two rounds: first what each is, so that the expressions of the second may name any of them.
pub(crate) fn fields(reporter: &mut Reporter<'_>, node: &Node, names: &FormNames<'_>) -> Vec<Field> {
    let Some(items) = reading::short_sequence(reporter, node, FIELDS_MAX) else { return Vec::new() };
    let mut taken: BTreeMap<String, Place> = BTreeMap::new();
    let mut fields = Vec::new();
    for item in items {
        let Some(field) = field::declare(reporter, item, names) else {
            item.get("name").and_then(Node::as_text).inspect(|name| reporter.forgive(name));
            continue;
        };
        let place = item.get("name").map_or(item.place, |name| name.place);
        if is_new(reporter, &mut taken, (&field.name, place)) {
            fields.push((item, field));
        }
    }
    let scope = scope(fields.iter().map(|(_, field)| field));
    // A field that an expression of another may find empty changes what that one may say: `required` comes first.
    for (item, field) in &mut fields {
        field::require(reporter, item, field, &scope);
    }
    let scope = self::scope(fields.iter().map(|(_, field)| field));
    for (item, field) in &mut fields {
        field::complete(reporter, item, field, &scope);
    }
    fields.into_iter().map(|(_, field)| field).collect()
}

/// Whether a field's name is not taken; reported if it is.
pub(crate) fn is_new(
    reporter: &mut Reporter<'_>,
    taken: &mut BTreeMap<String, Place>,
    (name, place): (&FieldName, Place),
) -> bool {
    match taken.insert(name.to_string(), place) {
        Some(first) => {
            let arguments = [("name", name.as_str()), ("first", &first.line.to_string())];
            reporter.report(codes::DUPLICATE_NAME, place, &arguments);
            false
        }
        None => true,
    }
}

/// What an expression of a form may name: its fields, `me`, `today`, `now`.
pub(crate) fn scope<'f>(fields: impl Iterator<Item = &'f Field>) -> TypeScope {
    let mut scope = TypeScope::with_time();
    scope.insert("me", Type::Person, Level::L0);
    for field in fields {
        scope.insert(field.name.as_str(), request_type(field), field.sensitivity);
    }
    scope
}

/// The other forms that a form cannot do without.
pub(crate) fn references(form: &Form) -> BTreeSet<FormId> {
    form.fields.iter().filter_map(|field| field.kind.register()).cloned().collect()
}
