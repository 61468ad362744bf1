//! Fields that somebody fills in: a request, a piece of work, a record.
//!
//! One field is one control with one name in the posted body; what is wrong with it stands beside it and says how to mend it.

use serde::Serialize;

use super::LevelTag;

/// One field.
#[derive(Debug, Clone, Serialize)]
pub struct FormField {
    /// Its name in the posted body, and its id on the page.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// A line of help.
    pub help: Option<String>,
    /// Its level, above public.
    pub level: Option<LevelTag>,
    /// Whether it may be left empty.
    pub optional: bool,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// What is filled in, and how.
    pub control: FieldControl,
}

/// How a field is filled in.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldControl {
    /// One line.
    Line {
        /// What it holds.
        value: String,
        /// An example.
        placeholder: Option<String>,
        /// What is typed, so that a phone shows the right keys.
        keys: Keys,
        /// The longest text.
        length_max: Option<u32>,
    },
    /// Several lines.
    Lines {
        /// What it holds.
        value: String,
        /// An example.
        placeholder: Option<String>,
        /// How many lines to show.
        rows: u32,
    },
    /// A number with what it counts.
    Number {
        /// What it holds, as it was typed.
        value: String,
        /// What it counts, or the currency.
        unit: Option<String>,
        /// Decimals are allowed.
        decimals: bool,
    },
    /// A yes or a no.
    YesNo {
        /// What it holds.
        value: Option<bool>,
    },
    /// One of several; a person of the directory too.
    Choice {
        /// What it holds.
        value: String,
        /// What there is.
        options: Vec<Choice>,
        /// Whether "none" is among them.
        none: bool,
    },
    /// A day.
    Date {
        /// What it holds.
        value: String,
        /// The earliest.
        min: Option<String>,
        /// The latest.
        max: Option<String>,
    },
    /// Rows of columns.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// The rows, of as many cells as there are columns.
        rows: Vec<Vec<Cell>>,
    },
    /// A set of records.
    Records(RecordSet),
    /// A choice of a register's fields.
    RegisterFields {
        /// The fields.
        rows: Vec<PickRow>,
    },
    /// Given, and not to be changed here.
    Fixed {
        /// What it holds, for this person's eyes.
        text: String,
    },
}

/// What is typed into a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// Anything.
    Text,
    /// A mobile number.
    Mobile,
    /// An identity number.
    Identity,
    /// A card number.
    Card,
}

/// One of several values.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// Numbers stand to the right.
    pub number: bool,
    /// The cell is a day.
    pub date: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Its name in the posted body: `dealings.0.day`.
    pub name: String,
    /// What it holds.
    pub value: String,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// A set of records by conditions that all must hold.
#[derive(Debug, Clone, Serialize)]
pub struct RecordSet {
    /// The register's name.
    pub register: String,
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// How many records that is.
    pub count: Count,
    /// The first of them, once asked for.
    pub preview: Option<Preview>,
}

/// One condition of a record set.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// Its place: the posted names are `records.where.PLACE.field` and so on.
    pub place: u32,
    /// The field's name for people, for labels.
    pub label: String,
    /// The field.
    pub field: String,
    /// The fields there are.
    pub fields: Vec<Choice>,
    /// The relation.
    pub op: String,
    /// The relations this field has.
    pub ops: Vec<Choice>,
    /// What it is compared with.
    pub value: ConditionValue,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// What a condition compares with.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConditionValue {
    /// One of several.
    Choice {
        /// What it holds.
        value: String,
        /// What there is.
        options: Vec<Choice>,
    },
    /// A day.
    Date {
        /// What it holds.
        value: String,
    },
    /// From a day to a day.
    Dates {
        /// The first.
        from: String,
        /// The last.
        until: String,
    },
    /// A number.
    Number {
        /// What it holds.
        value: String,
    },
    /// From a number to a number.
    Numbers {
        /// The first.
        from: String,
        /// The last.
        until: String,
    },
    /// A text.
    Text {
        /// What it holds.
        value: String,
    },
    /// Nothing: the relation says it all.
    Nothing,
}

/// How many records a set has.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Count {
    /// It was counted.
    Counted {
        /// So many.
        count: u64,
        /// As many as this person could ask for at all.
        of: u64,
    },
    /// A condition has to be mended first.
    Unknown,
}

/// The first records of a set, masked as this person may see them.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// Column heads.
    pub columns: Vec<String>,
    /// Cells, already masked; absent where this person may see nothing.
    pub rows: Vec<Vec<Option<String>>>,
}

/// A field of a register that may be asked for.
#[derive(Debug, Clone, Serialize)]
pub struct PickRow {
    /// Its name: posted as `fields.NAME`.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Its level.
    pub level: LevelTag,
    /// What is chosen.
    pub choice: Pick,
    /// Whether there is something to mask.
    pub maskable: bool,
    /// How a mask looks; an invented example.
    pub example_masked: String,
    /// How it looks in clear; an invented example.
    pub example_clear: String,
}

/// What is asked for of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// Nothing.
    None,
    /// Its mask.
    Masked,
    /// Its value.
    Clear,
}

/// What is wrong with a field, and with it how to mend it. All but the first are messages of the pages, `problem-…`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Problem {
    /// What the definition says of the value: a message `field-…` already written, or the form's own rule.
    Said {
        /// It, in the reader's language.
        text: String,
    },
    /// The days or numbers of a condition are the wrong way round.
    Reversed,
    /// No record is in the set.
    NoRecords,
    /// No field is chosen.
    NoFields,
    /// Another record has this value.
    Taken,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/form.rs"]
pub mod samples;
