//! A version of a process: exactly the files it means anything with, named by their digest.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use definition::{
    id::{FormId, WorkflowId},
    load::{SourceFile, load},
    model::{FieldKind, Form, Start, Workspace},
};
use engine::Plan;
use serde::{Deserialize, Serialize};
use vault::{Digest, Digester};

/// The files of a version, kept with it for as long as a case runs on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    files: BTreeMap<String, String>,
}

impl Sources {
    /// The files of a whole workspace.
    pub fn whole(files: &[SourceFile]) -> Self {
        let text = |file: &SourceFile| (file.path.clone(), String::from_utf8_lossy(&file.text).into_owned());
        Self { files: files.iter().map(text).collect() }
    }

    /// Reads the files again.
    pub fn load(&self) -> Option<Workspace> {
        let file =
            |(path, text): (&String, &String)| SourceFile { path: path.clone(), text: text.clone().into_bytes() };
        load(&self.files.iter().map(file).collect::<Vec<_>>()).workspace
    }

    /// The files that a process of a workspace needs: its own, its forms', the settings and the calendars.
    pub fn of(files: &[SourceFile], workspace: &Workspace, process: &WorkflowId) -> Option<Self> {
        let definition = workspace.processes.get(process)?;
        let mut wanted = vec!["chancery.yaml".to_owned(), format!("workflows/{process}.yaml")];
        if let Start::Form { form, .. } = &definition.start {
            wanted.push(format!("forms/{form}.yaml"));
        }
        wanted.extend(registers_of(&definition.intake).map(|register| format!("forms/{register}.yaml")));
        let is_wanted = |path: &str| {
            wanted.iter().any(|wanted| wanted == path)
                || Path::new(path).extension().is_some_and(|extension| extension == "ics")
        };
        let files = files
            .iter()
            .filter(|file| is_wanted(&file.path))
            .map(|file| (file.path.clone(), String::from_utf8_lossy(&file.text).into_owned()))
            .collect();
        Some(Self { files })
    }

    /// Names this content.
    pub fn digest(&self) -> Digest {
        let mut digester = Digester::new("chancery.definition.v1");
        for (path, text) in &self.files {
            digester.text(path).text(text);
        }
        digester.finish()
    }

    /// Reads the files again and pins the process to them.
    pub fn plan(&self, process: &WorkflowId, version: u32) -> Option<Plan> {
        plan_of(&self.load()?, process, version, self.digest())
    }
}

fn plan_of(workspace: &Workspace, process: &WorkflowId, version: u32, digest: Digest) -> Option<Plan> {
    let process = Arc::clone(workspace.processes.get(process)?);
    let form = Arc::clone(&process.intake);
    let registers = registers_of(&form)
        .filter_map(|register| workspace.forms.get(register).map(|form| (register.clone(), Arc::clone(form))))
        .collect();
    Some(Plan { process, form, registers, settings: Arc::clone(&workspace.settings), version, digest })
}

/// The registers that a form's fields name.
fn registers_of(form: &Form) -> impl Iterator<Item = &FormId> {
    form.fields.iter().filter_map(|field| match &field.kind {
        FieldKind::Records(register) | FieldKind::RegisterFields(register) => Some(register),
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
        | FieldKind::Table(_) => None,
    })
}
