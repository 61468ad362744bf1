//! Texts for people: Fluent messages of `web/locales`, one folder per language, all files of a folder one catalogue.
//!
//! A message that is missing in either language, differs in its variables, or is used nowhere fails a test of this module, so
//! [`message`] may promise a text. Numbers in messages get their thousands separators here.

pub mod format;

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use intl_memoizer::concurrent::IntlLangMemoizer;
use rust_embed::Embed;

pub use definition::text::Locale;
pub use fluent_bundle::FluentValue;

/// The first language of an `Accept-Language` header that we ship, Chinese when there is none.
pub fn accepted(header: &str) -> Locale {
    header
        .split(',')
        .filter_map(|part| part.split(';').next())
        .find_map(|tag| match tag.trim().split('-').next() {
            Some("zh") => Some(Locale::ZhCn),
            Some("en") => Some(Locale::En),
            Some(_) | None => None,
        })
        .unwrap_or_default()
}

/// What a message is filled with: names and values.
pub type Arguments<'a> = [(&'a str, FluentValue<'a>)];

/// Why a text could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No language has a message of this name.
    #[error("there is no message {id}")]
    Missing {
        /// The name asked for.
        id: String,
    },
    /// The message wants something that it was not given, or refers to a message that is not there.
    #[error("message {id}: {reasons:?}")]
    Unfilled {
        /// The name asked for.
        id: String,
        /// What Fluent says.
        reasons: Vec<fluent_bundle::FluentError>,
    },
}

/// The text of `id` in `locale`; the id itself, and a line in the log, should it be missing.
pub fn message(locale: Locale, id: &str, arguments: &Arguments<'_>) -> String {
    try_message(locale, id, arguments).unwrap_or_else(|error| {
        tracing::error!(%error, message.id = id, "Message {id} could not be written");
        id.to_owned()
    })
}

/// The text of `id` in `locale`, or why there is none.
pub fn try_message(locale: Locale, id: &str, arguments: &Arguments<'_>) -> Result<String, Error> {
    let bundle = bundle(locale);
    let pattern =
        bundle.get_message(id).and_then(|found| found.value()).ok_or_else(|| Error::Missing { id: id.to_owned() })?;
    let filled: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut reasons = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&filled), &mut reasons);
    if reasons.is_empty() { Ok(text.into_owned()) } else { Err(Error::Unfilled { id: id.to_owned(), reasons }) }
}

/// The text of an attribute of a message, as `.help` of a diagnostic; nothing if it has none.
pub fn attribute(locale: Locale, id: &str, name: &str, arguments: &Arguments<'_>) -> Option<String> {
    let bundle = bundle(locale);
    let message = bundle.get_message(id)?;
    let filled: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut reasons = Vec::new();
    let text = bundle.format_pattern(message.get_attribute(name)?.value(), Some(&filled), &mut reasons);
    reasons.is_empty().then(|| text.into_owned())
}

#[derive(Embed)]
#[folder = "../../web/locales"]
pub(crate) struct Files;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 2]> = LazyLock::new(|| Locale::ALL.map(load));

fn bundle(locale: Locale) -> &'static Bundle {
    let [chinese, english] = &*BUNDLES;
    match locale {
        Locale::ZhCn => chinese,
        Locale::En => english,
    }
}

fn load(locale: Locale) -> Bundle {
    let language = locale.tag().parse().expect("the tags of the shipped languages are valid");
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(write_number));
    for (name, source) in sources(locale) {
        let resource = FluentResource::try_new(source).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{name}: {errors:?}");
        }
    }
    bundle
}

/// The files of one language and what is in them.
pub(crate) fn sources(locale: Locale) -> Vec<(Cow<'static, str>, String)> {
    let mut names: Vec<_> =
        Files::iter().filter(|name| name.starts_with(locale.tag()) && name.ends_with(".ftl")).collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name, String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

fn write_number(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(format::grouped(&number.as_string()))
}

#[cfg(test)]
mod tests;
