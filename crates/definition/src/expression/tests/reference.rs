//! A naive evaluator over our own tree, and the property that Rhai agrees with it.
#![expect(clippy::wildcard_enum_match_arm, reason = "what a well-typed tree never holds is worth nothing here")]

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{super::*, names, values};

/// What a tree is worth; nothing where the arithmetic has no result.
fn worth(tree: &Tree, scope: &Scope) -> Option<Value> {
    let bool_of = |tree: &Tree| match worth(tree, scope)? {
        Value::Bool(holds) => Some(holds),
        _ => None,
    };
    let number_of = |tree: &Tree| match worth(tree, scope)? {
        Value::Number(number) => Some(number),
        _ => None,
    };
    Some(match tree {
        Tree::Literal(value) => value.clone(),
        Tree::Path(path) => scope.get(path).clone(),
        Tree::Not(one) => Value::Bool(!bool_of(one)?),
        Tree::Negative(one) => Value::Number(-number_of(one)?),
        Tree::All(several) => {
            for one in several {
                if !bool_of(one)? {
                    return Some(Value::Bool(false));
                }
            }
            Value::Bool(true)
        }
        Tree::Any(several) => {
            for one in several {
                if bool_of(one)? {
                    return Some(Value::Bool(true));
                }
            }
            Value::Bool(false)
        }
        Tree::Otherwise(first, second) => match worth(first, scope)? {
            Value::Empty => worth(second, scope)?,
            value => value,
        },
        Tree::Compare(by, left, right) => compare(*by, &worth(left, scope)?, &worth(right, scope)?),
        Tree::Arithmetic(by, left, right) => match (worth(left, scope)?, &**right) {
            (Value::Date(day), Tree::Call(Function::Days, count)) => {
                let days = TimeDelta::days(number_of(&count[0])?.to_i64()?);
                Value::Date(if *by == Operator::Add { day + days } else { day - days })
            }
            (Value::Text(text), right) => match worth(right, scope)? {
                Value::Text(more) => Value::Text(text + more.as_str()),
                _ => return None,
            },
            (Value::Number(left), right) => Value::Number(calculate(*by, left, number_of(right)?)?),
            _ => return None,
        },
        Tree::In(item, list) => match (worth(item, scope)?, worth(list, scope)?) {
            (item, Value::List(items)) => Value::Bool(items.contains(&item)),
            _ => return None,
        },
        Tree::List(items) => Value::List(items.iter().map(|item| worth(item, scope)).collect::<Option<_>>()?),
        Tree::If(when, then, otherwise) => worth(if bool_of(when)? { then } else { otherwise }, scope)?,
        Tree::Call(function, arguments) => {
            call(*function, &arguments.iter().map(|one| worth(one, scope)).collect::<Option<Vec<_>>>()?)?
        }
    })
}

fn compare(by: Comparison, left: &Value, right: &Value) -> Value {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Level(left), Value::Level(right)) => left.cmp(right),
        (left, right) if left == right => std::cmp::Ordering::Equal,
        _ => std::cmp::Ordering::Less,
    };
    Value::Bool(match by {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    })
}

fn calculate(by: Operator, left: Decimal, right: Decimal) -> Option<Decimal> {
    match by {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide => left.checked_div(right),
        Operator::Remainder => left.checked_rem(right),
    }
}

fn call(function: Function, arguments: &[Value]) -> Option<Value> {
    Some(match (function, arguments) {
        (Function::Count, [Value::Records(records)]) => Value::Number(records.count.into()),
        (Function::MaxLevel, [Value::Picks(picks)]) => {
            Value::Level(picks.iter().map(crate::value::FieldPick::effective_level).max()?)
        }
        (Function::Len, [Value::Text(text)]) => Value::Number(text.chars().count().into()),
        (Function::Contains, [Value::Text(text), Value::Text(part)]) => Value::Bool(text.contains(part.as_str())),
        (Function::Date, [Value::Text(day)]) => Value::Date(day.parse::<NaiveDate>().ok()?),
        (Function::Min, [Value::Number(left), Value::Number(right)]) => Value::Number(*left.min(right)),
        (Function::Max, [Value::Number(left), Value::Number(right)]) => Value::Number(*left.max(right)),
        (Function::IsEmpty, [value]) => Value::Bool(matches!(value, Value::Empty)),
        _ => return None,
    })
}

fn a_number() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0u32..1000).prop_map(|number| number.to_string()),
        (0u32..1000, 1u32..100).prop_map(|(whole, part)| format!("{whole}.{part:02}")),
        Just("rows".to_owned()),
        Just("request.amount".to_owned()),
        Just("(request.discount ?? 3)".to_owned()),
        Just("count(request.records)".to_owned()),
        Just("len(request.purpose)".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "%"]);
        let function = prop::sample::select(vec!["min", "max"]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(left, sign, right)| format!("({left} {sign} {right})")),
            (function, inner.clone(), inner.clone()).prop_map(|(name, left, right)| format!("{name}({left}, {right})")),
            inner.prop_map(|one| format!("(-{one})")),
        ]
    })
}

fn a_condition() -> impl Strategy<Value = String> {
    let order = || prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let level = || prop::sample::select(vec!["L0", "L1", "L2", "L3", "level", "max_level(request.fields)"]);
    let day = || {
        prop::sample::select(vec!["today", "(request.deadline ?? today)", "date(\"2026-11-30\")", "(today + days(9))"])
    };
    let leaf = prop_oneof![
        (a_number(), order(), a_number()).prop_map(|(left, sign, right)| format!("({left} {sign} {right})")),
        (level(), order(), level()).prop_map(|(left, sign, right)| format!("({left} {sign} {right})")),
        (day(), order(), day()).prop_map(|(left, sign, right)| format!("({left} {sign} {right})")),
        (a_number(), a_number()).prop_map(|(item, other)| format!("({item} in [{other}, rows])")),
        Just("request.urgent".to_owned()),
        Just("is_empty(request.note)".to_owned()),
        Just("contains(request.purpose + \"x\", \"Q3x\")".to_owned()),
        Just("(\"staff\" in requester.roles)".to_owned()),
        Just("(request.owner == requester.login)".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(one, two, three)| format!("({one} && {two} && {three})")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} || {two})")),
            inner.clone().prop_map(|one| format!("(!{one})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(when, one, two)| format!("if {when} {{ {one} }} else {{ {two} }}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn rhai_and_a_naive_evaluator_agree_on_every_well_typed_expression(source in prop_oneof![a_number(), a_condition()]) {
        let expression = Expression::parse(&source, &names()).unwrap_or_else(|mistake| panic!("{source}: {mistake:?}"));
        let expected = worth(&expression.tree, &values()).ok_or(EvaluationError::Arithmetic);
        prop_assert_eq!(expression.evaluate(&values()), expected, "{}", source);
    }

    #[test]
    fn nothing_that_is_typed_into_the_box_makes_the_reader_panic(source in "[a-z0-9 .()\\[\\]{}\"'!?=<>|&+*/%#$`,;:L-]{0,40}") {
        let outcome = Expression::parse(&source, &names()).map(|expression| expression.evaluate(&values()));
        prop_assert!(!matches!(outcome, Ok(Err(EvaluationError::Internal))), "{}", source);
    }
}
