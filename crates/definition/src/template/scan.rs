//! What may stand inside `{{ }}` and `{% %}`: names, filters, and the words of `if` and `for`.

use crate::{
    diagnostic::{Code, codes},
    expression::Mistake,
    syntax::closest,
};

/// The filters that templates may use.
pub(super) const FILTERS: &[&str] = &["default", "upper", "lower", "length"];

/// Words that begin a `{% %}`.
const WORDS: &[&str] = &["if", "elif", "else", "endif", "for", "endfor"];

/// Refuses whatever is neither a name nor a choice between names.
pub(super) fn scan(source: &str) -> Result<(), Mistake> {
    let mut at = 0;
    while let Some(hole) = next_hole(source, at) {
        let end = hole.end.ok_or_else(|| mistake(codes::TEMPLATE_UNREADABLE, source, hole.start))?;
        match hole.kind {
            Kind::Value => check_inside(source, hole.inside, end, false)?,
            Kind::Word => check_inside(source, hole.inside, end, true)?,
            Kind::Comment => {}
        }
        at = end + 2;
    }
    Ok(())
}

/// Where a path stands as a whole inside a hole.
pub(super) fn find_name(source: &str, path: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(hole) = next_hole(source, at) {
        let end = hole.end?;
        if hole.kind != Kind::Comment {
            let found =
                source[hole.inside..end].match_indices(path).map(|(offset, _)| hole.inside + offset).find(|start| {
                    let before = source[..*start].chars().next_back();
                    let after = source[start + path.len()..].chars().next();
                    !before.is_some_and(is_name_part) && !after.is_some_and(is_name_part)
                });
            if found.is_some() {
                return found;
            }
        }
        at = end + 2;
    }
    None
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Value,
    Word,
    Comment,
}

struct Hole {
    kind: Kind,
    start: usize,
    inside: usize,
    end: Option<usize>,
}

fn next_hole(source: &str, from: usize) -> Option<Hole> {
    let (start, kind, close) = [("{{", Kind::Value, "}}"), ("{%", Kind::Word, "%}"), ("{#", Kind::Comment, "#}")]
        .into_iter()
        .filter_map(|(open, kind, close)| Some((source[from..].find(open)? + from, kind, close)))
        .min_by_key(|(start, ..)| *start)?;
    let inside = start + 2;
    let end = source[inside..].find(close).map(|offset| inside + offset);
    Some(Hole { kind, start, inside, end })
}

fn check_inside(source: &str, inside: usize, end: usize, begins_with_word: bool) -> Result<(), Mistake> {
    let mut at = inside;
    let mut is_first = true;
    let mut after_bar = false;
    while at < end {
        let rest = &source[at..end];
        let Some(first) = rest.chars().next() else { break };
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if is_name_part(first) {
            let length = rest.find(|character| !is_name_part(character)).unwrap_or(rest.len());
            let word = &rest[..length];
            check_word(source, at, word, (begins_with_word && is_first, after_bar))?;
            (is_first, after_bar) = (false, false);
            length
        } else if first == '"' || first == '\'' {
            let close = rest[1..].find(first).ok_or_else(|| mistake(codes::TEMPLATE_UNREADABLE, source, at))?;
            close + 2
        } else {
            let is_trim = first == '-' && (at == inside || at + 1 == end);
            if !(is_trim || matches!(first, '|' | '(' | ')' | ',')) {
                return Err(mistake(codes::TEMPLATE_CALCULATES, source, at));
            }
            after_bar = first == '|';
            1
        };
        at += length;
    }
    if is_first {
        return Err(mistake(codes::TEMPLATE_UNREADABLE, source, inside.saturating_sub(2)));
    }
    Ok(())
}

fn check_word(source: &str, at: usize, word: &str, (begins, after_bar): (bool, bool)) -> Result<(), Mistake> {
    if begins && !WORDS.contains(&word) {
        return Err(mistake(codes::TEMPLATE_WORD, source, at).with("found", word).with("known", WORDS.join(" ")));
    }
    if after_bar && !FILTERS.contains(&word) {
        let suggestion = closest(word, FILTERS.iter().copied()).unwrap_or_default();
        let mistake = mistake(codes::UNKNOWN_FILTER, source, at).with("known", FILTERS.join(" "));
        return Err(mistake.with("name", word).with("suggestion", suggestion));
    }
    let is_called = source[at + word.len()..].trim_start().starts_with('(');
    if is_called && !after_bar {
        return Err(mistake(codes::TEMPLATE_CALCULATES, source, at));
    }
    Ok(())
}

fn is_name_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '.'
}

fn mistake(code: Code, source: &str, at: usize) -> Mistake {
    let before = &source[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
    let near: String = source[at..].chars().take(NEAR_CHARACTERS_MAX).collect();
    Mistake::at(code, u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
        .with("near", near)
}

/// How much of the source a message quotes.
pub(super) const NEAR_CHARACTERS_MAX: usize = 24;
