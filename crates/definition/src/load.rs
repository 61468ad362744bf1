//! The way in: files of a workspace go in, a verified workspace and diagnostics come out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    diagnostic::{Diagnostic, Severity, codes},
    id::{FormId, StepId, WorkflowId},
    lower::{self, Names, calendar::Sources, form::FormNames},
    model::{Form, Process, Settings, Workspace},
    people::{Department, PersonEntry},
    reporter::Reporter,
    syntax::{self, Node, Place},
};

/// A file of a workspace, by its path relative to the workspace's folder, with `/`.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// `forms/customer.yaml`.
    pub path: String,
    /// Its bytes, as they are on the disk.
    pub text: Vec<u8>,
}

/// What a workspace's files amount to.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What is sound: a broken form or workflow is left out. Nothing at all only if `chancery.yaml` cannot be used.
    pub workspace: Option<Workspace>,
    /// Everything that was found, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each sound workflow and each of its steps is named.
    places: Places,
}

/// Where workflows and their steps are named.
type Places = BTreeMap<(WorkflowId, Option<StepId>), Place>;

impl Loaded {
    /// Whether anything was found that stops publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Where a workflow or one of its steps is named; an `end`, which has no name, stands for its workflow.
    pub(crate) fn place(&self, workflow: &WorkflowId, step: Option<&StepId>) -> Place {
        let at = |step: Option<&StepId>| self.places.get(&(workflow.clone(), step.cloned())).copied();
        at(step).or_else(|| at(None)).unwrap_or(Place::START)
    }

    /// What is to be listed of a workspace of which nothing can be used.
    fn unusable(diagnostics: Vec<Diagnostic>) -> Self {
        Self { workspace: None, diagnostics, places: Places::new() }
    }
}

/// Most files of one workspace; with more, none is read.
pub const FILES_MAX: usize = 1_000;

/// The file of the workspace's own settings.
const SETTINGS_FILE: &str = "chancery.yaml";

/// Reads a workspace: its settings, then its forms, then its workflows, each against what was read before.
pub fn load(files: &[SourceFile]) -> Loaded {
    let mut findings = Vec::new();
    if files.len() > FILES_MAX {
        let mut reporter = Reporter::new(SETTINGS_FILE);
        reporter.report(codes::TOO_MANY, Place::START, &[("limit", &FILES_MAX.to_string())]);
        return Loaded::unusable(reporter.finish());
    }
    let Some(settings) = load_settings(files, &mut findings) else {
        return Loaded::unusable(findings);
    };
    find_stray_files(files, &mut findings);
    let (forms, broken_forms) = load_forms(files, &settings, &mut findings);
    let names = Names { settings: &settings, forms: &forms, broken_forms: &broken_forms };
    let (processes, places) = load_workflows(files, &names, &mut findings);
    findings.sort_by(|left, right| (&left.file, left.line, left.column).cmp(&(&right.file, right.line, right.column)));
    let workspace = Workspace { settings: Arc::new(settings), forms, processes };
    Loaded { workspace: Some(workspace), diagnostics: findings, places }
}

/// The people of a company, as a file describes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFile {
    /// Everybody, in the file's order.
    pub people: Vec<PersonEntry>,
    /// Every department, in the file's order.
    pub departments: Vec<Department>,
}

/// What a file of people amounts to.
#[derive(Debug, Clone)]
pub struct LoadedPeople {
    /// The people, if all of the file is sound.
    pub file: Option<PeopleFile>,
    /// Everything that was found, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file of people against the roles of these settings.
pub fn load_people(settings: &Settings, file: &SourceFile) -> LoadedPeople {
    let mut reporter = Reporter::new(&file.path);
    let lowered = syntax::parse(&mut reporter, &file.text)
        .and_then(|root| lower::people::lower(&mut reporter, &root, settings))
        .filter(|_| reporter.errors() == 0);
    let file = lowered.map(|(people, departments)| PeopleFile { people, departments });
    LoadedPeople { file, diagnostics: reporter.finish() }
}

fn load_settings(files: &[SourceFile], findings: &mut Vec<Diagnostic>) -> Option<Settings> {
    let mut reporter = Reporter::new(SETTINGS_FILE);
    let file = files.iter().find(|file| file.path == SETTINGS_FILE);
    if file.is_none() {
        reporter.report(codes::MISSING_FILE, Place::START, &[("path", SETTINGS_FILE), ("suggestion", "")]);
    }
    let settings = file
        .and_then(|file| syntax::parse(&mut reporter, &file.text))
        .and_then(|root| lower::settings::lower(&mut reporter, &root, &Sources(files)))
        .filter(|_| reporter.errors() == 0);
    findings.extend(reporter.finish());
    settings
}

/// Forms may name each other, so all are outlined before any is lowered. One that names a broken one is broken as well.
fn load_forms(
    files: &[SourceFile],
    settings: &Settings,
    findings: &mut Vec<Diagnostic>,
) -> (BTreeMap<FormId, Arc<Form>>, BTreeSet<FormId>) {
    let mut parsed = Vec::new();
    for file in files.iter().filter(|file| is_definition(&file.path, "forms/")) {
        let mut reporter = Reporter::new(&file.path);
        let root = syntax::parse(&mut reporter, &file.text);
        parsed.push((reporter, root));
    }
    let outlines = parsed.iter().map(|(reporter, root)| match root.as_ref().and_then(lower::form::outline) {
        Some((id, is_register)) => (id.to_owned(), is_register),
        // What cannot be read may be anything: whoever names it is not blamed for it.
        None => (stem(reporter.file()).to_owned(), true),
    });
    let outlines: BTreeMap<String, bool> = outlines.collect();
    let names = FormNames { settings, forms: &outlines };
    let mut forms = BTreeMap::new();
    for (mut reporter, root) in parsed {
        if let Some(id) = root.as_ref().and_then(|root| root.get("form")) {
            check_stem(&mut reporter, id);
        }
        let form =
            root.and_then(|root| lower::form::lower(&mut reporter, &root, &names)).filter(|_| reporter.errors() == 0);
        forms.extend(form.map(|form| (form.id.clone(), Arc::new(form))));
        findings.extend(reporter.finish());
    }
    let mut broken: BTreeSet<FormId> =
        outlines.keys().filter(|id| !forms.contains_key(id.as_str())).map(|id| FormId::from(id.as_str())).collect();
    while let Some(dependent) = depends_on_broken(&forms, &broken) {
        forms.remove(&dependent);
        broken.insert(dependent);
    }
    (forms, broken)
}

fn depends_on_broken(forms: &BTreeMap<FormId, Arc<Form>>, broken: &BTreeSet<FormId>) -> Option<FormId> {
    forms.values().find(|form| !lower::form::references(form).is_disjoint(broken)).map(|form| form.id.clone())
}

fn load_workflows(
    files: &[SourceFile],
    names: &Names<'_>,
    findings: &mut Vec<Diagnostic>,
) -> (BTreeMap<WorkflowId, Arc<Process>>, Places) {
    let (mut processes, mut places) = (BTreeMap::new(), Places::new());
    for file in files.iter().filter(|file| is_definition(&file.path, "workflows/")) {
        let mut reporter = Reporter::new(&file.path);
        let root = syntax::parse(&mut reporter, &file.text);
        if let Some(id) = root.as_ref().and_then(|root| root.get("workflow")) {
            check_stem(&mut reporter, id);
        }
        let lowered = root
            .as_ref()
            .and_then(|root| lower::workflow::lower(&mut reporter, root, names))
            .filter(|_| reporter.errors() == 0);
        if let Some((process, steps)) = lowered {
            let id = &process.id;
            let whole = root.as_ref().and_then(|root| root.get("workflow")).map_or(Place::START, |node| node.place);
            places.insert((id.clone(), None), whole);
            places.extend(
                steps.into_iter().map(|(step, place)| ((id.clone(), Some(StepId::from(step.as_str()))), place)),
            );
            processes.insert(id.clone(), Arc::new(process));
        }
        findings.extend(reporter.finish());
    }
    (processes, places)
}

/// Whether a path is that of a definition in a folder: scenarios stand beside workflows and are read by others.
fn is_definition(path: &str, folder: &str) -> bool {
    let stem = path.strip_prefix(folder).filter(|name| !name.contains('/')).and_then(|name| name.strip_suffix(".yaml"));
    stem.is_some_and(|stem| stem.strip_suffix(".scenarios").is_none())
}

/// A file that looks like a definition and is none: whoever wrote it would wait for it to work.
fn find_stray_files(files: &[SourceFile], findings: &mut Vec<Diagnostic>) {
    for file in files {
        let is_in_place = ["forms/", "workflows/"].iter().any(|folder| file.path.starts_with(folder));
        if is_in_place && file.path.strip_suffix(".yml").is_some() {
            let mut reporter = Reporter::new(&file.path);
            reporter.warn(codes::STRAY_FILE, Place::START, &[("file", &file.path)]);
            findings.extend(reporter.finish());
        }
    }
}

/// A definition's file carries its name, or a reference could not be followed by hand.
fn check_stem(reporter: &mut Reporter<'_>, id: &Node) {
    let stem = stem(reporter.file());
    if let Some(found) = id.as_text().filter(|found| *found != stem) {
        reporter.report(codes::NOT_FILE_STEM, id.place, &[("found", found), ("stem", stem)]);
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml").unwrap_or(name)
}
