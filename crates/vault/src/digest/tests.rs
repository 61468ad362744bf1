use proptest::prelude::*;

use super::*;

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn a_digest_of_bytes_is_what_sha256sum_prints() {
    assert_eq!(Digest::of(b"abc").to_string(), ABC);
}

#[test]
fn the_short_form_shows_two_groups_and_the_end() {
    assert_eq!(Digest::of(b"abc").short(), "ba78 16bf … 15ad");
}

#[test]
fn json_holds_the_digest_as_hexadecimal_text() {
    let digest = Digest::of(b"abc");
    let json = serde_json::to_string(&digest).unwrap();
    assert_eq!(json, format!("\"{ABC}\""));
    assert_eq!(serde_json::from_str::<Digest>(&json).unwrap(), digest);
    assert_eq!(serde_json::from_value::<Digest>(serde_json::Value::String(ABC.into())).unwrap(), digest);
}

#[test]
fn what_is_not_a_digest_is_refused() {
    for text in ["", "ba78", &ABC[1..], &format!("{ABC}0"), &ABC.replace('b', "g")] {
        assert_eq!(text.parse::<Digest>(), Err(NotADigest), "{text}");
    }
}

#[test]
fn values_that_look_alike_give_different_digests() {
    let rows = [
        Digester::new("a").finish(),
        Digester::new("a").text("").finish(),
        Digester::new("a").bytes(b"").finish(),
        Digester::new("a").absent().finish(),
        Digester::new("a").optional_text(Some("x")).finish(),
        Digester::new("a").text("ab").text("c").finish(),
        Digester::new("a").text("a").text("bc").finish(),
        Digester::new("a").number(1).finish(),
        Digester::new("a").bytes(&1_u64.to_be_bytes()).finish(),
        Digester::new("a").list(1).finish(),
        Digester::new("a").list(1).list(0).finish(),
        Digester::new("a").list(0).list(1).finish(),
        Digester::new("b").finish(),
    ];
    let distinct: std::collections::BTreeSet<_> = rows.iter().collect();
    assert_eq!(distinct.len(), rows.len());
}

#[test]
fn the_encoding_is_the_one_that_stored_digests_were_made_with() {
    let digest = Digester::new("approval").text("manager").number(5_000).optional_text(None).list(0).finish();
    let mut encoded = Vec::new();
    for (kind, value) in [(0, &b"approval"[..]), (2, b"manager"), (3, &5_000_u64.to_be_bytes()), (4, b""), (5, &[0; 8])]
    {
        encoded.push(kind);
        encoded.extend((value.len() as u64).to_be_bytes());
        encoded.extend(value);
    }
    assert_eq!(digest, Digest::of(&encoded));
}

proptest! {
    #[test]
    fn two_rows_share_a_digest_only_if_they_are_equal(a in prop::collection::vec("[ab]{0,3}", 0..4), b in prop::collection::vec("[ab]{0,3}", 0..4)) {
        let digest = |row: &[String]| row.iter().fold(Digester::new("row"), |mut digester, text| { digester.text(text); digester }).finish();
        prop_assert_eq!(a == b, digest(&a) == digest(&b));
    }

    #[test]
    fn a_digest_survives_its_text(bytes: [u8; 32]) {
        let digest = Digest::from_bytes(bytes);
        prop_assert_eq!(digest.to_string().parse::<Digest>(), Ok(digest));
    }
}

#[test]
fn a_stream_gives_the_digest_of_all_its_bytes_however_they_are_cut() {
    let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    for size in [1, 7, 64, 9_999] {
        let mut stream = DigestStream::begin();
        bytes.chunks(size).for_each(|piece| stream.push(piece));
        assert_eq!(stream.finish(), Digest::of(&bytes));
    }
}
