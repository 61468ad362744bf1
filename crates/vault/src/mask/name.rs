//! Names. A Chinese name keeps its family name, of one character or, if it is listed, of two; any other name keeps the
//! first letter of each word.

use super::STAR;

/// Family names of two characters, one a line.
const COMPOUND_FAMILY_NAMES: &str = include_str!("compound_family_names.txt");
/// Longest Chinese name that is read as family name and given name.
const CHINESE_MAX: usize = 4;
const WORDS_MAX: usize = 5;
const WORD_STARS: &str = "***";
const MIDDLE_DOTS: [char; 3] = ['\u{b7}', '\u{2022}', '\u{30fb}'];

pub(super) fn mask(value: &str) -> Option<String> {
    if !value.chars().all(belongs_to_a_name) {
        return None;
    }
    if value.chars().all(is_han) && value.chars().count() <= CHINESE_MAX {
        mask_chinese(value)
    } else {
        mask_words(value)
    }
}

fn mask_chinese(value: &str) -> Option<String> {
    let length = value.chars().count();
    let family: String = value.chars().take(2).collect();
    let kept = if length > 2 && COMPOUND_FAMILY_NAMES.lines().any(|listed| listed == family) { 2 } else { 1 };
    let hidden = length.checked_sub(kept)?;
    (hidden > 0).then(|| value.chars().take(kept).chain(std::iter::repeat_n(STAR, hidden)).collect())
}

/// Each word has the same number of stars, so that its length does not show. A name of initials has nothing to hide
/// them behind and is masked whole.
fn mask_words(value: &str) -> Option<String> {
    let is_separator = |c: char| !c.is_alphabetic();
    let words: Vec<&str> = value.split(is_separator).filter(|word| !word.is_empty()).collect();
    let hides = words.iter().any(|word| word.chars().count() > 1);
    if !hides || words.len() > WORDS_MAX {
        return None;
    }
    let dotted = value.contains(MIDDLE_DOTS);
    let masked = words.iter().filter_map(|word| word.chars().next()).map(|first| format!("{first}{WORD_STARS}"));
    Some(masked.collect::<Vec<_>>().join(if dotted { "\u{b7}" } else { " " }))
}

fn belongs_to_a_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '\u{2019}') || MIDDLE_DOTS.contains(&c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
