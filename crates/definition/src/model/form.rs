//! Forms, their fields, and registers.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    expression::Expression,
    id::{FieldName, FormId, RoleId},
    level::Level,
    template::Template,
    text::Text,
    value::Value,
};

/// A form: what is asked for, or what a register keeps.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Form {
    /// Its id.
    pub id: FormId,
    /// Its name for people.
    pub title: Text,
    /// A line of help.
    pub help: Option<Text>,
    /// A request, or a register.
    pub kind: FormKind,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

impl Form {
    /// A field by name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.as_str() == name)
    }

    /// The register's own part, if this form is one.
    pub fn register(&self) -> Option<&Register> {
        match &self.kind {
            FormKind::Request => None,
            FormKind::Register(register) => Some(register),
        }
    }
}

/// What a form is for.
#[derive(Debug, Clone)]
pub enum FormKind {
    /// Starts a workflow.
    Request,
    /// Keeps records.
    Register(Register),
}

/// What a register says beyond its fields.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Register {
    /// How a record is called in lists.
    pub show_as: Template,
    /// The person field that says whose record this is.
    pub owner: Option<FieldName>,
    /// Fields whose values no two records share.
    pub unique: Vec<FieldName>,
    /// Who may do what; anything not granted is denied.
    pub access: Vec<AccessRule>,
}

/// One line of a register's `access`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AccessRule {
    /// The role it grants to.
    pub role: RoleId,
    /// On which records.
    pub rows: RowRule,
    /// What.
    pub can: BTreeSet<RegisterRight>,
}

/// Which records an access rule speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowRule {
    /// All of them.
    All,
    /// Those the person owns: `owner == me`.
    Own,
    /// Those owned by the person or anybody below them: `owner in my.team`.
    Team,
}

/// Something that may be done with a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegisterRight {
    /// See records in lists and by themselves.
    View,
    /// Add records.
    Create,
    /// Change records.
    Edit,
    /// Reveal masked values.
    Reveal,
    /// Bring records in from a file.
    Import,
    /// Name records in an export request.
    RequestExport,
}

/// One field of a form.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Field {
    /// Its name in expressions.
    pub name: FieldName,
    /// What it holds.
    pub kind: FieldKind,
    /// Its name for people.
    pub label: Text,
    /// A line of help under it.
    pub help: Option<Text>,
    /// An example inside the empty control.
    pub placeholder: Option<Text>,
    /// How protected its value is.
    pub sensitivity: Level,
    /// How it is masked; the type's own rule unless the definition says another.
    pub mask: vault::mask::Rule,
    /// How it may be searched; encrypted values only by these.
    pub search: BTreeSet<SearchKind>,
    /// Whether it must be filled in.
    pub required: Option<Expression>,
    /// Whether it is shown at all; absent means always.
    pub show_when: Option<Expression>,
    /// Its first value.
    pub default: Option<Expression>,
    /// What must hold, and what to say if it does not.
    pub checks: Vec<Check>,
    /// Smallest number, earliest date or shortest text.
    pub min: Option<Value>,
    /// Largest number, latest date or longest text.
    pub max: Option<Value>,
}

impl Field {
    /// A public field that nobody enters.
    pub(crate) fn plain(name: &str, kind: FieldKind) -> Self {
        Self {
            name: FieldName::from(name),
            label: Text::Same(name.to_owned()),
            kind,
            help: None,
            placeholder: None,
            sensitivity: Level::L0,
            mask: vault::mask::Rule::All,
            search: BTreeSet::new(),
            required: Some(Expression::constant(true)),
            show_when: None,
            default: None,
            checks: Vec::new(),
            min: None,
            max: None,
        }
    }

    /// The same field as a record holds it: it was checked when it was entered, and may be empty in an old record.
    pub(crate) fn kept(&self) -> Self {
        Self { required: None, default: None, checks: Vec::new(), show_when: None, ..self.clone() }
    }
}

/// What a field holds, with what only that type has.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Multiline,
    /// An exact number.
    Number,
    /// An amount in the workspace's currency.
    Money,
    /// A yes or a no.
    YesNo,
    /// One of several.
    Choice(Vec<Choice>),
    /// A day.
    Date,
    /// A mainland mobile number.
    Mobile,
    /// A resident identity number (GB 11643).
    CnResidentId,
    /// A payment card number (ISO/IEC 7812).
    BankCard,
    /// A person of the directory.
    Person,
    /// Rows of columns.
    Table(Vec<Field>),
    /// A set of records of a register.
    Records(FormId),
    /// A selection of a register's fields.
    RegisterFields(FormId),
}

impl FieldKind {
    /// The type's name in definitions.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Multiline => "multiline",
            Self::Number => "number",
            Self::Money => "money",
            Self::YesNo => "yes_no",
            Self::Choice(_) => "choice",
            Self::Date => "date",
            Self::Mobile => "mobile",
            Self::CnResidentId => "cn_resident_id",
            Self::BankCard => "bank_card",
            Self::Person => "person",
            Self::Table(_) => "table",
            Self::Records(_) => "records",
            Self::RegisterFields(_) => "register_fields",
        }
    }

    /// The register whose records or fields it selects, if it is such a type.
    pub const fn register(&self) -> Option<&FormId> {
        match self {
            Self::Records(register) | Self::RegisterFields(register) => Some(register),
            Self::Text
            | Self::Multiline
            | Self::Number
            | Self::Money
            | Self::YesNo
            | Self::Choice(_)
            | Self::Date
            | Self::Mobile
            | Self::CnResidentId
            | Self::BankCard
            | Self::Person
            | Self::Table(_) => None,
        }
    }
}

/// One option of a choice.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is shown.
    pub label: Text,
}

/// A rule a form's values must keep.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Check {
    /// What must hold.
    pub that: Expression,
    /// What to say if it does not.
    pub message: Text,
}

/// A way to find records by a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchKind {
    /// The whole value.
    Exact,
    /// Its last four characters.
    Last4,
    /// Its beginning.
    Prefix,
}

/// Values of a form by field name.
pub type FieldValues = BTreeMap<FieldName, Value>;
