//! How a scenario begins: who enters what, or what happens, and when.

use std::collections::BTreeSet;

use definition::{
    diagnostic::codes,
    document::Node,
    form_values::{Entered, EnteredValues},
    id::{FormId, Login},
    model::{self as process, FieldKind, PERSON_FIELD, RECORDS_FIELD},
    value::{RecordSet, Value},
};
use vault::Digester;

use super::reader::Reader;
use crate::model::{Cause, Start};

/// How many records a scenario may name.
const HANDLES_MAX: usize = 100_000;

/// Reads `start`, which says what the workflow's own `start` waits for.
pub fn start(reader: &mut Reader<'_>, node: &Node) -> Option<Start> {
    let at = reader.required(node, "at").and_then(|at| reader.time(at));
    let (cause, values) = match reader.process_start() {
        Some(process::Start::Form { .. }) | None => {
            reader.keys(node, &["by", "at", "request"], &[]);
            let by = reader.required(node, "by").and_then(|by| reader.person(by)).map(Cause::By);
            (by, reader.required(node, "request").map(|request| entered(reader, request)))
        }
        Some(process::Start::Api { .. }) => {
            reader.keys(node, &["by", "at"], &[]);
            let by = reader.required(node, "by").and_then(|by| reader.person(by)).map(Cause::By);
            (by, Some(EnteredValues::new()))
        }
        Some(process::Start::Schedule(_)) => {
            reader.keys(node, &["at"], &[]);
            (Some(Cause::Time), Some(EnteredValues::new()))
        }
        Some(process::Start::Event { .. }) => {
            reader.keys(node, &["by", "at", "event"], &[]);
            let cause = match node.get("by") {
                Some(by) => reader.person(by).map(Cause::By),
                None => Some(Cause::Event),
            };
            (cause, reader.required(node, "event").map(|event| entered(reader, event)))
        }
        Some(process::Start::Record { register, .. }) => {
            reader.keys(node, &["at", "record"], &[]);
            let mut values = reader.required(node, "record").map(|record| entered(reader, record));
            if let Some(values) = &mut values {
                let one = set(register.clone(), &BTreeSet::from([RECORDS_FIELD]));
                values.insert(RECORDS_FIELD.to_owned(), Entered::Whole(Value::Records(one)));
            }
            (Some(Cause::Record), values)
        }
        Some(process::Start::Person { .. }) => {
            reader.keys(node, &["at", "person"], &[]);
            let person = reader.required(node, "person").and_then(|person| reader.person(person));
            let value = |login: &Login| (PERSON_FIELD.to_owned(), Entered::Whole(Value::Person(login.clone())));
            let values = person.iter().map(value).collect();
            (person.map(Cause::Person), Some(values))
        }
    };
    Some(Start { line: node.line, cause: cause?, at: at?, values: values? })
}

/// What somebody enters into the request form. A set of records is given by handles, of which only the number matters.
pub fn entered(reader: &mut Reader<'_>, node: &Node) -> EnteredValues {
    let form = reader.form();
    let known: Vec<&str> = form.iter().flat_map(|form| &form.fields).map(|field| field.name.as_str()).collect();
    let mut values = EnteredValues::new();
    for entry in reader.keys(node, &known, &[]) {
        let field = form.and_then(|form| form.field(&entry.key));
        let value = match field.map(|field| &field.kind) {
            Some(FieldKind::Records(_)) => records(reader, &entry.value).map(|set| Entered::Whole(Value::Records(set))),
            Some(
                FieldKind::Text
                | FieldKind::Multiline
                | FieldKind::Number
                | FieldKind::Money
                | FieldKind::YesNo
                | FieldKind::Choice(_)
                | FieldKind::Date
                | FieldKind::Mobile
                | FieldKind::CnResidentId
                | FieldKind::BankCard
                | FieldKind::Person
                | FieldKind::Table(_)
                | FieldKind::RegisterFields(_),
            )
            | None => Some(Entered::Raw(entry.value.to_json())),
        };
        values.extend(value.map(|value| (entry.key.clone(), value)));
    }
    values
}

fn records(reader: &mut Reader<'_>, node: &Node) -> Option<RecordSet> {
    reader.keys(node, &["register", "ids"], &["where"]);
    let register = reader.required(node, "register")?;
    let name = reader.text(register)?;
    let known: Vec<&str> = reader.workspace.forms.keys().map(FormId::as_str).collect();
    let name = reader.known_word(register, name, &known)?;
    let ids = reader.required(node, "ids")?;
    let handles = reader.list(ids)?;
    if handles.len() > HANDLES_MAX {
        reader.report(ids, codes::TOO_MANY, &[("limit", &HANDLES_MAX.to_string())]);
        return None;
    }
    let handles: BTreeSet<&str> = handles.iter().filter_map(|handle| reader.text(handle)).collect();
    Some(set(FormId::from(name), &handles))
}

/// A set of records of which only the number matters.
fn set(register: FormId, handles: &BTreeSet<&str>) -> RecordSet {
    let mut digester = Digester::new("scenario records");
    for handle in handles {
        digester.text(handle);
    }
    let count = u64::try_from(handles.len()).expect("a file holds fewer handles than that");
    RecordSet { register, count, digest: digester.finish().to_string(), chosen: None }
}
