//! From the spanned tree to the model: every reference resolved, every problem reported at its place.
//!
//! A lowering function takes a [`Reporter`] and a [`Node`] and returns `Some` only if what it made may be used. It reports
//! all it can see before it gives up.

pub(crate) mod action;
pub(crate) mod calendar;
pub(crate) mod expressions;
pub(crate) mod field;
pub(crate) mod form;
pub(crate) mod names;
pub(crate) mod people;
pub(crate) mod reading;
pub(crate) mod register;
pub(crate) mod selector;
pub(crate) mod settings;
pub(crate) mod start;
pub(crate) mod step;
pub(crate) mod workflow;

use std::{collections::BTreeMap, collections::BTreeSet, sync::Arc};

use crate::{
    id::FormId,
    model::{Form, Settings},
};

/// What a definition may refer to: the settings, and the forms that were read before it.
pub(crate) struct Names<'a> {
    /// `chancery.yaml`.
    pub(crate) settings: &'a Settings,
    /// The forms that are sound.
    pub(crate) forms: &'a BTreeMap<FormId, Arc<Form>>,
    /// The forms that exist but are not sound: a reference to one is not reported again.
    pub(crate) broken_forms: &'a BTreeSet<FormId>,
}
