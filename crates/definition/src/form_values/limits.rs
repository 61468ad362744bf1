//! How much a field may hold.

/// Longest text over several lines, in characters; a field's own `max` may be smaller.
pub const TEXT_CHARACTERS_MAX: u32 = 20_000;
/// Longest text on one line, in characters.
pub const TEXT_LINE_CHARACTERS_MAX: u32 = 1_000;
/// Most rows of a table.
pub const ROWS_MAX: usize = 1_000;
/// Most decimal places of an amount of money.
pub(super) const MONEY_PLACES_MAX: u32 = 2;
/// Most digits of a number before and after the point together: what every later sum keeps exactly.
pub(super) const NUMBER_DIGITS_MAX: usize = 18;
