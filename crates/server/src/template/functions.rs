//! What templates may call. Texts: `t("id", name=value)` and `rich("id", …)`, whose message may hold markup while its values are
//! escaped. Time: `moment day long_day date clock left ago`, for the reader's language and zone. Also `number`, `initials`,
//! `icon("name", "class")` and `asset("name")`.

#![expect(clippy::needless_pass_by_value, reason = "minijinja hands arguments over by value")]

use std::str::FromStr;

use chrono::{DateTime, Utc};
use minijinja::{
    Environment, Error, ErrorKind, HtmlEscape, State, Value,
    value::{Kwargs, Rest, ValueKind},
};

use crate::{
    assets,
    i18n::{self, FluentValue, Locale, format::Reading},
};

/// A portrait holds this many letters.
const INITIALS_MAX: usize = 2;

/// Gives an environment the functions of this module.
pub fn register(environment: &mut Environment<'static>) {
    environment.add_function("t", text);
    environment.add_function("rich", rich_text);
    environment.add_function("icon", icon);
    environment.add_function("asset", |name: &str| assets::url(name));
    environment.add_function("number", |number: Value| i18n::format::grouped(&number.to_string()));
    environment.add_function("initials", initials);
    environment
        .add_function("moment", |state: &State<'_, '_>, at: &str| Ok::<_, Error>(reading(state)?.moment(moment(at)?)));
    environment.add_function("day", |state: &State<'_, '_>, at: &str| Ok::<_, Error>(reading(state)?.day(moment(at)?)));
    environment.add_function("long_day", |state: &State<'_, '_>, at: &str| {
        Ok::<_, Error>(reading(state)?.long_day(moment(at)?))
    });
    environment
        .add_function("date", |state: &State<'_, '_>, at: &str| Ok::<_, Error>(reading(state)?.date(moment(at)?)));
    environment
        .add_function("clock", |state: &State<'_, '_>, at: &str| Ok::<_, Error>(reading(state)?.clock(moment(at)?)));
    environment
        .add_function("left", |state: &State<'_, '_>, at: &str| Ok::<_, Error>(reading(state)?.left(moment(at)?)));
    environment.add_function("ago", |state: &State<'_, '_>, at: &str| Ok::<_, Error>(reading(state)?.ago(moment(at)?)));
}

fn text(state: &State<'_, '_>, id: &str, arguments: Kwargs) -> Result<String, Error> {
    fill(state, id, &arguments, ToString::to_string)
}

fn rich_text(state: &State<'_, '_>, id: &str, arguments: Kwargs) -> Result<Value, Error> {
    fill(state, id, &arguments, |value| {
        if value.is_safe() { value.to_string() } else { HtmlEscape(&value.to_string()).to_string() }
    })
    .map(Value::from_safe_string)
}

fn fill(
    state: &State<'_, '_>,
    id: &str,
    arguments: &Kwargs,
    write: impl Fn(&Value) -> String,
) -> Result<String, Error> {
    let values: Vec<(&str, FluentValue<'_>)> = arguments
        .args()
        .map(|name| Ok((name, to_fluent(&arguments.get::<Value>(name)?, &write))))
        .collect::<Result<_, Error>>()?;
    i18n::try_message(locale(state)?, id, &values)
        .map_err(|error| invalid("this text cannot be written").with_source(error))
}

/// Numbers stay numbers, for plurals and separators; all else is written.
fn to_fluent(value: &Value, write: impl Fn(&Value) -> String) -> FluentValue<'static> {
    if value.kind() == ValueKind::Number {
        FluentValue::try_number(&value.to_string()).into_owned()
    } else {
        FluentValue::from(write(value))
    }
}

/// One icon of the sprite; decoration, so readers skip it.
fn icon(name: &str, class: Rest<String>) -> Value {
    let mut classes = "i".to_owned();
    for extra in class.iter() {
        classes.push(' ');
        classes.push_str(extra);
    }
    let (classes, target) = (HtmlEscape(&classes), format!("{}#{name}", assets::url("icons.svg")));
    let target = HtmlEscape(&target);
    Value::from_safe_string(format!(r#"<svg class="{classes}" aria-hidden="true"><use href="{target}"/></svg>"#))
}

/// What a portrait shows: the last two characters of a Chinese name, the first letters of others.
fn initials(name: &str) -> String {
    if name.is_ascii() {
        name.split_whitespace()
            .filter_map(|word| word.chars().next())
            .take(INITIALS_MAX)
            .collect::<String>()
            .to_uppercase()
    } else {
        let letters: Vec<char> = name.chars().filter(|letter| !letter.is_whitespace()).collect();
        letters[letters.len().saturating_sub(INITIALS_MAX)..].iter().collect()
    }
}

fn reading(state: &State<'_, '_>) -> Result<Reading, Error> {
    let shell = shell(state)?;
    let zone = shell.get_attr("zone")?.to_string();
    Ok(Reading {
        locale: locale(state)?,
        zone: chrono_tz::Tz::from_str(&zone).map_err(|error| invalid("the shell's zone").with_source(error))?,
        now: moment(&shell.get_attr("now")?.to_string())?,
    })
}

fn locale(state: &State<'_, '_>) -> Result<Locale, Error> {
    let tag = shell(state)?.get_attr("locale")?.to_string();
    Locale::ALL.into_iter().find(|locale| locale.tag() == tag).ok_or_else(|| invalid("the shell's locale"))
}

fn shell(state: &State<'_, '_>) -> Result<Value, Error> {
    state.lookup("shell").ok_or_else(|| invalid("there is no shell"))
}

fn moment(text: &str) -> Result<DateTime<Utc>, Error> {
    text.parse().map_err(|error: chrono::ParseError| invalid("this is not a moment").with_source(error))
}

fn invalid(reason: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
}
