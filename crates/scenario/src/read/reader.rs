//! The small readings that all parts of a scenario are made of; each reports what is not as expected.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use definition::{
    diagnostic::{Code, Diagnostic, codes},
    document::{self, Entry, Node},
    id::{Login, OutcomeName, WorkflowId},
    load::PeopleFile,
    model::{Form, Process, Start, StepKind, Workspace},
};

/// How times are written.
const TIME_FORMATS: [&str; 3] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];

/// Reads one file against its workspace and people.
pub struct Reader<'a> {
    file: &'a str,
    /// The workspace.
    pub workspace: &'a Workspace,
    people: Option<&'a PeopleFile>,
    process: Option<&'a Process>,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader that has found nothing wrong yet.
    pub const fn new(file: &'a str, workspace: &'a Workspace, people: Option<&'a PeopleFile>) -> Self {
        Self { file, workspace, people, process: None, found: Vec::new() }
    }

    /// Everything that is wrong.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }

    /// From here on steps and fields are those of this workflow.
    pub fn enter_workflow(&mut self, id: &WorkflowId) {
        self.process = self.workspace.processes.get(id).map(AsRef::as_ref);
    }

    /// What a case of the workflow begins with: the form that is sent, or the values of another start.
    pub fn form(&self) -> Option<&'a Form> {
        Some(&self.process?.intake)
    }

    /// How a case of the workflow begins.
    pub fn process_start(&self) -> Option<&'a Start> {
        Some(&self.process?.start)
    }

    /// Notes what is wrong at a place.
    pub fn report(&mut self, node: &Node, code: Code, arguments: &[(&'static str, &str)]) {
        self.found.push(node.finding(self.file, code, arguments));
    }

    /// Notes what is wrong with a key.
    pub fn report_key(&mut self, entry: &Entry, code: Code, arguments: &[(&'static str, &str)]) {
        self.found.push(entry.finding(self.file, code, arguments));
    }

    /// The keys and values of a mapping that has no others than these.
    pub fn keys<'n>(&mut self, node: &'n Node, known: &[&str], not_yet: &[&str]) -> &'n [Entry] {
        let Some(entries) = node.as_keys() else {
            self.report(node, codes::WRONG_SHAPE, &[("expected", "keys"), ("found", node.shape())]);
            return &[];
        };
        for entry in entries {
            if not_yet.contains(&entry.key.as_str()) {
                self.report_key(entry, codes::KEY_NOT_YET, &[("key", &entry.key)]);
            } else if !known.contains(&entry.key.as_str()) {
                let suggestion = document::suggestion(&entry.key, known.iter().copied());
                let known = known.join(" ");
                let arguments = [("key", entry.key.as_str()), ("suggestion", &suggestion), ("known", &known)];
                self.report_key(entry, codes::UNKNOWN_KEY, &arguments);
            }
        }
        entries
    }

    /// The value of a key that must be there.
    pub fn required<'n>(&mut self, node: &'n Node, key: &'static str) -> Option<&'n Node> {
        let value = node.get(key);
        if value.is_none() {
            self.report(node, codes::MISSING_KEY, &[("key", key)]);
        }
        value
    }

    /// A word or a text.
    pub fn text<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        if node.as_text().is_none() {
            self.report(node, codes::WRONG_SHAPE, &[("expected", "text"), ("found", node.shape())]);
        }
        node.as_text()
    }

    /// A list.
    pub fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        if node.as_list().is_none() {
            self.report(node, codes::WRONG_SHAPE, &[("expected", "list"), ("found", node.shape())]);
        }
        node.as_list()
    }

    /// One of these words.
    pub fn known_word<'n>(&mut self, node: &Node, found: &'n str, known: &[&str]) -> Option<&'n str> {
        if known.contains(&found) {
            return Some(found);
        }
        let suggestion = document::suggestion(found, known.iter().copied());
        let arguments = [("found", found), ("suggestion", suggestion.as_str()), ("known", &known.join(" "))];
        self.report(node, codes::UNKNOWN_WORD, &arguments);
        None
    }

    /// A moment on the workspace's clock.
    pub fn time(&mut self, node: &Node) -> Option<NaiveDateTime> {
        let text = self.text(node)?;
        let time = TIME_FORMATS.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        if time.is_none() {
            self.report(node, codes::BAD_DATE, &[("found", text)]);
        }
        time
    }

    /// Somebody in the file of people.
    pub fn person(&mut self, node: &Node) -> Option<Login> {
        let text = self.text(node)?.to_owned();
        self.is_person(&text).then(|| Login::from(text.as_str())).or_else(|| {
            let suggestion = self.person_suggestion(&text);
            self.report(node, codes::UNKNOWN_PERSON, &[("name", &text), ("suggestion", &suggestion)]);
            None
        })
    }

    /// Whether somebody is in the file of people; without one, anybody may be.
    pub fn is_person(&self, login: &str) -> bool {
        self.people.is_none_or(|file| file.people.iter().any(|person| person.login.as_str() == login))
    }

    /// Who may have been meant.
    pub fn person_suggestion(&self, found: &str) -> String {
        let known = self.people.into_iter().flat_map(|file| &file.people).map(|person| person.login.as_str());
        document::suggestion(found, known)
    }

    /// People, as a set of logins.
    pub fn people(&mut self, node: &Node) -> BTreeSet<String> {
        one_or_several(node).into_iter().filter_map(|one| self.person(one)).map(|login| login.to_string()).collect()
    }

    /// A step of the workflow of which this holds.
    pub fn step(&mut self, node: &Node, is_meant: impl Fn(&StepKind) -> bool) -> Option<String> {
        let text = self.text(node)?;
        let steps = self.process.map(|process| process.steps.as_slice()).unwrap_or_default();
        let known: Vec<&str> = steps.iter().filter(|step| is_meant(&step.kind)).map(|step| step.id.as_str()).collect();
        self.known_word(node, text, &known).map(str::to_owned)
    }

    /// Steps of the workflow, as a set of ids.
    pub fn steps(&mut self, node: &Node, is_meant: impl Fn(&StepKind) -> bool) -> BTreeSet<String> {
        one_or_several(node).into_iter().filter_map(|one| self.step(one, &is_meant)).collect()
    }

    /// How a case of the workflow may end.
    pub fn outcome(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node)?;
        let own = self.process.map(|process| process.outcomes.as_slice()).unwrap_or_default();
        let known: Vec<&str> =
            ["approved", "rejected", "cancelled"].into_iter().chain(own.iter().map(OutcomeName::as_str)).collect();
        self.known_word(node, text, &known).map(str::to_owned)
    }

    /// Fields of the request form, as a set of names.
    pub fn fields(&mut self, node: &Node) -> BTreeSet<String> {
        let fields = self.form().map(|form| form.fields.as_slice()).unwrap_or_default();
        let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let mut names = BTreeSet::new();
        for one in one_or_several(node) {
            let Some(name) = self.text(one) else { continue };
            if known.contains(&name) {
                names.insert(name.to_owned());
            } else {
                let suggestion = document::suggestion(name, known.iter().copied());
                self.report(one, codes::UNKNOWN_FIELD, &[("name", name), ("suggestion", &suggestion)]);
            }
        }
        names
    }
}

/// One thing, or a list of them.
pub fn one_or_several(node: &Node) -> Vec<&Node> {
    node.as_list().map_or_else(|| vec![node], |items| items.iter().collect())
}
