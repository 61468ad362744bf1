//! Fields of a form and columns of a table, in three rounds: what each is (`declare`), when it must hold something
//! (`require`), and what refers to the others (`complete`).

use std::collections::{BTreeMap, BTreeSet};

use vault::mask::Rule;

use crate::{
    diagnostic::codes,
    expression::{Expression, Tree, Type, TypeScope, is_scope_name, request_type},
    form_values::TEXT_CHARACTERS_MAX,
    id::{FieldName, FormId},
    level::Level,
    lower::{
        calendar::parse_day,
        expressions,
        form::{self, FormNames},
        names,
        reading::{self, Keys, Mapping},
        register::is_written,
        settings::LEVEL_WORDS,
    },
    model::{Check, Choice, Field, FieldKind, SearchKind},
    reporter::Reporter,
    syntax::{Node, Place, closest},
    text::Text,
    value::Value,
};

pub(crate) const KEYS: Keys = Keys {
    known: &[
        "name",
        "type",
        "label",
        "help",
        "placeholder",
        "sensitivity",
        "mask",
        "search",
        "required",
        "default",
        "show_when",
        "check",
        "options",
        "columns",
        "min",
        "max",
        "register",
    ],
    not_yet: &[
        "compute",
        "readonly_when",
        "pattern",
        "unit",
        "currency",
        "step",
        "section",
        "width",
        "accept",
        "text",
        "version",
    ],
};
pub(crate) const COLUMN_KEYS: Keys = Keys {
    known: &["name", "type", "label", "help", "placeholder", "mask", "required", "options", "min", "max"],
    not_yet: &["default", "show_when", "check", "compute", "readonly_when", "pattern", "unit", "currency", "width"],
};
pub(crate) const CHECK_KEYS: Keys = Keys::all(&["that", "message"]);
pub(crate) const OPTION_KEYS: Keys = Keys::all(&["value", "label"]);

/// Field types whose values only a person can choose.
pub(crate) const RECORDS_TYPES: &[&str] = &["records", "register_fields"];

/// Field types that the language has and this build does not.
pub(crate) const TYPES_NOT_YET: &[&str] = &[
    "rich_text",
    "percent",
    "choices",
    "time",
    "datetime",
    "duration",
    "phone",
    "email",
    "address",
    "url",
    "cn_uscc",
    "passport",
    "people",
    "department",
    "role",
    "attachment",
    "image",
    "signature",
    "location",
    "rating",
    "serial",
    "record",
    "agreement",
    "note",
    "section",
];

/// Most options of a choice.
const OPTIONS_MAX: usize = 500;
/// Most columns of a table.
const COLUMNS_MAX: usize = 50;
/// Most checks of a field.
const CHECKS_MAX: usize = 20;

const SEARCH_KINDS: &[(&str, SearchKind)] =
    &[("exact", SearchKind::Exact), ("last4", SearchKind::Last4), ("prefix", SearchKind::Prefix)];

/// The first round: what a field is, with no expression read yet.
pub(crate) fn declare(reporter: &mut Reporter<'_>, node: &Node, names: &FormNames<'_>) -> Option<Field> {
    let mapping = reading::mapping(reporter, node, KEYS)?;
    let mut field = declare_common(reporter, &mapping)?;
    field.kind = kind(reporter, &mapping, names)?;
    refuse_keys_of_others(reporter, &mapping, &field.kind);
    field.sensitivity = sensitivity(reporter, &mapping, &field.kind)?;
    inherit(&mut field);
    field.mask = mask(reporter, &mapping, &field);
    field.search = search(reporter, &mapping, &field);
    (field.min, field.max) = bounds(reporter, &mapping, &field.kind);
    Some(field)
}

/// The second round: when the field must hold something, and when it is shown.
pub(crate) fn require(reporter: &mut Reporter<'_>, node: &Node, field: &mut Field, scope: &TypeScope) {
    let mut condition =
        |key| node.get(key).and_then(|node| expressions::expression(reporter, node, scope, Some(&Type::Bool)));
    field.required = condition("required");
    field.show_when = condition("show_when");
}

/// The third round: first value and checks.
pub(crate) fn complete(reporter: &mut Reporter<'_>, node: &Node, field: &mut Field, scope: &TypeScope) {
    field.default = node.get("default").and_then(|node| {
        let mut scope = TypeScope::with_time();
        scope.insert("me", Type::Person, Level::L0);
        let whole = request_type(field);
        let expected = if let Type::Optional(inner) = &whole { inner } else { &whole };
        let default = expressions::expression(reporter, node, &scope, Some(expected))?;
        is_an_option(reporter, node, (&default, &field.kind)).then_some(default)
    });
    if let Some(node) = node.get("check") {
        let items = reading::short_sequence(reporter, node, CHECKS_MAX).unwrap_or_default();
        field.checks = items.iter().filter_map(|item| check(reporter, item, scope)).collect();
    }
}

fn declare_common(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>) -> Option<Field> {
    let name = mapping.required(reporter, "name").and_then(|node| {
        let name = names::snake_case(reporter, node)?;
        let is_free = !is_scope_name(name);
        if !is_free {
            reporter.report(codes::RESERVED_WORD, node.place, &[("found", name)]);
        }
        is_free.then_some(name)
    })?;
    let mut text = |key| mapping.get(key).and_then(|node| reading::text(reporter, node));
    let (label, help, placeholder) = (text("label"), text("help"), text("placeholder"));
    Some(Field {
        name: FieldName::from(name),
        kind: FieldKind::Text,
        label: label.unwrap_or_else(|| Text::Same(name.to_owned())),
        help,
        placeholder,
        sensitivity: Level::L0,
        mask: Rule::All,
        search: BTreeSet::new(),
        required: None,
        show_when: None,
        default: None,
        checks: Vec::new(),
        min: None,
        max: None,
    })
}

fn kind(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, names: &FormNames<'_>) -> Option<FieldKind> {
    let node = mapping.required(reporter, "type")?;
    Some(match kind_word(reporter, node)? {
        KindWord::Plain(kind) => kind.kind(),
        KindWord::Choice => FieldKind::Choice(options(reporter, mapping)?),
        KindWord::Table => FieldKind::Table(columns(reporter, mapping)?),
        KindWord::Records => FieldKind::Records(register(reporter, mapping, names)?),
        KindWord::RegisterFields => FieldKind::RegisterFields(register(reporter, mapping, names)?),
    })
}

#[derive(Clone, Copy)]
enum KindWord {
    Plain(Plain),
    Choice,
    Table,
    Records,
    RegisterFields,
}

/// Types that need nothing beyond their name.
#[derive(Clone, Copy)]
enum Plain {
    Text,
    Multiline,
    Number,
    Money,
    YesNo,
    Date,
    Mobile,
    CnResidentId,
    BankCard,
    Person,
}

impl Plain {
    const fn kind(self) -> FieldKind {
        match self {
            Self::Text => FieldKind::Text,
            Self::Multiline => FieldKind::Multiline,
            Self::Number => FieldKind::Number,
            Self::Money => FieldKind::Money,
            Self::YesNo => FieldKind::YesNo,
            Self::Date => FieldKind::Date,
            Self::Mobile => FieldKind::Mobile,
            Self::CnResidentId => FieldKind::CnResidentId,
            Self::BankCard => FieldKind::BankCard,
            Self::Person => FieldKind::Person,
        }
    }
}

const KIND_WORDS: &[(&str, KindWord)] = &[
    ("text", KindWord::Plain(Plain::Text)),
    ("multiline", KindWord::Plain(Plain::Multiline)),
    ("number", KindWord::Plain(Plain::Number)),
    ("money", KindWord::Plain(Plain::Money)),
    ("yes_no", KindWord::Plain(Plain::YesNo)),
    ("choice", KindWord::Choice),
    ("date", KindWord::Plain(Plain::Date)),
    ("mobile", KindWord::Plain(Plain::Mobile)),
    ("cn_resident_id", KindWord::Plain(Plain::CnResidentId)),
    ("bank_card", KindWord::Plain(Plain::BankCard)),
    ("person", KindWord::Plain(Plain::Person)),
    ("table", KindWord::Table),
    ("records", KindWord::Records),
    ("register_fields", KindWord::RegisterFields),
];

fn kind_word(reporter: &mut Reporter<'_>, node: &Node) -> Option<KindWord> {
    if let Some(word) = node.as_text().filter(|word| TYPES_NOT_YET.contains(word)) {
        reporter.report(codes::FIELD_TYPE_NOT_YET, node.place, &[("type", word)]);
        return None;
    }
    reading::one_of(reporter, node, KIND_WORDS)
}

fn options(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>) -> Option<Vec<Choice>> {
    let node = mapping.required(reporter, "options")?;
    let items = reading::short_sequence(reporter, node, OPTIONS_MAX)?;
    if items.is_empty() {
        reporter.report(codes::EMPTY_VALUE, node.place, &[("expected", "list")]);
        return None;
    }
    let mut options: Vec<Choice> = Vec::new();
    let mut taken: BTreeMap<String, Place> = BTreeMap::new();
    for item in items {
        let Some(option) = option(reporter, item) else { continue };
        match taken.insert(option.value.clone(), item.place) {
            Some(first) => {
                let arguments = [("name", option.value.as_str()), ("first", &first.line.to_string())];
                reporter.report(codes::DUPLICATE_NAME, item.place, &arguments);
            }
            None => options.push(option),
        }
    }
    Some(options)
}

fn option(reporter: &mut Reporter<'_>, node: &Node) -> Option<Choice> {
    if node.as_mapping().is_none() {
        let value = reading::string(reporter, node)?.to_owned();
        return Some(Choice { label: Text::Same(value.clone()), value });
    }
    let mapping = reading::mapping(reporter, node, OPTION_KEYS)?;
    let value = mapping.required(reporter, "value").and_then(|node| reading::string(reporter, node))?.to_owned();
    let label = mapping.get("label").and_then(|node| reading::text(reporter, node));
    Some(Choice { label: label.unwrap_or_else(|| Text::Same(value.clone())), value })
}

fn columns(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>) -> Option<Vec<Field>> {
    let node = mapping.required(reporter, "columns")?;
    let items = reading::short_sequence(reporter, node, COLUMNS_MAX)?;
    if items.is_empty() {
        reporter.report(codes::EMPTY_VALUE, node.place, &[("expected", "list")]);
    }
    let mut taken = BTreeMap::new();
    let mut columns = Vec::new();
    for item in items {
        let Some(column) = column(reporter, item) else { continue };
        if form::is_new(reporter, &mut taken, (&column.name, item.place)) {
            columns.push(column);
        }
    }
    Some(columns)
}

/// A column: a field of one value, whose level is its table's.
fn column(reporter: &mut Reporter<'_>, node: &Node) -> Option<Field> {
    let mapping = reading::mapping(reporter, node, COLUMN_KEYS)?;
    let mut field = declare_common(reporter, &mapping)?;
    let node = mapping.required(reporter, "type")?;
    field.kind = match kind_word(reporter, node)? {
        KindWord::Plain(kind) => kind.kind(),
        KindWord::Choice => FieldKind::Choice(options(reporter, &mapping)?),
        KindWord::Table | KindWord::Records | KindWord::RegisterFields => {
            reporter.report(codes::WORD_NOT_YET, node.place, &[("found", node.as_text().unwrap_or_default())]);
            return None;
        }
    };
    refuse_keys_of_others(reporter, &mapping, &field.kind);
    field.mask = mask(reporter, &mapping, &field);
    (field.min, field.max) = bounds(reporter, &mapping, &field.kind);
    if let Some(node) = mapping.get("required") {
        field.required = expressions::expression(reporter, node, &TypeScope::with_time(), Some(&Type::Bool));
    }
    Some(field)
}

fn register(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, names: &FormNames<'_>) -> Option<FormId> {
    let node = mapping.required(reporter, "register")?;
    let name = reading::string(reporter, node)?;
    match names.forms.get(name) {
        Some(true) => Some(FormId::from(name)),
        Some(false) => {
            reporter.report(codes::NOT_A_REGISTER, node.place, &[("name", name)]);
            None
        }
        None => {
            let known = names.forms.iter().filter(|(_, is_register)| **is_register).map(|(name, _)| name.as_str());
            reading::unknown_name(reporter, codes::UNKNOWN_FORM, (name, node.place), known);
            None
        }
    }
}

/// Keys that only some types have.
fn refuse_keys_of_others(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, kind: &FieldKind) {
    for entry in mapping.entries {
        let is_fitting = match entry.key.as_str() {
            "options" => matches!(kind, FieldKind::Choice(_)),
            "columns" => matches!(kind, FieldKind::Table(_)),
            "register" => kind.register().is_some(),
            // What they hold are handles and names, not values of anybody.
            "sensitivity" | "mask" => kind.register().is_none(),
            "search" => is_written(kind) || matches!(kind, FieldKind::Choice(_)),
            "default" => !matches!(kind, FieldKind::Table(_)) && kind.register().is_none(),
            "min" | "max" => has_bounds(kind),
            _ => true,
        };
        if !is_fitting {
            let arguments = [("key", entry.key.as_str()), ("type", kind.as_str())];
            reporter.report(codes::KEY_NOT_FOR_TYPE, entry.key_place, &arguments);
        }
    }
}

fn has_bounds(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Number | FieldKind::Money | FieldKind::Date => true,
        FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Mobile
        | FieldKind::CnResidentId
        | FieldKind::BankCard
        | FieldKind::Person
        | FieldKind::Table(_)
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => false,
    }
}

/// Whether a type is personal by nature: its level must be said, so that nobody forgets it.
const fn is_personal(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Mobile | FieldKind::CnResidentId | FieldKind::BankCard)
}

fn sensitivity(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, kind: &FieldKind) -> Option<Level> {
    if let Some(node) = mapping.get("sensitivity") {
        return reading::one_of(reporter, node, LEVEL_WORDS);
    }
    let columns = if let FieldKind::Table(columns) = kind { columns.as_slice() } else { &[] };
    let holds_personal = is_personal(kind) || columns.iter().any(|column| is_personal(&column.kind));
    if holds_personal {
        let place = mapping.get("type").map_or(mapping.place, |node| node.place);
        reporter.report(codes::SENSITIVITY_MISSING, place, &[("type", kind.as_str())]);
        return None;
    }
    Some(match kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Table(_) => Level::L1,
        FieldKind::Number
        | FieldKind::Money
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Date
        | FieldKind::Mobile
        | FieldKind::CnResidentId
        | FieldKind::BankCard
        | FieldKind::Person
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => Level::L0,
    })
}

/// A table's columns are as protected as the table.
fn inherit(field: &mut Field) {
    let level = field.sensitivity;
    if let FieldKind::Table(columns) = &mut field.kind {
        for column in columns {
            column.sensitivity = level;
        }
    }
}

/// The mask: as said, or the type's own; nothing stays visible of what has none.
fn mask(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, field: &Field) -> Rule {
    if let Some(node) = mapping.get("mask") {
        let found = reading::string(reporter, node).unwrap_or_default();
        return found.parse().unwrap_or_else(|_| {
            reporter.report(codes::BAD_MASK, node.place, &[("found", found)]);
            Rule::All
        });
    }
    match field.kind {
        FieldKind::Mobile => Rule::Mobile,
        FieldKind::CnResidentId => Rule::Id,
        FieldKind::BankCard => Rule::Card,
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Date
        | FieldKind::Person
        | FieldKind::Table(_)
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => Rule::All,
    }
}

fn search(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, field: &Field) -> BTreeSet<SearchKind> {
    let Some(node) = mapping.get("search") else { return BTreeSet::new() };
    let mut kinds = BTreeSet::new();
    for item in reading::sequence(reporter, node).unwrap_or_default() {
        let Some(kind) = reading::one_of(reporter, item, SEARCH_KINDS) else { continue };
        let is_possible = match kind {
            SearchKind::Exact => true,
            SearchKind::Last4 => is_written(&field.kind),
            SearchKind::Prefix => matches!(field.kind, FieldKind::Text),
        };
        if is_possible {
            kinds.insert(kind);
        } else {
            let arguments = [("search", item.as_text().unwrap_or_default()), ("type", field.kind.as_str())];
            reporter.report(codes::SEARCH_NOT_POSSIBLE, item.place, &arguments);
        }
    }
    kinds
}

fn bounds(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, kind: &FieldKind) -> (Option<Value>, Option<Value>) {
    if !has_bounds(kind) {
        return (None, None);
    }
    let mut bound = |key| mapping.get(key).and_then(|node| bound(reporter, node, kind));
    let (least, most) = (bound("min"), bound("max"));
    let are_crossed = match (&least, &most) {
        (Some(Value::Number(least)), Some(Value::Number(most))) => least > most,
        (Some(Value::Date(least)), Some(Value::Date(most))) => least > most,
        _ => false,
    };
    if let (true, Some(node), Some(other)) = (are_crossed, mapping.get("min"), mapping.get("max")) {
        let arguments = [("least", node.as_text().unwrap_or_default()), ("most", other.as_text().unwrap_or_default())];
        reporter.report(codes::BOUNDS_CROSSED, node.place, &arguments);
    }
    (least, most)
}

/// A day for dates, a number of characters for texts, a number for numbers.
fn bound(reporter: &mut Reporter<'_>, node: &Node, kind: &FieldKind) -> Option<Value> {
    if matches!(kind, FieldKind::Date) {
        let text = reading::string(reporter, node)?;
        let day = parse_day(text);
        if day.is_none() {
            reporter.report(codes::BAD_DATE, node.place, &[("found", text)]);
        }
        return day.map(Value::Date);
    }
    if matches!(kind, FieldKind::Text | FieldKind::Multiline) {
        return reading::whole_number(reporter, node, 0, TEXT_CHARACTERS_MAX)
            .map(|number| Value::Number(number.into()));
    }
    reading::decimal(reporter, node).map(Value::Number)
}

/// Whether a choice's first value is one of its options; reported if not.
fn is_an_option(reporter: &mut Reporter<'_>, node: &Node, (default, kind): (&Expression, &FieldKind)) -> bool {
    let (FieldKind::Choice(options), Tree::Literal(Value::Text(value))) = (kind, &*default.tree) else {
        return true;
    };
    let is_option = options.iter().any(|option| option.value == *value);
    if !is_option {
        let known: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
        let suggestion = closest(value, known.iter().copied()).unwrap_or_default();
        let arguments = [("found", value.as_str()), ("suggestion", suggestion), ("known", &known.join(" "))];
        reporter.report(codes::UNKNOWN_WORD, node.place, &arguments);
    }
    is_option
}

fn check(reporter: &mut Reporter<'_>, node: &Node, scope: &TypeScope) -> Option<Check> {
    let mapping = reading::mapping(reporter, node, CHECK_KEYS)?;
    let that = mapping
        .required(reporter, "that")
        .and_then(|node| expressions::expression(reporter, node, scope, Some(&Type::Bool)));
    let message = mapping.required(reporter, "message").and_then(|node| reading::text(reporter, node));
    Some(Check { that: that?, message: message? })
}
