//! What a path's conditions allow together.
//!
//! Conditions are unfolded (`let` names become what they stand for), brought into alternatives of plain facts, and a set
//! of facts is impossible only if two of them about the same term contradict each other. Whatever cannot be decided is
//! taken as possible, so that a proof built on this may complain needlessly but never stays silent wrongly. What may
//! change from one step to the next, the time and what the directory says of the requester, is not known at all.

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use crate::{
    expression::{Comparison, Tree},
    model::Let,
    value::Value,
};

/// Beyond this many alternatives a condition is taken as unknown.
const ALTERNATIVES_MAX: usize = 256;
/// Beyond this many nodes an unfolded condition is taken as unknown: `let` values may double at each line.
const UNFOLDED_NODES_MAX: usize = 2_000;
/// Beyond this depth as well.
const UNFOLDED_DEPTH_MAX: usize = 100;

/// One thing that is known to hold. A term is written out: the same text is the same term, with the same value.
#[derive(Debug, Clone, PartialEq)]
enum Fact {
    /// A term compared with a constant.
    Compared { term: Arc<str>, comparison: Comparison, constant: Value },
    /// Anything else that holds or does not.
    Opaque { term: Arc<str>, holds: bool },
}

/// Sets of facts, at least one of which holds: none is impossible, an empty one says nothing.
type Alternatives = Vec<Vec<Fact>>;

/// A condition, as far as it can be told apart from others.
#[derive(Debug, Clone)]
pub struct Condition {
    holds: Alternatives,
    holds_not: Alternatives,
}

impl Condition {
    /// What a condition amounts to, once the names of these `let` values are unfolded.
    pub fn new(tree: &Tree, lets: &[Let]) -> Self {
        match unfold(tree, lets) {
            Some(tree) => Self { holds: alternatives(&tree, true), holds_not: alternatives(&tree, false) },
            None => Self { holds: vec![Vec::new()], holds_not: vec![Vec::new()] },
        }
    }
}

/// What is known on a path: at least one of these sets of facts holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Known(Alternatives);

impl Known {
    /// Nothing yet.
    pub fn nothing() -> Self {
        Self(vec![Vec::new()])
    }

    /// Whether the path can be walked at all.
    pub fn is_possible(&self) -> bool {
        !self.0.is_empty()
    }

    /// How many facts there are to look at.
    pub fn size(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// What is known once a condition turned out to hold, or not to.
    #[must_use]
    pub fn and(&self, condition: &Condition, holds: bool) -> Self {
        let alternatives = if holds { &condition.holds } else { &condition.holds_not };
        if self.0.len() * alternatives.len() > ALTERNATIVES_MAX {
            return self.clone();
        }
        let mut joined: Alternatives = Vec::new();
        for known in &self.0 {
            for facts in alternatives {
                let facts = with(known, facts);
                if are_consistent(&facts) && !joined.contains(&facts) {
                    joined.push(facts);
                }
            }
        }
        Self(joined)
    }
}

/// Facts with others that are not among them yet: a condition that is asked again, as in each round of a `repeat`, tells
/// nothing new.
fn with(known: &[Fact], others: &[Fact]) -> Vec<Fact> {
    let fresh = others.iter().filter(|fact| !known.contains(fact));
    known.iter().chain(fresh).cloned().collect()
}

impl Known {
    /// What is known where both hold.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        self.and(&Condition { holds: other.0.clone(), holds_not: Vec::new() }, true)
    }

    /// What is known once nothing is known of a step's outcome.
    #[must_use]
    pub fn without(&self, step: &str) -> Self {
        let path = written(&Tree::Path(vec!["steps".to_owned(), step.to_owned(), "outcome".to_owned()]));
        let speaks_of = |fact: &Fact| match fact {
            Fact::Compared { term, .. } | Fact::Opaque { term, .. } => term.contains(&*path),
        };
        Self(self.0.iter().map(|facts| facts.iter().filter(|fact| !speaks_of(fact)).cloned().collect()).collect())
    }
}

/// The tree with each `let` name replaced by what it stands for; nothing if that is too much.
fn unfold(tree: &Tree, lets: &[Let]) -> Option<Tree> {
    Unfolding { lets, left: UNFOLDED_NODES_MAX }.tree(tree, (lets.len(), 0))
}

struct Unfolding<'a> {
    lets: &'a [Let],
    left: usize,
}

impl Unfolding<'_> {
    /// `seen` says how many of the `let` values the tree may name: only those before it, which keeps this finite.
    fn tree(&mut self, tree: &Tree, (seen, depth): (usize, usize)) -> Option<Tree> {
        self.left = self.left.checked_sub(1)?;
        if depth > UNFOLDED_DEPTH_MAX {
            return None;
        }
        let at = (seen, depth + 1);
        Some(match tree {
            Tree::Literal(_) => tree.clone(),
            Tree::Path(path) => {
                let named = match path.as_slice() {
                    [name] => self.lets[..seen].iter().position(|one| one.name.as_str() == name),
                    _ => None,
                };
                match named {
                    Some(place) => {
                        let lets = self.lets;
                        self.tree(&lets[place].expression.tree, (place, depth + 1))?
                    }
                    None => tree.clone(),
                }
            }
            Tree::Not(inner) => Tree::Not(self.boxed(inner, at)?),
            Tree::Negative(inner) => Tree::Negative(self.boxed(inner, at)?),
            Tree::All(parts) => Tree::All(self.each(parts, at)?),
            Tree::Any(parts) => Tree::Any(self.each(parts, at)?),
            Tree::Otherwise(left, right) => Tree::Otherwise(self.boxed(left, at)?, self.boxed(right, at)?),
            Tree::Compare(by, left, right) => Tree::Compare(*by, self.boxed(left, at)?, self.boxed(right, at)?),
            Tree::Arithmetic(by, left, right) => Tree::Arithmetic(*by, self.boxed(left, at)?, self.boxed(right, at)?),
            Tree::In(left, right) => Tree::In(self.boxed(left, at)?, self.boxed(right, at)?),
            Tree::List(items) => Tree::List(self.each(items, at)?),
            Tree::Call(function, arguments) => Tree::Call(*function, self.each(arguments, at)?),
            Tree::If(condition, then, otherwise) => {
                Tree::If(self.boxed(condition, at)?, self.boxed(then, at)?, self.boxed(otherwise, at)?)
            }
        })
    }

    fn boxed(&mut self, tree: &Tree, at: (usize, usize)) -> Option<Box<Tree>> {
        self.tree(tree, at).map(Box::new)
    }

    fn each(&mut self, trees: &[Tree], at: (usize, usize)) -> Option<Vec<Tree>> {
        trees.iter().map(|tree| self.tree(tree, at)).collect()
    }
}

/// Whether a term may have another value at the next step of the same case.
fn is_volatile(tree: &Tree) -> bool {
    tree.paths().into_iter().any(|path| match path {
        [first, rest @ ..] => match first.as_str() {
            "request" | "steps" | "this_case" | "record" | "event" | "start" => false,
            "requester" | "person" => rest.first().is_none_or(|name| name != "login"),
            // The time, case variables, the item of an `each`.
            _ => true,
        },
        [] => true,
    })
}

/// The ways in which a condition can hold (or not): any one of these sets of facts.
fn alternatives(tree: &Tree, holds: bool) -> Alternatives {
    match (tree, holds) {
        (Tree::Literal(Value::Bool(value)), _) => decided(*value == holds),
        (Tree::Not(inner), _) => alternatives(inner, !holds),
        (Tree::All(parts), true) | (Tree::Any(parts), false) => all_of(parts, holds),
        (Tree::All(parts), false) | (Tree::Any(parts), true) => {
            parts.iter().flat_map(|part| alternatives(part, holds)).collect()
        }
        (Tree::Compare(comparison, left, right), _) => {
            compared(if holds { *comparison } else { comparison.negated() }, left, right)
        }
        (Tree::In(left, right), _) => contained(left, right, holds),
        (Tree::Path(_), _) => compared(Comparison::Equal, tree, &Tree::Literal(Value::Bool(holds))),
        (
            Tree::Literal(_)
            | Tree::Negative(_)
            | Tree::Otherwise(..)
            | Tree::Arithmetic(..)
            | Tree::List(_)
            | Tree::Call(..)
            | Tree::If(..),
            _,
        ) => opaque(tree, holds),
    }
}

/// A condition that says nothing, or that never holds.
fn decided(holds: bool) -> Alternatives {
    if holds { vec![Vec::new()] } else { Vec::new() }
}

fn opaque(tree: &Tree, holds: bool) -> Alternatives {
    if is_volatile(tree) {
        return decided(true);
    }
    vec![vec![Fact::Opaque { term: written(tree), holds }]]
}

fn written(tree: &Tree) -> Arc<str> {
    format!("{tree:?}").into()
}

fn all_of(parts: &[Tree], holds: bool) -> Alternatives {
    let mut joined = decided(true);
    for part in parts {
        let more = alternatives(part, holds);
        // What would be too much is left out: less is known then, never something wrong.
        if joined.len() * more.len() > ALTERNATIVES_MAX {
            continue;
        }
        joined = joined
            .iter()
            .flat_map(|known| more.iter().map(move |facts| known.iter().chain(facts).cloned().collect()))
            .collect();
    }
    joined
}

fn compared(comparison: Comparison, left: &Tree, right: &Tree) -> Alternatives {
    let (term, comparison, constant) = match (left, right) {
        (Tree::Literal(left), Tree::Literal(right)) => {
            return decided(order(left, right).is_none_or(|ordering| comparison.accepts(ordering)));
        }
        (term, Tree::Literal(constant)) => (term, comparison, constant),
        (Tree::Literal(constant), term) => (term, comparison.turned(), constant),
        (
            Tree::Path(_)
            | Tree::Not(_)
            | Tree::Negative(_)
            | Tree::All(_)
            | Tree::Any(_)
            | Tree::Otherwise(..)
            | Tree::Compare(..)
            | Tree::Arithmetic(..)
            | Tree::In(..)
            | Tree::List(_)
            | Tree::Call(..)
            | Tree::If(..),
            _,
        ) => {
            // Of two that exclude each other one is written, so that `a < b` contradicts `a >= b`.
            let (written, holds) = match comparison {
                Comparison::Equal | Comparison::Less | Comparison::LessOrEqual => (comparison, true),
                Comparison::NotEqual | Comparison::GreaterOrEqual | Comparison::Greater => {
                    (comparison.negated(), false)
                }
            };
            return opaque(&Tree::Compare(written, Box::new(left.clone()), Box::new(right.clone())), holds);
        }
    };
    if is_volatile(term) {
        return decided(true);
    }
    vec![vec![Fact::Compared { term: written(term), comparison, constant: constant.clone() }]]
}

/// `x in ["a", "b"]` is one alternative per item; `!(x in …)` rules each of them out.
fn contained(left: &Tree, right: &Tree, holds: bool) -> Alternatives {
    let items = if let Tree::List(items) = right { Some(items) } else { None };
    let literals = items.filter(|items| items.iter().all(|item| matches!(item, Tree::Literal(_))));
    match (literals, holds) {
        (Some(items), true) => items.iter().flat_map(|item| compared(Comparison::Equal, left, item)).collect(),
        (Some(items), false) => {
            let mut all = decided(true);
            for item in items {
                let others = compared(Comparison::NotEqual, left, item);
                all = all
                    .iter()
                    .flat_map(|known| others.iter().map(move |facts| known.iter().chain(facts).cloned().collect()))
                    .collect();
            }
            all
        }
        (None, _) => opaque(&Tree::In(Box::new(left.clone()), Box::new(right.clone())), holds),
    }
}

fn are_consistent(facts: &[Fact]) -> bool {
    let mut compared: BTreeMap<&str, Vec<(Comparison, &Value)>> = BTreeMap::new();
    let mut opaque: BTreeMap<&str, bool> = BTreeMap::new();
    for fact in facts {
        match fact {
            Fact::Compared { term, comparison, constant } => {
                compared.entry(term).or_default().push((*comparison, constant));
            }
            Fact::Opaque { term, holds } => {
                if opaque.insert(term, *holds).is_some_and(|before| before != *holds) {
                    return false;
                }
            }
        }
    }
    compared.values().all(|comparisons| comparisons.len() < 2 && !is_listed(comparisons) || has_solution(comparisons))
}

/// Whether the values of a term can be listed, so that even one comparison may be impossible: `level > L3`.
fn is_listed(comparisons: &[(Comparison, &Value)]) -> bool {
    matches!(comparisons.first(), Some((_, Value::Level(_) | Value::Bool(_))))
}

/// Whether some value satisfies all comparisons. Tried are the constants themselves and what lies between and around
/// them; for levels and yes/no, whose values can be listed, exactly those.
fn has_solution(comparisons: &[(Comparison, &Value)]) -> bool {
    let accepts = |place: &dyn Fn(&Value) -> Option<Ordering>| {
        comparisons
            .iter()
            .all(|(comparison, constant)| place(constant).is_none_or(|ordering| comparison.accepts(ordering)))
    };
    let listed: Option<Vec<Value>> = match comparisons.first() {
        Some((_, Value::Level(_))) => Some(crate::level::Level::ALL.into_iter().map(Value::Level).collect()),
        Some((_, Value::Bool(_))) => Some(vec![Value::Bool(false), Value::Bool(true)]),
        _ => None,
    };
    if let Some(values) = listed {
        return values.iter().any(|value| accepts(&|constant| order(value, constant)));
    }
    let mut constants = comparisons.iter().map(|(_, constant)| *constant);
    let at_a_constant = constants.clone().any(|value| accepts(&|constant| order(value, constant)));
    // Just above each constant lies a value of its own, and one below all of them.
    let above =
        constants.any(|value| accepts(&|constant| order(value, constant).map(|found| found.then(Ordering::Greater))));
    at_a_constant || above || accepts(&|_| Some(Ordering::Less))
}

/// How two values of one type stand to each other; nothing if that cannot be told, and then anything is possible.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Level(left), Value::Level(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Person(left), Value::Person(right)) => Some(left.cmp(right)),
        (Value::Department(left), Value::Department(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Moment(left), Value::Moment(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

impl Comparison {
    /// The comparison that holds exactly when this one does not.
    const fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }

    /// The same comparison with its sides exchanged.
    const fn turned(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }

    /// Whether it holds of two values in this order.
    const fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

#[cfg(test)]
mod tests;
