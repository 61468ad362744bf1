//! A message with holes: minijinja, sandboxed and bounded; undefined names are errors when the definition is checked.
//!
//! This module alone names minijinja. A template shows values and chooses between them; it does not calculate: that is
//! what `let` is for, where every value has a type. So inside `{{ }}` and `{% %}` stand names, filters and a few words.

mod render;
mod scan;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::{
    diagnostic::codes,
    expression::{Mistake, Scope, Type, TypeScope},
    level::Level,
    text::Locale,
};

/// The longest template, in characters.
pub const TEMPLATE_CHARACTERS_MAX: usize = 10_000;

/// The longest text that a template may become, in bytes.
pub const RENDERED_BYTES_MAX: usize = 64 * 1024;

/// A checked template.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Template {
    /// As written.
    pub source: Arc<str>,
    /// The scope paths it uses: `rows`, `request.purpose`.
    pub paths: Vec<String>,
    /// The highest level it shows.
    pub level: Level,
}

/// Why a checked template could not be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It became longer than allowed, or took too long.
    #[error("the text grew beyond its limits")]
    Limit,
    /// Anything else; a mistake of ours, since the check should have refused it.
    #[error("the template could not be filled in")]
    Internal,
}

impl Template {
    /// Reads a template whose names are those of `scope`.
    pub fn parse(source: &str, scope: &TypeScope) -> Result<Self, Mistake> {
        if source.chars().count() > TEMPLATE_CHARACTERS_MAX {
            let limit = TEMPLATE_CHARACTERS_MAX.to_string();
            return Err(Mistake::at_start(codes::TEMPLATE_TOO_LONG).with("limit", limit));
        }
        scan::scan(source)?;
        let paths = render::paths(source)?;
        let mut level = Level::L0;
        for path in &paths {
            let (result, of) = lookup(path, scope).map_err(|mistake| at_name(mistake, source, path))?;
            if !is_shown(&result) {
                let mistake = Mistake::at_start(codes::TEMPLATE_CANNOT_SHOW).with("found", result.name());
                return Err(at_name(mistake, source, path));
            }
            level = level.max(of);
        }
        Ok(Self { source: source.into(), paths, level })
    }

    /// The text for readers of a language, filled in from `scope`; what is not there is shown as nothing.
    pub fn render(&self, scope: &Scope, locale: Locale) -> Result<String, TemplateError> {
        render::render(self, scope, locale)
    }
}

fn lookup(path: &str, scope: &TypeScope) -> Result<(Type, Level), Mistake> {
    if let Some((result, level)) = scope.get(path) {
        return Ok((result.clone(), *level));
    }
    if scope.is_unsound(path) {
        return Err(Mistake::consequence());
    }
    Err(if scope.is_not_yet(path) {
        Mistake::at_start(codes::NAME_NOT_YET)
    } else if scope.is_group(path) {
        Mistake::at_start(codes::NAME_IS_GROUP).with("known", scope.members(path))
    } else {
        Mistake::at_start(codes::UNKNOWN_NAME).with("suggestion", scope.suggestion(path))
    })
}

/// Whether a value of the type can stand in a text. Records and fields are counted in a `let`, not shown.
fn is_shown(result: &Type) -> bool {
    match result {
        Type::Bool
        | Type::Number
        | Type::Text
        | Type::Date
        | Type::Moment
        | Type::Level
        | Type::Person
        | Type::Department => true,
        Type::List(inner) | Type::Optional(inner) => is_shown(inner),
        Type::Span | Type::Records | Type::Picks | Type::Map(_) => false,
    }
}

/// The mistake at the first place where the path stands inside a hole.
fn at_name(mut mistake: Mistake, source: &str, path: &str) -> Mistake {
    let offset = scan::find_name(source, path).unwrap_or(0);
    let before = &source[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
    mistake.line = u32::try_from(line).unwrap_or(u32::MAX);
    mistake.column = u32::try_from(column).unwrap_or(u32::MAX);
    mistake.with("name", path).with("near", path)
}
