//! Where a key takes an expression: YAML numbers and booleans are literals, a string is an expression.

use rust_decimal::Decimal;

use crate::{
    expression::{Expression, Mistake, Type, TypeScope},
    lower::reading,
    reporter::Reporter,
    syntax::{Content, Node, Place, is_number},
    template::Template,
    value::Value,
};

/// The expression that stands at a node; what it yields must be `expected`, if that is given.
pub(crate) fn expression(
    reporter: &mut Reporter<'_>,
    node: &Node,
    scope: &TypeScope,
    expected: Option<&Type>,
) -> Option<Expression> {
    if let Some(literal) = literal(node).filter(|literal| expected.is_none_or(|expected| literal.result == *expected)) {
        return Some(literal);
    }
    let source = reading::string(reporter, node)?;
    let parsed = match expected {
        Some(expected) => Expression::parse_as(source, scope, expected),
        None => Expression::parse(source, scope),
    };
    parsed.map_err(|mistake| report_mistake(reporter, node, &mistake)).ok()
}

/// The template that stands at a place.
pub(crate) fn template(
    reporter: &mut Reporter<'_>,
    (source, node): (&str, &Node),
    scope: &TypeScope,
) -> Option<Template> {
    Template::parse(source, scope).map_err(|mistake| report_mistake(reporter, node, &mistake)).ok()
}

/// Reports a mistake within a text at its own place in the file.
pub(crate) fn report_mistake(reporter: &mut Reporter<'_>, node: &Node, mistake: &Mistake) {
    if mistake.is_consequence {
        return;
    }
    let arguments: Vec<(&'static str, &str)> =
        mistake.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    reporter.report(mistake.code, place_within(node, mistake.line, mistake.column), &arguments);
}

/// The place of a line and column of a scalar's text: exact on its first line, the line's beginning below it.
fn place_within(node: &Node, line: u32, column: u32) -> Place {
    let Place { line: first_line, column: first_column } = node.place;
    if line > 1 {
        return Place { line: first_line + line - 1, column: 1 };
    }
    let quote = match &node.content {
        Content::Scalar(scalar) if scalar.plain => 0,
        Content::Scalar(_) | Content::Sequence(_) | Content::Mapping(_) => 1,
    };
    Place { line: first_line, column: first_column + quote + column.saturating_sub(1) }
}

fn literal(node: &Node) -> Option<Expression> {
    let text = node.as_plain()?;
    if let Some(holds) = node.as_bool() {
        return Some(Expression::constant(holds));
    }
    let number = is_number(text).then(|| Decimal::from_str_exact(text).ok()).flatten()?;
    Some(Expression::literal(text, Value::Number(number), Type::Number))
}
