//! Common slips, told in the administrator's words before Rhai gets to speak.

use super::{Mistake, TypeScope};
use crate::diagnostic::codes;

/// Words of other languages, with what stands for them here.
const WORDS: &[(&str, &str)] = &[
    ("and", "&&"),
    ("or", "||"),
    ("not", "!"),
    ("AND", "&&"),
    ("OR", "||"),
    ("NOT", "!"),
    ("True", "true"),
    ("TRUE", "true"),
    ("False", "false"),
    ("FALSE", "false"),
    ("null", "is_empty(…)"),
    ("nil", "is_empty(…)"),
    ("None", "is_empty(…)"),
];

/// Signs of other languages, longest first.
const SIGNS: &[(&str, &str)] = &[
    ("===", "=="),
    ("!==", "!="),
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "!="),
    ("（", "("),
    ("）", ")"),
    ("，", ","),
    ("“", "\""),
    ("”", "\""),
    ("‘", "\""),
    ("’", "\""),
    ("＝", "=="),
    ("＞", ">"),
    ("＜", "<"),
    ("！", "!"),
    ("＋", "+"),
    ("－", "-"),
    ("×", "*"),
    ("÷", "/"),
    ("。", "."),
];

/// Signs that are right as they stand, and longer than a slip that they contain.
const RIGHT: &[&str] = &["==", "!=", "<=", ">=", "&&", "||", "??", "?."];

/// The first slip outside text literals.
pub(super) fn find(source: &str, scope: &TypeScope) -> Option<Mistake> {
    let (mut line, mut column) = (1, 1);
    let mut rest = source;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        if let Some(slip) = slip_at(rest, before, scope) {
            return Some(slip.at(line, column));
        }
        let length = token_length(rest, first);
        let (token, after) = rest.split_at(length);
        for character in token.chars() {
            if character == '\n' {
                (line, column) = (line + 1, 1);
            } else {
                column += 1;
            }
            before = Some(character);
        }
        rest = after;
    }
    None
}

enum Slip {
    Write { found: String, instead: &'static str },
    SingleQuotes,
    QuestionMark,
}

impl Slip {
    fn at(self, line: u32, column: u32) -> Mistake {
        match self {
            Self::Write { found, instead } => {
                Mistake::at(codes::WRITE_INSTEAD, line, column).with("found", found).with("instead", instead)
            }
            Self::SingleQuotes => Mistake::at(codes::SINGLE_QUOTES, line, column),
            Self::QuestionMark => Mistake::at(codes::QUESTION_MARK, line, column),
        }
    }
}

fn slip_at(rest: &str, before: Option<char>, scope: &TypeScope) -> Option<Slip> {
    let first = rest.chars().next()?;
    if is_word(first) {
        if before.is_some_and(|before| is_word(before) || before == '.') {
            return None;
        }
        let word = &rest[..word_length(rest)];
        let named = scope.get(word).is_some() || scope.is_group(word);
        let instead = WORDS.iter().find(|(slip, _)| *slip == word).filter(|_| !named)?.1;
        return Some(Slip::Write { found: word.to_owned(), instead });
    }
    if let Some((found, instead)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Some(Slip::Write { found: (*found).to_owned(), instead });
    }
    if RIGHT.iter().any(|sign| rest.starts_with(sign)) {
        return None;
    }
    match first {
        '\'' => Some(Slip::SingleQuotes),
        '?' => Some(Slip::QuestionMark),
        '=' => Some(Slip::Write { found: "=".to_owned(), instead: "==" }),
        '&' => Some(Slip::Write { found: "&".to_owned(), instead: "&&" }),
        '|' => Some(Slip::Write { found: "|".to_owned(), instead: "||" }),
        _ => None,
    }
}

/// How many bytes belong together: a text literal, a word, a sign.
fn token_length(rest: &str, first: char) -> usize {
    if first == '"' || first == '`' {
        return literal_length(rest, first);
    }
    if is_word(first) {
        return word_length(rest);
    }
    RIGHT.iter().find(|sign| rest.starts_with(**sign)).map_or(first.len_utf8(), |sign| sign.len())
}

fn word_length(rest: &str) -> usize {
    rest.find(|character| !is_word(character)).unwrap_or(rest.len())
}

fn literal_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if character == quote => return index + quote.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
