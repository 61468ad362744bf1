//! The one Rhai engine: raw, without packages, with limits, and the few operators and functions that the checker knows.

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rhai::{
    Array, Dynamic, Engine, EvalAltResult, LexError, OptimizationLevel, ParseError, ParseErrorType, Position, Token,
};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

use super::{EXPRESSION_CHARACTERS_MAX, Mistake, TypeScope, evaluate, slips};
use crate::{
    diagnostic::codes,
    id::{DepartmentId, Login},
    level::Level,
    value::{FieldPick, RecordSet},
};

/// How many operations one evaluation may take.
const OPERATIONS_MAX: u64 = 200_000;
/// How deeply an expression may be nested.
const DEPTH_MAX: usize = 64;
/// How many bytes a text may hold while an expression is worked out.
const TEXT_BYTES_MAX: usize = 64 * 1024;
/// How many items a list or a map may hold.
const ITEMS_MAX: usize = 10_000;
/// How far `days(n)` may reach: a hundred years.
const DAYS_MAX: i64 = 36_525;
/// How many decimal places `round` keeps at most.
const PLACES_MAX: u32 = 20;

/// How much of the source a message quotes.
const NEAR_CHARACTERS_MAX: usize = 24;

/// An expression as Rhai compiled it.
#[derive(Debug)]
pub(super) struct Compiled {
    /// What is run.
    pub(super) ast: rhai::AST,
    /// Paths that must hold something whenever it is run.
    pub(super) promised: Vec<Vec<String>>,
}

/// A length of time inside an evaluation.
#[derive(Debug, Clone, Copy)]
struct Days(i64);

/// The fields asked for, inside an evaluation.
#[derive(Debug, Clone)]
pub(super) struct Picks(pub(super) Vec<FieldPick>);

/// What every native function of ours may fail with.
type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// Whether expressions cannot use this word as a name, because Rhai reserves it or we give it a meaning.
pub fn is_reserved(word: &str) -> bool {
    const OURS: [&str; 4] = ["and", "or", "not", "empty"];
    OURS.contains(&word)
        || Level::parse(word).is_some()
        || Token::lookup_symbol_from_syntax(word).is_some()
        || engine().compile_expression(word).is_err()
}

/// Whether this word already stands for something in every scope, so that no `let` may take it.
pub fn is_scope_name(word: &str) -> bool {
    ["request", "requester", "steps", "item", "this_case", "today", "now", "me", "my", "record", "event", "person"]
        .contains(&word)
}

/// Compiles one expression; slips are told in the administrator's words before Rhai's.
pub(super) fn compile(source: &str, scope: &TypeScope) -> Result<rhai::AST, Mistake> {
    if source.trim().is_empty() {
        return Err(Mistake::at_start(codes::EXPRESSION_EMPTY));
    }
    if source.chars().count() > EXPRESSION_CHARACTERS_MAX {
        return Err(Mistake::at_start(codes::EXPRESSION_TOO_LONG).with("limit", EXPRESSION_CHARACTERS_MAX.to_string()));
    }
    if let Some(slip) = slips::find(source, scope) {
        return Err(slip);
    }
    engine().compile_expression(source).map_err(|error| unreadable(&error, source))
}

/// What Rhai could not read. Its own words are for programmers: the place and what stands there are told instead.
#[expect(clippy::wildcard_enum_match_arm, reason = "Rhai may grow: whatever is not named here is unreadable")]
fn unreadable(error: &ParseError, source: &str) -> Mistake {
    let (line, column) = place(error.position(), source);
    let code = match error.err_type() {
        ParseErrorType::ExprTooDeep
        | ParseErrorType::LiteralTooLarge(..)
        | ParseErrorType::BadInput(LexError::StringTooLong(_)) => codes::EXPRESSION_TOO_DEEP,
        ParseErrorType::UnexpectedEOF => codes::EXPRESSION_UNFINISHED,
        _ => codes::EXPRESSION_UNREADABLE,
    };
    Mistake::at(code, line, column).with("near", quoted(source, line, column))
}

/// What stands at a place, as much of it as a message quotes.
pub(super) fn quoted(source: &str, line: u32, column: u32) -> String {
    let text = source.lines().nth(line as usize - 1).unwrap_or_default();
    let near: String = text.chars().skip(column as usize - 1).take(NEAR_CHARACTERS_MAX).collect();
    near.trim_end().to_owned()
}

/// The line and column of a position; the end of the source where Rhai names none.
pub(super) fn place(position: Position, source: &str) -> (u32, u32) {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    if let Some(line) = position.line() {
        return (number(line), number(position.position().unwrap_or(1)));
    }
    let last = source.lines().last().unwrap_or_default();
    (number(source.lines().count().max(1)), number(last.chars().count() + 1))
}

/// The engine that every expression shares.
pub(super) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(build)
}

fn build() -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_max_operations(OPERATIONS_MAX);
    engine.set_max_expr_depths(DEPTH_MAX, DEPTH_MAX);
    engine.set_max_call_levels(DEPTH_MAX);
    engine.set_max_string_size(TEXT_BYTES_MAX);
    engine.set_max_array_size(ITEMS_MAX);
    engine.set_max_map_size(ITEMS_MAX);
    engine.set_max_variables(ITEMS_MAX);
    engine.set_max_functions(0);
    engine.set_allow_anonymous_fn(false);
    engine.set_allow_looping(false);
    engine.set_allow_switch_expression(false);
    engine.set_fail_on_invalid_map_property(true);
    read_numbers_as_decimals(&mut engine);
    register_operators(&mut engine);
    register_functions(&mut engine);
    engine
}

/// `3` and `3.0` are one kind of number, and dividing two of them is exact.
fn read_numbers_as_decimals(engine: &mut Engine) {
    #[expect(deprecated, reason = "Rhai marks the call as volatile, not as going away")]
    engine.on_parse_token(|token, _, _| {
        if let Token::IntegerConstant(number) = token {
            Token::DecimalConstant(Box::new((Decimal::from(number), number.to_string().into())))
        } else {
            token
        }
    });
}

fn register_operators(engine: &mut Engine) {
    macro_rules! equality {
        ($($left:ty, $right:ty, $same:expr;)*) => {$(
            engine.register_fn("==", |left: $left, right: $right| { let same: fn(&$left, &$right) -> bool = $same; same(&left, &right) });
            engine.register_fn("!=", |left: $left, right: $right| { let same: fn(&$left, &$right) -> bool = $same; !same(&left, &right) });
        )*};
    }
    macro_rules! order {
        ($($one:ty),*) => {$(
            equality! { $one, $one, |left, right| left == right; }
            engine.register_fn("<", |left: $one, right: $one| left < right);
            engine.register_fn("<=", |left: $one, right: $one| left <= right);
            engine.register_fn(">", |left: $one, right: $one| left > right);
            engine.register_fn(">=", |left: $one, right: $one| left >= right);
        )*};
    }
    macro_rules! extremes {
        ($($one:ty),*) => {$(
            engine.register_fn("min", |left: $one, right: $one| left.min(right));
            engine.register_fn("max", |left: $one, right: $one| left.max(right));
        )*};
    }
    order!(Level, NaiveDate, DateTime<Utc>);
    extremes!(Decimal, Level, NaiveDate, DateTime<Utc>);
    equality! {
        Login, Login, |left, right| left == right;
        DepartmentId, DepartmentId, |left, right| left == right;
        Login, String, |left, right| left.as_str() == right;
        String, Login, |left, right| left == right.as_str();
        DepartmentId, String, |left, right| left.as_str() == right;
        String, DepartmentId, |left, right| left == right.as_str();
    }
    engine.register_fn("+", |day: NaiveDate, days: Days| shift(day, days.0));
    engine.register_fn("-", |day: NaiveDate, days: Days| shift(day, -days.0));
    engine.register_fn("-", |number: Decimal| -number);
    engine.register_fn("+", |number: Decimal| number);
}

fn register_functions(engine: &mut Engine) {
    engine.register_fn("max_level", |picks: Picks| {
        picks.0.iter().map(FieldPick::effective_level).max().unwrap_or_default()
    });
    engine.register_fn("count", |records: RecordSet| Decimal::from(records.count));
    engine.register_fn("count", |picks: Picks| Decimal::from(picks.0.len()));
    engine.register_fn("count", |list: Array| Decimal::from(list.len()));
    engine.register_fn("date", |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| arithmetic()));
    engine.register_fn("days", |count: Decimal| -> Fallible<Days> {
        let whole = if count.fract().is_zero() { count.to_i64() } else { None };
        whole.filter(|days| days.abs() <= DAYS_MAX).map(Days).ok_or_else(arithmetic)
    });
    engine.register_fn("len", |text: &str| Decimal::from(text.chars().count()));
    engine.register_fn("contains", |text: &str, part: &str| text.contains(part));
    engine.register_fn("contains", |list: Array, item: Dynamic| {
        let item = evaluate::value(&item);
        list.iter().any(|one| evaluate::same(&evaluate::value(one), &item))
    });
    engine.register_fn("starts_with", |text: &str, part: &str| text.starts_with(part));
    engine.register_fn("round", |number: Decimal, places: Decimal| -> Fallible<Decimal> {
        let places = if places.fract().is_zero() { places.to_u32() } else { None };
        let places = places.filter(|places| *places <= PLACES_MAX).ok_or_else(arithmetic)?;
        Ok(number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    });
    engine.register_fn("is_empty", |value: Dynamic| evaluate::is_empty(&evaluate::value(&value)));
}

fn shift(day: NaiveDate, days: i64) -> Fallible<NaiveDate> {
    TimeDelta::try_days(days).and_then(|span| day.checked_add_signed(span)).ok_or_else(arithmetic)
}

#[expect(clippy::unnecessary_box_returns, reason = "Rhai takes its errors boxed")]
fn arithmetic() -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorArithmetic(String::new(), Position::NONE))
}
