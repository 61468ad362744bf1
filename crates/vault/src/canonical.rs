//! The one encoding of "several values in a row" that digests, bindings and seals share.
//!
//! Each value is framed as kind, length, bytes, so that two different rows never give the same bytes: moving a
//! character from one field to its neighbour changes the encoding.

/// What a frame holds: the same bytes mean something else as another kind.
#[derive(Clone, Copy)]
pub enum Frame {
    Domain = 0,
    Bytes = 1,
    Text = 2,
    Number = 3,
    Absent = 4,
    List = 5,
    Digest = 6,
}

/// Writes one framed value to the sink.
pub fn write(frame: Frame, bytes: &[u8], sink: &mut impl FnMut(&[u8])) {
    sink(&[frame as u8]);
    sink(&(bytes.len() as u64).to_be_bytes());
    sink(bytes);
}

/// Writes a number as its eight big-endian bytes.
pub fn write_number(number: u64, sink: &mut impl FnMut(&[u8])) {
    write(Frame::Number, &number.to_be_bytes(), sink);
}
