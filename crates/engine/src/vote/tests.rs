use definition::model::PARTS_OF_A_VOTE;

use super::{Cast, Tally, count};
use crate::task::Seat;

/// Seats written as `3+` (three votes in favour), `-` (against), `?` (to come), `x` (gone); `!` has a veto; `/a` is of a.
fn stands(needed: u64, each_department: u32, seats: &str) -> Tally {
    let read = |word: &str| {
        let (word, department) = word.split_once('/').map_or((word, None), |(word, of)| (word, Some(of.into())));
        let veto = word.contains('!');
        let word = word.trim_end_matches('!');
        let (votes, cast) = word.split_at(word.len() - 1);
        let cast = match cast {
            "+" => Cast::Approved,
            "-" => Cast::Rejected,
            "?" => Cast::NotYet,
            _ => Cast::Gone,
        };
        (Seat { votes: votes.parse().unwrap_or(1), veto, department }, cast)
    };
    let seats: Vec<(Seat, Cast)> = seats.split_whitespace().map(read).collect();
    count(needed, each_department, seats.iter().map(|(seat, cast)| (seat, *cast)))
}

#[test]
fn a_vote_is_decided_as_soon_as_it_can_no_longer_change_and_not_before() {
    let two = 2 * PARTS_OF_A_VOTE;
    let check = |seats: &str, expected: Tally| assert_eq!(stands(two, 0, seats), expected, "{seats}");
    check("? ? ?", Tally::Open);
    check("+ ? ?", Tally::Open);
    check("+ + ?", Tally::Approved);
    check("- ? ?", Tally::Open);
    check("- - ?", Tally::Rejected);
    check("+ - ?", Tally::Open);
    check("2+ ? ?", Tally::Approved);
    check("2- ? ?", Tally::Open);
    check("2- - ?", Tally::Rejected);
    check("+ ? x", Tally::Open);
    check("+ x x", Tally::Rejected);
}

#[test]
fn a_veto_rejects_at_once_and_is_waited_for() {
    let two = 2 * PARTS_OF_A_VOTE;
    let check = |seats: &str, expected: Tally| assert_eq!(stands(two, 0, seats), expected, "{seats}");
    check("+ + -!", Tally::Rejected);
    check("? ? ? -!", Tally::Rejected);
    check("+ + ?!", Tally::Open);
    check("+ + ?! ?", Tally::Open);
    check("+ + +!", Tally::Approved);
    check("+ + x!", Tally::Approved);
}

#[test]
fn each_department_that_votes_must_approve_as_often_as_asked() {
    let two = 2 * PARTS_OF_A_VOTE;
    let check = |seats: &str, expected: Tally| assert_eq!(stands(two, 1, seats), expected, "{seats}");
    check("+/a +/a ?/b", Tally::Open);
    check("+/a +/a -/b", Tally::Rejected);
    check("+/a ?/a +/b", Tally::Approved);
    check("+/a +/a ?/b ?/b", Tally::Open);
    check("+/a +/a x/b", Tally::Rejected);
}

#[test]
fn a_share_is_exact() {
    let share = |hundredths: u64, votes: u64| votes * hundredths;
    assert_eq!(stands(share(6_000, 5), 0, "+ + + - -"), Tally::Approved);
    assert_eq!(stands(share(6_000, 5), 0, "+ + ? - -"), Tally::Open);
    assert_eq!(stands(share(6_667, 3), 0, "+ + -"), Tally::Rejected);
    assert_eq!(stands(share(6_666, 3), 0, "+ + -"), Tally::Approved);
    assert_eq!(stands(share(10_000, 3), 0, "+ + ?"), Tally::Open);
}
