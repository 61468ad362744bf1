//! How a case begins: `start` of a workflow.

use std::sync::Arc;

use crate::{
    diagnostic::codes,
    expression::{Type, TypeScope, request_type},
    id::FormId,
    level::Level,
    lower::{
        Names,
        reading::{self, Keys, Mapping},
        selector::{self, Placed},
        workflow::Lowering,
    },
    model::{Form, FormKind, Start},
    reporter::Reporter,
    syntax::{Entry, Node},
    text::Localized,
};

pub(crate) const KEYS: Keys =
    Keys { known: &["form", "by", "api"], not_yet: &["schedule", "cron", "record", "event", "person", "records"] };

/// The keys of which a start has exactly one.
const KINDS: &[&str] = &["form", "api"];

/// How a start that says no more than that it may is written.
const TRUE: &[(&str, ())] = &[("true", ())];

/// The names of scopes that only some starts have.
const NOT_YET: &[&str] = &["item", "record", "event", "person"];

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
    if let [kind] = kinds[..] {
        return Some(Starting { mapping, kind });
    }
    // Another way to start is reported as not built yet; asking for a form as well would only confuse.
    if !mapping.entries.iter().any(|entry| KEYS.not_yet.contains(&entry.key.as_str())) {
        reporter.report(codes::START_NEEDS_ONE_KIND, mapping.place, &[("known", &KINDS.join(" "))]);
    }
    None
}

impl Starting<'_> {
    /// Whether somebody asks, whom expressions and selectors may speak of.
    pub(crate) fn has_requester(&self) -> bool {
        self.kind.key == "form"
    }

    /// What a case begins with, if that is sound.
    pub(crate) fn intake(&self, reporter: &mut Reporter<'_>, names: &Names<'_>) -> Option<Arc<Form>> {
        match self.kind.key.as_str() {
            "form" => request_form(reporter, &self.kind.value, names),
            _ => Some(Arc::new(Form {
                id: FormId::from("none"),
                title: Localized::Same(String::new()),
                help: None,
                kind: FormKind::Request,
                fields: Vec::new(),
            })),
        }
    }

    /// What expressions may name before the first step.
    pub(crate) fn scope(&self, intake: &Form) -> TypeScope {
        let mut scope = TypeScope::with_time();
        if self.has_requester() {
            for field in &intake.fields {
                scope.insert(format!("request.{}", field.name), request_type(field), field.sensitivity);
            }
            scope.insert("requester.login", Type::Person, Level::L0);
            scope.insert("requester.name", Type::Text, Level::L0);
            scope.insert("requester.department", Type::Department.or_empty(), Level::L0);
            scope.insert("requester.roles", Type::List(Box::new(Type::Text)), Level::L0);
            scope.insert("requester.clearance", Type::Level, Level::L0);
        }
        for later in NOT_YET {
            scope.insert_not_yet(*later);
        }
        scope
    }

    /// The start itself.
    pub(crate) fn lower(&self, reporter: &mut Reporter<'_>, lowering: &Lowering<'_>) -> Option<Start> {
        let by = self.mapping.get("by");
        if self.kind.key != "form" {
            reading::one_of(reporter, &self.kind.value, TRUE)?;
            let by = match by {
                Some(node) => Some(selector::lower(reporter, node, Placed::Start, lowering)?),
                None => None,
            };
            return Some(Start::Api { by });
        }
        let by = self.mapping.required(reporter, "by");
        let by = by.and_then(|node| selector::lower(reporter, node, Placed::Start, lowering));
        Some(Start::Form { form: lowering.form()?.id.clone(), by: by? })
    }
}

/// The form that starts the workflow: a request form that is sound.
fn request_form(reporter: &mut Reporter<'_>, node: &Node, names: &Names<'_>) -> Option<Arc<Form>> {
    let name = reading::string(reporter, node)?;
    if names.broken_forms.contains(name) {
        return None;
    }
    let Some(form) = names.forms.get(name) else {
        let known = names.forms.keys().chain(names.broken_forms).map(FormId::as_str);
        reading::unknown_name(reporter, codes::UNKNOWN_FORM, (name, node.place), known);
        return None;
    };
    match form.kind {
        FormKind::Request => Some(Arc::clone(form)),
        FormKind::Register(_) => {
            reporter.report(codes::NOT_A_REQUEST, node.place, &[("name", name)]);
            None
        }
    }
}
