//! Every example of the language's reference is true: files load and pass the check, scenarios pass, fragments are what
//! they say.

use std::{fmt::Write, fs, path::Path};

use definition::{
    check,
    diagnostic::Severity,
    load::{Loaded, SourceFile, load, load_people},
    people::Directory,
};
use scenario::Outcome;

/// A fenced block of YAML: what it is, and its text.
struct Example {
    place: String,
    kind: Kind,
    text: String,
}

enum Kind {
    File(String),
    Fragment,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn examples(document: &str) -> Vec<Example> {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let mut examples = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line != "```yaml" {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let kind = if let Some(path) = block[0].strip_prefix("# file: ") {
            Kind::File(path.to_owned())
        } else {
            assert_eq!(block[0], "# fragment", "{document}:{}", number + 2);
            Kind::Fragment
        };
        let text = block[1..].iter().fold(String::new(), |text, line| text + *line + "\n");
        examples.push(Example { place: format!("{document}:{}", number + 2), kind, text });
    }
    examples
}

/// The shipped workspace's files with some more.
fn workspace_with(more: Vec<(String, String)>) -> Vec<SourceFile> {
    let mut files = runtime::definitions::folder::read(root()).unwrap();
    files.extend(more.into_iter().map(|(path, text)| SourceFile { path, text: text.into_bytes() }));
    files
}

fn errors(loaded: &Loaded) -> Vec<String> {
    let errors = loaded.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    errors.map(|one| format!("{}:{}:{} {} {:?}", one.file, one.line, one.column, one.code, one.arguments)).collect()
}

#[test]
fn every_file_of_the_reference_loads_passes_the_check_and_its_scenarios() {
    let all: Vec<Example> = ["workflows/README.md", "forms/README.md"].into_iter().flat_map(examples).collect();
    let (mut definitions, mut scenarios) = (Vec::new(), Vec::new());
    for example in &all {
        if let Kind::File(path) = &example.kind {
            let list = if path.ends_with(".scenarios.yaml") { &mut scenarios } else { &mut definitions };
            list.push((path.clone(), example.text.clone()));
        }
    }
    assert!(definitions.len() >= 4 && !scenarios.is_empty(), "the reference has lost its examples");
    let mut files = workspace_with(definitions);
    let mut loaded = load(&files);
    let settings = loaded.workspace.as_ref().map(|workspace| workspace.settings.clone()).unwrap();
    let path = "tests/company/people.yaml";
    let people = SourceFile { path: path.to_owned(), text: fs::read(root().join(path)).unwrap() };
    let company = load_people(&settings, &people).file.unwrap();
    check::check(&mut loaded, Some(&Directory::new(&settings, company.people, company.departments)));
    assert_eq!(errors(&loaded), Vec::<String>::new());
    let workspace = loaded.workspace.unwrap();
    files.push(people);
    for (path, text) in scenarios {
        let file = SourceFile { path, text: text.into_bytes() };
        let suite = scenario::read(&file, &workspace, &files).unwrap();
        let failed: Vec<_> =
            scenario::run(&suite, &workspace).into_iter().filter(|report| report.outcome != Outcome::Passed).collect();
        assert_eq!(format!("{failed:#?}"), "[]");
    }
}

#[test]
fn every_fragment_of_the_reference_is_what_it_says() {
    let mut wrong = Vec::new();
    for example in examples("workflows/README.md").iter().filter(|one| matches!(one.kind, Kind::Fragment)) {
        let first = example.text.split(':').next().unwrap_or_default();
        let found = match first {
            "approve" | "branch" | "run" | "parallel" | "each" | "repeat" | "wait" | "set" => {
                errors(&load(&workspace_with(vec![as_workflow(&example.text)])))
            }
            "due" => errors(&load(&workspace_with(vec![as_workflow(&format!(
                "approve: x\nby: requester.manager\n{}",
                example.text
            ))]))),
            "start" => {
                let text = format!("workflow: example\ntitle: Example\n{}steps: []\n", example.text);
                errors(&load(&workspace_with(vec![("workflows/example.yaml".to_owned(), text)])))
            }
            "departments" => {
                let settings = load(&workspace_with(Vec::new())).workspace.unwrap().settings;
                let file = SourceFile { path: "people.yaml".to_owned(), text: example.text.clone().into_bytes() };
                let found = load_people(&settings, &file).diagnostics;
                // The fragment shows one line of each kind, so it names people whom it does not list.
                found
                    .iter()
                    .filter(|one| !one.arguments.contains_key("suggestion"))
                    .map(|one| one.code.to_string())
                    .collect()
            }
            other => vec![format!("a fragment that this test does not know begins with {other}")],
        };
        wrong.extend(found.into_iter().map(|finding| format!("{}: {finding}", example.place)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A step by itself as a workflow on the shipped request form.
fn as_workflow(step: &str) -> (String, String) {
    let mut text = "workflow: example\ntitle: Example\nstart: { form: export-request, by: role:staff }\n\
                    let: { level: max_level(request.fields), rows: count(request.records) }\nsteps:\n"
        .to_owned();
    for (number, line) in step.lines().enumerate() {
        let indent = if number == 0 { "  - " } else { "    " };
        writeln!(text, "{indent}{line}").unwrap();
    }
    ("workflows/example.yaml".to_owned(), text)
}
