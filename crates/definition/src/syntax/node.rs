//! The spanned tree: what a YAML file says, each part knowing its place.

/// A place in a file, from 1, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The line.
    pub(crate) line: u32,
    /// The column.
    pub(crate) column: u32,
}

impl Place {
    /// The first character of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// Where it begins.
    pub(crate) place: Place,
    /// What stands there.
    pub(crate) content: Content,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// A word, a number or a text.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values, in order; each key once.
    Mapping(Vec<Entry>),
}

/// A word, a number or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// Without quotes.
    pub(crate) text: String,
    /// Whether it stood without quotes: only then it may be a number, `true` or nothing.
    pub(crate) plain: bool,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Where the key begins.
    pub(crate) key_place: Place,
    /// The value.
    pub(crate) value: Node,
}

impl Node {
    /// The text of a scalar, whether or not it was quoted; nothing for `null` and for what has no value.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(scalar) if !self.is_empty() => Some(&scalar.text),
            Content::Scalar(_) | Content::Sequence(_) | Content::Mapping(_) => None,
        }
    }

    /// The text of a scalar that was not quoted.
    pub(crate) fn as_plain(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(scalar) if scalar.plain => self.as_text(),
            Content::Scalar(_) | Content::Sequence(_) | Content::Mapping(_) => None,
        }
    }

    /// `true` or `false`, not quoted.
    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.as_plain() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) | None => None,
        }
    }

    /// The items of a list.
    pub(crate) fn as_sequence(&self) -> Option<&[Node]> {
        match &self.content {
            Content::Sequence(items) => Some(items),
            Content::Scalar(_) | Content::Mapping(_) => None,
        }
    }

    /// The keys and values.
    pub(crate) fn as_mapping(&self) -> Option<&[Entry]> {
        match &self.content {
            Content::Mapping(entries) => Some(entries),
            Content::Scalar(_) | Content::Sequence(_) => None,
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.as_mapping()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Whether nothing stands here: no value, `~` or `null`, not quoted.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.content {
            Content::Scalar(scalar) => scalar.plain && matches!(scalar.text.as_str(), "" | "~" | "null"),
            Content::Sequence(_) | Content::Mapping(_) => false,
        }
    }

    /// A stable word for what stands here: `nothing text number yes_no list keys`.
    pub(crate) fn shape(&self) -> &'static str {
        match &self.content {
            Content::Scalar(_) if self.is_empty() => "nothing",
            Content::Scalar(_) if self.as_bool().is_some() => "yes_no",
            Content::Scalar(scalar) if scalar.plain && is_number(&scalar.text) => "number",
            Content::Scalar(_) => "text",
            Content::Sequence(_) => "list",
            Content::Mapping(_) => "keys",
        }
    }
}

/// Whether a plain scalar is a number as definitions write them: `12`, `-0.5`.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
