use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::{RENDERED_BYTES_MAX, Template, TemplateError};
use crate::{
    expression::{Scope, Type, TypeScope},
    level::Level,
    text::Locale,
    value::Value,
};

fn names() -> TypeScope {
    let mut scope = TypeScope::with_time();
    scope.insert("rows", Type::Number, Level::L0);
    scope.insert("amount", Type::Number, Level::L0);
    scope.insert("large", Type::Bool, Level::L0);
    scope.insert("request.purpose", Type::Text, Level::L1);
    scope.insert("request.note", Type::Text.or_empty(), Level::L2);
    scope.insert("request.records", Type::Records, Level::L0);
    scope.insert("requester.roles", Type::List(Box::new(Type::Text)), Level::L0);
    scope.insert_not_yet("steps.a.result");
    scope
}

fn values() -> Scope {
    let text = |text: &str| Value::Text(text.to_owned());
    let map = |name: &str, value: Value| Value::Map(BTreeMap::from([(name.to_owned(), value)]));
    let values = [
        ("rows", Value::Number(Decimal::from(1_234_567))),
        ("amount", Value::Number(Decimal::new(-1_234_550, 2))),
        ("large", Value::Bool(true)),
        ("request", map("purpose", text("<b>回访</b>"))),
        ("requester", map("roles", Value::List(vec![text("staff"), text("dpo")]))),
        ("today", Value::Date(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap())),
        ("now", Value::Moment(DateTime::from_timestamp(1_795_000_000, 0).unwrap())),
    ];
    Scope { values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
}

#[test]
fn a_template_shows_values_as_people_write_them() {
    let check = |source: &str, expected: &str| {
        let template = Template::parse(source, &names()).unwrap_or_else(|mistake| panic!("{source}: {mistake:?}"));
        assert_eq!(template.render(&values(), Locale::En).as_deref(), Ok(expected), "{source}");
    };
    check("导出已批准（{{ rows }} 条）。", "导出已批准（1,234,567 条）。");
    check("{{amount}} on {{- today }}", "-12,345.50 on2026-11-22");
    check("{{ now }}", "2026-11-18 11:06 UTC");
    check("{{ request.purpose }}", "<b>回访</b>");
    check("[{{ request.note }}]", "[]");
    check("[{{ request.note|default('none') }}]", "[none]");
    check("{{ requester.roles }}: {{ requester.roles|length }}", "staff, dpo: 2");
    check("{% for role in requester.roles %}{{ role|upper }} {% endfor %}", "STAFF DPO ");
    check("{% if large and not request.note %}big{% else %}small{% endif %}", "big");
    check("{# nothing {{ rows }} #}plain", "plain");
    check("no hole at all", "no hole at all");
    let roles = Template::parse("{{ requester.roles }}", &names()).unwrap();
    assert_eq!(roles.render(&values(), Locale::ZhCn).as_deref(), Ok("staff、dpo"));
}

#[test]
fn a_template_knows_its_paths_and_the_highest_level_it_shows() {
    let template =
        Template::parse("{{ rows }} {{ request.note }} {% if request.purpose %}x{% endif %}", &names()).unwrap();
    assert_eq!(
        (template.paths, template.level),
        (vec!["request.note".to_owned(), "request.purpose".to_owned(), "rows".to_owned()], Level::L2)
    );
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let check = |source: &str, expected: (u16, u32, u32)| {
        let mistake = Template::parse(source, &names()).map(|found| found.source).unwrap_err();
        assert_eq!((mistake.code.number, mistake.line, mistake.column), expected, "{source}");
    };
    check("{{ rosw }}", (150, 1, 4));
    check("a\nb {{ rows }} {{ request.purpos }}", (150, 2, 17));
    check("{{ request }}", (151, 1, 4));
    check("{{ rows.deep }}", (150, 1, 4));
    check("{{ request.records }}", (375, 1, 4));
    check("{{ steps.a.result }}", (450, 1, 4));
    check("{{ rows * 2 }}", (372, 1, 9));
    check("{{ rows > 2 }}", (372, 1, 9));
    check("{{ 'a' * 1000000 }}", (372, 1, 8));
    check("{{ request['purpose'] }}", (372, 1, 11));
    check("{{ range(9) }}", (372, 1, 4));
    check("{{ request.purpose.upper() }}", (372, 1, 4));
    check("{{ rows|replace('1', '2') }}", (374, 1, 9));
    check("{% include 'x' %}", (373, 1, 4));
    check("{% set x = 1 %}", (373, 1, 4));
    check("{% macro x() %}{% endmacro %}", (373, 1, 4));
    check("{{ rows", (371, 1, 1));
    check("{{ }}", (371, 1, 1));
    check("{% if rows %}", (371, 1, 1));
    check("{{ rows rows }}", (371, 1, 1));
    check(&"x".repeat(10_001), (370, 1, 1));
}

#[test]
fn a_template_that_grows_is_stopped() {
    let mut scope = names();
    scope.insert("items", Type::List(Box::new(Type::Text)), Level::L0);
    let long = Value::List(vec![Value::Text("x".repeat(1000)); 100]);
    let values = Scope { values: BTreeMap::from([("items".to_owned(), long)]) };
    let nested = "{% for a in items %}{% for b in items %}{{ b }}{% endfor %}{% endfor %}";
    let template = Template::parse(nested, &scope).unwrap();
    assert_eq!(template.render(&values, Locale::En), Err(TemplateError::Limit));
    let busy = format!("{}.{}", "{% for a in items %}".repeat(6), "{% endfor %}".repeat(6));
    assert_eq!(Template::parse(&busy, &scope).unwrap().render(&values, Locale::En), Err(TemplateError::Limit));
    assert!("x".repeat(100_000).len() > RENDERED_BYTES_MAX);
}
