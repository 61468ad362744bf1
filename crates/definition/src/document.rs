//! A YAML file of a workspace as a tree that knows its places, for the crates that read files of their own beside the
//! definitions: scenarios. Everything that [`load`](crate::load) refuses in a file's syntax is refused here as well.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    load::SourceFile,
    reporter::Reporter,
    syntax,
};

/// What stands at a place of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What stands there.
    pub content: Content,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// A word, a number or a text.
    Text {
        /// Without quotes.
        text: String,
        /// Whether it stood without quotes: only then it may be a number or `true`.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in order; each key once.
    Keys(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The line of the key, from 1.
    pub line: u32,
    /// The column of the key, from 1.
    pub column: u32,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text of a word, a number or a text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text { text, .. } => Some(text),
            Content::Empty | Content::List(_) | Content::Keys(_) => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match &self.content {
            Content::List(items) => Some(items),
            Content::Empty | Content::Text { .. } | Content::Keys(_) => None,
        }
    }

    /// The keys and values.
    pub fn as_keys(&self) -> Option<&[Entry]> {
        match &self.content {
            Content::Keys(entries) => Some(entries),
            Content::Empty | Content::Text { .. } | Content::List(_) => None,
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_keys()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// A stable word for what stands here, as diagnostics say it.
    pub const fn shape(&self) -> &'static str {
        match self.content {
            Content::Empty => "nothing",
            Content::Text { .. } => "text",
            Content::List(_) => "list",
            Content::Keys(_) => "keys",
        }
    }

    /// The same as JSON: what stood without quotes may be a number or a yes or no.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.content {
            Content::Empty => serde_json::Value::Null,
            Content::Text { text, plain: true } if text == "true" || text == "false" => (text == "true").into(),
            Content::Text { text, plain: true } if syntax::is_number(text) => {
                serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into())
            }
            Content::Text { text, .. } => text.as_str().into(),
            Content::List(items) => items.iter().map(Self::to_json).collect(),
            Content::Keys(entries) => entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect(),
        }
    }

    /// A finding at this place.
    pub fn finding(&self, file: &str, code: Code, arguments: &[(&'static str, &str)]) -> Diagnostic {
        finding(file, (self.line, self.column), code, arguments)
    }
}

impl Entry {
    /// A finding at the key.
    pub fn finding(&self, file: &str, code: Code, arguments: &[(&'static str, &str)]) -> Diagnostic {
        finding(file, (self.line, self.column), code, arguments)
    }
}

/// Reads a file into a tree, or says why it cannot be read.
pub fn read(file: &SourceFile) -> Result<Node, Vec<Diagnostic>> {
    let mut reporter = Reporter::new(&file.path);
    let root = syntax::parse(&mut reporter, &file.text);
    match root {
        Some(root) if reporter.errors() == 0 => Ok(convert(root)),
        Some(_) | None => Err(reporter.finish()),
    }
}

/// A name that may have been meant, or nothing.
pub fn suggestion<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    syntax::closest(found, known).unwrap_or_default().to_owned()
}

fn finding(file: &str, (line, column): (u32, u32), code: Code, arguments: &[(&'static str, &str)]) -> Diagnostic {
    let arguments: BTreeMap<_, _> = arguments.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Diagnostic { file: file.to_owned(), line, column, code, severity: Severity::Error, arguments, path: Vec::new() }
}

fn convert(node: syntax::Node) -> Node {
    let content = if node.is_empty() {
        Content::Empty
    } else {
        match node.content {
            syntax::Content::Scalar(scalar) => Content::Text { text: scalar.text, plain: scalar.plain },
            syntax::Content::Sequence(items) => Content::List(items.into_iter().map(convert).collect()),
            syntax::Content::Mapping(entries) => Content::Keys(entries.into_iter().map(convert_entry).collect()),
        }
    };
    Node { line: node.place.line, column: node.place.column, content }
}

fn convert_entry(entry: syntax::Entry) -> Entry {
    let syntax::Entry { key, key_place, value } = entry;
    Entry { key, line: key_place.line, column: key_place.column, value: convert(value) }
}
