//! Bytes become text: sizes, encodings, byte order marks, control characters.

use super::{FILE_BYTES_MAX, Place, characters};
use crate::{diagnostic::codes, reporter::Reporter};

/// The text of a file without its byte order mark, or nothing after reporting why not.
pub(super) fn decode<'b>(reporter: &mut Reporter<'_>, bytes: &'b [u8]) -> Option<&'b str> {
    if bytes.len() > FILE_BYTES_MAX {
        let (size, limit) = (bytes.len().to_string(), FILE_BYTES_MAX.to_string());
        reporter.report(codes::TOO_LARGE, Place::START, &[("size", &size), ("limit", &limit)]);
        return None;
    }
    if let Some(found) = other_encoding(bytes) {
        reporter.report(codes::NOT_UTF8, Place::START, &[("found", found)]);
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
            is_free_of_controls(reporter, text).then_some(text)
        }
        Err(error) => {
            let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            reporter.report(codes::NOT_UTF8, end_of(&sound), &[("found", "unknown")]);
            None
        }
    }
}

/// The encoding that a byte order mark or the zero bytes of ASCII text betray.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, 1..=255, ..] | [1..=255, 0, ..] => Some("UTF-16"),
        _ => None,
    }
}

fn is_free_of_controls(reporter: &mut Reporter<'_>, text: &str) -> bool {
    let Some((at, character)) = text.char_indices().find(|(_, character)| characters::is_control(*character)) else {
        return true;
    };
    let name = characters::code_point(character);
    reporter.report(codes::CONTROL_CHARACTER, end_of(&text[..at]), &[("character", &name)]);
    false
}

/// The place just behind a text.
fn end_of(text: &str) -> Place {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let last = text.rsplit('\n').next().unwrap_or(text);
    let lines = text.bytes().filter(|byte| *byte == b'\n').count();
    Place { line: count(lines), column: count(last.chars().count()) }
}

fn count(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}
