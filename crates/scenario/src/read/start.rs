//! How a scenario begins: who enters what, and when.

use std::collections::BTreeSet;

use definition::{
    diagnostic::codes,
    document::Node,
    form_values::{Entered, EnteredValues},
    id::FormId,
    model::FieldKind,
    value::{RecordSet, Value},
};
use vault::Digester;

use super::reader::Reader;
use crate::model::Start;

/// How many records a scenario may name.
const HANDLES_MAX: usize = 100_000;

/// Reads `start`.
pub fn start(reader: &mut Reader<'_>, node: &Node) -> Option<Start> {
    reader.keys(node, &["by", "at", "request"], &["record", "event"]);
    let by = reader.required(node, "by").and_then(|by| reader.person(by));
    let at = reader.required(node, "at").and_then(|at| reader.time(at));
    let request = match reader.process_start() {
        Some(definition::model::Start::Api { .. }) => {
            node.get("request").map_or_else(|| Some(EnteredValues::new()), |request| Some(entered(reader, request)))
        }
        Some(definition::model::Start::Form { .. }) | None => {
            reader.required(node, "request").map(|request| entered(reader, request))
        }
    };
    Some(Start { line: node.line, by: by?, at: at?, request: request? })
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
    let mut digester = Digester::new("scenario records");
    for handle in &handles {
        digester.text(handle);
    }
    let count = u64::try_from(handles.len()).expect("a file holds fewer handles than that");
    Some(RecordSet { register: FormId::from(name), count, digest: digester.finish().to_string() })
}
