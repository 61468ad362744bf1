//! The rules of `workflows/README.md`, each as a small case.

mod absences;
mod actions;
mod assignment;
mod changes;
mod deciding;
mod escalation;
mod origin;
mod participation;
mod prediction;
mod properties;
mod undoing;
