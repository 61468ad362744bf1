//! Typed pages to HTML.
//!
//! A template sees two names: `page`, its view type, and `shell`, what surrounds every page. Everything is escaped, undefined is
//! an error, and there is no `safe` filter in any template (a test reads them). What templates may call is in `template/functions.rs`.

mod functions;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Serde};
use rust_embed::Embed;
use serde::Serialize;

use crate::view::shell::Shell;

/// A page: its view type is all that its template sees beside the shell.
pub trait Page: Serialize {
    /// The file below `web/templates`.
    const TEMPLATE: &'static str;

    /// Which entry of the main navigation is marked as "here".
    const PLACE: Place;
}

/// The entries of the main navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Tasks: to do, done, started, copied.
    Inbox,
    /// The catalogue of processes and a request being written.
    Start,
    /// Registers and their records.
    Registers,
    /// What cannot go on alone.
    Incidents,
    /// Who saw and did what.
    Audit,
    /// A page that belongs to no entry.
    Elsewhere,
}

/// Why a page could not be written: always a mistake of ours.
#[derive(Debug, thiserror::Error)]
#[error("template {template}")]
pub struct Error {
    /// The file below `web/templates`.
    pub template: &'static str,
    /// What minijinja says, with the line.
    #[source]
    pub source: minijinja::Error,
}

/// The templates, compiled when first used.
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// The templates that the program carries.
    pub fn embedded() -> Self {
        let mut environment = environment();
        environment
            .set_loader(|name| Ok(Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())));
        Self { environment }
    }

    /// The templates of a folder, read again when they change: for those who write them.
    pub fn reloading(folder: &std::path::Path) -> Self {
        let mut environment = environment();
        environment.set_loader(minijinja::path_loader(folder));
        Self { environment }
    }

    /// Writes one page for one reader.
    pub fn render<P: Page>(&self, page: &P, shell: &Shell) -> Result<String, Error> {
        let failed = |source| Error { template: P::TEMPLATE, source };
        let template = self.environment.get_template(P::TEMPLATE).map_err(failed)?;
        template.render(seen(page, shell)).map_err(failed)
    }

    /// Writes one block of a page, for what changes without a reload.
    pub fn render_block<P: Page>(&self, page: &P, shell: &Shell, block: &str) -> Result<String, Error> {
        let failed = |source| Error { template: P::TEMPLATE, source };
        let template = self.environment.get_template(P::TEMPLATE).map_err(failed)?;
        let mut written = template.render_captured(seen(page, shell)).map_err(failed)?;
        written.with_state_mut(|state| state.render_block(block)).map_err(failed)
    }
}

/// All that a template sees.
fn seen<P: Page>(page: &P, shell: &Shell) -> Value {
    context! {
        page => Serde(page),
        shell => Serde(shell),
        place => Serde(P::PLACE),
    }
}

/// The files of `web/templates`.
#[derive(Embed)]
#[folder = "../../web/templates"]
pub(crate) struct Files;

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let blocks_leave_no_space = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(blocks_leave_no_space.expect("the delimiters are the usual ones"));
    functions::register(&mut environment);
    environment
}

#[cfg(test)]
mod tests;
