//! Whatever values there may be: a path that some of them take is never called impossible.

use proptest::prelude::*;

use super::*;
use crate::level::Level;

/// The terms that conditions speak of, each with the values it may have.
const LEVEL: &str = "level";
const AMOUNT: &str = "amount";
const URGENT: &str = "urgent";
const REGION: &str = "region";

#[derive(Debug, Clone, Copy)]
struct World {
    level: Level,
    amount: i64,
    urgent: bool,
    region: &'static str,
}

const REGIONS: [&str; 3] = ["north", "south", "west"];

fn worlds() -> impl Iterator<Item = World> {
    Level::ALL.into_iter().flat_map(|level| {
        (-1..=4).flat_map(move |amount| {
            [false, true]
                .into_iter()
                .flat_map(move |urgent| REGIONS.into_iter().map(move |region| World { level, amount, urgent, region }))
        })
    })
}

fn term(name: &str) -> Tree {
    Tree::Path(vec!["request".to_owned(), name.to_owned()])
}

impl World {
    fn value(self, tree: &Tree) -> Value {
        if let Tree::Literal(value) = tree {
            return value.clone();
        }
        let Tree::Path(path) = tree else { panic!("no term: {tree:?}") };
        match path[1].as_str() {
            LEVEL => Value::Level(self.level),
            AMOUNT => Value::Number(self.amount.into()),
            URGENT => Value::Bool(self.urgent),
            _ => Value::Text(self.region.to_owned()),
        }
    }

    fn holds(self, tree: &Tree) -> bool {
        match tree {
            Tree::Not(inner) => !self.holds(inner),
            Tree::All(parts) => parts.iter().all(|part| self.holds(part)),
            Tree::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Tree::Compare(comparison, left, right) => {
                comparison.accepts(order(&self.value(left), &self.value(right)).unwrap())
            }
            Tree::In(item, list) => {
                let Tree::List(items) = &**list else { panic!("no list: {list:?}") };
                items.iter().any(|one| self.value(one) == self.value(item))
            }
            Tree::Path(_)
            | Tree::Literal(_)
            | Tree::Negative(_)
            | Tree::Otherwise(..)
            | Tree::Arithmetic(..)
            | Tree::List(_)
            | Tree::Call(..)
            | Tree::If(..) => self.value(tree) == Value::Bool(true),
        }
    }
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(Comparison::ALL.to_vec())
}

fn equality() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![Comparison::Equal, Comparison::NotEqual])
}

fn compare(by: Comparison, left: Tree, right: Value, turned: bool) -> Tree {
    let right = Tree::Literal(right);
    let (by, left, right) = if turned { (by.turned(), right, left) } else { (by, left, right) };
    Tree::Compare(by, Box::new(left), Box::new(right))
}

fn atom() -> impl Strategy<Value = Tree> {
    let regions = prop::collection::vec(prop::sample::select(REGIONS.to_vec()), 0..3);
    prop_oneof![
        (comparison(), prop::sample::select(Level::ALL.to_vec()), any::<bool>())
            .prop_map(|(by, level, turned)| compare(by, term(LEVEL), Value::Level(level), turned)),
        (comparison(), 0_i64..4, any::<bool>()).prop_map(|(by, amount, turned)| compare(
            by,
            term(AMOUNT),
            Value::Number(amount.into()),
            turned
        )),
        (equality(), any::<bool>(), any::<bool>()).prop_map(|(by, urgent, turned)| compare(
            by,
            term(URGENT),
            Value::Bool(urgent),
            turned
        )),
        Just(term(URGENT)),
        (equality(), prop::sample::select(REGIONS.to_vec()), any::<bool>()).prop_map(|(by, region, turned)| compare(
            by,
            term(REGION),
            Value::Text(region.to_owned()),
            turned
        )),
        regions.prop_map(|regions| {
            let items = regions.into_iter().map(|region| Tree::Literal(Value::Text(region.to_owned()))).collect();
            Tree::In(Box::new(term(REGION)), Box::new(Tree::List(items)))
        }),
    ]
}

fn condition() -> impl Strategy<Value = Tree> {
    atom().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|tree| Tree::Not(Box::new(tree))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::All),
            prop::collection::vec(inner, 1..4).prop_map(Tree::Any),
        ]
    })
}

/// Whether these conditions, each holding or not, are called possible together.
fn is_called_possible(conditions: &[(Tree, bool)]) -> bool {
    let together = conditions
        .iter()
        .fold(Known::nothing(), |known, (condition, holds)| known.and(&Condition::new(condition, &[]), *holds));
    together.is_possible()
}

fn is_possible(conditions: &[(Tree, bool)]) -> bool {
    worlds().any(|world| conditions.iter().all(|(condition, holds)| world.holds(condition) == *holds))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_some_values_satisfy_is_never_called_impossible(
        conditions in prop::collection::vec((condition(), any::<bool>()), 1..5)
    ) {
        prop_assert!(!is_possible(&conditions) || is_called_possible(&conditions));
    }

    #[test]
    fn of_levels_yes_and_no_the_impossible_is_recognised(
        levels in prop::collection::vec((comparison(), prop::sample::select(Level::ALL.to_vec()), any::<bool>()), 1..5),
        urgent in any::<Option<bool>>(),
    ) {
        let mut conditions: Vec<(Tree, bool)> = levels
            .into_iter()
            .map(|(by, level, holds)| (compare(by, term(LEVEL), Value::Level(level), false), holds))
            .collect();
        conditions.extend(urgent.map(|urgent| (term(URGENT), urgent)));
        prop_assert_eq!(is_called_possible(&conditions), is_possible(&conditions));
    }
}

#[test]
fn two_terms_compared_with_each_other_contradict_themselves_only() {
    let less = Tree::Compare(Comparison::Less, Box::new(term(AMOUNT)), Box::new(term("limit")));
    let not_less = Tree::Compare(Comparison::GreaterOrEqual, Box::new(term(AMOUNT)), Box::new(term("limit")));
    let both = [(less.clone(), true), (not_less.clone(), true)];
    assert_eq!([is_called_possible(&both), is_called_possible(&[(less, true), (not_less, false)])], [false, true]);
}
