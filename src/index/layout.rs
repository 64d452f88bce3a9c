//! A shard as one stretch of bytes: a head that says where each column lies, then the columns.
//!
//! In: columns. Out: bytes; of bytes, columns.
//! Invariant: bytes that were cut, changed, put under another name, or written by another version, another kind of machine or
//! somebody else are refused: any doubt is a miss. A column is read where it lies, without a copy.
//!
//! ```text
//! 0 magic │ 8 format │ 12 number of columns │ 16 key │ 32 xxh3-128 of all after the head │ 48 the maker's sign of all else │ 64 places of columns
//! ```

use crate::disk::Maker;
use bytemuck::Pod;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_128;

/// Raised by every change of what is kept or of how: kept shards of another version are not read.
pub const FORMAT: u32 = 5;

const MAGIC: [u8; 8] = *b"framescp";

/// Bytes of the head.
pub(super) const HEAD: usize = 64;

/// Where columns begin.
const ALIGNMENT: usize = 8;

/// Puts columns together, in the order in which they will be asked for.
pub(super) struct Writer {
    bytes: Vec<u8>,
    ranges: Vec<[u64; 2]>,
    columns: usize,
}

impl Writer {
    /// Into these bytes, in the place of what is there.
    pub fn new(columns: usize, mut bytes: Vec<u8>) -> Writer {
        bytes.clear();
        bytes.resize(HEAD + columns * 16, 0);
        Writer { bytes, ranges: Vec::with_capacity(columns), columns }
    }

    pub fn column<T: Pod>(&mut self, values: &[T]) {
        let start = self.bytes.len().next_multiple_of(ALIGNMENT);
        self.bytes.resize(start, 0);
        self.bytes.extend_from_slice(bytemuck::cast_slice(values));
        self.ranges.push([start as u64, self.bytes.len() as u64]);
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.ranges.resize(self.columns, [0; 2]);
        let table = HEAD..HEAD + self.columns * 16;
        self.bytes[table].copy_from_slice(bytemuck::cast_slice(&self.ranges));
        self.bytes[..8].copy_from_slice(&MAGIC);
        self.bytes[8..12].copy_from_slice(&FORMAT.to_ne_bytes());
        self.bytes[12..16].copy_from_slice(&(self.columns as u32).to_ne_bytes());
        self.bytes
    }
}

/// Fills in the rest of the head: whose bytes these are, under which name.
pub(super) fn seal(bytes: &mut [u8], key: &[u8; 16], maker: &Maker) {
    if bytes.len() < HEAD {
        return;
    }
    let sum = xxh3_128(&bytes[HEAD..]);
    bytes[16..32].copy_from_slice(key);
    bytes[32..SAYS].copy_from_slice(&sum.to_ne_bytes());
    let sign = maker.sign(&[&bytes[..SAYS], &bytes[HEAD..]]);
    bytes[SAYS..HEAD].copy_from_slice(&sign);
}

/// Whether bytes may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seal {
    /// As they were made, under this key, by somebody who is believed.
    Good,
    /// As they were made, under this key, by somebody else.
    Foreign,
    /// Neither.
    Broken,
}

/// Bytes of the head that say what the rest is.
const SAYS: usize = 48;

/// What tells these bytes from all others: of their head, which holds a checksum of the rest.
pub(super) fn sum(bytes: &[u8]) -> u128 {
    xxh3_128(if bytes.len() < HEAD { bytes } else { &bytes[..SAYS] })
}

/// True where the bytes after the head are those that it was made for; what is shorter than a head says all of itself.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    bytes.get(HEAD..).is_none_or(|rest| bytes[32..SAYS] == xxh3_128(rest).to_ne_bytes())
}

/// True where a head bears this key.
pub(super) fn is_of(bytes: &[u8], key: &[u8; 16]) -> bool {
    head(bytes).is_some_and(|head| head[16..32] == *key)
}

/// Looks at the head, and at everything else through it.
pub(super) fn examine(bytes: &[u8], key: &[u8; 16], maker: &Maker) -> Seal {
    if !is_of(bytes, key) {
        return Seal::Broken;
    }
    // the sign is of every byte, so it says more than the checksum
    let is_ours = bytes[SAYS..HEAD] == maker.sign(&[&bytes[..SAYS], &bytes[HEAD..]]);
    match is_ours {
        true => Seal::Good,
        false if is_whole(bytes) => Seal::Foreign,
        false => Seal::Broken,
    }
}

fn head(bytes: &[u8]) -> Option<&[u8]> {
    bytes.get(..HEAD).filter(|head| head[..8] == MAGIC && head[8..12] == FORMAT.to_ne_bytes())
}

/// Where the columns lie; `None` for bytes of another kind.
pub(super) fn ranges(bytes: &[u8], columns: usize) -> Option<Vec<Range<usize>>> {
    if head(bytes)?[12..16] != (columns as u32).to_ne_bytes() {
        return None;
    }
    let table: &[[u64; 2]] = bytemuck::try_cast_slice(bytes.get(HEAD..HEAD + columns * 16)?).ok()?;
    let range = |&[start, end]: &[u64; 2]| {
        let range = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
        bytes.get(range.clone()).map(|_| range)
    };
    table.iter().map(range).collect()
}

/// A column; empty where its bytes are none of this kind.
pub(super) fn column<'a, T: Pod>(bytes: &'a [u8], range: &Range<usize>) -> &'a [T] {
    bytes.get(range.clone()).and_then(|bytes| bytemuck::try_cast_slice(bytes).ok()).unwrap_or_default()
}
