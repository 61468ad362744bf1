use aws_lc_rs::aead::NONCE_LEN;
use proptest::prelude::*;

use super::*;
use crate::{
    Binding, DataKey, Payload,
    samples::{KEY_ID, MOBILE, RECORD, constant, counting, data_key},
};

fn decoded<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    hex::decode(text).unwrap().try_into().unwrap()
}

/// Test cases 13 to 16 of the submission of GCM to NIST by its authors, all with 256-bit keys.
#[test]
fn the_cipher_is_the_one_that_was_submitted_to_nist() {
    const KEY: &str = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    const NONCE: &str = "cafebabefacedbaddecaf888";
    const PLAIN: &str = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
    const SEALED: &str = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
    let zeros = "0".repeat(64);
    let cases = [
        (zeros.as_str(), &zeros[..24], "", "", "530f8afbc74536b9a963b4f1c4cb738b".to_owned()),
        (
            &zeros,
            &zeros[..24],
            "",
            &zeros[..32],
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919".to_owned(),
        ),
        (KEY, NONCE, "", PLAIN, format!("{SEALED}b094dac5d93471bdec1a502270e3cc6c")),
        (
            KEY,
            NONCE,
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            &PLAIN[..120],
            format!("{}76fc6ece0f4e1768cddf8853bb2d551b", &SEALED[..120]),
        ),
    ];
    for (key, nonce, place, plain, sealed) in cases {
        let cipher = Cipher::new(&decoded(key));
        let nonce: [u8; NONCE_LEN] = decoded(nonce);
        let place = hex::decode(place).unwrap();
        let mut buffer = hex::decode(plain).unwrap();
        cipher.seal(nonce, &place, &mut buffer, 0).unwrap();
        assert_eq!(hex::encode(&buffer), sealed);
        assert_eq!(hex::encode(&*cipher.open(nonce, &place, &buffer).unwrap()), plain);
    }
}

#[test]
fn an_envelope_is_what_the_second_implementation_makes() {
    let sealed = data_key().seal(&MOBILE, b"13800001234", &mut constant(0x33)).unwrap();
    assert_eq!(
        hex::encode(sealed.as_bytes()),
        "01111111111111111111111111111111113333333333333333333333337423b8da519029d4177230f485850137b37c1d6d8af2d5769873f3"
    );
    assert_eq!(sealed.key_id(), KEY_ID);
    assert_eq!(data_key().open(&MOBILE, &sealed).unwrap().text(), Ok("13800001234"));
}

#[test]
fn an_envelope_opens_at_its_own_place_only() {
    let key = data_key();
    let sealed = key.seal(&MOBILE, b"13800001234", &mut counting()).unwrap();
    let elsewhere = [
        Binding { workspace: "other", ..MOBILE },
        Binding { payload: Payload::Draft, ..MOBILE },
        Binding { form: "partner", ..MOBILE },
        Binding { record: uuid::Uuid::from_bytes([0x23; 16]), ..MOBILE },
        Binding { field: "phone", ..MOBILE },
        Binding { level: 0, ..MOBILE },
        Binding { form: "customermobile", field: "", ..MOBILE },
    ];
    for binding in elsewhere {
        assert_eq!(key.open(&binding, &sealed), Err(Error::Refused), "{binding:?}");
    }
}

#[test]
fn every_kind_of_payload_is_a_place_of_its_own() {
    let kinds = [
        Payload::Value,
        Payload::Draft,
        Payload::Submission,
        Payload::Comment,
        Payload::Artifact,
        Payload::Attachment,
        Payload::Message,
        Payload::Effect,
        Payload::Credential,
    ];
    let key = data_key();
    let place = |payload| Binding { payload, record: RECORD, ..MOBILE };
    for sealed_as in kinds {
        let sealed = key.seal(&place(sealed_as), b"x", &mut counting()).unwrap();
        for opened_as in kinds {
            assert_eq!(key.open(&place(opened_as), &sealed).is_ok(), sealed_as == opened_as);
        }
    }
}

#[test]
fn another_key_is_told_from_the_header_and_a_forged_header_is_refused() {
    let sealed = data_key().seal(&MOBILE, b"x", &mut counting()).unwrap();
    let other = KeyId(Uuid::from_bytes([0x77; 16]));
    let other_name =
        DataKey::generate(other, &mut |bytes| bytes.copy_from_slice(&crate::samples::key_bytes())).unwrap();
    assert_eq!(other_name.open(&MOBILE, &sealed), Err(Error::OtherKey));
    let mut renamed = sealed.into_bytes();
    renamed[1..17].fill(0x77);
    assert_eq!(other_name.open(&MOBILE, &Sealed::from_bytes(renamed).unwrap()), Err(Error::Refused));
}

#[test]
fn bytes_that_are_no_envelope_are_refused_before_any_key_is_asked() {
    let short = |length| Sealed::from_bytes(vec![VERSION; length]);
    assert_eq!(short(0), Err(Error::Truncated));
    assert_eq!(short(ENVELOPE_OVERHEAD - 1), Err(Error::Truncated));
    assert_eq!(Sealed::from_bytes(vec![9; 100]), Err(Error::Version(9)));
    assert_eq!(Sealed::from_bytes(vec![0; 100]), Err(Error::Version(0)));
}

#[test]
fn a_source_that_gives_nothing_seals_nothing() {
    assert_eq!(data_key().seal(&MOBILE, b"x", &mut |_| {}), Err(Error::NoRandomness));
}

#[test]
fn what_is_printed_says_nothing_of_what_is_held() {
    let sealed = data_key().seal(&MOBILE, b"13800001234", &mut counting()).unwrap();
    let opened = data_key().open(&MOBILE, &sealed).unwrap();
    assert_eq!(format!("{opened:?}"), "Plaintext(<redacted>)");
    assert_eq!(format!("{sealed:?}"), "Sealed(56 bytes under 11111111-1111-1111-1111-111111111111)");
}

proptest! {
    #[test]
    fn what_was_sealed_is_opened(plain in prop::collection::vec(any::<u8>(), 0..300), field in ".{0,12}", level in 0_u8..4) {
        let binding = Binding { field: &field, level, ..MOBILE };
        let sealed = data_key().seal(&binding, &plain, &mut counting()).unwrap();
        prop_assert_eq!(sealed.as_bytes().len(), plain.len() + ENVELOPE_OVERHEAD);
        let stored = Sealed::from_bytes(sealed.into_bytes()).unwrap();
        prop_assert_eq!(&*data_key().open(&binding, &stored).unwrap(), plain.as_slice());
    }

    #[test]
    fn a_change_of_any_byte_and_any_cut_is_refused(plain in prop::collection::vec(any::<u8>(), 0..40), flip in 1_u8..=255) {
        let key = data_key();
        let bytes = key.seal(&MOBILE, &plain, &mut counting()).unwrap().into_bytes();
        for place in 0..bytes.len() {
            let mut tampered = bytes.clone();
            tampered[place] ^= flip;
            let expected = match place {
                0 => Error::Version(VERSION ^ flip),
                1..HEADER => Error::OtherKey,
                _ => Error::Refused,
            };
            prop_assert_eq!(Sealed::from_bytes(tampered).and_then(|sealed| key.open(&MOBILE, &sealed)), Err(expected));
        }
        for length in 0..bytes.len() {
            let cut = Sealed::from_bytes(bytes[..length].to_vec()).and_then(|sealed| key.open(&MOBILE, &sealed));
            prop_assert!(matches!(cut, Err(Error::Truncated | Error::Refused)));
        }
    }

    #[test]
    fn no_cell_of_a_register_opens_in_the_place_of_another(
        cells in prop::collection::btree_set((0_u8..3, prop::sample::select(vec!["name", "mobile", "id_number"]), 0_u8..4), 2..12),
    ) {
        let key = data_key();
        let place = |&(record, field, level): &(u8, &'static str, u8)| {
            Binding { record: Uuid::from_bytes([record; 16]), field, level, ..MOBILE }
        };
        let mut random = counting();
        for here in &cells {
            let sealed = key.seal(&place(here), b"the same value", &mut random).unwrap();
            let opens: Vec<_> = cells.iter().filter(|there| key.open(&place(there), &sealed).is_ok()).collect();
            prop_assert_eq!(opens, [here]);
        }
    }

    #[test]
    fn two_places_are_one_only_if_all_their_parts_are(
        a in ("[ab]{0,2}", "[ab]{0,2}", "[ab]{0,2}", 0_u8..2), b in ("[ab]{0,2}", "[ab]{0,2}", "[ab]{0,2}", 0_u8..2),
    ) {
        let place = |parts: &(String, String, String, u8)| {
            Binding { workspace: &parts.0, form: &parts.1, field: &parts.2, level: parts.3, ..MOBILE }.encode()
        };
        prop_assert_eq!(a == b, place(&a) == place(&b));
    }
}
