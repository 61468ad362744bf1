//! `forms/*.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Expression, Level, Text, Word};

/// A form: what is asked for, or what a register keeps.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    /// Its name, equal to the file's: export-request.
    pub(crate) form: String,
    /// A request starts a workflow (the default); a register keeps records.
    pub(crate) kind: Option<FormKind>,
    /// Its name for people.
    pub(crate) title: Text,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// How records are called, whose they are, who may do what. Only with `kind: register`.
    pub(crate) register: Option<Register>,
    /// The fields, in order.
    pub(crate) fields: Vec<Field>,
}

/// What a form is for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FormKind {
    /// It starts a workflow.
    Request,
    /// It keeps records.
    Register,
}

/// What a register says beyond its fields.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Register {
    /// How a record is called in lists: "{{ name }}".
    pub(crate) show_as: String,
    /// The person field that says whose record this is.
    pub(crate) owner: Option<String>,
    /// Fields whose values no two records share.
    #[serde(default)]
    pub(crate) unique: Vec<String>,
    /// Who may do what; anything not granted is denied.
    pub(crate) access: Vec<AccessRule>,
}

/// One grant.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessRule {
    /// The role it grants to: role:staff.
    pub(crate) who: String,
    /// On which records: `owner == me`, `owner in my.team`, or all if absent.
    pub(crate) rows: Option<String>,
    /// What.
    pub(crate) can: Vec<RegisterRight>,
}

/// Something that may be done with a register.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RegisterRight {
    /// See records.
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

/// A field.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    /// Its name in expressions, in snake case.
    pub(crate) name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub(crate) kind: FieldType,
    /// Its name for people.
    pub(crate) label: Option<Text>,
    /// A line of help under it.
    pub(crate) help: Option<Text>,
    /// An example inside the empty control.
    pub(crate) placeholder: Option<Text>,
    /// How protected its value is. Personal types must say it; free text and tables are L1 unless they say otherwise.
    pub(crate) sensitivity: Option<Level>,
    /// How it is masked: name, mobile, id, card, email, address, all, or 3*4.
    pub(crate) mask: Option<String>,
    /// How it may be searched; an encrypted value only by these.
    #[serde(default)]
    pub(crate) search: Vec<SearchKind>,
    /// Whether it must be filled in.
    pub(crate) required: Option<Expression>,
    /// Its first value.
    pub(crate) default: Option<Expression>,
    /// Whether it is shown.
    pub(crate) show_when: Option<Expression>,
    /// What must hold, and what to say if it does not.
    #[serde(default)]
    pub(crate) check: Vec<Check>,
    /// The options of a choice.
    #[serde(default)]
    pub(crate) options: Vec<FieldOption>,
    /// The columns of a table.
    #[serde(default)]
    pub(crate) columns: Vec<Column>,
    /// Smallest number, earliest day, or fewest characters.
    pub(crate) min: Option<Word>,
    /// Largest number, latest day, or most characters.
    pub(crate) max: Option<Word>,
    /// The register that records or fields are chosen from.
    pub(crate) register: Option<String>,
}

/// What a field holds.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldType {
    /// One line.
    Text,
    /// Several lines.
    Multiline,
    /// An exact number.
    Number,
    /// An amount of money.
    Money,
    /// A yes or a no.
    YesNo,
    /// One of its options.
    Choice,
    /// A day.
    Date,
    /// A mainland mobile number.
    Mobile,
    /// A resident identity number.
    CnResidentId,
    /// A payment card number.
    BankCard,
    /// A person of the directory.
    Person,
    /// Rows of columns.
    Table,
    /// A set of records of a register.
    Records,
    /// A selection of a register's fields.
    RegisterFields,
}

/// A way to find records by a field.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SearchKind {
    /// The whole value.
    Exact,
    /// Its last four characters.
    Last4,
    /// Its beginning.
    Prefix,
}

/// What must hold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// The condition.
    pub(crate) that: Expression,
    /// What to say if it does not hold.
    pub(crate) message: Text,
}

/// An option: a value, or a value with a label.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FieldOption {
    /// Kept and shown as written.
    Bare(Word),
    /// Kept as `value`, shown as `label`.
    Labelled(LabelledOption),
}

/// An option with a label.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelledOption {
    /// What is kept.
    pub(crate) value: Word,
    /// What is shown.
    pub(crate) label: Option<Text>,
}

/// A column of a table; as protected as its table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Column {
    /// Its name in expressions.
    pub(crate) name: String,
    /// What it holds: any type of a single value.
    #[serde(rename = "type")]
    pub(crate) kind: FieldType,
    /// Its name for people.
    pub(crate) label: Option<Text>,
    /// A line of help.
    pub(crate) help: Option<Text>,
    /// An example inside the empty control.
    pub(crate) placeholder: Option<Text>,
    /// How it is masked.
    pub(crate) mask: Option<String>,
    /// Whether it must be filled in.
    pub(crate) required: Option<Expression>,
    /// The options of a choice.
    #[serde(default)]
    pub(crate) options: Vec<FieldOption>,
    /// Smallest number, earliest day, or fewest characters.
    pub(crate) min: Option<Word>,
    /// Largest number, latest day, or most characters.
    pub(crate) max: Option<Word>,
}
