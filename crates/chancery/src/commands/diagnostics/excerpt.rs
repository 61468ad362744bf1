//! The line of a file that a diagnostic speaks of, as a terminal may show it.

/// How much of a long line is shown.
const CHARACTERS_MAX: usize = 120;
/// How much of it before the place.
const CHARACTERS_BEFORE: usize = 60;

/// A line and what stands before the caret below it.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or the part of it around the place.
    pub line: String,
    /// As wide as what stands before the place.
    pub indent: String,
}

/// The line around a place, counted from 1; nothing if the file has no such line, or none that can be read.
pub fn of(text: &[u8], (line, column): (u32, u32)) -> Option<Excerpt> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let line = text.split(|byte| *byte == b'\n').nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
    let line = std::str::from_utf8(line).ok()?.trim_end_matches('\r');
    let place = usize::try_from(column).ok()?.checked_sub(1)?;
    if line.chars().take(place).count() < place || line.trim().is_empty() {
        return None;
    }
    let from = if line.chars().count() > CHARACTERS_MAX { place.saturating_sub(CHARACTERS_BEFORE) } else { 0 };
    let part: String = line.chars().skip(from).take(CHARACTERS_MAX).collect();
    let part = harmless(&part);
    let width: usize = part.chars().take(place - from).map(columns).sum();
    Some(Excerpt { indent: " ".repeat(width), line: part })
}

/// The text without what a terminal would obey instead of showing it.
pub fn harmless(text: &str) -> String {
    text.chars().map(|one| if one.is_control() || is_direction(one) { ' ' } else { one }).collect()
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many columns of a terminal a character takes.
fn columns(character: char) -> usize {
    let is_wide = matches!(character,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}');
    if is_wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_below_its_character_also_after_chinese() {
        let found = of("a\ntitle: 审批 x".as_bytes(), (2, 11));
        assert_eq!(found, Some(Excerpt { line: "title: 审批 x".to_owned(), indent: " ".repeat(12) }));
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let found = of("x".repeat(1_000).as_bytes(), (1, 500)).unwrap();
        assert_eq!((found.line.len(), found.indent.len()), (CHARACTERS_MAX, CHARACTERS_BEFORE));
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_repeated() {
        let found = of(b"a: \x1b[31mred\t!", (1, 4));
        assert_eq!(found, Some(Excerpt { line: "a:  [31mred !".to_owned(), indent: "   ".to_owned() }));
    }

    #[test]
    fn a_line_that_is_no_text_is_not_shown() {
        assert_eq!([of(b"\xff\xfea", (1, 1)), of(b"a", (9, 1)), of(b"a", (1, 9))], [None, None, None]);
    }
}
