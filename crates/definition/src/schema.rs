//! JSON Schemas of the definition files, for editors: `chancery schema` writes them, the shipped YAML names them in its
//! first line.

#[cfg(test)]
mod tests;

use schemars::{JsonSchema, generate::SchemaSettings};

use crate::raw;

/// A schema and the file it is written to.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedSchema {
    /// `form.json`
    pub file: &'static str,
    /// The schema.
    pub schema: serde_json::Value,
}

/// The schemas of `chancery.yaml`, forms, workflows and people.
pub fn all() -> Vec<NamedSchema> {
    vec![
        of::<raw::settings::Workspace>("workspace.json"),
        of::<raw::form::Form>("form.json"),
        of::<raw::workflow::Workflow>("workflow.json"),
        of::<raw::people::People>("people.json"),
    ]
}

fn of<T: JsonSchema>(file: &'static str) -> NamedSchema {
    // Draft 7 is what the YAML language servers of editors read best.
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    NamedSchema { file, schema: schema.to_value() }
}
