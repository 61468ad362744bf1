//! One file per command, and what they share.

pub mod audit;
pub mod bench;
pub mod check;
pub mod demo;
pub mod diagnostics;
mod open;
pub mod people;
pub mod schema;
pub mod serve;
pub mod test;
mod workspace;
