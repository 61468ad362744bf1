//! Parser events become a tree; what our language refuses of YAML is reported on the way.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};

use super::{Content, DEPTH_MAX, Entry, Node, Place, Scalar, characters, slips, source};
use crate::{diagnostic::codes, reporter::Reporter};

/// The tree of a file; nothing if YAML does not read it as it was meant. Everything found on the way is reported, and a
/// tree may come with errors, such as a key that stands twice: what is read from it then only serves to find more.
pub(crate) fn parse(reporter: &mut Reporter<'_>, bytes: &[u8]) -> Option<Node> {
    let text = source::decode(reporter, bytes)?;
    let mut builder = Builder::new(reporter);
    let mut parser = Parser::new_from_str(text);
    let stopped = builder.read(&mut parser);
    let (root, is_misread) = (builder.root.take(), builder.is_misread);
    if let Err(stop) = stopped {
        if let Stop::Unreadable(place) = stop {
            slips::explain(reporter, text, place);
        }
        return None;
    }
    let Some(root) = root else {
        reporter.report(codes::EMPTY_FILE, Place::START, &[]);
        return None;
    };
    let has_slips = slips::find(reporter, text, &root);
    (!is_misread && !has_slips).then_some(root)
}

/// What the scanner says at its own limit of nested brackets.
const SCANNER_TOO_DEEP: &str = "recursion limit exceeded";

/// Why reading ended early.
enum Stop {
    /// The parser could not go on.
    Unreadable(Place),
    /// A limit was reached and reported.
    Limit,
}

/// A list or a mapping that is still open.
enum Open {
    Sequence(Place, Vec<Node>),
    Mapping { place: Place, entries: Vec<Entry>, keys: HashMap<String, u32>, key: Option<(String, Place)> },
}

struct Builder<'r, 'a> {
    reporter: &'r mut Reporter<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    /// Whether something stands in the tree that was meant otherwise: what its readers would report would mislead.
    is_misread: bool,
}

impl<'r, 'a> Builder<'r, 'a> {
    fn new(reporter: &'r mut Reporter<'a>) -> Self {
        Self { reporter, open: Vec::new(), root: None, documents: 0, is_misread: false }
    }

    fn read(&mut self, parser: &mut Parser<'_, StrInput<'_>>) -> Result<(), Stop> {
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.stopped(&error))?;
            self.take(event, place_of(span.start))?;
            if self.reporter.is_full() {
                return Err(Stop::Limit);
            }
        }
        Ok(())
    }

    fn stopped(&mut self, error: &ScanError) -> Stop {
        let place = place_of(*error.marker());
        // The scanner looks far ahead in a line for a key's colon and meets its own limit of 255 brackets first.
        if error.info() == SCANNER_TOO_DEEP {
            self.reporter.report(codes::TOO_DEEP, place, &[("limit", &DEPTH_MAX.to_string())]);
            return Stop::Limit;
        }
        Stop::Unreadable(place)
    }

    fn take(&mut self, event: Event<'_>, place: Place) -> Result<(), Stop> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.reporter.report(codes::SECOND_DOCUMENT, place, &[]);
                    return Err(Stop::Limit);
                }
            }
            Event::Alias(_) => {
                self.is_misread = true;
                self.reporter.report(codes::ALIAS, place, &[]);
                self.close(nothing(place));
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(anchor, tag.as_deref(), place);
                let scalar = Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                self.close(Node { place, content: Content::Scalar(scalar) });
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse(anchor, tag.as_deref(), place);
                self.deepen(Open::Sequence(place, Vec::new()), place)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse(anchor, tag.as_deref(), place);
                let open = Open::Mapping { place, entries: Vec::new(), keys: HashMap::new(), key: None };
                self.deepen(open, place)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop() {
                    Some(Open::Sequence(place, items)) => Node { place, content: Content::Sequence(items) },
                    Some(Open::Mapping { place, entries, .. }) => Node { place, content: Content::Mapping(entries) },
                    None => return Ok(()),
                };
                self.close(node);
            }
        }
        Ok(())
    }

    fn deepen(&mut self, open: Open, place: Place) -> Result<(), Stop> {
        if self.open.len() == DEPTH_MAX {
            self.reporter.report(codes::TOO_DEEP, place, &[("limit", &DEPTH_MAX.to_string())]);
            return Err(Stop::Limit);
        }
        self.open.push(open);
        Ok(())
    }

    /// A node is complete: it goes where the innermost open list or mapping wants it.
    fn close(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping { entries, keys, key, .. }) => {
                if let Some((name, key_place)) = key.take() {
                    if let Some(first) = keys.insert(name.clone(), key_place.line) {
                        let arguments = [("key", name.as_str()), ("first", &first.to_string())];
                        self.reporter.report(codes::DUPLICATE_KEY, key_place, &arguments);
                    } else {
                        entries.push(Entry { key: name, key_place, value: node });
                    }
                } else {
                    self.is_misread |= node.as_text().is_none();
                    *key = Some(key_of(self.reporter, node));
                }
            }
        }
    }

    /// Tags and anchors change what a file means without showing it.
    fn refuse(&mut self, anchor: usize, tag: Option<&Tag>, place: Place) {
        if anchor > 0 {
            self.reporter.report(codes::ANCHOR, place, &[]);
        }
        if let Some(tag) = tag {
            self.is_misread = true;
            let found = if tag.is_yaml_core_schema() { format!("!!{}", tag.suffix) } else { tag.to_string() };
            self.reporter.report(codes::TAG, place, &[("found", &found)]);
        }
    }
}

/// A mapping's key, checked: a plain word in visible characters.
fn key_of(reporter: &mut Reporter<'_>, node: Node) -> (String, Place) {
    let place = node.place;
    match node.content {
        Content::Scalar(scalar) => {
            if let Some(character) = scalar.text.chars().find(|one| characters::is_invisible(*one)) {
                reporter.report(codes::INVISIBLE, place, &[("character", &characters::code_point(character))]);
            }
            (scalar.text, place)
        }
        Content::Mapping(_) => {
            reporter.report(codes::TEMPLATE_NEEDS_QUOTES, place, &[]);
            (String::new(), place)
        }
        Content::Sequence(_) => {
            reporter.report(codes::COMPLEX_KEY, place, &[]);
            (String::new(), place)
        }
    }
}

fn nothing(place: Place) -> Node {
    Node { place, content: Content::Scalar(Scalar { text: String::new(), plain: true }) }
}

fn place_of(marker: Marker) -> Place {
    let line = u32::try_from(marker.line()).unwrap_or(u32::MAX).max(1);
    let column = u32::try_from(marker.col()).unwrap_or(u32::MAX).saturating_add(1);
    Place { line, column }
}
