//! A company that nobody planned: who reports to whom, who holds which role, who is away for good.

use definition::{
    level::Level,
    load::{PeopleFile, SourceFile, load_people},
    model::{FieldValues, Settings},
    value::{FieldPick, RecordSet, Value},
};

use super::chance::Chance;

pub const LOGINS: [&str; 9] = ["ada", "bob", "cat", "dan", "eve", "flo", "gus", "hal", "ivy"];
pub const ROLES: [&str; 5] = ["staff", "member", "director", "dpo", "admin"];
pub const DEPARTMENTS: [&str; 4] = ["company", "sales", "board", "finance"];

/// What people enter and what no event may carry.
pub const PERSONAL: [&str; 3] = ["Zhao Liu asked", "Qian Qi moved", "6222020200112233"];

const ZONES: [&str; 4] = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

const REGISTER: &str = r#"
form: customer
kind: register
title: Customer
register: { show_as: "{{ name }}", owner: owner, access: [ { who: role:staff, rows: owner == me, can: [view] } ] }
fields:
  - { name: name, type: text, label: Name, sensitivity: L1 }
  - { name: id_number, type: cn_resident_id, label: ID, sensitivity: L2 }
  - { name: owner, type: person, label: Owner }
"#;

const REQUEST: &str = r#"
form: request
title: Request
fields:
  - { name: purpose, type: text, label: Purpose, sensitivity: L1, required: true }
  - { name: amount, type: number, label: Amount }
  - { name: account, type: bank_card, label: Account, sensitivity: L2 }
  - { name: colleague, type: person, label: Colleague }
  - { name: records, type: records, register: customer, label: Records, required: true }
  - { name: fields, type: register_fields, register: customer, label: Fields, required: true }
  - { name: format, type: choice, label: Format, options: [xlsx, csv], default: '"xlsx"', required: true }
"#;

/// A file of the workspace.
pub fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.as_bytes().to_vec() }
}

/// The settings and the forms.
pub fn files(chance: &mut Chance) -> Vec<SourceFile> {
    let zone = chance.pick(&ZONES);
    let settings = format!(
        r#"
workspace: Simulation
locale: en
timezone: {zone}
sensitivity:
  L0: {{ title: Public }}
  L1: {{ title: Basic, others_see: masked }}
  L2: {{ title: Identity, others_see: masked }}
  L3: {{ title: Dealings, others_see: nothing }}
roles:
  staff: {{ title: Staff, clearance: L1 }}
  member: {{ title: Member, clearance: L2 }}
  director: {{ title: Director, clearance: L2 }}
  dpo: {{ title: Officer, clearance: L3 }}
  admin: {{ title: Administrator, clearance: L0, can: [build, people, settings, incidents] }}
calendar:
  hours: {{ mon-fri: ["09:00-12:00", "13:00-18:00"] }}
  closed: [2026-10-01, 2026-10-02, 2026-10-05, 2026-10-06, 2026-10-07]
  open: [2026-10-10]
"#
    );
    vec![file("chancery.yaml", &settings), file("forms/customer.yaml", REGISTER), file("forms/request.yaml", REQUEST)]
}

/// People and departments, as a file says them.
pub fn people(chance: &mut Chance) -> String {
    let mut lines = vec!["departments:".to_owned()];
    for department in DEPARTMENTS {
        let parent = if department == "company" { "" } else { ", parent: company" };
        let head = chance.pick(&LOGINS);
        lines.push(format!("  - {{ id: {department}, title: {department}, head: {head}{parent} }}"));
    }
    lines.push("people:".to_owned());
    lines.extend((0..LOGINS.len()).map(|place| person(chance, place)));
    lines.join("\n") + "\n"
}

fn person(chance: &mut Chance, place: usize) -> String {
    let (login, department) = (LOGINS[place], chance.pick(&DEPARTMENTS));
    let has_manager = place > 0 && !chance.one_in(6);
    let manager = if has_manager { format!(", manager: {}", LOGINS[chance.below(place)]) } else { String::new() };
    let mut roles: Vec<&str> = chance.some(&ROLES[..4]).into_iter().copied().collect();
    if place + 1 == LOGINS.len() || chance.one_in(6) {
        roles.push("admin");
    }
    // Somebody can always begin.
    let begins = place == 1;
    if begins && !roles.contains(&"staff") {
        roles.push("staff");
    }
    let status = chance.weighted(&[(14, "active"), (1, "disabled"), (1, "left")]);
    let (roles, status) = (roles.join(", "), if begins { "active" } else { status });
    format!(
        "  - {{ login: {login}, name: {login}, department: {department}{manager}, roles: [{roles}], status: {status} }}"
    )
}

/// The people of such a file.
pub fn read(settings: &Settings, text: &str) -> PeopleFile {
    let people = load_people(settings, &file("people.yaml", text));
    people.file.unwrap_or_else(|| panic!("the simulated people are sound: {:?}", people.diagnostics))
}

/// What somebody asks for.
pub fn request(chance: &mut Chance) -> FieldValues {
    let mut values = FieldValues::new();
    for field in ["purpose", "amount", "account", "colleague", "records", "fields", "format"] {
        values.insert(field.into(), value(chance, field));
    }
    values
}

/// Something that a field may hold.
pub fn value(chance: &mut Chance, field: &str) -> Value {
    let may_be_empty = matches!(field, "amount" | "account" | "colleague");
    if may_be_empty && chance.one_in(4) {
        return Value::Empty;
    }
    let number = |chance: &mut Chance, end| u32::try_from(chance.below(end)).expect("it is small");
    match field {
        "amount" => Value::Number(number(chance, 10).into()),
        "account" => Value::Text("6222020200112233".to_owned()),
        "colleague" => Value::Person((*chance.pick(&LOGINS)).into()),
        "format" => Value::Text((*chance.pick(&["xlsx", "csv"])).to_owned()),
        "records" => {
            let count = u64::from(number(chance, 6)) + 1;
            Value::Records(RecordSet {
                register: "customer".into(),
                count,
                digest: format!("{count:064x}"),
                chosen: None,
            })
        }
        "fields" => {
            let pick = |name: &str, masked, level| FieldPick { name: name.into(), masked, level };
            let mut picks = vec![pick("name", false, Level::L1)];
            if !chance.one_in(3) {
                picks.push(pick("id_number", chance.one_in(3), Level::L2));
            }
            Value::Picks(picks)
        }
        _ => Value::Text((*chance.pick(&PERSONAL)).to_owned()),
    }
}
