//! Given, when, then: scenarios that administrators write and read, played against the engine on a simulated clock.
//!
//! [`read`] turns a `*.scenarios.yaml` into a [`Suite`] or says what is wrong with it; [`run`] plays each of its scenarios
//! without a database. Actions are recorded, not carried out; a `confirm` is taken as given.

mod check;
mod model;
mod play;
mod read;
mod report;
mod schema;
#[cfg(test)]
#[expect(clippy::wildcard_enum_match_arm, reason = "a test looks for one thing among many")]
mod simulation;
mod world;

pub use model::{Aspect, Cause, Deed, Expectation, Moment, Scenario, Start, Step, Suite};
pub use play::run;
pub use read::read;
pub use report::{Failure, Outcome, Report};
pub use schema::schema;
