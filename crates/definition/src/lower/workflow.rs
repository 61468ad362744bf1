//! Workflows: `workflows/*.yaml`.

use crate::{lower::Names, model::Process, reporter::Reporter, syntax::Node};

/// The process that a workflow file describes, if it is sound.
pub(crate) fn lower(_reporter: &mut Reporter<'_>, _root: &Node, _names: &Names<'_>) -> Option<Process> {
    None
}
