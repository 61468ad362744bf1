//! `parallel`, `each`, `repeat`, `wait` and `set`.

use super::{Enclosing, ladder, nested};
use crate::{
    diagnostic::codes,
    expression::{Expression, Type},
    id::{EventName, ItemName, StepId, VariableName},
    level::Level,
    lower::{
        expressions, names,
        reading::{self, Keys, Mapping},
        workflow::Lowering,
    },
    model::{Each, Join, Parallel, ParallelBranch, Parent, Repeat, Set, StepIndex, Wait, WaitEvent},
    reporter::Reporter,
    syntax::{Entry, Node, Place},
    text::Text,
};

pub(crate) const BRANCH_KEYS: Keys = Keys::all(&["name", "title", "steps"]);

/// Most branches of one `parallel`.
const BRANCHES_MAX: usize = 50;
/// Most items of one `each`.
pub(crate) const ITEMS_MAX: u32 = 1_000;
/// How many items an `each` takes that does not say.
const ITEMS_DEFAULT: u16 = 100;
/// Most rounds of one `repeat`.
pub(crate) const ROUNDS_MAX: u32 = 1_000;
/// Most variables that one `set` gives a value.
const VALUES_MAX: usize = 50;

const JOINS: &[(&str, Join)] = &[("all", Join::All), ("any", Join::Any)];

pub(super) fn parallel(
    reporter: &mut Reporter<'_>,
    mapping: Mapping<'_>,
    index: StepIndex,
    lowering: &mut Lowering<'_>,
) -> Option<Parallel> {
    let node = mapping.required(reporter, "branches")?;
    let items = reading::short_sequence(reporter, node, BRANCHES_MAX)?;
    if items.is_empty() {
        reporter.report(codes::EMPTY_VALUE, node.place, &[("expected", "list")]);
        return None;
    }
    let join = match mapping.get("join") {
        Some(node) => join(reporter, node, items.len()),
        None => Some(Join::All),
    };
    let before = (lowering.scope.clone(), lowering.approves.clone());
    let mut after = before.clone();
    let mut branches: Vec<Option<ParallelBranch>> = Vec::new();
    for (item, number) in items.iter().zip(0u16..) {
        (lowering.scope, lowering.approves) = before.clone();
        let branch = branch(reporter, item, Parent { step: index, case: number }, lowering);
        let is_taken = |one: &ParallelBranch| branches.iter().flatten().any(|other| other.name == one.name);
        if let Some(one) = branch.as_ref().filter(|one| is_taken(one)) {
            let first = node.place.line.to_string();
            let arguments = [("name", one.name.as_str()), ("first", first.as_str())];
            reporter.report(codes::DUPLICATE_NAME, item.place, &arguments);
        }
        branches.push(branch);
        match join {
            Some(Join::All) => after.0.add(&lowering.scope),
            Some(Join::Any | Join::Count(_)) | None => after.0.add_as_optional(&lowering.scope),
        }
        after.1.append(&mut lowering.approves);
    }
    (lowering.scope, lowering.approves) = after;
    Some(Parallel { join: join?, branches: branches.into_iter().collect::<Option<_>>()? })
}

/// `all`, `any`, or how many of the branches.
fn join(reporter: &mut Reporter<'_>, node: &Node, branches: usize) -> Option<Join> {
    if node.as_plain().is_some_and(crate::syntax::is_number) {
        let most = u32::try_from(branches).expect("short_sequence() keeps within BRANCHES_MAX");
        let count = reading::whole_number(reporter, node, 1, most)?;
        return Some(Join::Count(u16::try_from(count).expect("it is at most BRANCHES_MAX")));
    }
    reading::one_of(reporter, node, JOINS)
}

fn branch(
    reporter: &mut Reporter<'_>,
    node: &Node,
    parent: Parent,
    lowering: &mut Lowering<'_>,
) -> Option<ParallelBranch> {
    let mapping = reading::mapping(reporter, node, BRANCH_KEYS)?;
    let name = mapping.required(reporter, "name").and_then(|node| names::snake_case(reporter, node));
    let title = mapping.get("title").map(|node| reading::text(reporter, node));
    let steps = mapping.required(reporter, "steps");
    let first = steps.and_then(|node| nested(reporter, node, (parent, Enclosing::Lane), lowering));
    let name = name?;
    let title = match title {
        Some(title) => title?,
        None => Text::Same(name.to_owned()),
    };
    Some(ParallelBranch { name: StepId::from(name), title, first })
}

pub(super) fn each(
    reporter: &mut Reporter<'_>,
    mapping: Mapping<'_>,
    (index, id): (StepIndex, &str),
    lowering: &mut Lowering<'_>,
) -> Option<Each> {
    let of = mapping.required(reporter, "of").and_then(|node| list_of(reporter, node, lowering));
    let item = match mapping.get("as") {
        Some(node) => names::snake_case(reporter, node).filter(|name| is_free(reporter, node.place, name, lowering)),
        None => Some("item"),
    };
    let at_most = match mapping.get("at_most") {
        Some(node) => reading::whole_number(reporter, node, 1, ITEMS_MAX).and_then(|most| u16::try_from(most).ok()),
        None => Some(ITEMS_DEFAULT),
    };
    let in_order = mapping.get("in_order").map_or(Some(false), |node| reading::boolean(reporter, node));
    let before = (lowering.scope.clone(), lowering.approves.clone());
    if let Some(item) = item {
        lowering.volatile.insert(item.to_owned());
        match &of {
            Some((expression, result)) => lowering.scope.insert_value(item, result, expression.level),
            None => lowering.scope.insert_unsound(item),
        }
    }
    let parent = Parent { step: index, case: 0 };
    let steps = mapping.required(reporter, "steps");
    let first = steps.and_then(|node| nested(reporter, node, (parent, Enclosing::Lane), lowering));
    // What happened to one item is not known outside; of all of them the outcomes are.
    let inside = std::mem::replace(&mut lowering.approves, before.1);
    lowering.approves.extend(inside);
    lowering.scope = before.0;
    lowering.scope.insert(format!("steps.{id}.results"), Type::List(Box::new(Type::Text)), Level::L0);
    let (of, _) = of?;
    Some(Each { of, item: ItemName::from(item?), at_most: at_most?, in_order: in_order?, first })
}

/// An expression that yields a list, and what its items are.
fn list_of(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<(Expression, Type)> {
    lowering.form()?;
    let expression = expressions::expression(reporter, node, &lowering.scope, None)?;
    if let Type::List(item) = &expression.result {
        let item = (**item).clone();
        return Some((expression, item));
    }
    let arguments = [("expected", "list"), ("found", expression.result.name()), ("name", &*expression.source)];
    reporter.report(codes::WRONG_RESULT, node.place, &arguments);
    None
}

pub(super) fn repeat(
    reporter: &mut Reporter<'_>,
    mapping: Mapping<'_>,
    index: StepIndex,
    lowering: &mut Lowering<'_>,
) -> Option<Repeat> {
    let at_most = mapping.required(reporter, "at_most");
    let at_most = at_most.and_then(|node| reading::whole_number(reporter, node, 1, ROUNDS_MAX));
    let parent = Parent { step: index, case: 0 };
    let steps = mapping.required(reporter, "steps");
    let first = steps.and_then(|node| nested(reporter, node, (parent, Enclosing::Round), lowering));
    let until = mapping.required(reporter, "until").and_then(|node| {
        lowering.form()?;
        expressions::expression(reporter, node, &lowering.scope, Some(&Type::Bool))
    });
    Some(Repeat { until: until?, at_most: u16::try_from(at_most?).ok()?, first })
}

pub(super) fn wait(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &Lowering<'_>) -> Option<Wait> {
    let given: Vec<&str> = ["for", "until", "event"].into_iter().filter(|key| mapping.get(key).is_some()).collect();
    let [what] = given[..] else {
        reporter.report(codes::WAITS_FOR_ONE, mapping.place, &[]);
        return None;
    };
    if what != "event" {
        for entry in ["match", "timeout"].iter().filter_map(|key| mapping.entry(key)) {
            reporter.report(codes::WAITS_FOR_NO_EVENT, entry.key_place, &[("key", &entry.key)]);
        }
    }
    match what {
        "for" => ladder::period(reporter, mapping.get("for")?).map(Wait::For),
        "until" => until(reporter, mapping.get("until")?, lowering).map(Wait::Until),
        _ => event(reporter, mapping, lowering).map(Wait::Event),
    }
}

/// A date or a moment.
fn until(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Expression> {
    lowering.form()?;
    let expression = expressions::expression(reporter, node, &lowering.scope, None)?;
    let present = matches!(expression.result, Type::Date | Type::Moment);
    if !present {
        let may_be_empty = matches!(expression.result.present(), Type::Date | Type::Moment);
        let code = if may_be_empty { codes::MAY_BE_EMPTY } else { codes::WRONG_RESULT };
        let arguments = [("expected", "date"), ("found", expression.result.name()), ("name", &*expression.source)];
        reporter.report(code, node.place, &arguments);
    }
    present.then_some(expression)
}

fn event(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &Lowering<'_>) -> Option<WaitEvent> {
    let name = mapping.get("event").and_then(|node| names::kebab_case(reporter, node));
    let matches = mapping.get("match").map(|node| {
        lowering.form()?;
        let mut scope = lowering.scope.clone();
        scope.insert_texts("event");
        expressions::expression(reporter, node, &scope, Some(&Type::Bool))
    });
    let timeout = mapping.get("timeout").map(|node| ladder::period(reporter, node));
    let matches = match matches {
        Some(matches) => Some(matches?),
        None => None,
    };
    let timeout = match timeout {
        Some(timeout) => Some(timeout?),
        None => None,
    };
    Some(WaitEvent { name: EventName::from(name?), matches, timeout })
}

pub(super) fn set(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &mut Lowering<'_>) -> Option<Set> {
    let node = mapping.required(reporter, "values")?;
    let given = reading::any_mapping(reporter, node)?;
    if given.entries.is_empty() {
        reporter.report(codes::EMPTY_VALUE, node.place, &[("expected", "mapping")]);
        return None;
    }
    if given.entries.len() > VALUES_MAX {
        reporter.report(codes::TOO_MANY, node.place, &[("limit", &VALUES_MAX.to_string())]);
        return None;
    }
    let mut values = Vec::new();
    let mut is_sound = true;
    for entry in given.entries {
        match value(reporter, entry, lowering) {
            Some(value) => values.push(value),
            None => is_sound = false,
        }
    }
    is_sound.then_some(Set { values })
}

/// One variable with its value; once it has a type it keeps it.
fn value(
    reporter: &mut Reporter<'_>,
    Entry { key, key_place, value }: &Entry,
    lowering: &mut Lowering<'_>,
) -> Option<(VariableName, Expression)> {
    if !names::check_snake_case(reporter, key, *key_place) {
        return None;
    }
    let is_known = lowering.variables.contains_key(key.as_str());
    if !is_known && !is_free(reporter, *key_place, key, lowering) {
        return None;
    }
    lowering.form()?;
    let Some(expression) = expressions::expression(reporter, value, &lowering.scope, None) else {
        lowering.scope.insert_unsound(key.as_str());
        return None;
    };
    let known = lowering.variables.entry(key.clone()).or_insert_with(|| expression.result.clone());
    if *known != expression.result {
        let arguments = [("name", key.as_str()), ("expected", known.name()), ("found", expression.result.name())];
        reporter.report(codes::VARIABLE_OF_OTHER_TYPE, value.place, &arguments);
        return None;
    }
    lowering.volatile.insert(key.clone());
    // A value that was set on one way and not on another keeps the highest level it may have.
    let level = lowering.scope.get(key).map_or(expression.level, |(_, level)| (*level).max(expression.level));
    lowering.scope.insert(key.as_str(), expression.result.clone(), level);
    Some((VariableName::from(key.as_str()), expression))
}

/// Whether a name can be given to an item or a variable: no `let` and no word of the language is called so.
fn is_free(reporter: &mut Reporter<'_>, place: Place, name: &str, lowering: &Lowering<'_>) -> bool {
    let is_word = name != "item" && crate::expression::is_scope_name(name);
    if is_word {
        reporter.report(codes::RESERVED_WORD, place, &[("found", name)]);
    } else if lowering.scope.get(name).is_some() || lowering.volatile.contains(name) {
        reporter.report(codes::NAME_IN_USE, place, &[("name", name)]);
        return false;
    }
    !is_word
}
