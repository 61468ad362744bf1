//! Expressions as administrators write them.

mod reference;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::{EvaluationError, Expression, Scope, Type, TypeScope};
use crate::{
    id::{DepartmentId, FieldName, FormId, Login},
    level::Level,
    value::{FieldPick, RecordSet, Value},
};

fn names() -> TypeScope {
    let mut scope = TypeScope::with_time();
    let mut add = |path: &str, result: Type, level| scope.insert(path, result, level);
    add("request.fields", Type::Picks, Level::L0);
    add("request.records", Type::Records, Level::L0);
    add("request.purpose", Type::Text, Level::L1);
    add("request.note", Type::Text.or_empty(), Level::L1);
    add("request.amount", Type::Number, Level::L2);
    add("request.discount", Type::Number.or_empty(), Level::L0);
    add("request.owner", Type::Person, Level::L0);
    add("request.urgent", Type::Bool, Level::L0);
    add("request.deadline", Type::Date.or_empty(), Level::L0);
    add("request.deputy", Type::Person.or_empty(), Level::L0);
    add("requester.login", Type::Person, Level::L0);
    add("requester.department", Type::Department.or_empty(), Level::L0);
    add("requester.roles", Type::List(Box::new(Type::Text)), Level::L0);
    add("level", Type::Level, Level::L0);
    add("rows", Type::Number, Level::L0);
    scope.insert_not_yet("steps.manager.result");
    scope
}

fn values() -> Scope {
    let map = |members: Vec<(&str, Value)>| {
        Value::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<BTreeMap<_, _>>())
    };
    let pick = |name: &str, masked, level| FieldPick { name: FieldName::from(name), masked, level };
    let records = RecordSet { register: FormId::from("customer"), count: 620, digest: "d".to_owned(), chosen: None };
    let request = map(vec![
        ("fields", Value::Picks(vec![pick("name", false, Level::L1), pick("id_number", true, Level::L2)])),
        ("records", Value::Records(records)),
        ("purpose", Value::Text("回访 Q3".to_owned())),
        ("amount", Value::Number(Decimal::new(1050, 1))),
        ("owner", Value::Person(Login::from("li.na"))),
        ("urgent", Value::Bool(true)),
        ("deadline", Value::Date(NaiveDate::from_ymd_opt(2026, 12, 1).unwrap())),
    ]);
    let requester = map(vec![
        ("login", Value::Person(Login::from("li.na"))),
        ("department", Value::Department(DepartmentId::from("sales-east"))),
        ("roles", Value::List(vec![Value::Text("staff".to_owned())])),
    ]);
    let values = [
        ("request", request),
        ("requester", requester),
        ("level", Value::Level(Level::L2)),
        ("rows", Value::Number(Decimal::from(620))),
        ("today", Value::Date(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap())),
        ("now", Value::Moment(DateTime::from_timestamp(1_795_000_000, 0).unwrap())),
    ];
    Scope { values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

#[test]
fn an_expression_means_what_it_says() {
    let check = |source: &str, expected: Value| {
        let expression = Expression::parse(source, &names()).unwrap_or_else(|mistake| panic!("{source}: {mistake:?}"));
        assert_eq!(expression.evaluate(&values()), Ok(expected), "{source}");
    };
    let day = |text: &str| Value::Date(text.parse().unwrap());
    check("level >= L2 || rows > 500", Value::Bool(true));
    check("level >= L3 && rows > 500", Value::Bool(false));
    check("level == L2", Value::Bool(true));
    check("max_level(request.fields)", Value::Level(Level::L1));
    check("count(request.records)", number("620"));
    check("count(request.fields)", number("2"));
    check("rows / 100", number("6.2"));
    check("1 / 4", number("0.25"));
    check("7 % 4 + 2 * 3 - 1", number("8"));
    check("-rows + 1", number("-619"));
    check("0.1 + 0.2 == 0.3", Value::Bool(true));
    check("9223372036854775807 + 1", number("9223372036854775808"));
    check("request.amount > 105", Value::Bool(false));
    check("request.amount >= 105.0", Value::Bool(true));
    check("request.purpose.len() >= 5", Value::Bool(true));
    check("len(request.purpose)", number("5"));
    check("contains(request.purpose, \"Q3\")", Value::Bool(true));
    check("request.purpose.starts_with(\"回访\")", Value::Bool(true));
    check("request.purpose + \"!\"", Value::Text("回访 Q3!".to_owned()));
    check("request.note ?? \"none\"", Value::Text("none".to_owned()));
    check("(request.discount ?? 0) > 0", Value::Bool(false));
    check("is_empty(request.note)", Value::Bool(true));
    check("request.note.is_empty()", Value::Bool(true));
    check("!is_empty(request.purpose)", Value::Bool(true));
    check("request.note", Value::Empty);
    check("today + days(3)", day("2026-11-25"));
    check("today - days(22)", day("2026-10-31"));
    check("(request.deadline ?? today) <= today + days(30)", Value::Bool(true));
    check("today >= date(\"2026-11-22\")", Value::Bool(true));
    check("now == now", Value::Bool(true));
    check("request.owner == requester.login", Value::Bool(true));
    check("request.owner == \"wu.tao\"", Value::Bool(false));
    check("request.owner in [\"wu.tao\", \"li.na\"]", Value::Bool(true));
    check("(requester.department ?? \"x\") == \"sales-east\"", Value::Bool(true));
    check("requester.department ?? \"x\"", Value::Department(DepartmentId::from("sales-east")));
    check("request.deputy ?? \"wu.tao\"", Value::Person(Login::from("wu.tao")));
    check("\"staff\" in requester.roles", Value::Bool(true));
    check("\"dpo\" !in requester.roles", Value::Bool(true));
    check("!(\"dpo\" in requester.roles)", Value::Bool(true));
    check("rows in [1, 620]", Value::Bool(true));
    check("if request.urgent { 1 } else { 2 }", number("1"));
    check("if rows > 1000 { 1 } else if rows > 600 { 2 } else { 3 }", number("2"));
    check("min(rows, 7) + max(1, 2)", number("9"));
    check("max(level, L3)", Value::Level(Level::L3));
    check("round(2.345, 2)", number("2.35"));
    check("request.urgent == true", Value::Bool(true));
    check("true", Value::Bool(true));
    check("\"回访\"", Value::Text("回访".to_owned()));
    check("500", number("500"));
}

#[test]
fn a_level_is_that_of_the_highest_path_unless_only_its_level_or_its_count_leaves() {
    let check = |source: &str, expected: Level| {
        assert_eq!(Expression::parse(source, &names()).unwrap().level, expected, "{source}");
    };
    check("rows > 500", Level::L0);
    check("max_level(request.fields)", Level::L0);
    check("count(request.records)", Level::L0);
    check("request.purpose", Level::L1);
    check("len(request.purpose) > 3", Level::L1);
    check("if request.amount > 3 { 1 } else { 2 }", Level::L2);
    check("(request.discount ?? request.amount) + 1", Level::L2);
}

#[test]
fn a_mistake_is_told_with_its_place_and_its_cure() {
    let mut wrong = Vec::new();
    let mut check = |source: &str, expected: &str| {
        let mistake = Expression::parse(source, &names()).map(|found| found.tree).unwrap_err();
        let arguments = mistake.arguments.iter().filter(|(name, _)| **name != "near");
        let arguments: String = arguments.map(|(name, value)| [" ", name, "=", value].concat()).collect();
        let told = format!("{}:{} {}{arguments}", mistake.line, mistake.column, mistake.code);
        if told != expected {
            wrong.push((source.to_owned(), told, expected.to_owned()));
        }
    };
    check("", "1:1 D350");
    check(&"1+".repeat(3000), "1:1 D351 limit=4000");
    check(&format!("{}1{}", "(".repeat(200), ")".repeat(200)), "1:33 D352");
    check("rows >", "1:7 D354");
    check("rows > > 3", "1:8 D353");
    check("rows > 5 and level == L2", "1:10 D355 found=and instead=&&");
    check("rows > 5 or level == L2", "1:10 D355 found=or instead=||");
    check("not request.urgent", "1:1 D355 found=not instead=!");
    check("rows = 5", "1:6 D355 found== instead===");
    check("rows <> 5", "1:6 D355 found=<> instead=!=");
    check("rows ＞ 5", "1:6 D355 found=＞ instead=>");
    check("request.note == null", "1:17 D355 found=null instead=is_empty(…)");
    check("request.purpose == 'a'", "1:20 D356");
    check("rows > 5 ? 1 : 2", "1:10 D357");
    check("1 < rows < 5", "1:10 D358");
    check("rows > 5 == true", "1:10 D358");
    check("#{a: 1}", "1:1 D359");
    check("requester.roles[0] == \"staff\"", "1:11 D359");
    check("|x| x", "1:1 D355 found=| instead=||");
    check("`a${rows}`", "1:1 D359");
    check("rows ** 2", "1:6 D359 name=** suggestion=");
    check("if rows > 5 { 1 }", "1:1 D360");
    check("date(request.purpose) > today", "1:1 D361");
    check("date(\"2026-02-30\") > today", "1:1 D362 found=2026-02-30");
    check("rowz > 5", "1:1 D150 name=rowz suggestion=rows");
    check("request.purpos == \"a\"", "1:1 D150 name=request.purpos suggestion=request.purpose");
    check("purpose == \"a\"", "1:1 D150 name=purpose suggestion=request.purpose");
    check("requester == 1", "1:1 D151 known=requester.department, requester.login, requester.roles name=requester");
    check("coutn(request.records)", "1:1 D152 name=coutn suggestion=count");
    check("eval(\"1\")", "1:1 D152 name=eval suggestion=");
    check("rows > \"5\"", "1:6 D250 left=number right=text");
    check("level >= 2", "1:7 D250 left=level right=number");
    check("today > now", "1:7 D250 left=date right=moment");
    check("request.purpose > \"b\"", "1:17 D251 left=text operator=> right=text");
    check("request.records == request.records", "1:17 D251 left=records operator=== right=records");
    check("today + 3", "1:7 D251 left=date operator=+ right=number");
    check("rows + \"a\"", "1:6 D251 left=number operator=+ right=text");
    check("rows && true", "1:1 D252 expected=bool found=number operator=&&");
    check("!rows", "1:2 D252 expected=bool found=number operator=!");
    check("request.discount > 3", "1:1 D253 name=request.discount");
    check("rows > 1 && request.discount > 3", "1:13 D253 name=request.discount");
    check("len(request.note) > 3", "1:1 D253 name=request.note");
    check("days(3)", "1:1 D254 expected=date found=span");
    check("count(rows)", "1:1 D255 expected=count(request.records) found=number name=count");
    check("min(rows, today)", "1:1 D255 expected=min(1, 2) found=number, date name=min");
    check("round(rows)", "1:1 D256 expected=2 found=1 name=round");
    check("request.note ?? 3", "1:14 D257 left=text right=number");
    check("if request.urgent { 1 } else { \"a\" }", "1:1 D258 left=number right=text");
    check("rows in [1, \"a\"]", "1:9 D259 left=number right=text");
    check("rows in [\"a\"]", "1:6 D260 left=number right=text");
    check("rows in rows", "1:6 D261 left=number right=number");
    check("today + working_days(3)", "1:9 D450 name=working_days");
    check("steps.manager.result == 1", "1:1 D450 name=steps.manager.result");
    check("rows > 1\n  && rowz > 2", "2:6 D150 name=rowz suggestion=rows");
    assert_eq!(wrong, []);
}

#[test]
fn an_expression_must_yield_what_its_place_needs() {
    let parse =
        |source: &str, expected: &Type| Expression::parse_as(source, &names(), expected).map_err(|it| it.code.number);
    assert_eq!(parse("rows > 3", &Type::Bool).map(|found| found.result), Ok(Type::Bool));
    assert_eq!(parse("rows", &Type::Bool).map(|found| found.result), Err(254));
    assert_eq!(parse("request.note", &Type::Text).map(|found| found.result), Err(253));
}

#[test]
fn what_goes_wrong_while_it_is_worked_out_is_an_answer_not_a_panic() {
    let check = |source: &str, expected: EvaluationError| {
        assert_eq!(Expression::parse(source, &names()).unwrap().evaluate(&values()), Err(expected), "{source}");
    };
    check("rows / (rows - 620)", EvaluationError::Arithmetic);
    check("79228162514264337593543950335 + rows", EvaluationError::Arithmetic);
    check("today + days(0.5)", EvaluationError::Arithmetic);
    check("today + days(99999999)", EvaluationError::Arithmetic);
    check("round(rows, -1)", EvaluationError::Arithmetic);
    let nothing = Scope::default();
    let empty = Expression::parse("len(request.purpose) > 3", &names()).unwrap().evaluate(&nothing);
    assert_eq!(empty, Err(EvaluationError::Empty("request.purpose".to_owned())));
    let optional = Expression::parse("(request.discount ?? 1) > 0", &names()).unwrap().evaluate(&nothing);
    assert_eq!(optional, Ok(Value::Bool(true)));
}

#[test]
fn a_literal_needs_no_engine() {
    assert_eq!(Expression::constant(true).evaluate(&Scope::default()), Ok(Value::Bool(true)));
    assert!(Expression::constant(true).is_true());
    assert!(!Expression::constant(false).is_true());
}

#[test]
fn a_chain_may_be_long_and_one_that_is_too_long_is_told() {
    let parse =
        |source: String| Expression::parse(&source, &names()).map(|_| ()).map_err(|mistake| mistake.code.number);
    assert_eq!(parse(vec!["rows == 1"; 60].join(" || ")), Ok(()));
    assert_eq!(parse(format!("rows in [{}]", vec!["1"; 500].join(", "))), Ok(()));
    assert_eq!(parse(vec!["rows == 1"; 200].join(" || ")), Err(352));
}
