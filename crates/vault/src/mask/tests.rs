use proptest::prelude::*;

use super::*;
use crate::identifier::resident_id::Birthday;

fn check(rule: Rule, cases: &[(&str, &str)]) {
    for (value, expected) in cases {
        assert_eq!(mask(rule, value), *expected, "{rule} of {value}");
    }
}

#[test]
fn a_name_keeps_its_family_name() {
    check(
        Rule::Name,
        &[
            ("陈建国", "陈**"),
            ("李娜", "李*"),
            (" 李娜 ", "李*"),
            ("上官婉", "上官*"),
            ("欧阳修文", "欧阳**"),
            ("上官", "上*"),
            ("爱德华七世", "爱***"),
            ("阿卜杜拉·买买提", "阿***·买***"),
            ("John Smith", "J*** S***"),
            ("J. Smith", "J*** S***"),
            ("Anne-Marie O'Neil", "A*** M*** O*** N***"),
            ("김철수", "김***"),
        ],
    );
}

#[test]
fn what_is_no_name_is_masked_whole() {
    let cases = ["", "陈", "J", "J K", "陈建国2", "陈建国（备用）", "a b c d e fg", "陈\u{202e}建国", "🙂🙂"];
    check(Rule::Name, &cases.map(|value| (value, WHOLE)));
}

#[test]
fn a_mobile_number_keeps_three_and_four_digits() {
    check(
        Rule::Mobile,
        &[
            ("13800001234", "138****1234"),
            ("+86 138-0000-1234", "138****1234"),
            ("１３８００００１２３４", "138****1234"),
            ("021-62345678", "021-******78"),
            ("(0571) 8765432", "0571-*****32"),
            ("1380000123", WHOLE),
            ("23800001234", WHOLE),
            ("+1 415 555 0100", WHOLE),
            ("0013800001234", WHOLE),
            ("00441234567", WHOLE),
            ("13800001234 home", WHOLE),
        ],
    );
}

#[test]
fn an_id_keeps_three_and_four_characters() {
    check(
        Rule::Id,
        &[
            ("310104198806161234", "310***********1234"),
            ("11010519491231002x", "110***********002X"),
            ("310104198806161235", WHOLE),
            ("E12345678", "E******78"),
            ("123456", WHOLE),
        ],
    );
}

#[test]
fn a_card_keeps_four_and_four_digits_in_four_groups() {
    check(
        Rule::Card,
        &[
            ("6222100000000050123", "6222 **** **** 0123"),
            ("6222 1000 0000 0050 123", "6222 **** **** 0123"),
            ("4111111111111111", "4111 **** **** 1111"),
            ("378282246310005", "**** **** **** 0005"),
            ("4111111111111112", WHOLE),
            ("6222", WHOLE),
        ],
    );
}

#[test]
fn an_address_of_mail_keeps_a_letter_and_the_domain() {
    check(
        Rule::Email,
        &[
            ("anna@example.com", "a***@example.com"),
            ("ab@Example.COM", "a***@example.com"),
            ("a@example.com", WHOLE),
            ("anna", WHOLE),
            ("anna@example", WHOLE),
            ("anna@b@example.com", WHOLE),
            ("anna at example.com", WHOLE),
        ],
    );
}

#[test]
fn a_postal_address_keeps_province_and_city() {
    check(
        Rule::Address,
        &[
            ("上海市浦东新区世纪大道100号", "上海市****"),
            ("浙江省杭州市西湖区文三路1号", "浙江省杭州市****"),
            ("浙江省 杭州市 西湖区", "浙江省杭州市****"),
            ("浙江杭州西湖区", "浙江杭州****"),
            ("杭州市西湖区文三路", "杭州市****"),
            ("浙江省小明家城市花园", "浙江省****"),
            ("新疆维吾尔自治区乌鲁木齐市天山区", "新疆维吾尔自治区乌鲁木齐市****"),
            ("湖北省恩施土家族苗族自治州利川市", "湖北省恩施土家族苗族自治州****"),
            ("吉林省吉林市昌邑区", "吉林省吉林市****"),
            ("香港特别行政区中环", "香港特别行政区****"),
            ("上海路12号", WHOLE),
            ("小王家在杭州市", WHOLE),
            ("10 Downing Street, London", WHOLE),
        ],
    );
}

#[test]
fn a_whole_mask_does_not_tell_the_length() {
    check(Rule::All, &[("", WHOLE), ("a", WHOLE), ("a long secret", WHOLE)]);
}

#[test]
fn a_kept_mask_hides_at_least_half_of_what_it_shows() {
    check(
        Rule::Keep { first: 3, last: 4 },
        &[("13800001234", "138****1234"), ("1234567890", WHOLE), ("12", WHOLE), ("", WHOLE)],
    );
    check(Rule::Keep { first: 1, last: 0 }, &[("ab", "a*"), ("a", WHOLE), ("沪A12345", "沪******")]);
    check(Rule::Keep { first: 1, last: 1 }, &[("abcdefghijklmnopqrstuvwxyz", "a************z")]);
}

#[test]
fn a_value_with_signs_that_do_not_show_is_masked_whole() {
    for sign in
        ['\u{0}', '\n', '\u{7f}', '\u{ad}', '\u{200b}', '\u{200f}', '\u{202e}', '\u{2067}', '\u{feff}', '\u{e0041}']
    {
        assert_eq!(mask(Rule::Keep { first: 3, last: 4 }, &format!("1{sign}23456789012")), WHOLE, "{sign:?}");
    }
}

#[test]
fn no_listed_city_begins_with_another_of_its_province() {
    for line in include_str!("regions.txt").lines() {
        let cities: Vec<_> = line.split_once(':').unwrap().1.split_whitespace().collect();
        for city in &cities {
            let spoken = city.strip_suffix('市').unwrap_or(city);
            assert_eq!(cities.iter().filter(|other| other.starts_with(spoken)).count(), 1, "{city}");
        }
    }
}

#[test]
fn a_rule_survives_its_text() {
    for text in ["name", "mobile", "id", "card", "email", "address", "all", "3*4", "0*4", "3*0"] {
        assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
        assert_eq!(serde_json::to_string(&text.parse::<Rule>().unwrap()).unwrap(), format!("\"{text}\""));
    }
    assert_eq!("0*0".parse(), Ok(Rule::All));
    for text in ["", "*", "3*", "*4", "10*4", "3*4*", "Name", "-1*2", "+1*2", "3 * 4"] {
        assert_eq!(text.parse::<Rule>(), Err(UnknownRule), "{text}");
    }
}

#[test]
fn every_listed_region_is_kept_as_it_is_listed() {
    for line in include_str!("regions.txt").lines() {
        let (names, cities) = line.split_once(':').unwrap();
        let province = names.split(' ').next().unwrap();
        assert_eq!(mask(Rule::Address, &format!("{province}X")), format!("{province}{WHOLE}"));
        for city in cities.split_whitespace() {
            assert_eq!(mask(Rule::Address, &format!("{province}{city}X")), format!("{province}{city}{WHOLE}"));
        }
    }
}

const RULES: [Rule; 8] = [
    Rule::Name,
    Rule::Mobile,
    Rule::Id,
    Rule::Card,
    Rule::Email,
    Rule::Address,
    Rule::All,
    Rule::Keep { first: 3, last: 4 },
];

/// Letters and digits that a mask lets through.
fn shown(masked: &str) -> usize {
    masked.chars().filter(|c| c.is_alphanumeric()).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn no_rule_shows_more_than_it_promises(value in r"(\PC|[0-9a-zA-Z@. +*-]|[陈建国上官婉浙江省杭州市]|\p{Cf}){0,24}") {
        for rule in RULES {
            let masked = mask(rule, &value);
            let promised = match rule {
                Rule::Name => 5,
                Rule::Mobile | Rule::Id | Rule::Keep { .. } => 7,
                Rule::Card => 8,
                Rule::Email => value.chars().filter(|c| c.is_alphanumeric()).count().saturating_sub(1),
                Rule::Address => 20,
                Rule::All => 0,
            };
            prop_assert!(shown(&masked) <= promised, "{rule} shows {masked} of {value}");
            prop_assert!(masked.contains(STAR));
            prop_assert!(!crate::fold::has_invisible(&masked));
        }
    }

    #[test]
    fn digits_alone_never_show_more_than_the_rule_for_digits(value in "[0-9 ]{0,24}") {
        for (rule, promised) in [(Rule::Name, 0), (Rule::Mobile, 7), (Rule::Id, 7), (Rule::Card, 8), (Rule::Email, 0), (Rule::Address, 0)] {
            prop_assert!(shown(&mask(rule, &value)) <= promised);
        }
    }

    #[test]
    fn every_mobile_number_and_every_id_is_masked_to_one_shape(serial in 0_u32..100_000_000, year in 1950_u16..2010, day in 1_u8..=28, sequence in 0_u16..1_000) {
        let number = mobile::from_parts("186", serial).unwrap();
        prop_assert_eq!(mask(Rule::Mobile, &number), format!("186****{}", &number[7..]));
        let id = resident_id::with_check_digit("310104", Birthday { year, month: 2, day }, sequence).unwrap();
        prop_assert_eq!(mask(Rule::Id, &id), format!("310***********{}", &id[14..]));
    }
}
