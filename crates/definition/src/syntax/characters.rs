//! Characters that are not what they seem.

/// Whether a character is invisible or changes the direction of text: no name may hold one.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character reorders the text around it: a text for people that holds one may read as something else.
pub(crate) fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether YAML has no place for a character.
pub(super) fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{0085}')
}

/// The ASCII punctuation that a full-width one was meant to be.
pub(super) fn ascii_of(character: char) -> Option<char> {
    Some(match character {
        '\u{FF1A}' => ':',
        '\u{FF0C}' => ',',
        '\u{FF3B}' | '\u{3010}' => '[',
        '\u{FF3D}' | '\u{3011}' => ']',
        '\u{FF5B}' => '{',
        '\u{FF5D}' => '}',
        '\u{201C}' | '\u{201D}' | '\u{FF02}' => '"',
        '\u{2018}' | '\u{2019}' | '\u{FF07}' => '\'',
        '\u{FF03}' => '#',
        '\u{FF0D}' => '-',
        '\u{3000}' => ' ',
        _ => return None,
    })
}

/// A character's name in diagnostics: `U+200B`.
pub(super) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
