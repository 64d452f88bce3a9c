//! A shard as one stretch of bytes: a head that says where each column lies, then the columns.
//!
//! In: columns. Out: bytes; of bytes, columns.
//! Invariant: bytes that were cut, changed, put under another name, or written by another version, another kind of machine or
//! somebody else are refused: any doubt is a miss. A column is read where it lies, without a copy. Every byte behind the places of columns
//! is in a block with a digest of its own, so that whoever needs a few blocks reads and checks these alone.
//!
//! ```text
//! 0 magic │ 8 format │ 12 number of columns │ 16 key │ 32 xxh3-128 of all after the head │ 48 the maker's sign │ 64 places of columns
//! │ columns, each with what fills it up to eight bytes │ BLAKE3 of each block
//! ```
//!
//! The sign is of the head, the places and the digests, and through these of every byte.

use crate::disk::Maker;
use bytemuck::Pod;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_128;

/// Raised by every change of what is kept or of how: kept shards of another version are not read.
pub const FORMAT: u32 = 6;

const MAGIC: [u8; 8] = *b"framescp";

/// Bytes of the head.
pub(super) const HEAD: usize = 64;

/// Where columns begin.
const ALIGNMENT: usize = 8;

/// Bytes of a block; the last of a column has what is left.
pub(super) const BLOCK: usize = 1 << 14;

/// Digest of a block.
pub(super) type Digest = [u8; 16];

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
        bytes.resize(first(columns), 0);
        Writer { bytes, ranges: Vec::with_capacity(columns), columns }
    }

    pub fn column<T: Pod>(&mut self, values: &[T]) {
        let start = self.bytes.len().next_multiple_of(ALIGNMENT);
        self.bytes.resize(start, 0);
        self.bytes.extend_from_slice(bytemuck::cast_slice(values));
        self.ranges.push([start as u64, self.bytes.len() as u64]);
    }

    /// The bytes, with room for what [`seal`] fills in.
    pub fn finish(mut self) -> Vec<u8> {
        let end = self.bytes.len().next_multiple_of(ALIGNMENT);
        self.ranges.resize(self.columns, [end as u64; 2]);
        let starts: Vec<usize> = self.ranges.iter().map(|range| range[0] as usize).chain([end]).collect();
        let blocks: usize = starts.windows(2).map(|of| (of[1] - of[0]).div_ceil(BLOCK)).sum();
        self.bytes.resize(end + blocks * size_of::<Digest>(), 0);
        self.ranges.push([end as u64, self.bytes.len() as u64]);
        let table = HEAD..first(self.columns);
        self.bytes[table].copy_from_slice(bytemuck::cast_slice(&self.ranges));
        self.bytes[..8].copy_from_slice(&MAGIC);
        self.bytes[8..12].copy_from_slice(&FORMAT.to_ne_bytes());
        self.bytes[12..16].copy_from_slice(&(self.columns as u32).to_ne_bytes());
        self.bytes
    }
}

/// Where the first of so many columns begins: behind the places of all, and that of the digests.
pub(super) fn first(columns: usize) -> usize {
    HEAD + (columns + 1) * 16
}

/// Fills in the digests and the rest of the head: whose bytes these are, under which name.
pub(super) fn seal(bytes: &mut [u8], key: &[u8; 16], maker: &Maker) {
    let Some(tables) = Tables::of(bytes) else { return };
    let digests: Vec<Digest> = tables.blocks().map(|block| digest(&bytes[block])).collect();
    bytes[tables.digests.clone()].copy_from_slice(bytemuck::cast_slice(&digests));
    let sum = xxh3_128(&bytes[HEAD..]);
    bytes[16..32].copy_from_slice(key);
    bytes[32..SAYS].copy_from_slice(&sum.to_ne_bytes());
    let sign = sign(bytes, &tables, maker);
    bytes[SAYS..HEAD].copy_from_slice(&sign);
}

/// Digest of a block.
pub(super) fn digest(block: &[u8]) -> Digest {
    let mut digest = Digest::default();
    digest.copy_from_slice(&blake3::hash(block).as_bytes()[..16]);
    digest
}

/// Where the columns of bytes lie, and the digests of their blocks.
pub(super) struct Tables {
    /// Columns, without what fills them up.
    pub columns: Vec<Range<usize>>,
    /// The digests.
    pub digests: Range<usize>,
}

impl Tables {
    /// Those of bytes, or of the beginning of a file; `None` where they do not say where columns lie, one behind the other, and as many digests
    /// as there are blocks.
    pub fn of(bytes: &[u8]) -> Option<Tables> {
        let columns = usize::try_from(u32::from_ne_bytes(*bytes.get(12..)?.first_chunk()?)).ok()?;
        let places = bytes.get(HEAD..columns.checked_add(1)?.checked_mul(16)?.checked_add(HEAD)?)?;
        let table: &[[u64; 2]] = bytemuck::try_cast_slice(places).ok()?;
        let range = |&[start, end]: &[u64; 2]| Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?);
        let mut columns: Vec<Range<usize>> = table.iter().map(range).collect::<Option<_>>()?;
        let in_order = columns.iter().all(|range| range.start <= range.end && range.start.is_multiple_of(ALIGNMENT))
            && columns.windows(2).all(|pair| pair[0].end <= pair[1].start)
            && columns.first().is_some_and(|range| range.start == first(columns.len() - 1));
        let digests = columns.pop().filter(|_| in_order)?;
        let tables = Tables { columns, digests };
        (tables.first_block(tables.columns.len()) * size_of::<Digest>() == tables.digests.len()).then_some(tables)
    }

    /// Blocks of the columns before this one.
    pub fn first_block(&self, column: usize) -> usize {
        (0..column).map(|before| self.filled(before).len().div_ceil(BLOCK)).sum()
    }

    /// A column with what fills it up.
    pub fn filled(&self, column: usize) -> Range<usize> {
        let next = self.columns.get(column + 1).unwrap_or(&self.digests);
        self.columns[column].start..next.start
    }

    /// The blocks of all columns.
    pub fn blocks(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.columns.len()).flat_map(|column| {
            let Range { start, end } = self.filled(column);
            (start..end).step_by(BLOCK).map(move |start| start..(start + BLOCK).min(end))
        })
    }
}

/// What nobody else can say of the head, the places and the digests.
fn sign(bytes: &[u8], tables: &Tables, maker: &Maker) -> [u8; 16] {
    let places = &bytes[HEAD..first(tables.columns.len())];
    maker.sign(&[&bytes[..SAYS], places, &bytes[tables.digests.clone()]])
}

/// True where the beginning of a file and its digests bear this key, and the sign of their maker.
pub(super) fn is_signed(beginning: &[u8], digests: &[u8], key: &[u8; 16], maker: &Maker) -> bool {
    let sign = || maker.sign(&[&beginning[..SAYS], &beginning[HEAD..], digests]);
    is_of(beginning, key) && beginning[SAYS..HEAD] == sign()
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
    let tables = Tables::of(bytes).filter(|tables| is_of(bytes, key) && tables.digests.end == bytes.len());
    let Some(tables) = tables else { return Seal::Broken };
    if bytes[SAYS..HEAD] == sign(bytes, &tables, maker) {
        let digests: &[Digest] = bytemuck::cast_slice(&bytes[tables.digests.clone()]);
        let is_good = tables.blocks().zip(digests).all(|(block, said)| digest(&bytes[block]) == *said);
        return if is_good { Seal::Good } else { Seal::Broken };
    }
    if is_whole(bytes) { Seal::Foreign } else { Seal::Broken }
}

fn head(bytes: &[u8]) -> Option<&[u8]> {
    bytes.get(..HEAD).filter(|head| head[..8] == MAGIC && head[8..12] == FORMAT.to_ne_bytes())
}

/// Where the columns lie; `None` for bytes of another kind.
pub(super) fn ranges(bytes: &[u8], columns: usize) -> Option<Vec<Range<usize>>> {
    head(bytes)?;
    let tables = Tables::of(bytes)?;
    (tables.columns.len() == columns && tables.digests.end <= bytes.len()).then_some(tables.columns)
}

/// A column; empty where its bytes are none of this kind.
pub(super) fn column<'a, T: Pod>(bytes: &'a [u8], range: &Range<usize>) -> &'a [T] {
    bytes.get(range.clone()).and_then(|bytes| bytemuck::try_cast_slice(bytes).ok()).unwrap_or_default()
}
