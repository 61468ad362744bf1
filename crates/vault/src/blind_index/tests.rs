use proptest::prelude::*;

use super::*;
use crate::{
    KeyId,
    samples::{KEY_ID, index_key},
};

const MOBILE: Column<'static> = Column { register: "customer", field: "mobile", spelling: Spelling::Mobile };
const ID: Column<'static> = Column { register: "customer", field: "id_number", spelling: Spelling::Identifier };
const NAME: Column<'static> = Column { register: "customer", field: "name", spelling: Spelling::Text };

/// Whether a search for what was typed finds the value.
fn finds(column: &Column<'_>, search: Search, value: &str, typed: &str) -> bool {
    let key = index_key();
    key.query(column, search, typed).is_some_and(|token| key.entries(column, search, value).contains(&token))
}

#[test]
fn a_token_is_what_the_second_implementation_makes() {
    let token = index_key().query(&MOBILE, Search::Exact, "+86 138 0000 1234").unwrap();
    assert_eq!(hex::encode(token.as_bytes()), "68cc9dc087bc99f56618e6ed21a7ef11");
    assert_eq!(BlindIndex::from_bytes(*token.as_bytes()), token);
    assert_eq!(format!("{token:?}"), "BlindIndex(<redacted>)");
}

#[test]
fn a_value_is_found_however_it_is_typed() {
    let cases = [
        (MOBILE, Search::Exact, "13800001234", "+86 138-0000-1234"),
        (MOBILE, Search::Exact, "0086 13800001234", "１３８００００１２３４"),
        (MOBILE, Search::Last4, "13800001234", " 1234 "),
        (MOBILE, Search::Exact, "13800001234", "8613800001234"),
        (MOBILE, Search::Last4, "13800000086", "0086"),
        (MOBILE, Search::Last4, "13800008612", "8612"),
        (MOBILE, Search::Prefix, "13800001234", "+86 138"),
        (MOBILE, Search::Prefix, "13800001234", "0086 138"),
        (ID, Search::Exact, "11010519491231002X", "110105 19491231 002x"),
        (ID, Search::Last4, "11010519491231002X", "002x"),
        (NAME, Search::Exact, "陈建国", " 陈建国　"),
        (NAME, Search::Exact, "John Smith", "ｊｏｈｎ smith"),
        (NAME, Search::Prefix, "陈建国", "陈"),
        (NAME, Search::Prefix, "陈建国", "陈建"),
        (NAME, Search::Prefix, "John Smith", "JOHN S"),
    ];
    for (column, search, value, typed) in cases {
        assert!(finds(&column, search, value, typed), "{search:?} {typed}");
    }
}

#[test]
fn what_does_not_match_is_not_found() {
    let cases = [
        (MOBILE, Search::Exact, "13800001234", "13800001235"),
        (MOBILE, Search::Exact, "13800001234", ""),
        (MOBILE, Search::Last4, "13800001234", "234"),
        (MOBILE, Search::Last4, "13800001234", "01234"),
        (NAME, Search::Exact, "陈建国", "陈建"),
        (NAME, Search::Prefix, "陈建国", "建国"),
        (NAME, Search::Prefix, "陈建国", ""),
        (NAME, Search::Prefix, "a name of more than sixteen", "a name of more than"),
    ];
    for (column, search, value, typed) in cases {
        assert!(!finds(&column, search, value, typed), "{search:?} {typed}");
    }
}

#[test]
fn what_can_find_nothing_makes_no_token() {
    let long = "a".repeat(PREFIX_CHARACTERS_MAX + 1);
    for (search, typed) in [
        (Search::Exact, " "),
        (Search::Last4, "234"),
        (Search::Last4, "01234"),
        (Search::Prefix, ""),
        (Search::Prefix, long.as_str()),
    ] {
        assert_eq!(index_key().query(&NAME, search, typed), None, "{search:?} {typed}");
    }
}

#[test]
fn a_value_has_as_many_tokens_as_there_are_ways_to_find_it() {
    let count = |column, search, value| index_key().entries(column, search, value).len();
    assert_eq!(count(&MOBILE, Search::Exact, "13800001234"), 1);
    assert_eq!(count(&MOBILE, Search::Exact, " "), 0);
    assert_eq!(count(&MOBILE, Search::Last4, "123"), 0);
    assert_eq!(count(&NAME, Search::Prefix, "陈建国"), 3);
    assert_eq!(count(&NAME, Search::Prefix, &"长".repeat(100)), PREFIX_CHARACTERS_MAX);
}

#[test]
fn equal_values_share_no_token_across_fields_registers_searches_and_keys() {
    let other_key = IndexKey::generate(KeyId(KEY_ID.0), &mut |bytes| bytes.fill(9)).unwrap();
    let tokens = [
        index_key().query(&NAME, Search::Exact, "1234"),
        index_key().query(&Column { field: "alias", ..NAME }, Search::Exact, "1234"),
        index_key().query(&Column { register: "partner", ..NAME }, Search::Exact, "1234"),
        index_key().query(&Column { register: "customern", field: "ame", ..NAME }, Search::Exact, "1234"),
        index_key().query(&NAME, Search::Last4, "1234"),
        index_key().query(&NAME, Search::Prefix, "1234"),
        other_key.query(&NAME, Search::Exact, "1234"),
    ];
    let distinct: std::collections::BTreeSet<_> = tokens.iter().collect();
    assert_eq!(distinct.len(), tokens.len());
}

proptest! {
    #[test]
    fn every_value_is_found_by_itself_its_end_and_its_beginnings(value in "[a-z0-9陈建国Ａ-Ｚ]{4,20}", length in 1_usize..=4) {
        let end: String = value.chars().skip(value.chars().count() - 4).collect();
        let beginning: String = value.chars().take(length).collect();
        prop_assert!(finds(&NAME, Search::Exact, &value, &value));
        prop_assert!(finds(&NAME, Search::Last4, &value, &end));
        prop_assert!(finds(&NAME, Search::Prefix, &value, &beginning));
    }
}
