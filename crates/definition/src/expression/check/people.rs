//! A literal text beside a person or a department names one: `request.owner == "li.na"`.

use super::Typed;
use crate::{
    expression::{Tree, Type},
    id::{DepartmentId, Login},
    value::Value,
};

/// A literal text beside a person or a department names one.
pub(super) fn name_one(typed: &mut Typed, beside: &Type) {
    if let Some(named) = named(&typed.tree, beside) {
        typed.tree = named;
        typed.result = beside.clone();
    }
}

pub(super) fn name_all(list: &mut Typed, beside: &Type) {
    let Tree::List(items) = &list.tree else { return };
    if let Some(items) = items.iter().map(|item| named(item, beside)).collect() {
        list.tree = Tree::List(items);
        list.result = Type::List(Box::new(beside.clone()));
    }
}

fn named(tree: &Tree, beside: &Type) -> Option<Tree> {
    let Tree::Literal(Value::Text(text)) = tree else { return None };
    let name = text.as_str();
    let value = if *beside == Type::Person {
        Value::Person(Login::from(name))
    } else if *beside == Type::Department {
        Value::Department(DepartmentId::from(name))
    } else {
        return None;
    };
    Some(Tree::Literal(value))
}
