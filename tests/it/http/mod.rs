//! The API and the pages, called over HTTP on a company of its own.

mod absence;
mod authorization;
mod deciding;
mod pages;
mod protocol;
mod repeating;
mod returning;
mod sessions;
mod story;
mod together;
