//! What a person may do with a register, and with which of its records.

use std::collections::BTreeSet;

use definition::{
    id::Login,
    model::{Form, RegisterRight, RowRule},
    people::{Directory, Person, PersonStatus},
};

/// Which records of a register a right covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowScope {
    /// None.
    None,
    /// Those the person owns.
    Own,
    /// Those that one of these owns: the person and everybody below them.
    Team(BTreeSet<Login>),
    /// All.
    All,
}

impl RowScope {
    /// Whether a record of this owner is covered. A record that nobody owns is covered by `All` alone.
    pub fn covers(&self, person: &Login, owner: Option<&Login>) -> bool {
        match (self, owner) {
            (Self::All, _) => true,
            (Self::Own, Some(owner)) => owner == person,
            (Self::Team(team), Some(owner)) => team.contains(owner),
            (Self::None | Self::Own | Self::Team(_), _) => false,
        }
    }
}

/// Which records a person may use a right on: the widest of what their roles grant.
pub fn row_scope(directory: &Directory, person: &Person, form: &Form, right: RegisterRight) -> RowScope {
    let rows: Vec<&RowRule> =
        grants(person, form).filter(|rule| rule.can.contains(&right)).map(|rule| &rule.rows).collect();
    if rows.contains(&&RowRule::All) {
        RowScope::All
    } else if rows.contains(&&RowRule::Team) {
        RowScope::Team(directory.team(person.login.as_str()))
    } else if rows.contains(&&RowRule::Own) {
        RowScope::Own
    } else {
        RowScope::None
    }
}

/// Every right that a person has on at least some records of a register.
pub fn register_rights(person: &Person, form: &Form) -> BTreeSet<RegisterRight> {
    grants(person, form).flat_map(|rule| rule.can.iter().copied()).collect()
}

/// Whether a person may use a right on a record of this owner.
pub fn may_touch(
    directory: &Directory,
    person: &Person,
    form: &Form,
    (right, owner): (RegisterRight, Option<&Login>),
) -> bool {
    row_scope(directory, person, form, right).covers(&person.login, owner)
}

/// The access rules that speak of somebody who works here now.
fn grants<'a>(person: &'a Person, form: &'a Form) -> impl Iterator<Item = &'a definition::model::AccessRule> {
    let access = match person.status {
        PersonStatus::Active => form.register().map(|register| register.access.as_slice()).unwrap_or_default(),
        PersonStatus::Disabled | PersonStatus::Left => &[],
    };
    access.iter().filter(|rule| person.roles.contains(&rule.role))
}

#[cfg(test)]
mod tests;
