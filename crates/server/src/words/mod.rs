//! The product's words for things that other crates name: refusals, events, notices. Everything that a page or the API
//! says of them comes from here, so that both say the same.

pub mod audit;
pub mod cases;
pub mod conditions;
pub mod entry;
pub mod incidents;
pub mod notices;
pub mod people;
pub mod reasons;
pub mod records;
pub mod refusal;
pub mod timeline;
pub mod values;
