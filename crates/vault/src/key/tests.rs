use uuid::Uuid;

use super::*;
use crate::{
    Binding, DataKeyPlace, Epoch,
    samples::{EPOCH, MOBILE, RECORD, constant, counting, key_bytes},
};

const PLACE: DataKeyPlace<'static> = DataKeyPlace { epoch: EPOCH, record: RECORD, level: 1 };

fn id(byte: u8) -> KeyId {
    KeyId(Uuid::from_bytes([byte; 16]))
}

#[test]
fn a_wrapped_key_is_what_the_second_implementation_makes() {
    let root = RootKey::from_bytes(key_bytes()).unwrap();
    let mut next = |bytes: &mut [u8]| bytes.iter_mut().zip(100..).for_each(|(byte, value)| *byte = value);
    let key = KeyEncryptionKey::generate(id(0x66), &mut next).unwrap();
    let wrapped = root.wrap(&key, &EPOCH, &mut constant(0x33)).unwrap();
    assert_eq!(
        hex::encode(wrapped.as_bytes()),
        "0186f84b5a4eb397ed6188b53cba7945833333333333333333333333332376e68c07c67f834327628fd1061dd47544b07f0a99c2af1a4d4d\
         b7f468c94fa21569e676c44a3dba926abde37c39fbaa405490707ae5530755c777684a8834"
    );
}

#[test]
fn a_value_is_opened_through_the_whole_tree_after_a_restart() {
    let mut random = counting();
    let root = RootKey::generate(&mut random).unwrap();
    let key = KeyEncryptionKey::generate(id(1), &mut random).unwrap();
    let data = DataKey::generate(id(2), &mut random).unwrap();
    let file = root.expose_hex();
    let stored_key = root.wrap(&key, &EPOCH, &mut random).unwrap().into_bytes();
    let stored_data = key.wrap(&data, &PLACE, &mut random).unwrap().into_bytes();
    let sealed = data.seal(&MOBILE, b"13800001234", &mut random).unwrap();
    drop((root, key, data));

    let root = RootKey::from_hex(&format!("{}\n", *file)).unwrap();
    let key: KeyEncryptionKey = root.open(&Wrapped::from_bytes(stored_key).unwrap(), &EPOCH).unwrap();
    let data = key.open(&Wrapped::from_bytes(stored_data).unwrap(), &PLACE).unwrap();
    assert_eq!((key.id(), data.id(), sealed.key_id()), (id(1), id(2), id(2)));
    assert_eq!(data.open(&MOBILE, &sealed).unwrap().text(), Ok("13800001234"));
}

#[test]
fn a_wrapped_key_opens_in_its_own_epoch_only() {
    let root = RootKey::from_bytes(key_bytes()).unwrap();
    let key = KeyEncryptionKey::generate(id(1), &mut counting()).unwrap();
    let wrapped = root.wrap(&key, &EPOCH, &mut counting()).unwrap();
    for epoch in [
        Epoch { workspace: "other", ..EPOCH },
        Epoch { scope: "partner", ..EPOCH },
        Epoch { number: EPOCH.number + 1, ..EPOCH },
    ] {
        assert_eq!(root.open(&wrapped, &epoch).err(), Some(Error::Refused), "{epoch:?}");
    }
}

#[test]
fn a_data_key_opens_for_its_own_record_and_level_only() {
    let key = KeyEncryptionKey::generate(id(1), &mut counting()).unwrap();
    let data = DataKey::generate(id(2), &mut constant(7)).unwrap();
    let wrapped = key.wrap(&data, &PLACE, &mut counting()).unwrap();
    for place in [
        DataKeyPlace { record: Uuid::from_bytes([0x23; 16]), ..PLACE },
        DataKeyPlace { level: 2, ..PLACE },
        DataKeyPlace { epoch: Epoch { number: 4, ..EPOCH }, ..PLACE },
    ] {
        assert_eq!(key.open(&wrapped, &place).err(), Some(Error::Refused), "{place:?}");
    }
    let next_epoch = KeyEncryptionKey::generate(id(3), &mut constant(9)).unwrap();
    assert_eq!(next_epoch.open(&wrapped, &PLACE).err(), Some(Error::OtherKey));
}

#[test]
fn a_key_of_one_kind_never_opens_as_another() {
    let root = RootKey::from_bytes(key_bytes()).unwrap();
    let index = IndexKey::generate(id(1), &mut counting()).unwrap();
    let bytes = root.wrap(&index, &EPOCH, &mut counting()).unwrap().into_bytes();
    assert_eq!(root.open::<IndexKey>(&Wrapped::from_bytes(bytes.clone()).unwrap(), &EPOCH).unwrap().id(), id(1));
    assert_eq!(root.open::<SealKey>(&Wrapped::from_bytes(bytes.clone()).unwrap(), &EPOCH).err(), Some(Error::Refused));
    let as_key = Wrapped::<KeyEncryptionKey>::from_bytes(bytes).unwrap();
    assert_eq!(root.open(&as_key, &EPOCH).err(), Some(Error::Refused));
}

#[test]
fn a_rotation_of_the_root_that_stopped_half_way_goes_on_where_it_stopped() {
    let (old, new) = (RootKey::from_bytes([1; 32]).unwrap(), RootKey::from_bytes([2; 32]).unwrap());
    let mut random = counting();
    let scopes = ["customer", "partner", "cases"];
    let epoch = |scope| Epoch { scope, ..EPOCH };
    let mut stored: Vec<_> = scopes
        .iter()
        .map(|scope| {
            let key = KeyEncryptionKey::generate(id(scope.as_bytes()[0]), &mut random).unwrap();
            old.wrap(&key, &epoch(scope), &mut random).unwrap()
        })
        .collect();
    let rotate = |stored: &mut [Wrapped<KeyEncryptionKey>], at_most: usize, random: &mut Random<'_>| {
        let left = stored.iter_mut().zip(scopes).filter(|(wrapped, _)| wrapped.wrapped_by() != new.id());
        for (wrapped, scope) in left.take(at_most) {
            let key = old.open(wrapped, &epoch(scope)).unwrap();
            *wrapped = new.wrap(&key, &epoch(scope), random).unwrap();
        }
    };
    rotate(&mut stored, 1, &mut random);
    assert_eq!(stored.iter().filter(|wrapped| wrapped.wrapped_by() == new.id()).count(), 1);
    rotate(&mut stored, usize::MAX, &mut random);
    let opened: Vec<_> =
        stored.iter().zip(scopes).map(|(key, scope)| new.open(key, &epoch(scope)).unwrap().id()).collect();
    assert_eq!(opened, [id(b'c'), id(b'p'), id(b'c')]);
    assert_eq!(old.open(&stored[0], &epoch("customer")).err(), Some(Error::OtherKey));
}

#[test]
fn a_rewrapped_data_key_still_opens_what_it_sealed() {
    let mut random = counting();
    let first = KeyEncryptionKey::generate(id(1), &mut random).unwrap();
    let second = KeyEncryptionKey::generate(id(2), &mut random).unwrap();
    let data = DataKey::generate(id(3), &mut random).unwrap();
    let sealed = data.seal(&MOBILE, b"x", &mut random).unwrap();
    let wrapped = first.wrap(&data, &PLACE, &mut random).unwrap();
    let next = DataKeyPlace { epoch: Epoch { number: 4, ..EPOCH }, ..PLACE };
    let rewrapped = second.wrap(&first.open(&wrapped, &PLACE).unwrap(), &next, &mut random).unwrap();
    let opened = second.open(&rewrapped, &next).unwrap();
    assert_eq!(opened.open(&Binding { ..MOBILE }, &sealed).unwrap().text(), Ok("x"));
}

#[test]
fn a_change_of_any_byte_of_a_wrapped_key_is_refused() {
    let root = RootKey::from_bytes(key_bytes()).unwrap();
    let key = SealKey::generate(id(1), &mut counting()).unwrap();
    let bytes = root.wrap(&key, &EPOCH, &mut counting()).unwrap().into_bytes();
    for place in 0..bytes.len() {
        let mut tampered = bytes.clone();
        tampered[place] ^= 1;
        let opened = Wrapped::<SealKey>::from_bytes(tampered).and_then(|wrapped| root.open(&wrapped, &EPOCH));
        assert!(matches!(opened.err(), Some(Error::Version(0) | Error::OtherKey | Error::Refused)), "byte {place}");
    }
}

#[test]
fn what_is_no_root_key_is_refused() {
    assert_eq!(RootKey::from_bytes([0; 32]).err(), Some(Error::NotAKey));
    for text in ["", "00", &"0".repeat(64), &"g".repeat(64), &"a".repeat(63), &"a".repeat(66)] {
        assert_eq!(RootKey::from_hex(text).err(), Some(Error::NotAKey), "{text}");
    }
    assert_eq!(RootKey::generate(&mut |_| {}).err(), Some(Error::NoRandomness));
}

#[test]
fn no_key_is_printed() {
    let mut random = |bytes: &mut [u8]| bytes.fill(0xab);
    let root = RootKey::generate(&mut random).unwrap();
    let key = KeyEncryptionKey::generate(id(1), &mut random).unwrap();
    let data = DataKey::generate(id(1), &mut random).unwrap();
    let index = IndexKey::generate(id(1), &mut random).unwrap();
    for printed in [format!("{key:?}"), format!("{data:?}"), format!("{index:?}"), format!("{root:?}")] {
        assert!(printed.ends_with(", <redacted>)") && !printed.to_lowercase().contains("abab"), "{printed}");
    }
}
