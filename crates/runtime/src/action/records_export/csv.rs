//! A plain table: UTF-8 with a byte order mark, which Excel needs to read Chinese, and RFC 4180 otherwise.

use std::io::Write;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::{
    making::{Look, MakingError},
    sheet::{Cell, Row, money},
};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What makes a spreadsheet take a text for a formula, also in the full width that Chinese input methods type.
const FORMULA_BEGINNINGS: &[char] =
    &['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Writes the watermark, the head and all rows.
pub fn write(
    look: &Look,
    next: &mut impl FnMut() -> Option<Vec<Row>>,
    target: &mut impl Write,
) -> Result<(), MakingError> {
    target.write_all(BYTE_ORDER_MARK)?;
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer(target);
    if let Some(watermark) = &look.watermark {
        writer.write_record([guarded(watermark)])?;
    }
    writer.write_record(look.head.iter().map(|label| guarded(label)))?;
    while let Some(rows) = next() {
        for row in rows {
            writer.write_record(row.iter().map(text))?;
        }
    }
    Ok(writer.flush()?)
}

/// A cell's text. Numbers and days cannot be formulas.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Money(amount) => money(*amount),
        Cell::Day(day) => day.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula.
pub fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA_BEGINNINGS) { format!("'{text}") } else { text.to_owned() }
}

impl From<csv::Error> for MakingError {
    fn from(error: csv::Error) -> Self {
        if let csv::ErrorKind::Io(error) = error.into_kind() { Self::File(error) } else { Self::Format }
    }
}
