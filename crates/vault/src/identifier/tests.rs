use proptest::prelude::*;

use super::{Error, bank_card, email, mobile, passport, resident_id, uscc};
use resident_id::Birthday;

type Parse = fn(&str) -> Result<String, Error>;

fn check(parse: Parse, cases: &[(&str, Result<&str, Error>)]) {
    for (text, expected) in cases {
        assert_eq!(parse(text), expected.map(str::to_owned), "{text}");
    }
}

#[test]
fn a_mobile_number_is_eleven_digits_whatever_way_it_is_typed() {
    check(
        mobile::parse,
        &[
            ("13800001234", Ok("13800001234")),
            (" 138 0000 1234 ", Ok("13800001234")),
            ("+86 138-0000-1234", Ok("13800001234")),
            ("008613800001234", Ok("13800001234")),
            ("8613800001234", Ok("13800001234")),
            ("（+86）13800001234", Ok("13800001234")),
            ("１３８００００１２３４", Ok("13800001234")),
            ("19900001234", Ok("19900001234")),
            ("12800001234", Err(Error::Prefix)),
            ("21800001234", Err(Error::Prefix)),
            ("1380000123", Err(Error::Length)),
            ("", Err(Error::Length)),
            ("1380000123a", Err(Error::Character)),
            ("+1 415 555 0100", Err(Error::Character)),
        ],
    );
}

#[test]
fn a_resident_id_has_a_region_a_date_and_a_check_digit() {
    check(
        resident_id::parse,
        &[
            ("11010519491231002X", Ok("11010519491231002X")),
            ("11010519491231002x", Ok("11010519491231002X")),
            ("110105 19491231 002X", Ok("11010519491231002X")),
            ("310104198806161234", Ok("310104198806161234")),
            // Hong Kong and Taiwan residence permits, and a foreign permanent resident's card.
            ("810000199408230021", Ok("810000199408230021")),
            ("830000199201300022", Ok("830000199201300022")),
            ("911124198108030024", Ok("911124198108030024")),
            ("110105194912310021", Err(Error::CheckDigit)),
            ("11010519491231001X", Err(Error::CheckDigit)),
            ("110105194902300026", Err(Error::Date)),
            ("110105190002290020", Err(Error::Date)),
            ("110105194913010020", Err(Error::Date)),
            ("110105000001010020", Err(Error::Date)),
            ("010105194912310020", Err(Error::Prefix)),
            ("810001199408230021", Err(Error::Prefix)),
            ("990105194912310020", Err(Error::Prefix)),
            ("11010519491231002", Err(Error::Length)),
            ("11010519491231002Y", Err(Error::Character)),
            ("1101051949123100X2", Err(Error::Character)),
            ("1101051949123100二X", Err(Error::Character)),
            ("11010519491231002二", Err(Error::Character)),
        ],
    );
}

#[test]
fn a_bank_card_passes_luhn_unless_it_begins_with_nine() {
    check(
        bank_card::parse,
        &[
            ("4111 1111 1111 1111", Ok("4111111111111111")),
            ("6222100000000050123", Ok("6222100000000050123")),
            ("6222-1000-0000-0050-123", Ok("6222100000000050123")),
            ("955800001234", Ok("955800001234")),
            ("4111111111111112", Err(Error::CheckDigit)),
            ("41111111111", Err(Error::Length)),
            ("41111111111111111111", Err(Error::Length)),
            ("0000000000000000", Err(Error::Prefix)),
            ("411111111111111X", Err(Error::Character)),
        ],
    );
}

#[test]
fn a_credit_code_knows_its_alphabet() {
    check(
        uscc::parse,
        &[
            ("91350100M000100Y43", Ok("91350100M000100Y43")),
            ("91350100m000100y43", Ok("91350100M000100Y43")),
            ("91350100M000100Y44", Err(Error::CheckDigit)),
            ("91350100M000100I43", Err(Error::Character)),
            ("91350100M000100Y4Z", Err(Error::Character)),
            ("91350100M000100Y4", Err(Error::Length)),
            ("B1350100M000100Y43", Err(Error::Prefix)),
            ("9135A100M000100Y43", Err(Error::Character)),
            ("91350100M000100Y4中", Err(Error::Character)),
        ],
    );
}

#[test]
fn a_passport_is_letters_and_then_digits() {
    check(
        passport::parse,
        &[
            ("e12345678", Ok("E12345678")),
            ("EA1234567", Ok("EA1234567")),
            ("12345678", Err(Error::Prefix)),
            ("E123456", Err(Error::Length)),
            ("EAB1234567", Err(Error::Length)),
            ("E1234567X", Err(Error::Character)),
        ],
    );
}

#[test]
fn a_mail_address_keeps_its_local_part_and_lowers_its_domain() {
    check(
        email::parse,
        &[
            ("Li.Na@Example.COM", Ok("Li.Na@example.com")),
            (" li.na+x@mail.example.cn ", Ok("li.na+x@mail.example.cn")),
            ("li.na＠example.com", Ok("li.na@example.com")),
            ("li..na@example.com", Err(Error::Character)),
            ("@example.com", Err(Error::Character)),
            ("li.na@", Err(Error::Character)),
            ("li.na@-example.com", Err(Error::Character)),
            ("li.na@example-.com", Err(Error::Character)),
            ("li na@example.com", Err(Error::Character)),
            ("li.na@example.com\r\nBcc: x@example.com", Err(Error::Character)),
            ("\"li na\"@example.com", Err(Error::Character)),
        ],
    );
    assert_eq!(email::parse(&format!("{}@example.com", "a".repeat(65))), Err(Error::Character));
    assert_eq!(email::parse(&format!("a@{}com", "abc.".repeat(64))), Err(Error::Length));
}

#[test]
fn a_generator_refuses_parts_that_make_no_identifier() {
    let leap = Birthday { year: 2001, month: 2, day: 29 };
    assert_eq!(resident_id::with_check_digit("310104", leap, 1), Err(Error::Date));
    assert_eq!(resident_id::with_check_digit("310104", Birthday { year: 2000, ..leap }, 1_000), Err(Error::Length));
    assert_eq!(resident_id::with_check_digit("31010", leap, 1), Err(Error::Length));
    assert_eq!(resident_id::with_check_digit("310104", Birthday { year: 60_000, ..leap }, 1), Err(Error::Date));
    assert_eq!(bank_card::with_check_digit("6222a"), Err(Error::Character));
    assert_eq!(bank_card::with_check_digit(""), Err(Error::Length));
    assert_eq!(uscc::with_check_digit("91350100M000100Y43"), Err(Error::Length));
    assert_eq!(mobile::from_parts("138", 100_000_000), Err(Error::Length));
    assert_eq!(mobile::from_parts("120", 0), Err(Error::Prefix));
}

/// A slip of the finger: another digit in one place.
fn with_slip(text: &str, place: usize, shift: u8) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn what_is_generated_passes_and_a_single_slip_is_noticed(
        year in 1900_u16..2030, month in 1_u8..=12, day in 1_u8..=28, sequence in 0_u16..1_000, place in 0_usize..17, shift in 1_u8..10,
    ) {
        let id = resident_id::with_check_digit("440305", Birthday { year, month, day }, sequence).unwrap();
        prop_assert_eq!(resident_id::parse(&id), Ok(id.clone()));
        prop_assert!(resident_id::parse(&with_slip(&id, place, shift)).is_err());

        let card = bank_card::with_check_digit(&format!("6222{year:04}{month:02}{day:02}{sequence:03}{sequence:03}")).unwrap();
        prop_assert_eq!(bank_card::parse(&card), Ok(card.clone()));
        prop_assert!(place == 0 || bank_card::parse(&with_slip(&card, place, shift)).is_err());

        let code = uscc::with_check_digit(&format!("91310104MA1{year:04}{month:02}")).unwrap();
        prop_assert_eq!(uscc::parse(&code), Ok(code.clone()));
        prop_assert!(!(2..=7).contains(&place) || uscc::parse(&with_slip(&code, place, shift)).is_err());
    }

    #[test]
    fn parsing_is_idempotent_and_never_panics(text in r"(\PC|[0-9X@.+-]|\p{Nd}){0,24}") {
        let parsers: [Parse; 6] = [mobile::parse, resident_id::parse, bank_card::parse, uscc::parse, passport::parse, email::parse];
        for parse in parsers {
            if let Ok(normal) = parse(&text) {
                prop_assert_eq!(parse(&normal), Ok(normal));
            }
        }
    }
}
