//! What every route shares: who asks, from where, what is refused, and the headers that keep a page from being misused.

pub mod answer;
pub mod figures;
pub mod headers;
pub mod origin;
pub mod problem;
pub mod state;
pub mod visitor;
