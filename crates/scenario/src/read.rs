//! Reads a file of scenarios, reporting everything that is wrong with it at once.

mod expectations;
mod reader;
mod start;
mod steps;

use std::collections::BTreeMap;

use definition::{
    diagnostic::{Diagnostic, codes},
    document::{self, Node},
    id::WorkflowId,
    load::{self, PeopleFile, SourceFile},
    model::Workspace,
    text::{Locale, Localized, Text},
};

use crate::model::{Scenario, Suite};
use reader::Reader;

/// How many scenarios one file may hold.
const SCENARIOS_MAX: usize = 500;

/// Reads a file of scenarios against the workspace it stands in. `files` holds the file of people that it names.
pub fn read(file: &SourceFile, workspace: &Workspace, files: &[SourceFile]) -> Result<Suite, Vec<Diagnostic>> {
    let root = document::read(file)?;
    let mut found = Vec::new();
    let people = people(file, &root, (workspace, files), &mut found);
    let mut reader = Reader::new(&file.path, workspace, people.as_ref());
    let suite = read_suite(&mut reader, &root);
    found.extend(reader.finish());
    match (suite, people) {
        (Some((workflow, scenarios)), Some(people)) if found.is_empty() => {
            Ok(Suite { file: file.path.clone(), workflow, people, scenarios })
        }
        (Some(_) | None, Some(_) | None) => Err(found),
    }
}

fn people(
    file: &SourceFile,
    root: &Node,
    (workspace, files): (&Workspace, &[SourceFile]),
    found: &mut Vec<Diagnostic>,
) -> Option<PeopleFile> {
    let Some(node) = root.get("people") else {
        found.push(root.finding(&file.path, codes::MISSING_KEY, &[("key", "people")]));
        return None;
    };
    let path = node.as_text().unwrap_or_default();
    let Some(source) = files.iter().find(|source| source.path == path) else {
        let suggestion = document::suggestion(path, files.iter().map(|source| source.path.as_str()));
        let arguments = [("path", path), ("suggestion", suggestion.as_str())];
        found.push(node.finding(&file.path, codes::MISSING_FILE, &arguments));
        return None;
    };
    let loaded = load::load_people(&workspace.settings, source);
    found.extend(loaded.diagnostics);
    loaded.file
}

fn read_suite(reader: &mut Reader<'_>, root: &Node) -> Option<(WorkflowId, Vec<Scenario>)> {
    reader.keys(root, &["scenarios", "people", "cases"], &[]);
    let workflow = reader.required(root, "scenarios")?;
    let id = reader.text(workflow)?;
    let known: Vec<&str> = reader.workspace.processes.keys().map(WorkflowId::as_str).collect();
    let id = WorkflowId::from(reader.known_word(workflow, id, &known)?);
    reader.enter_workflow(&id);
    let cases = reader.required(root, "cases")?;
    let cases = reader.list(cases)?;
    if cases.len() > SCENARIOS_MAX {
        reader.report(root, codes::TOO_MANY, &[("limit", &SCENARIOS_MAX.to_string())]);
    }
    let scenarios = cases.iter().take(SCENARIOS_MAX).filter_map(|case| scenario(reader, case)).collect();
    Some((id, scenarios))
}

fn scenario(reader: &mut Reader<'_>, node: &Node) -> Option<Scenario> {
    reader.keys(node, &["scenario", "start", "then"], &[]);
    let title = reader.required(node, "scenario").and_then(|title| text(reader, title));
    let start = reader.required(node, "start").and_then(|start| start::start(reader, start));
    let then = reader.required(node, "then").and_then(|then| {
        let then = reader.list(then)?;
        Some(then.iter().filter_map(|step| steps::step(reader, step)).collect())
    });
    Some(Scenario { title: title?, line: node.line, start: start?, then: then? })
}

/// Text for people, once or per language.
fn text(reader: &mut Reader<'_>, node: &Node) -> Option<Text> {
    let Some(entries) = node.as_keys() else { return reader.text(node).map(|text| Localized::Same(text.to_owned())) };
    let mut each = BTreeMap::new();
    for entry in entries {
        match (Locale::parse(&entry.key), reader.text(&entry.value)) {
            (Some(locale), Some(text)) => {
                each.insert(locale, text.to_owned());
            }
            (None, _) => reader.report_key(entry, codes::UNKNOWN_LOCALE, &[("found", &entry.key)]),
            (Some(_), None) => {}
        }
    }
    (!each.is_empty()).then_some(Localized::PerLocale(each))
}

#[cfg(test)]
mod tests;
