//! Pages and JSON for people and programs.
//!
//! A page is a view type in [`view`] and a template of `web/templates`: the template sees that type and the [`view::shell::Shell`],
//! nothing else; undefined is an error; every page is rendered with its samples, in each language, by a test. Texts are Fluent messages
//! of `web/locales` ([`i18n`]); styles, scripts and icons are built by `web/` and served by [`assets`].

mod api;
pub mod assets;
pub mod bare;
pub mod http;
pub mod i18n;
pub mod metrics;
mod pages;
pub mod router;
pub mod serve;
pub mod template;
pub mod view;
pub mod words;
