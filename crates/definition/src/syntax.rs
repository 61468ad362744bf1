//! Text becomes a spanned tree, or diagnostics that say why not.
//!
//! Everything an attacker or a slip could put into a file stops here: sizes, depth, encodings, tags, anchors, aliases,
//! duplicate keys, characters that look like others. This module alone names `saphyr-parser`.

mod characters;
mod node;
mod parse;
mod slips;
mod source;
mod suggest;

pub(crate) use characters::{is_bidirectional, is_invisible as is_invisible_in_names};
pub(crate) use node::{Content, Entry, Node, Place, Scalar, is_number};
pub(crate) use parse::parse;
pub(crate) use suggest::closest;

/// The largest file that is read, in bytes.
pub(crate) const FILE_BYTES_MAX: usize = 1024 * 1024;

/// How deeply lists and keys may be nested.
pub(crate) const DEPTH_MAX: usize = 64;
