//! What is asked, under policy: the values as the runtime let this reader see them.

use definition::{
    id::{FieldName, FormId},
    level::Level,
    model::{Field, FieldKind},
    value::{RecordSet, Value},
};
use runtime::cases::{Cell, SamplePick};

use super::Opened;
use crate::{
    view::case::{Delivered, Frozen, PickedField, RequestRow, RequestValue, Sample},
    words,
};

/// How many characters of a digest are shown at either end.
const DIGEST_SHOWN: usize = 8;

impl Opened<'_> {
    pub(super) fn request(&self) -> Vec<RequestRow> {
        let row = |field: &Field| {
            let shown = self.view.fields.iter().find(|shown| shown.name == field.name)?;
            let level = (field.sensitivity > Level::L0)
                .then(|| words::cases::level_tag(self.reading.locale, &self.view.plan.settings, field.sensitivity));
            let label = field.label.get(self.reading.locale).clone();
            Some(RequestRow { label, level, value: self.value(field, &shown.cell) })
        };
        let fields = self.view.plan.form.fields.iter();
        // The picked fields have a table of their own.
        fields.filter(|field| !matches!(field.kind, FieldKind::RegisterFields(_))).filter_map(row).collect()
    }

    fn value(&self, field: &Field, cell: &Cell) -> RequestValue {
        match cell {
            Cell::Masked { text, .. } => RequestValue::Masked { text: text.clone() },
            Cell::Hidden => RequestValue::Hidden,
            Cell::Empty | Cell::Clear(Value::Empty) => RequestValue::Empty,
            Cell::Clear(Value::Records(set)) => self.records(field, set),
            Cell::Clear(Value::List(rows)) => {
                let FieldKind::Table(columns) = &field.kind else { return RequestValue::Empty };
                RequestValue::Table {
                    columns: columns.iter().map(|column| column.label.get(self.reading.locale).clone()).collect(),
                    rows: words::values::rows(self.reading.locale, &self.view.directory, columns, rows),
                }
            }
            Cell::Clear(value) => RequestValue::Text {
                text: words::values::text(self.reading.locale, &self.view.directory, &field.kind, value),
            },
        }
    }

    /// How the records of a field were chosen, in words.
    pub(super) fn chosen(&self, field: &FieldName, register: &FormId) -> Option<String> {
        let form = self.view.plan.registers.get(register).map(AsRef::as_ref);
        let chosen = self.view.chosen.get(field)?;
        Some(words::conditions::sentence(self.reading.locale, &self.view.directory, form, chosen))
    }

    fn records(&self, field: &Field, set: &RecordSet) -> RequestValue {
        let form = self.view.plan.registers.get(&set.register);
        RequestValue::Records {
            count: set.count,
            register: form.map_or_else(|| set.register.to_string(), |form| form.title.get(self.reading.locale).clone()),
            chosen: self.chosen(&field.name, &set.register),
            frozen: Some(Frozen { at: self.view.case.started_at, digest: shortened(&set.digest) }),
        }
    }

    pub(super) fn picked(&self) -> Vec<PickedField> {
        let row = |SamplePick { pick, sample }: &SamplePick| {
            let field = self.view.plan.registers.values().find_map(|form| form.field(pick.name.as_str()));
            let text = |value: &Value| {
                field.map(|field| words::values::text(self.reading.locale, &self.view.directory, &field.kind, value))
            };
            PickedField {
                label: field
                    .map_or_else(|| pick.name.to_string(), |field| field.label.get(self.reading.locale).clone()),
                level: words::cases::level_tag(self.reading.locale, &self.view.plan.settings, pick.level),
                delivered: if pick.masked { Delivered::Masked } else { Delivered::Clear },
                sample: match sample {
                    Cell::Clear(value) => Sample::Shown { text: text(value).unwrap_or_default() },
                    Cell::Masked { text, .. } => Sample::Shown { text: text.clone() },
                    Cell::Hidden => Sample::Hidden,
                    Cell::Empty => Sample::Empty,
                },
            }
        };
        self.view.picks.iter().map(row).collect()
    }
}

/// The beginning and the end of a digest: enough for the eye to tell two apart.
fn shortened(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    if letters.len() <= 2 * DIGEST_SHOWN {
        return digest.to_owned();
    }
    let (first, last) = (&letters[..DIGEST_SHOWN], &letters[letters.len() - DIGEST_SHOWN..]);
    let part = |letters: &[char]| letters.iter().collect::<String>();
    format!("{} \u{2026} {}", part(first), part(last))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_digest_is_shortened_in_its_middle() {
        assert_eq!(shortened("0123456789abcdef0"), "01234567 \u{2026} 9abcdef0");
        assert_eq!(shortened("0123456789abcdef"), "0123456789abcdef");
    }
}
