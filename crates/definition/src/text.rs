//! Text for people, in one or several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language that the product ships in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// Chinese as written on the mainland; `zh` in a definition serves it.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Locale {
    /// Every language that ships.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads `zh`, `zh-CN` or `en`, in any case.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.to_ascii_lowercase().as_str() {
            "zh" | "zh-cn" | "zh-hans" | "zh-hans-cn" => Some(Self::ZhCn),
            "en" | "en-us" | "en-gb" => Some(Self::En),
            _ => None,
        }
    }
}

/// Something written once for everybody, or once per language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Localized<T> {
    /// One for every language.
    Same(T),
    /// One per language; at least one.
    PerLocale(BTreeMap<Locale, T>),
}

/// Text for people.
pub type Text = Localized<String>;

impl<T> Localized<T> {
    /// What a reader of `locale` gets: their language, else any that was written.
    pub fn get(&self, locale: Locale) -> &T {
        match self {
            Self::Same(one) => one,
            Self::PerLocale(each) => each
                .get(&locale)
                .or_else(|| each.values().next())
                .expect("a localized value holds at least one language"),
        }
    }

    /// Every version that was written.
    pub fn all(&self) -> Vec<&T> {
        match self {
            Self::Same(one) => vec![one],
            Self::PerLocale(each) => each.values().collect(),
        }
    }

    /// Turns every version into something else, stopping at the first that cannot be.
    pub fn try_map<U, E>(self, mut turn: impl FnMut(T) -> Result<U, E>) -> Result<Localized<U>, E> {
        Ok(match self {
            Self::Same(one) => Localized::Same(turn(one)?),
            Self::PerLocale(each) => Localized::PerLocale(
                each.into_iter().map(|(locale, one)| Ok((locale, turn(one)?))).collect::<Result<_, E>>()?,
            ),
        })
    }
}
