//! Where every hit of a run stands, small enough to be read at once: so that the next run need neither parse `hits.csv` again nor
//! write anew what it wrote.
//!
//! In: the hits of a run by counted article. Out: a file beside the run's tables, bound to its `hits.csv` by digest.
//! Invariant: the file is only a shorter way to the same; any doubt about it is a miss and the tables are read instead.
//!
//! Layout, all numbers little-endian: 8 bytes of magic; 32 bytes a hit: start, end, frame, entry (u32; places in `counts.csv` and
//! `terms.csv`), row (u64; first byte in `hits.csv`), first token in the article (u32), tokens (u16), voice, counted (u8); hits of
//! each counted article (u32); frames and entries as JSON; 32 bytes of the BLAKE3 of `hits.csv`; number of hits, of counted articles
//! and of bytes of frames and entries (u64 each); last 32 bytes of the BLAKE3 of all before. What is known last stands last, so that
//! no run need keep its hits in memory.

use super::folder::Folder;
use super::printed::Printed;
use crate::disk::Out;
use crate::error::Result;
use crate::text::{Span, Token};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// Where it lies in a run folder.
pub const FILE: &str = ".cache/hits.keys";

const MAGIC: &[u8; 8] = b"fskeys3\n";
const RECORD: usize = 32;
const DIGEST: usize = 32;
const TRAILER: usize = DIGEST + 24;

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

/// The file on its way.
pub(super) struct KeysFile<W: Write> {
    sink: W,
    hasher: blake3::Hasher,
    lengths: Vec<u32>,
    hits: u64,
}

impl KeysFile<BufWriter<Out>> {
    /// Begins the file of a run in the making.
    pub fn begin(folder: &Folder) -> Result<KeysFile<BufWriter<Out>>> {
        let file = folder.begin_cached(FILE)?;
        let begun = KeysFile::new(BufWriter::with_capacity(1 << 18, file));
        begun.map_err(|error| folder.problem(FILE, &error).into())
    }
}

impl<W: Write> KeysFile<W> {
    fn new(sink: W) -> io::Result<KeysFile<W>> {
        let mut file = KeysFile { sink, hasher: blake3::Hasher::new(), lengths: Vec::new(), hits: 0 };
        file.put(MAGIC)?;
        Ok(file)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.sink.write_all(bytes)
    }

    /// Adds the hits of some more articles; `bytes` of `hits.csv` stand before their rows.
    pub fn add(&mut self, lengths: &[u32], hits: &[(Key, Span<Token>)], bytes: u64) -> io::Result<()> {
        let mut records = Vec::with_capacity(hits.len() * RECORD);
        for (key, tokens) in hits {
            for number in [key.start, key.end, key.frame, key.entry] {
                records.extend_from_slice(&number.to_le_bytes());
            }
            records.extend_from_slice(&(key.row + bytes).to_le_bytes());
            records.extend_from_slice(&tokens.start.to_le_bytes());
            records.extend_from_slice(&u16::try_from(tokens.len()).unwrap_or(0).to_le_bytes());
            records.extend_from_slice(&[key.voice, key.counted]);
        }
        self.lengths.extend(lengths);
        self.hits += hits.len() as u64;
        self.put(&records)
    }

    /// Ends the file; `digest` is the BLAKE3 of `hits.csv`, in hexadecimal.
    pub fn finish(mut self, digest: &str, printed: &Printed) -> io::Result<W> {
        let lengths: Vec<u8> = self.lengths.iter().flat_map(|length| length.to_le_bytes()).collect();
        self.put(&lengths)?;
        let printed = serde_json::to_vec(printed)?;
        self.put(&printed)?;
        self.put(blake3::Hash::from_hex(digest).map_err(io::Error::other)?.as_bytes())?;
        for number in [self.hits, self.lengths.len() as u64, printed.len() as u64] {
            self.put(&number.to_le_bytes())?;
        }
        self.sink.write_all(self.hasher.finalize().as_bytes())?;
        self.sink.flush()?;
        Ok(self.sink)
    }
}

/// The bytes of the file for hits of which only the keys are known.
pub fn of_keys(digest: &str, lengths: &[u32], hits: &[Key]) -> Option<Vec<u8>> {
    let mut file = KeysFile::new(Vec::new()).ok()?;
    let unknown: Vec<_> = hits.iter().map(|&key| (key, Span::new(0, 0))).collect();
    file.add(lengths, &unknown, 0).ok()?;
    file.finish(digest, &Printed::default()).ok()
}

/// Reads the file, where it is whole and belongs to the `hits.csv` of this digest.
pub fn read(mut file: impl Read + Seek, digest: &str) -> Option<Keys> {
    let length = file.seek(SeekFrom::End(0)).ok()?.checked_sub((TRAILER + DIGEST) as u64)?;
    file.seek(SeekFrom::Start(length)).ok()?;
    let trailer = taken::<TRAILER>(&mut file)?;
    let sum = taken::<DIGEST>(&mut file)?;
    file.seek(SeekFrom::Start(0)).ok()?;
    let number = |at: usize| Some(u64::from_le_bytes(trailer.get(at..at + 8)?.try_into().ok()?));
    let (hits, counted, printed) = (number(DIGEST)?, number(DIGEST + 8)?, number(DIGEST + 16)?);
    let records = hits.checked_mul(RECORD as u64)?.checked_add(counted.checked_mul(4)?)?;
    let told = blake3::Hash::from_hex(digest).ok()?;
    let is_ours = trailer[..DIGEST] == *told.as_bytes();
    if !is_ours || length != records.checked_add(printed)?.checked_add(MAGIC.len() as u64)? {
        return None;
    }
    let body = Hashed { file: file.take(length + TRAILER as u64), hasher: blake3::Hasher::new() };
    let mut body = BufReader::with_capacity(1 << 16, body);
    if taken(&mut body)? != *MAGIC {
        return None;
    }
    let mut keys = Keys::default();
    keys.hits.reserve_exact(hits as usize);
    keys.tokens.reserve_exact(hits as usize);
    for _ in 0..hits {
        let (key, tokens) = of_record(&taken(&mut body)?)?;
        keys.hits.push(key);
        keys.tokens.push(tokens);
    }
    for _ in 0..counted {
        keys.lengths.push(u32::from_le_bytes(taken(&mut body)?));
    }
    let mut text = vec![0; printed as usize];
    body.read_exact(&mut text).ok()?;
    keys.printed = serde_json::from_slice(&text).ok()?;
    taken::<TRAILER>(&mut body)?;
    let is_sound = body.into_inner().hasher.finalize() == sum
        && keys.lengths.iter().map(|&length| u64::from(length)).sum::<u64>() == hits;
    is_sound.then_some(keys)
}

fn of_record(record: &[u8; RECORD]) -> Option<(Key, Span<Token>)> {
    let small = |at: usize| Some(u32::from_le_bytes(record.get(at..at + 4)?.try_into().ok()?));
    let key = Key {
        start: small(0)?,
        end: small(4)?,
        frame: small(8)?,
        entry: small(12)?,
        row: u64::from_le_bytes(record[16..24].try_into().ok()?),
        voice: record[30],
        counted: record[31],
    };
    let first = small(24)?;
    let tokens = Span::new(first, first.checked_add(u32::from(u16::from_le_bytes([record[28], record[29]])))?);
    let is_known = (key.voice as usize) < VOICES.len() && (key.counted as usize) < COUNTED.len();
    is_known.then_some((key, tokens))
}

fn taken<const N: usize>(file: &mut impl Read) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// A file that is digested as it is read.
struct Hashed<R> {
    file: R,
    hasher: blake3::Hasher,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(bytes)?;
        self.hasher.update(&bytes[..read]);
        Ok(read)
    }
}
