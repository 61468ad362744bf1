//! Invented values: how a field looks in the file, in clear and masked. Nobody's number.

use definition::model::{Field, FieldKind};
use vault::mask::{Rule, WHOLE};

use crate::i18n::{self, Locale};

/// Numbers that pass their checks and belong to nobody.
const MOBILE: &str = "13800000000";
const RESIDENT_ID: &str = "310101199001011234";
const BANK_CARD: &str = "6222000000000009";
const DAY: &str = "2026-11-20";
const AMOUNT: &str = "12,800.00";

/// An invented value of a field.
pub fn of(locale: Locale, field: &Field) -> String {
    let say = |id: &str| i18n::message(locale, id, &[]);
    match &field.kind {
        FieldKind::Mobile => MOBILE.to_owned(),
        FieldKind::CnResidentId => RESIDENT_ID.to_owned(),
        FieldKind::BankCard => BANK_CARD.to_owned(),
        FieldKind::Date => DAY.to_owned(),
        FieldKind::Number | FieldKind::Money => AMOUNT.to_owned(),
        FieldKind::YesNo => say("field-yes"),
        FieldKind::Person => say("example-person"),
        FieldKind::Choice(options) => {
            options.first().map(|option| option.label.get(locale).clone()).unwrap_or_default()
        }
        FieldKind::Text if field.mask == Rule::Name => say("example-name"),
        FieldKind::Text | FieldKind::Multiline => say("example-text"),
        FieldKind::Table(columns) => {
            columns.iter().map(|column| of(locale, column)).collect::<Vec<_>>().join(" ") + " \u{2026}"
        }
        FieldKind::Records(_) | FieldKind::RegisterFields(_) => String::new(),
    }
}

/// Its mask, as the file would hold it.
pub fn masked(field: &Field, clear: &str) -> String {
    match &field.kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Mobile | FieldKind::CnResidentId | FieldKind::BankCard => {
            vault::mask(field.mask, clear)
        }
        FieldKind::Number
        | FieldKind::Money
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Date
        | FieldKind::Person
        | FieldKind::Table(_)
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => WHOLE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::company::workspace;

    #[test]
    fn the_invented_numbers_pass_the_checks_that_masks_rely_on() {
        let workspace = workspace();
        let masks: Vec<String> = ["name", "mobile", "id_number", "bank_card", "dealings"]
            .into_iter()
            .filter_map(|name| workspace.forms["customer"].field(name))
            .map(|field| masked(field, &of(Locale::En, field)))
            .collect();
        assert_eq!(masks[1..], ["138****0000", "310***********1234", "6222 **** **** 0009", "****"]);
        assert_ne!(masks[0], "****");
    }
}
