//! Records of a register as one person may see them: their values written out, their masks, what leads behind these.

use chrono::{DateTime, Utc};
use definition::{
    level::Level,
    model::{Field, FieldKind, Form, Settings},
    people::Directory,
    value::Value,
};
use runtime::{
    cases::{Cell, FieldShown},
    records::{RecordShown, masked},
    viewer::Viewer,
};

use super::{cases, people};
use crate::{
    i18n::{
        self, FluentValue,
        format::{Reading, grouped},
    },
    view::{LevelTag, customers::RecordCell},
};

/// How digits of a mobile number are read aloud: three, four, four.
const MOBILE_GROUPS: [usize; 3] = [3, 4, 4];

/// How digits of a card number stand together.
const CARD_GROUP: usize = 4;

/// What values are written with: who reads, and what ids stand for.
#[derive(Clone, Copy)]
pub struct Writing<'a> {
    /// Where and when.
    pub reading: Reading,
    /// The names of the levels.
    pub settings: &'a Settings,
    /// The names of people.
    pub directory: &'a Directory,
}

impl Writing<'_> {
    /// A value in words; nothing for none.
    pub fn value(&self, field: &Field, value: &Value) -> String {
        match value {
            Value::Empty | Value::Records(_) | Value::Picks(_) | Value::Map(_) => String::new(),
            Value::Bool(true) => self.say("field-yes"),
            Value::Bool(false) => self.say("field-no"),
            Value::Number(number) if matches!(field.kind, FieldKind::Money) => grouped(&format!("{number:.2}")),
            Value::Number(number) => grouped(&number.normalize().to_string()),
            Value::Text(text) => self.text(field, text),
            Value::Date(day) => day.to_string(),
            Value::Moment(at) => self.reading.moment(*at),
            Value::Level(level) => self.settings.level(*level).title.get(self.reading.locale).clone(),
            Value::Person(login) => people::name(self.directory, login),
            Value::Department(id) => {
                let department = self.directory.department(id.as_str());
                department.map_or_else(|| id.to_string(), |one| one.title.get(self.reading.locale).clone())
            }
            Value::List(rows) => {
                let count = [("count", FluentValue::from(rows.len()))];
                i18n::message(self.reading.locale, "record-rows", &count)
            }
        }
    }

    /// The level of a field, if it is above public.
    pub fn level(&self, field: &Field) -> Option<LevelTag> {
        (field.sensitivity > Level::L0).then(|| cases::level_tag(self.reading.locale, self.settings, field.sensitivity))
    }

    /// The name of a field.
    pub fn label(&self, field: &Field) -> String {
        field.label.get(self.reading.locale).clone()
    }

    /// The names of fields in the form's order; a field that is gone stands for itself, at the end.
    pub fn labels<'n>(&self, form: Option<&Form>, names: impl IntoIterator<Item = &'n str>) -> String {
        let place =
            |name: &&str| form.and_then(|form| form.fields.iter().position(|field| field.name.as_str() == *name));
        let label = |name: &str| {
            form.and_then(|form| form.field(name)).map_or_else(|| name.to_owned(), |field| self.label(field))
        };
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
        let labels: Vec<String> = names.into_iter().map(label).collect();
        cases::joined(self.reading.locale, &labels)
    }

    /// What a record is called; one that cannot be opened is called so.
    pub fn title(&self, record: &RecordShown) -> String {
        match (record.is_damaged, record.title.trim()) {
            (true, _) => self.say("record-damaged"),
            (false, "") => self.say("record-nameless"),
            (false, title) => title.to_owned(),
        }
    }

    /// A cell of a table: rows are only counted.
    pub fn cell(&self, (form, field): (&Form, &Field), record: &RecordShown, shown: &FieldShown) -> RecordCell {
        match &shown.cell {
            Cell::Hidden => RecordCell::Hidden,
            Cell::Empty => RecordCell::Empty,
            Cell::Masked { text, revealable } => RecordCell::Masked {
                text: text.clone(),
                reveal: revealable.then(|| reveal_address(form, record.id, field)),
                field: self.label(field),
            },
            Cell::Clear(value) => match record.revealed.get(&field.name) {
                Some(until) => self.shown(field, value, *until),
                None => RecordCell::Clear { text: self.value(field, value) },
            },
        }
    }

    /// A value on the page of its record: rows in full.
    pub fn cell_in_full(&self, of: (&Form, &Field), record: &RecordShown, shown: &FieldShown) -> RecordCell {
        let is_revealed = record.revealed.contains_key(&of.1.name);
        match (&of.1.kind, &shown.cell) {
            (FieldKind::Table(columns), Cell::Clear(Value::List(rows))) if !is_revealed => RecordCell::Rows {
                columns: columns.iter().map(|column| self.label(column)).collect(),
                rows: rows.iter().map(|row| self.row(columns, row)).collect(),
            },
            (_, _) => self.cell(of, record, shown),
        }
    }

    /// A value in clear until a moment.
    pub fn shown(&self, field: &Field, value: &Value, until: DateTime<Utc>) -> RecordCell {
        let text = match (&field.kind, value) {
            (_, Value::Empty) => return RecordCell::Empty,
            (FieldKind::Table(columns), Value::List(rows)) => {
                let rows: Vec<String> = rows.iter().map(|row| self.row(columns, row).join(" ")).collect();
                cases::joined(self.reading.locale, &rows)
            }
            (_, value) => self.value(field, value),
        };
        let seconds = u64::try_from((until - self.reading.now).num_seconds()).unwrap_or_default();
        RecordCell::Shown { text, seconds, mask: masked(field, value) }
    }

    fn row(&self, columns: &[Field], row: &Value) -> Vec<String> {
        let Value::Map(cells) = row else { return Vec::new() };
        let cell = |column: &Field| cells.get(column.name.as_str()).map(|value| self.value(column, value));
        columns.iter().map(|column| cell(column).unwrap_or_default()).collect()
    }

    fn text(&self, field: &Field, text: &str) -> String {
        match &field.kind {
            FieldKind::Choice(options) => {
                let chosen = options.iter().find(|option| option.value == text);
                chosen.map_or_else(|| text.to_owned(), |option| option.label.get(self.reading.locale).clone())
            }
            FieldKind::Mobile => spaced(text, &MOBILE_GROUPS),
            FieldKind::BankCard => spaced(text, &vec![CARD_GROUP; text.len().div_ceil(CARD_GROUP)]),
            FieldKind::Text
            | FieldKind::Multiline
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::YesNo
            | FieldKind::Date
            | FieldKind::CnResidentId
            | FieldKind::Person
            | FieldKind::Table(_)
            | FieldKind::Records(_)
            | FieldKind::RegisterFields(_) => text.to_owned(),
        }
    }

    fn say(&self, id: &str) -> String {
        i18n::message(self.reading.locale, id, &[])
    }
}

/// Whether values of a field stand to the right.
pub fn stands_right(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Number | FieldKind::Money | FieldKind::Date)
}

/// Where a look behind a mask is asked for.
pub fn reveal_address(form: &Form, record: uuid::Uuid, field: &Field) -> String {
    format!("/registers/{}/{record}/reveal/{}", form.id, field.name)
}

/// Who looks, and when.
pub fn watermark(reading: Reading, viewer: &Viewer) -> String {
    let (date, clock) = (reading.date(reading.now), reading.clock(reading.now));
    format!("{} {} {date} {clock}", viewer.person.name, viewer.login())
}

/// Digits in groups; what is left over stands at the end.
fn spaced(digits: &str, groups: &[usize]) -> String {
    let mut rest = digits;
    let mut parts = Vec::new();
    for length in groups {
        let Some((part, after)) = rest.split_at_checked(*length) else { break };
        parts.push(part);
        rest = after;
    }
    parts.extend((!rest.is_empty()).then_some(rest));
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{CARD_GROUP, MOBILE_GROUPS, spaced};

    #[test]
    fn digits_are_written_in_the_groups_that_people_read_them_in() {
        let card = "6222021234567890123";
        let written = [
            spaced("13917025678", &MOBILE_GROUPS),
            spaced("1391", &MOBILE_GROUPS),
            spaced(card, &vec![CARD_GROUP; card.len().div_ceil(CARD_GROUP)]),
            spaced("", &MOBILE_GROUPS),
        ];
        assert_eq!(written, ["139 1702 5678", "139 1", "6222 0212 3456 7890 123", ""]);
    }
}
