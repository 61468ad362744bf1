use proptest::prelude::*;

use super::*;
use crate::{
    Digest, Payload,
    samples::{KEY_ID, MOBILE, constant, counting, data_key},
};

const TWO_CHUNKS: usize = 2 * CHUNK_BYTES;

fn sealed_with(plain: &[u8], piece: usize, random: &mut Random<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut sealer = ChunkSealer::new(&data_key(), &MOBILE, random).unwrap();
    for piece in plain.chunks(piece) {
        sealer.push(piece, &mut out).unwrap();
    }
    sealer.finish(&mut out).unwrap();
    out
}

fn sealed(plain: &[u8]) -> Vec<u8> {
    sealed_with(plain, usize::MAX, &mut counting())
}

fn opened_at(binding: Binding<'_>, stream: &[u8], piece: usize) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let key = data_key();
    let mut opener = ChunkOpener::new(&key, binding);
    for piece in stream.chunks(piece) {
        opener.push(piece, &mut out)?;
    }
    opener.finish(&mut out)?;
    Ok(out)
}

fn opened(stream: &[u8]) -> Result<Vec<u8>, Error> {
    opened_at(MOBILE, stream, usize::MAX)
}

fn bytes(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

/// The sealed chunks of a stream, without its header.
fn chunks(stream: &[u8]) -> Vec<&[u8]> {
    stream[HEADER..].chunks(SEALED_CHUNK).collect()
}

fn rebuilt(stream: &[u8], chunks: &[&[u8]]) -> Vec<u8> {
    [&stream[..HEADER], &chunks.concat()].concat()
}

#[test]
fn a_stream_is_what_the_second_implementation_makes() {
    let stream = sealed_with(&bytes(CHUNK_BYTES + 10), 1_000, &mut constant(0x44));
    assert_eq!(Digest::of(&stream).to_string(), "7aa056fc47ba8c5322554811c2b1495d13e3f3d9c583f8ba85fff6284704e156");
    assert_eq!(key_id(&stream), Ok(KEY_ID));
}

#[test]
fn a_file_of_any_length_is_opened_however_it_is_cut_into_pieces() {
    for length in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, TWO_CHUNKS, TWO_CHUNKS + 1] {
        let plain = bytes(length);
        let stream = sealed(&plain);
        assert_eq!(stream.len() as u64, sealed_length(length as u64));
        for piece in [1_000, HEADER, CHUNK_BYTES, SEALED_CHUNK, usize::MAX] {
            assert_eq!(sealed_with(&plain, piece, &mut counting()), stream);
            assert!(opened_at(MOBILE, &stream, piece) == Ok(plain.clone()), "{length} in pieces of {piece}");
        }
    }
}

#[test]
fn a_stream_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let stream = sealed(&bytes(TWO_CHUNKS + 5));
    let boundaries = [0, 1, HEADER, HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK, stream.len() - 1];
    let around = boundaries.iter().flat_map(|&end| [end, end + 1, end + TAG]).filter(|&end| end < stream.len());
    for end in around {
        let error = opened(&stream[..end]).unwrap_err();
        assert!(matches!(error, Error::Truncated | Error::Refused), "cut at {end}: {error}");
    }
}

#[test]
fn chunks_that_are_moved_repeated_left_out_or_added_are_refused() {
    let stream = sealed(&bytes(TWO_CHUNKS + 5));
    let [a, b, last] = chunks(&stream)[..] else { panic!("three chunks") };
    assert_eq!(opened(&rebuilt(&stream, &[a, b, last])), Ok(bytes(TWO_CHUNKS + 5)));
    for order in [&[b, a, last][..], &[a, a, last], &[a, last], &[b, last], &[a, b], &[a], &[last], &[a, b, last, last]]
    {
        assert_eq!(opened(&rebuilt(&stream, order)), Err(Error::Refused));
    }
}

#[test]
fn a_chunk_of_another_stream_at_the_same_place_is_refused() {
    let mut random = counting();
    let plain = bytes(TWO_CHUNKS);
    let one = sealed_with(&plain, usize::MAX, &mut random);
    let other = sealed_with(&plain, usize::MAX, &mut random);
    assert_eq!(opened(&rebuilt(&one, &[chunks(&one)[0], chunks(&other)[1]])), Err(Error::Refused));
}

#[test]
fn a_stream_opens_at_its_own_place_and_under_its_own_key_only() {
    let stream = sealed(b"report");
    let elsewhere = Binding { payload: Payload::Artifact, ..MOBILE };
    assert_eq!(opened_at(elsewhere, &stream, usize::MAX), Err(Error::Refused));
    let mut renamed = stream.clone();
    renamed[1] ^= 1;
    assert_eq!(opened(&renamed), Err(Error::OtherKey));
    let envelope = data_key().seal(&MOBILE, b"report, as an envelope, long enough", &mut counting()).unwrap();
    assert_eq!(opened(envelope.as_bytes()), Err(Error::Version(1)));
    assert_eq!(key_id(envelope.as_bytes()), Err(Error::Version(1)));
    assert_eq!(key_id(&stream[..16]), Err(Error::Truncated));
}

#[test]
fn a_stream_ends_before_its_numbers_do() {
    let mut sealer = ChunkSealer::new(&data_key(), &MOBILE, &mut counting()).unwrap();
    sealer.stream.number = CHUNKS_MAX;
    assert_eq!(sealer.finish(&mut Vec::new()), Err(Error::TooLarge));
}

#[test]
fn only_what_is_certain_not_to_be_the_end_is_released_early() {
    let stream = sealed(&bytes(TWO_CHUNKS));
    let key = data_key();
    let mut opener = ChunkOpener::new(&key, MOBILE);
    let mut out = Vec::new();
    opener.push(&stream, &mut out).unwrap();
    assert_eq!(out.len(), CHUNK_BYTES);
    opener.finish(&mut out).unwrap();
    assert_eq!(out.len(), TWO_CHUNKS);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_change_of_any_byte_is_refused(place in 0_usize..CHUNK_BYTES + 100, flip in 1_u8..=255) {
        let mut stream = sealed(&bytes(CHUNK_BYTES + 100));
        stream[place] ^= flip;
        let error = opened(&stream).unwrap_err();
        prop_assert!(matches!(error, Error::Refused | Error::OtherKey | Error::Version(_)));
    }
}

#[test]
fn a_change_of_any_byte_of_a_short_stream_is_refused() {
    let stream = sealed(b"report");
    for place in 0..stream.len() {
        let mut tampered = stream.clone();
        tampered[place] ^= 0x80;
        assert!(opened(&tampered).is_err(), "byte {place}");
    }
}
