//! Where every hit of a run stands, small enough to be read at once: so that the next run need not parse `hits.csv` again.
//!
//! In: the hits of a run by counted article. Out: a file beside the run's tables, bound to its `hits.csv` by digest.
//! Invariant: the file is only a shorter way to the same snapshot; any doubt about it is a miss and the table is read instead.
//!
//! Layout, all numbers little-endian: 8 bytes of magic, 32 of the BLAKE3 of `hits.csv`, number of counted articles and of hits (u64
//! each), hits of each counted article (u32), then 26 bytes a hit: start, end, frame, entry (u32; places in `counts.csv` and
//! `terms.csv`), row (u64; first byte in `hits.csv`), voice, counted (u8); last 32 bytes of the BLAKE3 of all before.

use super::door::Door;
use super::snapshot::{COUNTED, Key, Snapshot, VOICES};
use crate::error::Result;
use crate::lookup::Uncounted;
use crate::report::columns::HITS;
use crate::report::{Folder, HitPlace, Places};

/// Where it lies in a run folder.
pub const FILE: &str = ".cache/hits.keys";

const MAGIC: &[u8; 8] = b"fskeys1\n";
const HEAD: usize = 8 + 32 + 16;
const RECORD: usize = 26;
const DIGEST: usize = 32;

/// The bytes of the file; `digest` is the BLAKE3 of `hits.csv`, in hexadecimal, `lengths` the hits of each counted article.
pub fn encode(digest: &str, lengths: &[u32], hits: impl Iterator<Item = Key>) -> Option<Vec<u8>> {
    let count: usize = lengths.iter().map(|&length| length as usize).sum();
    let mut bytes = Vec::with_capacity(HEAD + 4 * lengths.len() + RECORD * count + DIGEST);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(blake3::Hash::from_hex(digest).ok()?.as_bytes());
    bytes.extend_from_slice(&(lengths.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&(count as u64).to_le_bytes());
    for length in lengths {
        bytes.extend_from_slice(&length.to_le_bytes());
    }
    for key in hits {
        for number in [key.start, key.end, key.frame, key.entry] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(&key.row.to_le_bytes());
        bytes.extend_from_slice(&[key.voice, key.counted]);
    }
    let digest = blake3::hash(&bytes);
    bytes.extend_from_slice(digest.as_bytes());
    Some(bytes)
}

/// Writes the file for a run in the making.
pub fn keep_places(folder: &Folder, places: &Places) -> Result<()> {
    let key = |place: &HitPlace| {
        let counted = place.uncounted.map_or("yes", Uncounted::name);
        let voice = VOICES.iter().position(|voice| *voice == place.voice.name());
        let counted = COUNTED.iter().position(|known| *known == counted);
        Key {
            start: place.start,
            end: place.end,
            frame: place.frame,
            entry: place.entry,
            row: place.row,
            voice: voice.unwrap_or(0) as u8,
            counted: counted.unwrap_or(0) as u8,
        }
    };
    let keys = places.hits.iter().flatten().map(key);
    match folder.digest(HITS.file).and_then(|digest| encode(&digest, &places.lengths, keys)) {
        Some(bytes) => folder.beside(FILE, &bytes),
        None => Ok(()),
    }
}

/// The bytes of the file for a run that has been read from its tables.
pub fn of(snapshot: &Snapshot, digest: &str) -> Option<Vec<u8>> {
    let counted = snapshot.articles.iter().filter(|article| article.group.is_some());
    let lengths: Vec<u32> = counted.map(|article| article.hits.len() as u32).collect();
    encode(digest, &lengths, snapshot.hits.iter().copied())
}

/// Hits by counted article, where the file is whole and belongs to this run.
pub(super) fn read(door: &Door, articles: usize) -> Option<(Vec<u32>, Vec<Key>)> {
    let bytes = std::fs::read(door.folder.join(FILE)).ok()?;
    let (body, digest) = bytes.split_at_checked(bytes.len().checked_sub(DIGEST)?)?;
    let told = blake3::Hash::from_hex(door.digest(HITS.file)?).ok()?;
    let is_ours = body.starts_with(MAGIC) && body.get(8..40)? == told.as_bytes();
    if !is_ours || blake3::hash(body).as_bytes() != digest {
        return None;
    }
    let number = |at: usize| Some(u64::from_le_bytes(body.get(at..at + 8)?.try_into().ok()?) as usize);
    let (counted, hits) = (number(40)?, number(48)?);
    let first = HEAD.checked_add(counted.checked_mul(4)?)?;
    if counted != articles || body.len() != first.checked_add(hits.checked_mul(RECORD)?)? {
        return None;
    }
    let small = |bytes: &[u8]| Some(u32::from_le_bytes(bytes.try_into().ok()?));
    let lengths: Option<Vec<u32>> = body[HEAD..first].chunks_exact(4).map(small).collect();
    let key = |record: &[u8]| {
        Some(Key {
            start: small(&record[..4])?,
            end: small(&record[4..8])?,
            frame: small(&record[8..12])?,
            entry: small(&record[12..16])?,
            row: u64::from_le_bytes(record[16..24].try_into().ok()?),
            voice: record[24],
            counted: record[25],
        })
    };
    let keys: Option<Vec<Key>> = body[first..].chunks_exact(RECORD).map(key).collect();
    let (lengths, keys) = (lengths?, keys?);
    let is_sound = lengths.iter().map(|&length| length as usize).sum::<usize>() == keys.len()
        && keys.iter().all(|key| (key.voice as usize) < VOICES.len())
        && keys.iter().all(|key| (key.counted as usize) < COUNTED.len());
    is_sound.then_some((lengths, keys))
}
