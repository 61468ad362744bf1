//! Actions of `run` steps: which arguments each takes, of which types.

use crate::{
    diagnostic::codes,
    expression::{Expression, Tree, Type},
    id::FormId,
    lower::{
        expressions,
        reading::{self, Keys, Mapping},
        workflow::Lowering,
    },
    model::{ActionCall, ExportArguments, FieldKind, Form, Protect, RECORDS_FIELD},
    period::{Period, Unit},
    reporter::Reporter,
    syntax::Node,
    value::Value,
};

pub(crate) const EXPORT_KEYS: Keys = Keys::all(&["records", "fields", "format", "protect"]);
pub(crate) const PROTECT_KEYS: Keys = Keys::all(&["watermark", "password", "expires", "downloads"]);

/// Actions that the language has and this build does not.
const ACTIONS_NOT_YET: &[&str] = &[
    "records.transfer",
    "records.quarantine",
    "records.release",
    "records.create",
    "records.update",
    "records.anonymise",
    "records.destroy",
    "access.grant",
    "access.revoke",
    "access.restrict",
    "account.disable",
    "sessions.revoke",
    "report.make",
    "document.make",
    "http.call",
    "case.start",
    "script",
];

/// File formats that an export can write.
const EXPORT_FORMATS: &[&str] = &["xlsx", "csv"];
/// Most downloads of one file.
const DOWNLOADS_MAX: u32 = 100;

/// How an exported file is protected where its step does not say.
const PROTECT_DEFAULT: Protect =
    Protect { watermark: true, password: true, expires: Period { amount: 7, unit: Unit::Days }, downloads: 3 };

/// The action of a `run` step, with its arguments.
pub(super) fn lower(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &Lowering<'_>) -> Option<ActionCall> {
    let action = mapping
        .required(reporter, "action")
        .and_then(|node| reading::one_of_or_not_yet(reporter, node, &[("records.export", ())], ACTIONS_NOT_YET));
    action?;
    let with = mapping.required(reporter, "with")?;
    export(reporter, with, lowering).map(ActionCall::RecordsExport)
}

fn export(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<ExportArguments> {
    let mapping = reading::mapping(reporter, node, EXPORT_KEYS)?;
    let mut argument = |key: &'static str, result: &Type| {
        let node = mapping.required(reporter, key)?;
        lowering.form()?;
        let argument = expressions::expression(reporter, node, &lowering.scope, Some(result))?;
        is_as_approved(reporter, (node, &argument), lowering).then_some(argument)
    };
    let records = argument("records", &Type::Records);
    let fields = argument("fields", &Type::Picks);
    let format = argument("format", &Type::Text);
    let protect = match mapping.get("protect") {
        Some(node) => protect(reporter, node),
        None => Some(PROTECT_DEFAULT),
    };
    if let (Some(form), Some(format), Some(node)) = (lowering.form(), &format, mapping.get("format")) {
        for found in unknown_formats(format, form) {
            reporter.report(
                codes::EXPORT_FORMAT,
                node.place,
                &[("found", &found), ("known", &EXPORT_FORMATS.join(" "))],
            );
        }
    }
    let (records, fields) = (records?, fields?);
    if let (Some(of_records), Some(of_fields)) =
        (register(&records, lowering.form()?), register(&fields, lowering.form()?))
        && of_records != of_fields
    {
        let arguments = [("records", of_records.as_str()), ("fields", of_fields.as_str())];
        reporter.report(codes::REGISTERS_DIFFER, node.place, &arguments);
    }
    Some(ExportArguments { records, fields, format: format?, protect: protect? })
}

/// Whether an argument is made of what people approved: a case variable or an item may have changed since.
fn is_as_approved(
    reporter: &mut Reporter<'_>,
    (node, argument): (&Node, &Expression),
    lowering: &Lowering<'_>,
) -> bool {
    let first = |path: &[String]| path.first().filter(|name| lowering.volatile.contains(*name)).cloned();
    let name = argument.tree.paths().into_iter().find_map(first);
    if let Some(name) = &name {
        reporter.report(codes::ARGUMENT_NOT_APPROVED, node.place, &[("name", name)]);
    }
    name.is_none()
}

fn protect(reporter: &mut Reporter<'_>, node: &Node) -> Option<Protect> {
    let mapping = reading::mapping(reporter, node, PROTECT_KEYS)?;
    let mut flag = |key: &str, usual: bool| match mapping.get(key) {
        Some(node) => reading::boolean(reporter, node),
        None => Some(usual),
    };
    let watermark = flag("watermark", PROTECT_DEFAULT.watermark);
    let password = flag("password", PROTECT_DEFAULT.password);
    let expires = match mapping.get("expires") {
        Some(node) => super::step::ladder::period(reporter, node),
        None => Some(PROTECT_DEFAULT.expires),
    };
    let downloads = match mapping.get("downloads") {
        Some(node) => reading::whole_number(reporter, node, 1, DOWNLOADS_MAX),
        None => Some(PROTECT_DEFAULT.downloads),
    };
    Some(Protect { watermark: watermark?, password: password?, expires: expires?, downloads: downloads? })
}

/// Formats that the argument may yield and the action cannot write.
fn unknown_formats(format: &Expression, form: &Form) -> Vec<String> {
    let offered = if let Tree::Literal(Value::Text(text)) = &*format.tree {
        vec![text.clone()]
    } else if let Tree::Path(path) = &*format.tree
        && let Some(FieldKind::Choice(choices)) = field_kind(path, form)
    {
        choices.iter().map(|choice| choice.value.clone()).collect()
    } else {
        Vec::new()
    };
    offered.into_iter().filter(|format| !EXPORT_FORMATS.contains(&format.as_str())).collect()
}

/// The register that an argument's field draws from.
fn register<'f>(argument: &Expression, form: &'f Form) -> Option<&'f FormId> {
    let Tree::Path(path) = &*argument.tree else { return None };
    if let FieldKind::Records(register) | FieldKind::RegisterFields(register) = field_kind(path, form)? {
        Some(register)
    } else {
        None
    }
}

fn field_kind<'f>(path: &[String], form: &'f Form) -> Option<&'f FieldKind> {
    match path {
        [values, field] if values == "request" || values == "event" => form.field(field).map(|field| &field.kind),
        [records] if records == RECORDS_FIELD => form.field(records).map(|field| &field.kind),
        _ => None,
    }
}
