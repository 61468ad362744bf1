//! How a case begins: `start` of a workflow.

pub(crate) mod schedule;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::codes,
    expression::{Type, TypeScope, request_type},
    id::{EventName, FormId},
    level::Level,
    lower::{
        Names, expressions,
        field::RECORDS_TYPES,
        form::{self, FormNames},
        names,
        reading::{self, Keys, Mapping},
        selector::{self, Placed},
        workflow::Lowering,
    },
    model::{
        Field, FieldKind, Form, FormKind, PERSON_FIELD, PersonChange, RECORDS_FIELD, RecordChange, Selector, Start,
    },
    reporter::Reporter,
    syntax::{Entry, Node},
    text::Localized,
};

pub(crate) const KEYS: Keys =
    Keys { known: &["form", "by", "api", "schedule", "cron", "event", "record", "person"], not_yet: &["records"] };
pub(crate) const EVENT_KEYS: Keys = Keys::all(&["name", "fields"]);
pub(crate) const RECORD_KEYS: Keys = Keys::all(&["register", "when", "if"]);
pub(crate) const PERSON_KEYS: Keys = Keys::all(&["when"]);

/// The keys of which a start has exactly one.
const KINDS: &[&str] = &["form", "api", "schedule", "cron", "event", "record", "person"];
/// Those of them beside which `by` may stand.
const KINDS_BY: &[&str] = &["form", "api", "event"];

/// How a start that says no more than that it may is written.
const TRUE: &[(&str, ())] = &[("true", ())];

const RECORD_CHANGES: &[(&str, RecordChange)] =
    &[("created", RecordChange::Created), ("changed", RecordChange::Changed)];
const RECORD_CHANGES_NOT_YET: &[&str] = &["deleted", "retention_due"];
const PERSON_CHANGES: &[(&str, PersonChange)] =
    &[("joined", PersonChange::Joined), ("moved", PersonChange::Moved), ("left", PersonChange::Left)];
const PERSON_CHANGES_NOT_YET: &[&str] = &["leaving"];

/// A `start` whose one kind is known.
#[derive(Clone, Copy)]
pub(crate) struct Starting<'n> {
    mapping: Mapping<'n>,
    kind: &'n Entry,
}

/// Reads which kind of start it is; what has none, or two, is reported.
pub(crate) fn read<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<Starting<'n>> {
    let mapping = reading::mapping(reporter, node, KEYS)?;
    let kinds: Vec<&Entry> = KINDS.iter().filter_map(|kind| mapping.entry(kind)).collect();
    let [kind] = kinds[..] else {
        reporter.report(codes::START_NEEDS_ONE_KIND, mapping.place, &[("known", &KINDS.join(" "))]);
        return None;
    };
    if let Some(by) = mapping.entry("by").filter(|_| !KINDS_BY.contains(&kind.key.as_str())) {
        let arguments = [("key", "by"), ("suggestion", ""), ("known", kind.key.as_str())];
        reporter.report(codes::UNKNOWN_KEY, by.key_place, &arguments);
    }
    Some(Starting { mapping, kind })
}

impl Starting<'_> {
    fn is(&self, kind: &str) -> bool {
        self.kind.key == kind
    }

    /// Whether somebody asks, whom expressions and selectors may speak of.
    pub(crate) fn has_requester(&self) -> bool {
        self.is("form")
    }

    /// What expressions and selectors call the values that a case begins with.
    pub(crate) fn values_called(&self) -> Option<&'static str> {
        match self.kind.key.as_str() {
            "form" => Some("request"),
            "event" => Some("event"),
            "record" => Some("record"),
            "person" => Some("person"),
            _ => None,
        }
    }

    /// What a case begins with, if that is sound.
    pub(crate) fn intake(&self, reporter: &mut Reporter<'_>, names: &Names<'_>) -> Option<Arc<Form>> {
        let fields = match self.kind.key.as_str() {
            "form" => return request_form(reporter, &self.kind.value, names),
            "event" => event_fields(reporter, &self.kind.value, names)?,
            "record" => record_fields(reporter, &self.kind.value, names)?,
            "person" => vec![Field::plain(PERSON_FIELD, FieldKind::Person)],
            _ => Vec::new(),
        };
        let id = FormId::from(self.kind.key.as_str());
        Some(Arc::new(Form { id, title: Localized::Same(String::new()), help: None, kind: FormKind::Request, fields }))
    }

    /// What expressions may name before the first step.
    pub(crate) fn scope(&self, intake: &Form) -> TypeScope {
        let mut scope = TypeScope::with_time();
        match self.values_called() {
            None => {}
            Some("person") => insert_person(&mut scope, "person"),
            Some(called) => intake.fields.iter().filter(|field| !is_the_record(called, field)).for_each(|field| {
                scope.insert(format!("{called}.{}", field.name), request_type(field), field.sensitivity);
            }),
        }
        if self.is("record") {
            scope.insert(RECORDS_FIELD, Type::Records, Level::L0);
        }
        if self.has_requester() {
            insert_person(&mut scope, "requester");
        }
        scope
    }

    /// The start itself.
    pub(crate) fn lower(&self, reporter: &mut Reporter<'_>, lowering: &Lowering<'_>) -> Option<Start> {
        let node = &self.kind.value;
        match self.kind.key.as_str() {
            "form" => {
                let by = self.mapping.required(reporter, "by");
                let by = by.and_then(|node| selector::lower(reporter, node, Placed::Start, lowering));
                Some(Start::Form { form: lowering.form()?.id.clone(), by: by? })
            }
            "api" => {
                let read = reading::one_of(reporter, node, TRUE);
                let by = self.by(reporter, lowering);
                read?;
                Some(Start::Api { by: by? })
            }
            "event" => {
                let name = node.get("name").unwrap_or(node);
                let name = names::kebab_case(reporter, name).map(EventName::from);
                let by = self.by(reporter, lowering);
                Some(Start::Event { name: name?, by: by? })
            }
            "record" => record(reporter, node, lowering),
            "person" => {
                let when = reading::mapping(reporter, node, PERSON_KEYS)?.required(reporter, "when")?;
                let when = reading::one_of_or_not_yet(reporter, when, PERSON_CHANGES, PERSON_CHANGES_NOT_YET)?;
                Some(Start::Person { when })
            }
            "cron" => schedule::cron(reporter, node).map(Start::Schedule),
            _ => schedule::every(reporter, node).map(Start::Schedule),
        }
    }

    /// In whose name a program may ask; nothing if what is said of it cannot be used.
    #[expect(clippy::option_option, reason = "the outer says whether it may be used, the inner whether it is said")]
    fn by(&self, reporter: &mut Reporter<'_>, lowering: &Lowering<'_>) -> Option<Option<Selector>> {
        match self.mapping.get("by") {
            Some(node) => selector::lower(reporter, node, Placed::Start, lowering).map(Some),
            None => Some(None),
        }
    }
}

/// Whether a field is the set that holds the record itself: expressions call it `records`, not `record.records`.
fn is_the_record(called: &str, field: &Field) -> bool {
    called == "record" && field.name.as_str() == RECORDS_FIELD
}

fn insert_person(scope: &mut TypeScope, called: &str) {
    scope.insert(format!("{called}.login"), Type::Person, Level::L0);
    scope.insert(format!("{called}.name"), Type::Text, Level::L0);
    scope.insert(format!("{called}.department"), Type::Department.or_empty(), Level::L0);
    scope.insert(format!("{called}.roles"), Type::List(Box::new(Type::Text)), Level::L0);
    scope.insert(format!("{called}.clearance"), Type::Level, Level::L0);
}

/// The form that starts the workflow: a request form that is sound.
fn request_form(reporter: &mut Reporter<'_>, node: &Node, names: &Names<'_>) -> Option<Arc<Form>> {
    let form = known_form(reporter, node, names)?;
    match form.kind {
        FormKind::Request => Some(Arc::clone(form)),
        FormKind::Register(_) => {
            reporter.report(codes::NOT_A_REQUEST, node.place, &[("name", form.id.as_str())]);
            None
        }
    }
}

fn known_form<'a>(reporter: &mut Reporter<'_>, node: &Node, names: &Names<'a>) -> Option<&'a Arc<Form>> {
    let name = reading::string(reporter, node)?;
    if names.broken_forms.contains(name) {
        return None;
    }
    let form = names.forms.get(name);
    if form.is_none() {
        let known = names.forms.keys().chain(names.broken_forms).map(FormId::as_str);
        reading::unknown_name(reporter, codes::UNKNOWN_FORM, (name, node.place), known);
    }
    form
}

/// What an event brings: fields like a form's, less those that only a person can choose.
fn event_fields(reporter: &mut Reporter<'_>, node: &Node, names: &Names<'_>) -> Option<Vec<Field>> {
    if node.as_mapping().is_none() {
        return Some(Vec::new());
    }
    let mapping = reading::mapping(reporter, node, EVENT_KEYS)?;
    mapping.required(reporter, "name")?;
    let Some(node) = mapping.get("fields") else { return Some(Vec::new()) };
    for item in node.as_sequence().into_iter().flatten() {
        let kind = item.get("type");
        if let Some((kind, found)) = kind.and_then(|kind| Some((kind, kind.as_text()?)))
            && RECORDS_TYPES.contains(&found)
        {
            reporter.report(codes::FIELD_TYPE_NOT_YET, kind.place, &[("type", found)]);
            return None;
        }
    }
    let known: BTreeMap<String, bool> =
        names.forms.values().map(|form| (form.id.to_string(), form.register().is_some())).collect();
    let errors = reporter.errors();
    let fields = form::fields(reporter, node, &FormNames { settings: names.settings, forms: &known });
    (reporter.errors() == errors).then_some(fields)
}

/// A record's own fields, and the record itself.
fn record_fields(reporter: &mut Reporter<'_>, node: &Node, names: &Names<'_>) -> Option<Vec<Field>> {
    let mapping = reading::mapping(reporter, node, RECORD_KEYS)?;
    let node = mapping.required(reporter, "register")?;
    let form = known_form(reporter, node, names)?;
    if form.register().is_none() {
        reporter.report(codes::NOT_A_REGISTER, node.place, &[("name", form.id.as_str())]);
        return None;
    }
    let own = form.fields.iter().filter(|field| field.name.as_str() != RECORDS_FIELD).map(Field::kept);
    let whole = Field::plain(RECORDS_FIELD, FieldKind::Records(form.id.clone()));
    Some(own.chain([whole]).collect())
}

fn record(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Start> {
    // Its keys were checked with its fields.
    let register = node.get("register").and_then(Node::as_text).map(FormId::from);
    let Some(when) = node.get("when") else {
        reporter.report(codes::MISSING_KEY, node.place, &[("key", "when")]);
        return None;
    };
    let when = reading::one_of_or_not_yet(reporter, when, RECORD_CHANGES, RECORD_CHANGES_NOT_YET);
    let condition = match node.get("if") {
        Some(node) => {
            lowering.form()?;
            Some(expressions::expression(reporter, node, &lowering.scope, Some(&Type::Bool))?)
        }
        None => None,
    };
    Some(Start::Record { register: register?, when: when?, condition })
}
