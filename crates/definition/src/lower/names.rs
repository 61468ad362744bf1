//! How names are spelt: `snake_case` where expressions use them, `kebab-case` elsewhere, logins for people.

use crate::{
    diagnostic::{Code, codes},
    expression,
    lower::reading,
    reporter::Reporter,
    syntax::{Node, Place, is_invisible_in_names},
};

/// Longest name of anything.
const NAME_CHARACTERS_MAX: usize = 64;

/// A name that expressions use: a step, field, `let` or outcome.
pub(crate) fn snake_case<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<&'n str> {
    let name = reading::string(reporter, node)?;
    check_snake_case(reporter, name, node.place).then_some(name)
}

/// Whether a name may be used in expressions; reported if not.
pub(crate) fn check_snake_case(reporter: &mut Reporter<'_>, name: &str, place: Place) -> bool {
    let is_spelt = name.starts_with(|first: char| first.is_ascii_lowercase()) && is_made_of(name, b"_");
    if !check_spelling(reporter, name, place, (is_spelt, codes::NOT_SNAKE_CASE)) {
        return false;
    }
    let is_reserved = expression::is_reserved(name);
    if is_reserved {
        reporter.report(codes::RESERVED_WORD, place, &[("found", name)]);
    }
    !is_reserved
}

/// The name of a form, workflow, role or department.
pub(crate) fn kebab_case<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<&'n str> {
    let name = reading::string(reporter, node)?;
    check_kebab_case(reporter, name, node.place).then_some(name)
}

/// Whether a form, workflow, role or department may be called so; reported if not.
pub(crate) fn check_kebab_case(reporter: &mut Reporter<'_>, name: &str, place: Place) -> bool {
    let is_spelt = name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('-')
        && !name.contains("--")
        && is_made_of(name, b"-");
    check_spelling(reporter, name, place, (is_spelt, codes::NOT_KEBAB_CASE))
}

/// A sign-in name.
pub(crate) fn login<'n>(reporter: &mut Reporter<'_>, node: &'n Node) -> Option<&'n str> {
    let name = reading::string(reporter, node)?;
    check_login(reporter, name, node.place).then_some(name)
}

/// Whether a person may sign in by this name; reported if not.
pub(crate) fn check_login(reporter: &mut Reporter<'_>, name: &str, place: Place) -> bool {
    let is_spelt = name.starts_with(|first: char| first.is_ascii_lowercase()) && is_made_of(name, b"._-");
    check_spelling(reporter, name, place, (is_spelt, codes::BAD_LOGIN))
}

fn check_spelling(reporter: &mut Reporter<'_>, name: &str, place: Place, (is_spelt, code): (bool, Code)) -> bool {
    if let Some(character) = name.chars().find(|one| is_invisible_in_names(*one)) {
        let character = format!("U+{:04X}", u32::from(character));
        reporter.report(codes::INVISIBLE, place, &[("character", &character)]);
        return false;
    }
    let is_right = is_spelt && name.len() <= NAME_CHARACTERS_MAX;
    if !is_right {
        reporter.report(code, place, &[("found", name)]);
    }
    is_right
}

fn is_made_of(name: &str, besides: &[u8]) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || besides.contains(&byte))
}
