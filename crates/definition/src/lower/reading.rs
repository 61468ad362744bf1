//! Reading parts of a tree: each function reports what is not as expected and returns nothing then.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    diagnostic::{Code, codes},
    period::Period,
    reporter::Reporter,
    syntax::{Entry, Node, Place, closest},
    text::{Locale, Localized, Text},
};

/// The keys that a mapping may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keys {
    /// Those that this build reads.
    pub(crate) known: &'static [&'static str],
    /// Those that the language has and this build does not build yet.
    pub(crate) not_yet: &'static [&'static str],
}

impl Keys {
    /// Keys that are all built.
    pub(crate) const fn all(known: &'static [&'static str]) -> Self {
        Self { known, not_yet: &[] }
    }
}

/// A mapping whose keys were checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mapping<'n> {
    /// Where it begins.
    pub(crate) place: Place,
    /// Its keys and values; unknown ones among them, already reported.
    pub(crate) entries: &'n [Entry],
}

impl<'n> Mapping<'n> {
    /// The value of a key, if it is there.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its value, if it is there.
    pub(crate) fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of a key; its absence is reported.
    pub(crate) fn required(&self, reporter: &mut Reporter<'_>, key: &'static str) -> Option<&'n Node> {
        let value = self.get(key);
        if value.is_none() {
            reporter.report(codes::MISSING_KEY, self.place, &[("key", key)]);
        }
        value
    }
}

/// A mapping with these keys: others are reported, with "did you mean" or as not built yet.
pub(crate) fn mapping<'n>(reporter: &mut Reporter<'_>, node: &'n Node, keys: Keys) -> Option<Mapping<'n>> {
    let mapping = any_mapping(reporter, node)?;
    for Entry { key, key_place, .. } in mapping.entries {
        if keys.known.contains(&key.as_str()) || reporter.is_full() {
            continue;
        }
        if keys.not_yet.contains(&key.as_str()) {
            reporter.report(codes::KEY_NOT_YET, *key_place, &[("key", key)]);
            continue;
        }
        let suggestion = closest(key, keys.known.iter().chain(keys.not_yet).copied()).unwrap_or_default();
        let known = keys.known.join(" ");
        reporter.report(codes::UNKNOWN_KEY, *key_place, &[("key", key), ("suggestion", suggestion), ("known", &known)]);
    }
    Some(mapping)
}

/// A mapping whose keys the caller checks.
pub(crate) fn any_mapping<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<Mapping<'n>> {
    let entries = node.as_mapping();
    if entries.is_none() {
        wrong_shape(reporter, node, "keys");
    }
    entries.map(|entries| Mapping { place: node.place, entries })
}

/// A list.
pub(crate) fn sequence<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<&'n [Node]> {
    let items = node.as_sequence();
    if items.is_none() {
        wrong_shape(reporter, node, "list");
    }
    items
}

/// A list that may hold so many items.
pub(crate) fn short_sequence<'n>(reporter: &mut Reporter<'_>, node: &'n Node, limit: usize) -> Option<&'n [Node]> {
    let items = sequence(reporter, node)?;
    if items.len() > limit {
        reporter.report(codes::TOO_MANY, node.place, &[("limit", &limit.to_string())]);
        return None;
    }
    Some(items)
}

/// Text on one place: a word, a number or a text, as written.
pub(crate) fn string<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<&'n str> {
    let text = node.as_text();
    if text.is_none() {
        wrong_shape(reporter, node, "text");
    }
    text
}

/// `true` or `false`.
pub(crate) fn boolean(reporter: &mut Reporter<'_>, node: &Node) -> Option<bool> {
    let value = node.as_bool();
    if value.is_none() {
        wrong_shape(reporter, node, "yes_no");
    }
    value
}

/// A whole number within bounds.
pub(crate) fn whole_number(reporter: &mut Reporter<'_>, node: &Node, least: u32, most: u32) -> Option<u32> {
    let Some(text) = node.as_plain().filter(|text| crate::syntax::is_number(text)) else {
        wrong_shape(reporter, node, "number");
        return None;
    };
    let number = text.parse::<u32>().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        let (least, most) = (least.to_string(), most.to_string());
        reporter.report(codes::OUT_OF_BOUNDS, node.place, &[("found", text), ("least", &least), ("most", &most)]);
    }
    number
}

/// An exact number.
pub(crate) fn decimal(reporter: &mut Reporter<'_>, node: &Node) -> Option<Decimal> {
    let number = node
        .as_plain()
        .filter(|text| crate::syntax::is_number(text))
        .and_then(|text| Decimal::from_str_exact(text).ok());
    if number.is_none() {
        wrong_shape(reporter, node, "number");
    }
    number
}

/// One of a few words; each stands for a value.
pub(crate) fn one_of<T: Copy>(reporter: &mut Reporter<'_>, node: &Node, words: &[(&'static str, T)]) -> Option<T> {
    one_of_or_not_yet(reporter, node, words, &[])
}

/// One of a few words, some of which the language has and this build does not.
pub(crate) fn one_of_or_not_yet<T: Copy>(
    reporter: &mut Reporter<'_>,
    node: &Node,
    words: &[(&'static str, T)],
    not_yet: &[&'static str],
) -> Option<T> {
    let found = string(reporter, node)?;
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == found) {
        return Some(*value);
    }
    if not_yet.contains(&found) {
        reporter.report(codes::WORD_NOT_YET, node.place, &[("found", found)]);
        return None;
    }
    let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    let suggestion = closest(found, known.iter().chain(not_yet).copied()).unwrap_or_default();
    let arguments = [("found", found), ("suggestion", suggestion), ("known", &known.join(" "))];
    reporter.report(codes::UNKNOWN_WORD, node.place, &arguments);
    None
}

/// Text for people: one text, or one per language.
pub(crate) fn text(reporter: &mut Reporter<'_>, node: &Node) -> Option<Text> {
    let localized = localized(reporter, node)?;
    let Ok(text) = localized.try_map(|(text, _)| Ok::<_, std::convert::Infallible>(text.to_owned()));
    Some(text)
}

/// Text for people with the place of each version; for messages and other templates.
pub(crate) fn localized<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<Localized<(&'n str, Place)>> {
    let Some(entries) = node.as_mapping() else {
        return string(reporter, node).map(|text| Localized::Same((text, node.place)));
    };
    let mut versions = BTreeMap::new();
    let mut is_sound = !entries.is_empty();
    if entries.is_empty() {
        reporter.report(codes::EMPTY_VALUE, node.place, &[("expected", "text")]);
    }
    for Entry { key, key_place, value } in entries {
        let version = string(reporter, value);
        match (Locale::parse(key), version) {
            (Some(locale), Some(version)) => {
                if versions.insert(locale, (version, value.place)).is_some() {
                    let arguments = [("key", key.as_str()), ("first", &node.place.line.to_string())];
                    reporter.report(codes::DUPLICATE_KEY, *key_place, &arguments);
                }
            }
            (Some(_), None) => is_sound = false,
            (None, _) => {
                reporter.report(codes::UNKNOWN_LOCALE, *key_place, &[("found", key)]);
                is_sound = false;
            }
        }
    }
    is_sound.then_some(Localized::PerLocale(versions))
}

/// A duration.
pub(crate) fn period(reporter: &mut Reporter<'_>, node: &Node) -> Option<Period> {
    let found = string(reporter, node)?;
    let period = Period::parse(found);
    if period.is_none() {
        reporter.report(codes::BAD_PERIOD, node.place, &[("found", found)]);
    }
    period
}

/// Reports that something of another shape was expected: one of [`Node::shape`]'s words.
pub(crate) fn wrong_shape(reporter: &mut Reporter<'_>, node: &Node, expected: &'static str) {
    if node.is_empty() {
        reporter.report(codes::EMPTY_VALUE, node.place, &[("expected", expected)]);
    } else {
        reporter.report(codes::WRONG_SHAPE, node.place, &[("expected", expected), ("found", node.shape())]);
    }
}

/// Reports a name that refers to nothing, with the nearest one that exists.
pub(crate) fn unknown_name<'a>(
    reporter: &mut Reporter<'_>,
    code: Code,
    (name, place): (&str, Place),
    known: impl IntoIterator<Item = &'a str>,
) {
    // Nobody reads what is not listed, and a large directory makes each comparison dear.
    let suggestion = if reporter.is_full() { None } else { closest(name, known) }.unwrap_or_default();
    reporter.report(code, place, &[("name", name), ("suggestion", suggestion)]);
}
