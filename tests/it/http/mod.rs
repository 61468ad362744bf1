//! The API, called over HTTP on a company of its own.

mod authorization;
mod protocol;
mod repeating;
mod sessions;
mod story;
