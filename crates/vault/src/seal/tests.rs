use super::*;
use crate::samples::{KEY_ID, OWNER, RECORD, seal_key};

const MOBILE: Cell<'static> = Cell { field: "mobile", level: 1, stored: b"abc" };
const NAME: Cell<'static> = Cell { field: "name", level: 1, stored: b"def" };
const ROW: Row<'static> = Row {
    workspace: "yuanshan",
    form: "customer",
    record: RECORD,
    revision: 7,
    owner: Some(OWNER),
    cells: &[NAME, MOBILE],
};

#[test]
fn a_seal_is_what_the_second_implementation_makes() {
    let seal = seal_key().seal(&ROW);
    assert_eq!(
        hex::encode(seal.as_bytes()),
        "011111111111111111111111111111111126dc09e1d64fcdd876b80067f5d5b4991a163c746df6b352cdac779c313de5fa"
    );
    assert_eq!(seal.key_id(), KEY_ID);
    assert_eq!(RowSeal::from_bytes(seal.as_bytes()), Ok(seal));
}

#[test]
fn the_order_in_which_a_database_gives_the_cells_does_not_matter() {
    let seal = seal_key().seal(&ROW);
    assert_eq!(seal_key().verify(&Row { cells: &[MOBILE, NAME], ..ROW }, &seal), Ok(()));
}

#[test]
fn every_change_behind_the_applications_back_breaks_the_seal() {
    let key = seal_key();
    let seal = key.seal(&ROW);
    let changed = [
        Row { workspace: "other", ..ROW },
        Row { form: "partner", ..ROW },
        Row { record: OWNER, ..ROW },
        Row { revision: 6, ..ROW },
        Row { owner: Some(RECORD), ..ROW },
        Row { owner: None, ..ROW },
        Row { cells: &[], ..ROW },
        Row { cells: &[MOBILE], ..ROW },
        Row { cells: &[MOBILE, MOBILE, NAME], ..ROW },
        Row { cells: &[MOBILE, Cell { level: 0, ..NAME }], ..ROW },
        Row { cells: &[MOBILE, Cell { stored: b"deg", ..NAME }], ..ROW },
        Row { cells: &[MOBILE, Cell { field: "alias", ..NAME }], ..ROW },
        Row { cells: &[Cell { stored: b"def", ..MOBILE }, Cell { stored: b"abc", ..NAME }], ..ROW },
    ];
    for row in changed {
        assert_eq!(key.verify(&row, &seal), Err(Error::Refused), "{row:?}");
    }
}

#[test]
fn a_change_of_any_byte_of_a_seal_is_refused() {
    let key = seal_key();
    let bytes = key.seal(&ROW).as_bytes().to_vec();
    for place in 0..bytes.len() {
        let mut tampered = bytes.clone();
        tampered[place] ^= 1;
        let expected = match place {
            0 => Error::Version(0),
            1..=16 => Error::OtherKey,
            _ => Error::Refused,
        };
        assert_eq!(RowSeal::from_bytes(&tampered).and_then(|seal| key.verify(&ROW, &seal)), Err(expected));
    }
    assert_eq!(RowSeal::from_bytes(&bytes[..48]), Err(Error::Truncated));
    assert_eq!(RowSeal::from_bytes(&[]), Err(Error::Truncated));
}

#[test]
fn no_stored_value_is_printed() {
    assert_eq!(format!("{MOBILE:?}"), "Cell(mobile, L1, 3 bytes)");
}
