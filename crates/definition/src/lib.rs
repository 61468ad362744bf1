//! What people wrote, verified: the definition language of Chancery.
//!
//! Text goes in ([`load`]), a verified [`Workspace`](model::Workspace) and [`Diagnostic`](diagnostic::Diagnostic)s come out.
//! Nothing here touches a file, a clock or a thread. Holding a [`Process`](model::Process) means that it was verified:
//! its only constructor is the lowering step.

pub mod check;
pub mod diagnostic;
pub mod document;
pub mod expression;
pub mod form_values;
pub mod id;
pub mod level;
pub mod load;
pub mod model;
pub mod people;
pub mod period;
pub mod schema;
pub mod template;
pub mod text;
pub mod value;

mod lower;
mod raw;
mod reporter;
mod syntax;
