//! Tests that need more than one crate.

mod architecture;
mod documents;
mod tidy;
