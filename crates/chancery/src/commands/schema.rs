//! `chancery schema`: the JSON Schemas that editors complete definition files by.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::{
    arguments::{Common, Schema, SchemaName},
    data_folder::DataFolder,
};

/// Prints one schema, or all by name, or writes them into the data folder.
pub fn run(common: &Common, arguments: &Schema) -> Result<ExitCode> {
    if arguments.write {
        for path in write_into(&DataFolder::open(&common.data)?)? {
            writeln!(io::stderr().lock(), "{}", path.display())?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut schemas = all();
    let value = match arguments.which {
        Some(which) => schemas.remove(name(which)).context("every kind of file has a schema")?,
        None => Value::Object(schemas),
    };
    let mut stdout = io::stdout().lock();
    serde_json::to_writer_pretty(&mut stdout, &value)?;
    writeln!(stdout)?;
    stdout.flush().context("write the schema")?;
    Ok(ExitCode::SUCCESS)
}

/// Every schema by its name; its file is called the same, with `.json`.
fn all() -> Map<String, Value> {
    let definitions = definition::schema::all().into_iter();
    let mut schemas: Map<String, Value> =
        definitions.map(|one| (one.file.strip_suffix(".json").unwrap_or(one.file).to_owned(), one.schema)).collect();
    schemas.insert(name(SchemaName::Scenarios).to_owned(), scenario::schema().to_value());
    schemas
}

/// Writes them where the first lines of the shipped files point.
pub fn write_into(data: &DataFolder) -> Result<Vec<PathBuf>> {
    let folder = data.schemas();
    fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    let mut written = Vec::new();
    for (name, schema) in all() {
        let path = folder.join(format!("{name}.json"));
        let text = serde_json::to_string_pretty(&schema)?;
        fs::write(&path, text + "\n").with_context(|| format!("write {}", path.display()))?;
        written.push(path);
    }
    Ok(written)
}

const fn name(which: SchemaName) -> &'static str {
    match which {
        SchemaName::Workspace => "workspace",
        SchemaName::Form => "form",
        SchemaName::Workflow => "workflow",
        SchemaName::Scenarios => "scenarios",
        SchemaName::People => "people",
    }
}
