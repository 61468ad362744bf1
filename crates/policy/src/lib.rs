//! Who may do what, and who sees what. Everything that no rule allows is denied, and each answer says why.
//!
//! Pure functions over the directory and the verified definitions: no clock, no storage, no text for people.

mod command;
mod field_view;
mod register;

pub use command::{Action, Actor, Decision, Denial, Ground, Resource, decide};
pub use field_view::{FieldView, Typed, field_view};
pub use register::{RowScope, may_touch, register_rights, row_scope};
