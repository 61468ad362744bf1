//! minijinja, set up once: strict, without functions or tests, few filters, fuel, and a writer that stops.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{Arc, OnceLock},
};

use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, value::ValueKind};
use rust_decimal::Decimal;

use super::{RENDERED_BYTES_MAX, Template, TemplateError, scan};
use crate::{
    diagnostic::codes,
    expression::{Mistake, Scope},
    text::Locale,
    value::Value,
};

/// How many instructions one rendering may take.
const FUEL: u64 = 50_000;

/// How many items of a list are shown.
const ITEMS_SHOWN_MAX: usize = 100;

/// The paths that a template reads, sorted.
pub(super) fn paths(source: &str) -> Result<Vec<String>, Mistake> {
    let template = environment().template_from_str(source).map_err(|error| unreadable(source, &error))?;
    let mut paths: Vec<String> = template.undeclared_variables(true).into_iter().collect();
    paths.sort_unstable();
    Ok(paths)
}

/// The text, filled in.
pub(super) fn render(template: &Template, scope: &Scope, locale: Locale) -> Result<String, TemplateError> {
    let compiled = environment().template_from_str(&template.source).map_err(|_| TemplateError::Internal)?;
    let mut root = Branch::default();
    for path in &template.paths {
        let names: Vec<String> = path.split('.').map(str::to_owned).collect();
        root.place(&names, shown(scope.get(&names), locale));
    }
    let mut output = Bounded { text: Vec::new() };
    let result = compiled.render_captured_to(root.into_value(), &mut output).map(|_| ());
    match result {
        Ok(()) => String::from_utf8(output.text).map_err(|_| TemplateError::Internal),
        Err(error) if matches!(error.kind(), ErrorKind::OutOfFuel | ErrorKind::WriteFailure) => {
            Err(TemplateError::Limit)
        }
        Err(_) => Err(TemplateError::Internal),
    }
}

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_formatter(|output, _, value| {
            let is_nothing = matches!(value.kind(), ValueKind::None | ValueKind::Undefined);
            let text = if is_nothing { String::new() } else { value.to_string() };
            output.write_str(&text).map_err(minijinja::Error::from)
        });
        environment.add_filter(
            "default",
            |value: minijinja::Value, other: minijinja::Value| {
                if value.is_none() || value.as_str() == Some("") { other } else { value }
            },
        );
        environment.add_filter("upper", |text: String| text.to_uppercase());
        environment.add_filter("lower", |text: String| text.to_lowercase());
        environment.add_filter("length", |value: minijinja::Value| value.len().unwrap_or_default());
        debug_assert_eq!(scan::FILTERS.len(), 4);
        environment
    })
}

fn unreadable(source: &str, error: &minijinja::Error) -> Mistake {
    let line = error.line().unwrap_or(1).max(1);
    let near: String =
        source.lines().nth(line - 1).unwrap_or_default().chars().take(scan::NEAR_CHARACTERS_MAX).collect();
    Mistake::at(codes::TEMPLATE_UNREADABLE, u32::try_from(line).unwrap_or(u32::MAX), 1).with("near", near)
}

/// Nested names on their way into minijinja.
#[derive(Default)]
struct Branch {
    leaf: Option<minijinja::Value>,
    below: BTreeMap<String, Branch>,
}

impl Branch {
    fn place(&mut self, path: &[String], value: minijinja::Value) {
        match path.split_first() {
            None => self.leaf = Some(value),
            Some((first, rest)) => self.below.entry(first.clone()).or_default().place(rest, value),
        }
    }

    fn into_value(self) -> minijinja::Value {
        self.leaf.unwrap_or_else(|| {
            let below = self.below.into_iter().map(|(name, branch)| (name, branch.into_value()));
            minijinja::Value::from(below.collect::<BTreeMap<String, minijinja::Value>>())
        })
    }
}

/// A value as messages show it. A number is text here: templates do not calculate.
fn shown(value: &Value, locale: Locale) -> minijinja::Value {
    match value {
        Value::Empty => minijinja::Value::from(()),
        Value::Bool(holds) => minijinja::Value::from(*holds),
        Value::Number(number) if number.is_zero() => minijinja::Value::from(0),
        Value::Number(number) => minijinja::Value::from(grouped(*number)),
        Value::Text(text) => minijinja::Value::from(text.as_str()),
        Value::Date(day) => minijinja::Value::from(day.format("%Y-%m-%d").to_string()),
        Value::Moment(moment) => minijinja::Value::from(moment.format("%Y-%m-%d %H:%M UTC").to_string()),
        Value::Level(level) => minijinja::Value::from(level.as_str()),
        Value::Person(login) => minijinja::Value::from(login.as_str()),
        Value::Department(department) => minijinja::Value::from(department.as_str()),
        Value::Records(records) => minijinja::Value::from(records.count),
        Value::Picks(picks) => Shown::list(picks.iter().map(|pick| pick.name.as_str().into()).collect(), locale),
        Value::List(items) => Shown::list(items.iter().map(|item| shown(item, locale)).collect(), locale),
        Value::Map(members) => {
            let members: BTreeMap<String, minijinja::Value> =
                members.iter().map(|(name, member)| (name.clone(), shown(member, locale))).collect();
            minijinja::Value::from(members)
        }
    }
}

/// A list that reads as its items with the language's comma between them.
#[derive(Debug)]
struct Shown {
    items: Vec<minijinja::Value>,
    comma: &'static str,
}

impl Shown {
    fn list(items: Vec<minijinja::Value>, locale: Locale) -> minijinja::Value {
        let comma = match locale {
            Locale::ZhCn => "\u{3001}",
            Locale::En => ", ",
        };
        minijinja::Value::from_object(Self { items, comma })
    }
}

impl minijinja::value::Object for Shown {
    fn repr(self: &Arc<Self>) -> minijinja::value::ObjectRepr {
        minijinja::value::ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &minijinja::Value) -> Option<minijinja::Value> {
        self.items.get(key.as_usize()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> minijinja::value::Enumerator {
        minijinja::value::Enumerator::Seq(self.items.len())
    }

    fn render(self: &Arc<Self>, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, item) in self.items.iter().take(ITEMS_SHOWN_MAX).enumerate() {
            if index > 0 {
                formatter.write_str(self.comma)?;
            }
            write!(formatter, "{item}")?;
        }
        if self.items.len() > ITEMS_SHOWN_MAX {
            formatter.write_str(" …")?;
        }
        Ok(())
    }
}

/// `1234567.5` as `1,234,567.5`.
fn grouped(number: Decimal) -> String {
    let text = number.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut result = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            result.push(',');
        }
        result.push(digit);
    }
    if let Some(fraction) = fraction {
        result.push('.');
        result.push_str(fraction);
    }
    result
}

/// Takes so many bytes and no more.
struct Bounded {
    text: Vec<u8>,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > RENDERED_BYTES_MAX {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
