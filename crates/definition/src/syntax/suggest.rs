//! "Did you mean": the nearest word by Damerau–Levenshtein distance.

/// Words longer than this are not compared: a suggestion would say nothing, and comparing costs their product.
const WORD_CHARACTERS_MAX: usize = 64;

/// The known word that was probably meant, if one is near enough.
pub(crate) fn closest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found: Vec<char> = found.chars().flat_map(char::to_lowercase).take(WORD_CHARACTERS_MAX + 1).collect();
    if found.len() > WORD_CHARACTERS_MAX {
        return None;
    }
    known
        .into_iter()
        .map(|word| (distance(&found, &word.chars().flat_map(char::to_lowercase).collect::<Vec<_>>()), word))
        .filter(|(distance, word)| *distance <= allowed(word.chars().count().max(found.len())))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How far apart two words may be and still be taken for one.
const fn allowed(characters: usize) -> usize {
    match characters {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    }
}

/// Insertions, deletions, substitutions and swaps of neighbours from one word to the other.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, one) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let substitution = last[column] + usize::from(one != other);
            let mut best = substitution.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *one == right[column - 1] && left[row - 1] == *other {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_finger_finds_the_word_and_another_word_finds_none() {
        let known = ["title", "fields", "register", "show_when", "by"];
        let check = |found: &str, expected: Option<&str>| assert_eq!(closest(found, known), expected, "{found}");
        check("tilte", Some("title"));
        check("feilds", Some("fields"));
        check("regsiter", Some("register"));
        check("showWhen", Some("show_when"));
        check("Title", Some("title"));
        check("yb", None);
        check("colour", None);
        check(&"title".repeat(100), None);
    }
}
