//! The names an expression may use, each with its type and level.

use std::collections::{BTreeMap, BTreeSet};

use super::{Expression, Type};
use crate::{
    level::Level,
    model::{Field, FieldKind},
    syntax::closest,
};

/// The names an expression or a template may use: whole paths such as `request.purpose`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeScope {
    names: BTreeMap<String, (Type, Level)>,
    /// Names any member of which has this type: what an event from outside carries is not declared.
    open: BTreeMap<String, (Type, Level)>,
    not_yet: BTreeSet<String>,
    unsound: BTreeSet<String>,
}

impl TypeScope {
    /// `today` and `now`, which stand everywhere.
    pub fn with_time() -> Self {
        let mut scope = Self::default();
        scope.insert("today", Type::Date, Level::L0);
        scope.insert("now", Type::Moment, Level::L0);
        scope
    }

    /// Adds a path.
    pub fn insert(&mut self, path: impl Into<String>, result: Type, level: Level) {
        self.names.insert(path.into(), (result, level));
    }

    /// Adds a value with its members, if it has any.
    pub fn insert_value(&mut self, path: &str, result: &Type, level: Level) {
        if let Type::Map(members) = result {
            for (name, member) in members {
                self.insert_value(&format!("{path}.{name}"), member, level);
            }
        }
        self.insert(path, result.clone(), level);
    }

    /// Adds a name of which any member may be asked for and is a text of level L1.
    pub fn insert_texts(&mut self, name: impl Into<String>) {
        self.open.insert(name.into(), (Type::Text, Level::L1));
    }

    /// Adds a path that the language has and this build does not.
    pub fn insert_not_yet(&mut self, path: impl Into<String>) {
        self.not_yet.insert(path.into());
    }

    /// Adds a name whose own definition is at fault and was reported there: who uses it is not blamed.
    pub fn insert_unsound(&mut self, path: impl Into<String>) {
        self.unsound.insert(path.into());
    }

    /// Whether the path is one whose own definition is at fault.
    pub fn is_unsound(&self, path: &str) -> bool {
        self.unsound.contains(path)
    }

    /// What stands at a path.
    pub fn get(&self, path: &str) -> Option<&(Type, Level)> {
        let member = || path.split_once('.').filter(|(_, member)| !member.contains('.'));
        self.names.get(path).or_else(|| self.open.get(member()?.0))
    }

    /// Whether the path is one that is not built yet.
    pub fn is_not_yet(&self, path: &str) -> bool {
        self.not_yet.contains(path)
    }

    /// Adds what another scope has and this one has not.
    pub fn add(&mut self, other: &Self) {
        for (path, known) in &other.names {
            self.names.entry(path.clone()).or_insert_with(|| known.clone());
        }
        self.not_yet.extend(other.not_yet.iter().cloned());
        self.unsound.extend(other.unsound.iter().cloned());
    }

    /// Adds what another scope has and this one has not: it may have no value, since its step may not have run.
    pub fn add_as_optional(&mut self, other: &Self) {
        for (path, (result, level)) in &other.names {
            self.names.entry(path.clone()).or_insert_with(|| (result.clone().or_empty(), *level));
        }
        self.not_yet.extend(other.not_yet.iter().cloned());
        self.unsound.extend(other.unsound.iter().cloned());
    }

    /// Whether names below this path exist: `request` of `request.purpose`.
    pub fn is_group(&self, path: &str) -> bool {
        self.open.contains_key(path) || self.below(path).next().is_some()
    }

    /// A name that may have been meant: the same path but for a slip in one word, or a path that ends in this word.
    pub fn suggestion(&self, path: &str) -> String {
        let words: Vec<&str> = path.split('.').collect();
        let by_slip = self.names.keys().find(|known| is_slip_of(&words, known)).map(String::as_str);
        let by_end = || {
            let [word] = words[..] else { return None };
            self.names.keys().map(String::as_str).find(|known| known.rsplit('.').next() == Some(word))
        };
        by_slip.or_else(by_end).unwrap_or_default().to_owned()
    }

    /// The names right below a path, with commas.
    pub fn members(&self, path: &str) -> String {
        self.below(path).take(MEMBERS_SHOWN_MAX).collect::<Vec<_>>().join(", ")
    }

    fn below(&self, path: &str) -> impl Iterator<Item = &str> {
        let prefix = format!("{path}.");
        self.names.keys().filter(move |name| name.starts_with(&prefix)).map(String::as_str)
    }
}

/// Whether a path differs from a known one in a single word, and there only by a slip of the finger.
fn is_slip_of(words: &[&str], known: &str) -> bool {
    let known: Vec<&str> = known.split('.').collect();
    let differing: Vec<_> = words.iter().zip(&known).filter(|(found, known)| found != known).collect();
    match differing[..] {
        [(found, known_word)] if words.len() == known.len() => closest(found, [*known_word]).is_some(),
        _ => false,
    }
}

/// How many names a message lists.
const MEMBERS_SHOWN_MAX: usize = 8;

/// What an expression sees of a field: optional unless the form always asks for it.
pub fn request_type(field: &Field) -> Type {
    let whole = match &field.kind {
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Choice(_)
        | FieldKind::Mobile
        | FieldKind::CnResidentId
        | FieldKind::BankCard => Type::Text,
        FieldKind::Number | FieldKind::Money => Type::Number,
        FieldKind::YesNo => Type::Bool,
        FieldKind::Date => Type::Date,
        FieldKind::Person => Type::Person,
        FieldKind::Table(columns) => Type::List(Box::new(Type::Map(
            columns.iter().map(|column| (column.name.to_string(), request_type(column))).collect(),
        ))),
        FieldKind::Records(_) => Type::Records,
        FieldKind::RegisterFields(_) => Type::Picks,
    };
    let always = field.show_when.is_none() && field.required.as_ref().is_some_and(Expression::is_true);
    if always || matches!(field.kind, FieldKind::Table(_)) { whole } else { whole.or_empty() }
}
