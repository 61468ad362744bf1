//! `chancery check`: everything that can be said about a workspace without running it.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use anyhow::{Context, Result};
use definition::{
    check,
    diagnostic::{Diagnostic, Severity},
    load::{self, Loaded, SourceFile},
    people::Directory,
    text::Locale,
};
use server::i18n;

use super::{
    diagnostics::{self, Printing},
    workspace,
};
use crate::arguments::{Check, Common};

/// Checks the workspace; the status says whether it may be published.
pub fn run(common: &Common, arguments: &Check) -> Result<ExitCode> {
    let mut files = workspace::read(&common.workspace)?;
    let people = arguments.people.as_deref().map(workspace::read_given).transpose()?;
    let loaded = proved(&files, people.as_ref());
    files.extend(people);
    let locale = locale_of(common, &loaded);
    let mut stdout = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut stdout, &diagnostics::as_json(&loaded.diagnostics, locale))?;
        writeln!(stdout)?;
    } else {
        Printing { locale, files: &files, is_coloured: is_coloured() }.print(&mut stdout, &loaded.diagnostics)?;
        writeln!(io::stderr().lock(), "{}", summary(&loaded.diagnostics, locale))?;
    }
    stdout.flush().context("write the findings")?;
    Ok(if loaded.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What loading finds, and then the proofs; about people only if a file of them is given.
fn proved(files: &[SourceFile], people: Option<&SourceFile>) -> Loaded {
    let mut loaded = load::load(files);
    let read = match (&loaded.workspace, people) {
        (Some(workspace), Some(file)) => Some(load::load_people(&workspace.settings, file)),
        (Some(_) | None, _) => None,
    };
    let directory = match (&loaded.workspace, read.as_ref().and_then(|read| read.file.clone())) {
        (Some(workspace), Some(file)) => Some(Directory::new(&workspace.settings, file.people, file.departments)),
        (Some(_) | None, _) => None,
    };
    check::check(&mut loaded, directory.as_ref());
    loaded.diagnostics.extend(read.into_iter().flat_map(|read| read.diagnostics));
    loaded
}

/// The language asked for, else the workspace's own.
pub fn locale_of(common: &Common, loaded: &Loaded) -> Locale {
    let own = loaded.workspace.as_ref().map(|workspace| workspace.settings.locale);
    common.locale.or(own).unwrap_or_default()
}

/// Colours are for people at a terminal who have not asked for none.
pub fn is_coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn summary(diagnostics: &[Diagnostic], locale: Locale) -> String {
    let count = |severity: Severity| diagnostics.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings == 0 {
        return i18n::message(locale, "check-nothing-found", &[]);
    }
    i18n::message(locale, "check-found", &[("errors", errors.into()), ("warnings", warnings.into())])
}
