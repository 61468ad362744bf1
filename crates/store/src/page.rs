//! Pages of long lists, by key: the next page begins after the last row seen, so inserts neither repeat nor hide a row.

use std::{fmt, str::FromStr};

use uuid::Uuid;

/// Rows that one page holds at most, whatever the caller asks for.
pub const PAGE_ROWS_MAX: u64 = 200;

/// Where a page ended: the sort key and the id of its last row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) key: i64,
    pub(crate) id: Uuid,
}

/// A text that is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct BadCursor;

/// Some rows, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// The cursor of the next page; nothing when this is the last.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts rows to a page. The query fetched [`fetch_limit`] rows, one more than a page, to know whether another follows.
    pub(crate) fn cut(mut rows: Vec<T>, limit: u64, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit.clamp(1, PAGE_ROWS_MAX)).expect("a page fits in memory");
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(cursor);
        Self { rows, next }
    }
}

/// How many rows a query fetches for a page.
pub(crate) fn fetch_limit(limit: u64) -> i64 {
    i64::try_from(limit.clamp(1, PAGE_ROWS_MAX) + 1).expect("a page is small")
}

impl Cursor {
    /// Before every row of an ascending list.
    pub(crate) const FIRST: Self = Self { key: i64::MIN, id: Uuid::nil() };
    /// After every row of an ascending list, so the first of a descending one.
    pub(crate) const LAST: Self = Self { key: i64::MAX, id: Uuid::max() };
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}{}", self.key, self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, id) = text.split_at_checked(16).ok_or(BadCursor)?;
        let key = u64::from_str_radix(key, 16).map_err(|_| BadCursor)?.cast_signed();
        let id = Uuid::try_parse(id).map_err(|_| BadCursor)?;
        Ok(Self { key, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        for key in [i64::MIN, -1, 0, 1_763_000_000_000_000, i64::MAX] {
            let cursor = Cursor { key, id: Uuid::from_u128(7) };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        assert_eq!("not one".parse::<Cursor>(), Err(BadCursor));
    }
}
