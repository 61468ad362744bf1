//! A message with holes: minijinja, sandboxed and bounded; undefined names are errors when the definition is checked.
//!
//! This module alone names minijinja.

use std::sync::Arc;

use crate::level::Level;

/// A checked template.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Template {
    /// As written.
    pub source: Arc<str>,
    /// The scope paths it uses: `rows`, `request.purpose`.
    pub paths: Vec<String>,
    /// The highest level it shows.
    pub level: Level,
}
