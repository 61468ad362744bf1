//! What people type, brought to one spelling before it is checked, compared or indexed.

const FULL_WIDTH_FIRST: char = '\u{ff01}';
const FULL_WIDTH_LAST: char = '\u{ff5e}';
const FULL_WIDTH_OFFSET: u32 = 0xfee0;
const IDEOGRAPHIC_SPACE: char = '\u{3000}';

/// Trims, and turns full-width digits, letters and signs into their ASCII twins.
pub fn to_ascii_width(text: &str) -> String {
    text.trim().chars().map(narrow).collect::<String>().trim().to_owned()
}

/// As [`to_ascii_width`], and drops the separators people group digits with.
pub fn without_separators(text: &str) -> String {
    to_ascii_width(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')')).collect()
}

/// Characters that show nothing, or turn the direction of what follows: a value that holds one is never shown in part.
pub fn has_invisible(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    })
}

fn narrow(c: char) -> char {
    match c {
        IDEOGRAPHIC_SPACE => ' ',
        FULL_WIDTH_FIRST..=FULL_WIDTH_LAST => {
            char::from_u32(u32::from(c) - FULL_WIDTH_OFFSET).expect("the full-width block lies over printable ASCII")
        }
        other => other,
    }
}
