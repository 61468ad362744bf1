//! What a case is pinned to: the definitions it was started under.

use std::{collections::BTreeMap, sync::Arc};

use definition::{
    id::FormId,
    model::{Form, Process, Settings},
};
use vault::Digest;

/// A published version of a process, with everything it refers to.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The process.
    pub process: Arc<Process>,
    /// The request form that starts it.
    pub form: Arc<Form>,
    /// The registers that the form's fields name.
    pub registers: BTreeMap<FormId, Arc<Form>>,
    /// The workspace's settings.
    pub settings: Arc<Settings>,
    /// Counted up with each publication of the process, from 1.
    pub version: u32,
    /// Names the content of this version.
    pub digest: Digest,
}
