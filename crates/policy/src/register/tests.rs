use std::collections::BTreeSet;

use definition::{
    id::{FormId, Login},
    load::{SourceFile, load, load_people},
    model::{RegisterRight, Workspace},
    people::Directory,
};

use super::{RowScope, may_touch, register_rights, row_scope};

const SETTINGS: &str = "
workspace: Test
locale: en
timezone: Asia/Shanghai
sensitivity:
  L0: { title: A }
  L1: { title: B, others_see: masked }
  L2: { title: C, others_see: masked }
  L3: { title: D, others_see: nothing }
roles:
  staff: { title: Staff, clearance: L1 }
  lead: { title: Lead, clearance: L2 }
  dpo: { title: Officer, clearance: L3 }
  guest: { title: Guest, clearance: L0 }
calendar: { hours: { mon-fri: [\"09:00-18:00\"] } }
";

const REGISTER: &str = "
form: customer
kind: register
title: Customer
register:
  show_as: \"{{ name }}\"
  owner: owner
  access:
    - { who: role:staff, rows: owner == me, can: [view, edit, create] }
    - { who: role:lead, rows: owner in my.team, can: [view, reveal] }
    - { who: role:dpo, can: [view] }
fields:
  - { name: name, type: text, label: Name }
  - { name: owner, type: person, label: Owner }
";

const PEOPLE: &str = "
departments: []
people:
  - { login: lead, name: L, roles: [lead, staff], status: active }
  - { login: one, name: O, manager: lead, roles: [staff], status: active }
  - { login: two, name: T, manager: one, roles: [staff], status: active }
  - { login: officer, name: F, roles: [dpo], status: active }
  - { login: guest, name: G, roles: [guest], status: active }
  - { login: gone, name: X, roles: [dpo, staff], status: left }
";

fn world() -> (Workspace, Directory) {
    let source = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.as_bytes().to_vec() };
    let loaded = load(&[source("chancery.yaml", SETTINGS), source("forms/customer.yaml", REGISTER)]);
    assert!(!loaded.has_errors(), "{:#?}", loaded.diagnostics);
    let workspace = loaded.workspace.unwrap();
    let people = load_people(&workspace.settings, &source("people.yaml", PEOPLE));
    let file = people.file.unwrap_or_else(|| panic!("{:#?}", people.diagnostics));
    let directory = Directory::new(&workspace.settings, file.people, file.departments);
    (workspace, directory)
}

fn team(logins: &[&str]) -> RowScope {
    RowScope::Team(logins.iter().map(|login| Login::from(*login)).collect())
}

#[test]
fn the_widest_of_what_the_roles_grant_counts() {
    let (workspace, directory) = world();
    let form = &workspace.forms[&FormId::from("customer")];
    for (login, right, expected) in [
        ("one", RegisterRight::View, RowScope::Own),
        ("one", RegisterRight::Reveal, RowScope::None),
        ("lead", RegisterRight::View, team(&["lead", "one", "two"])),
        ("lead", RegisterRight::Edit, RowScope::Own),
        ("officer", RegisterRight::View, RowScope::All),
        ("officer", RegisterRight::Edit, RowScope::None),
        ("guest", RegisterRight::View, RowScope::None),
        ("gone", RegisterRight::View, RowScope::None),
    ] {
        let person = directory.person(login).unwrap();
        assert_eq!(row_scope(&directory, person, form, right), expected, "{login} {right:?}");
    }
}

#[test]
fn a_record_is_touched_only_inside_the_scope() {
    let (workspace, directory) = world();
    let form = &workspace.forms[&FormId::from("customer")];
    let table = [
        ("one", Some("one"), true),
        ("one", Some("two"), false),
        ("one", None, false),
        ("lead", Some("two"), true),
        ("lead", Some("officer"), false),
        ("officer", None, true),
        ("guest", Some("guest"), false),
    ];
    for (login, owner, expected) in table {
        let person = directory.person(login).unwrap();
        let owner = owner.map(Login::from);
        let right = (RegisterRight::View, owner.as_ref());
        assert_eq!(may_touch(&directory, person, form, right), expected, "{login} {owner:?}");
    }
}

#[test]
fn anything_not_granted_is_denied() {
    let (workspace, directory) = world();
    let form = &workspace.forms[&FormId::from("customer")];
    let rights = |login: &str| register_rights(directory.person(login).unwrap(), form);
    assert_eq!(rights("one"), BTreeSet::from([RegisterRight::View, RegisterRight::Edit, RegisterRight::Create]));
    assert_eq!(rights("officer"), BTreeSet::from([RegisterRight::View]));
    assert_eq!(rights("guest"), BTreeSet::new());
    assert_eq!(rights("gone"), BTreeSet::new());
}
