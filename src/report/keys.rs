//! Where every hit of a run stands, small enough to be read at once: so that the next run need neither parse `hits.csv` again nor
//! write anew what it wrote.
//!
//! In: the hits of a run by counted article. Out: a file beside the run's tables, bound to its `hits.csv` by digest.
//! Invariant: the file is only a shorter way to the same; any doubt about it is a miss and the tables are read instead.
//!
//! Layout, all numbers little-endian: 8 bytes of magic, 32 of the BLAKE3 of `hits.csv`, number of counted articles, of hits and of
//! bytes of frames and entries (u64 each), hits of each counted article (u32), then 32 bytes a hit: start, end, frame, entry (u32; places in
//! `counts.csv` and `terms.csv`), row (u64; first byte in `hits.csv`), first token in the article (u32), tokens (u16), voice, counted
//! (u8); frames and entries as JSON; last 32 bytes of the BLAKE3 of all before.

use super::printed::Printed;
use crate::text::{Span, Token};

/// Where it lies in a run folder.
pub const FILE: &str = ".cache/hits.keys";

const MAGIC: &[u8; 8] = b"fskeys2\n";
const START: usize = 8 + 32 + 24;
const RECORD: usize = 32;
const DIGEST: usize = 32;

/// Where a hit stands, and what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// First byte.
    pub start: u32,
    /// First byte after it.
    pub end: u32,
    /// Place of its frame.
    pub frame: u32,
    /// Place of its entry.
    pub entry: u32,
    /// First byte of its row in `hits.csv`.
    pub row: u64,
    /// Place in [`VOICES`].
    pub voice: u8,
    /// Place in [`COUNTED`].
    pub counted: u8,
}

/// Voices, as `hits.csv` names them.
pub const VOICES: [&str; 6] = ["own", "scare", "quoted", "attributed", "mention", "furniture"];

/// What the column `counted` may say.
pub const COUNTED: [&str; 4] = ["yes", "furniture", "repeat", "voice"];

/// The hits of a run.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// Hits of each counted article.
    pub lengths: Vec<u32>,
    /// Every hit, in the order of `hits.csv`.
    pub hits: Vec<Key>,
    /// Tokens of each within its article; nothing where they are not known.
    pub(super) tokens: Vec<Span<Token>>,
    /// Frames and entries.
    pub(super) printed: Printed,
}

/// The bytes of the file; `digest` is the BLAKE3 of `hits.csv`, in hexadecimal, `lengths` the hits of each counted article.
pub(super) fn encode(
    digest: &str,
    printed: &Printed,
    lengths: &[u32],
    hits: impl Iterator<Item = (Key, Span<Token>)>,
) -> Option<Vec<u8>> {
    let count: usize = lengths.iter().map(|&length| length as usize).sum();
    let head = serde_json::to_vec(printed).ok()?;
    let mut bytes = Vec::with_capacity(START + 4 * lengths.len() + RECORD * count + head.len() + DIGEST);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(blake3::Hash::from_hex(digest).ok()?.as_bytes());
    for number in [lengths.len(), count, head.len()] {
        bytes.extend_from_slice(&(number as u64).to_le_bytes());
    }
    for length in lengths {
        bytes.extend_from_slice(&length.to_le_bytes());
    }
    for (key, tokens) in hits {
        for number in [key.start, key.end, key.frame, key.entry] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(&key.row.to_le_bytes());
        bytes.extend_from_slice(&tokens.start.to_le_bytes());
        bytes.extend_from_slice(&u16::try_from(tokens.len()).unwrap_or(0).to_le_bytes());
        bytes.extend_from_slice(&[key.voice, key.counted]);
    }
    bytes.extend_from_slice(&head);
    let digest = blake3::hash(&bytes);
    bytes.extend_from_slice(digest.as_bytes());
    Some(bytes)
}

/// The bytes of the file for hits of which only the keys are known.
pub fn of_keys(digest: &str, lengths: &[u32], hits: &[Key]) -> Option<Vec<u8>> {
    encode(digest, &Printed::default(), lengths, hits.iter().map(|&key| (key, Span::new(0, 0))))
}

/// Reads the file, where it is whole and belongs to the `hits.csv` of this digest.
pub fn decode(bytes: &[u8], digest: &str) -> Option<Keys> {
    let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(DIGEST)?)?;
    let told = blake3::Hash::from_hex(digest).ok()?;
    let is_ours = body.starts_with(MAGIC) && body.get(8..40)? == told.as_bytes();
    if !is_ours || blake3::hash(body).as_bytes() != sum {
        return None;
    }
    let number = |at: usize| Some(u64::from_le_bytes(body.get(at..at + 8)?.try_into().ok()?) as usize);
    let (counted, hits, head) = (number(40)?, number(48)?, number(56)?);
    let first = START.checked_add(counted.checked_mul(4)?)?;
    let end = first.checked_add(hits.checked_mul(RECORD)?)?;
    if body.len() != end.checked_add(head)? {
        return None;
    }
    let small = |bytes: &[u8]| Some(u32::from_le_bytes(bytes.try_into().ok()?));
    let lengths: Option<Vec<u32>> = body[START..first].chunks_exact(4).map(small).collect();
    let mut keys = Keys { lengths: lengths?, printed: serde_json::from_slice(&body[end..]).ok()?, ..Keys::default() };
    keys.hits.reserve_exact(hits);
    keys.tokens.reserve_exact(hits);
    for record in body[first..end].chunks_exact(RECORD) {
        keys.hits.push(Key {
            start: small(&record[..4])?,
            end: small(&record[4..8])?,
            frame: small(&record[8..12])?,
            entry: small(&record[12..16])?,
            row: u64::from_le_bytes(record[16..24].try_into().ok()?),
            voice: record[30],
            counted: record[31],
        });
        let tokens = small(&record[24..28])?;
        keys.tokens
            .push(Span::new(tokens, tokens.checked_add(u32::from(u16::from_le_bytes([record[28], record[29]])))?));
    }
    let is_sound = keys.lengths.iter().map(|&length| length as usize).sum::<usize>() == hits
        && keys.hits.iter().all(|key| (key.voice as usize) < VOICES.len() && (key.counted as usize) < COUNTED.len());
    is_sound.then_some(keys)
}
