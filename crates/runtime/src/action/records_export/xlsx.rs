//! A workbook of one sheet, written row by row with bounded memory.

use std::{
    io::{self, Seek, Write},
    path::Path,
};

use chrono::Datelike;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{
    making::{Look, MakingError, nameless},
    sheet::{Cell, Row, money},
};

/// More digits than this a spreadsheet would round, so such a number is written as a text.
const DIGITS_MAX: usize = 15;

/// The width of each column, in characters.
const COLUMN_WIDTH: f64 = 18.0;

/// The first year that a spreadsheet knows without a mistake.
const FIRST_YEAR: i32 = 1901;

/// Writes the watermark, the head and all rows.
pub fn write(
    look: &Look,
    next: &mut impl FnMut() -> Option<Vec<Row>>,
    folder: &Path,
    target: &mut impl Write,
) -> Result<(), MakingError> {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder)?;
    workbook.set_properties(&properties(look));
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let mut row = begin(sheet, look)?;
    let formats = Formats::new();
    while let Some(rows) = next() {
        for cells in rows {
            for (column, cell) in (0_u16..).zip(&cells) {
                write_cell(sheet, (row, column), cell, &formats)?;
            }
            row += 1;
        }
    }
    let mut made = nameless(folder)?;
    workbook.save_to_writer(&mut made)?;
    made.rewind()?;
    io::copy(&mut made, target)?;
    Ok(())
}

/// Who and when, also where nobody looks.
fn properties(look: &Look) -> DocProperties {
    let properties = DocProperties::new().set_title(&look.sheet);
    match &look.watermark {
        Some(watermark) => properties.set_comment(watermark),
        None => properties,
    }
}

/// Writes what stands above the rows; the first row after it.
fn begin(sheet: &mut Worksheet, look: &Look) -> Result<u32, MakingError> {
    sheet.set_name(&look.sheet)?;
    let mut row = 0;
    if let Some(watermark) = &look.watermark {
        // `&` begins an instruction in headers and footers.
        let printed = format!("&L{}&R&P / &N", watermark.replace('&', "&&"));
        sheet.set_header(&printed);
        sheet.set_footer(&printed);
        sheet.write_string_with_format(row, 0, watermark, &Format::new().set_font_color("#7A7F87").set_italic())?;
        row += 1;
    }
    let bold = Format::new().set_bold().set_num_format("@");
    for (column, label) in (0_u16..).zip(&look.head) {
        sheet.set_column_width(column, COLUMN_WIDTH)?;
        sheet.write_string_with_format(row, column, label, &bold)?;
    }
    row += 1;
    sheet.set_freeze_panes(row, 0)?;
    sheet.set_repeat_rows(0, row - 1)?;
    Ok(row)
}

struct Formats {
    text: Format,
    money: Format,
    number: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            // A text stays one when somebody edits the cell: `=1+1` does not become a formula then either.
            text: Format::new().set_num_format("@").set_quote_prefix(),
            money: Format::new().set_num_format("#,##0.00"),
            number: Format::new().set_num_format("General"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, &formats.text)?,
        Cell::Money(amount) => match exact(*amount) {
            Some(number) => sheet.write_number_with_format(row, column, number, &formats.money)?,
            None => sheet.write_string_with_format(row, column, money(*amount), &formats.text)?,
        },
        Cell::Number(number) => match exact(*number) {
            Some(number) => sheet.write_number_with_format(row, column, number, &formats.number)?,
            None => sheet.write_string_with_format(row, column, number.normalize().to_string(), &formats.text)?,
        },
        Cell::Day(day) if day.year() < FIRST_YEAR => {
            sheet.write_string_with_format(row, column, day.to_string(), &formats.text)?
        }
        Cell::Day(day) => {
            let year = u16::try_from(day.year()).map_err(|_| XlsxError::ParameterError(String::new()))?;
            let (month, of_month) = (day.month0() + 1, day.day0() + 1);
            let [month, of_month] = [month, of_month].map(|number| u8::try_from(number).unwrap_or_default());
            let moment = ExcelDateTime::from_ymd(year, month, of_month)?;
            sheet.write_datetime_with_format(row, column, moment, &formats.day)?
        }
    };
    Ok(())
}

/// The number as a spreadsheet keeps it, if it keeps all its digits.
fn exact(number: Decimal) -> Option<f64> {
    let number = number.normalize();
    let digits = number.mantissa().unsigned_abs().to_string().len();
    if digits <= DIGITS_MAX { number.to_f64() } else { None }
}

impl From<XlsxError> for MakingError {
    fn from(error: XlsxError) -> Self {
        if matches!(error, XlsxError::MaxStringLengthExceeded | XlsxError::RowColumnLimitError) {
            Self::TooLarge
        } else if let XlsxError::IoError(error) = error {
            Self::File(error)
        } else {
            Self::Format
        }
    }
}
