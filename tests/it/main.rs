//! Tests that need more than one crate.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod crash;
mod documents;
mod http;
mod tidy;
