//! The bytes of one input file, on their way in.
//!
//! In: a path. Out: its bytes, decompressed and turned into UTF-8, and the digest of the file as it lies
//! on the disk.
//! Invariant: what is counted and digested are the raw bytes, all of them, whoever stops reading early.
//! It deliberately does not trust extensions: compression and encoding are told from the first bytes.

use super::decode::{Charset, charset};
use encoding_rs::Encoding;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How much of a file is looked at before it is read.
pub(crate) const HEAD_BYTES: u64 = 64 * 1024;
/// The longest record of a table or of JSON that is read: what is unpacked, or a missing quotation mark, must not eat the memory.
pub(crate) const MAX_ARTICLE_BYTES: u64 = 128 << 20;
/// The longest text file that is read as a whole; of a packed one less, as a few bytes can unpack to any number.
pub(crate) const MAX_TEXT_BYTES: [u64; 2] = [1 << 30, 256 << 20];
const BUFFER_BYTES: usize = 128 * 1024;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    fn of(start: &[u8]) -> Packing {
        match start {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Packing::Zstd,
            _ => Packing::Plain,
        }
    }

    /// Its name for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Packing::Plain => "file",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }
}

/// The beginning of a file, unpacked.
pub(crate) struct Head {
    /// How the file is packed.
    pub packing: Packing,
    /// The first bytes after unpacking; fewer than [`HEAD_BYTES`] where the file ends or breaks.
    pub bytes: Vec<u8>,
    /// The encoding, declared or seen in these bytes.
    pub charset: Charset,
    /// What stopped the unpacking, if not the end.
    pub broken: Option<io::Error>,
}

/// Looks at the beginning of a file; `declared` is its encoding, if the user says.
pub(crate) fn head(path: &Path, limit: u64, declared: Option<&'static Encoding>) -> io::Result<Head> {
    let mut file = File::open(path)?;
    let mut magic = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut magic)?;
    let packing = Packing::of(&magic);
    let mut bytes = Vec::new();
    let raw = BufReader::new(io::Cursor::new(magic).chain(file));
    let broken = unpack(raw, packing).and_then(|unpacked| unpacked.take(limit).read_to_end(&mut bytes)).err();
    Ok(Head { packing, charset: charset(&bytes, declared), bytes, broken })
}

/// All bytes of a reader; `None` where there are more than some. Part by part: bytes that are refused are never copied to a larger place.
pub(crate) fn at_most(mut reader: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    const PART: u64 = 4 << 20;
    let (mut parts, mut length) = (Vec::new(), 0);
    loop {
        let mut part = Vec::new();
        let read = reader.by_ref().take(PART).read_to_end(&mut part)? as u64;
        length += read;
        if length > most {
            return Ok(None);
        }
        if read == 0 {
            return Ok(Some(parts.concat()));
        }
        parts.push(part);
    }
}

/// The unpacked bytes of a file, neither counted nor digested.
pub(crate) fn open_unpacked(path: &Path, packing: Packing) -> io::Result<Box<dyn Read + Send>> {
    unpack(BufReader::new(File::open(path)?), packing)
}

/// How a file is packed; plain where it cannot be opened.
pub(crate) fn packing(path: &Path) -> Packing {
    head(path, 4, None).map_or(Packing::Plain, |head| head.packing)
}

fn unpack<'a, R: BufRead + Send + 'a>(raw: R, packing: Packing) -> io::Result<Box<dyn Read + Send + 'a>> {
    Ok(match packing {
        Packing::Plain => Box::new(raw),
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(raw)),
        Packing::Zstd => Box::new(zstd::Decoder::with_buffer(raw)?),
    })
}

/// Raw bytes of an open file, counted and digested as they pass; clones share the file.
#[derive(Clone)]
pub(crate) struct InputStream {
    file: Arc<File>,
    hasher: Arc<Mutex<blake3::Hasher>>,
    progress: Arc<AtomicU64>,
}

impl InputStream {
    pub(crate) fn open(path: &Path, progress: &Arc<AtomicU64>) -> io::Result<InputStream> {
        let file = Arc::new(File::open(path)?);
        Ok(InputStream { file, hasher: Arc::default(), progress: Arc::clone(progress) })
    }

    /// From a byte on; the digest is then of the rest.
    pub(crate) fn open_at(path: &Path, byte: u64, progress: &Arc<AtomicU64>) -> io::Result<InputStream> {
        let stream = InputStream::open(path, progress)?;
        (&*stream.file).seek(io::SeekFrom::Start(byte))?;
        Ok(stream)
    }

    /// The unpacked bytes.
    pub(crate) fn unpacked(&self, packing: Packing) -> io::Result<Box<dyn Read + Send>> {
        match packing {
            // The readers above have buffers of their own.
            Packing::Plain => Ok(Box::new(self.clone())),
            _ => unpack(BufReader::with_capacity(BUFFER_BYTES, self.clone()), packing),
        }
    }

    /// The unpacked bytes as UTF-8, where the head says that they are not; single odd cells stay as they are.
    pub(crate) fn table(&self, head: &Head) -> io::Result<Box<dyn Read + Send>> {
        let unpacked = self.unpacked(head.packing)?;
        Ok(match head.charset.encoding() {
            Some(encoding) => Box::new(Transcoder::new(unpacked, encoding)),
            None => unpacked,
        })
    }

    /// Reads what nobody read, and gives the digest of the whole file, in hexadecimal.
    pub(crate) fn digest(mut self) -> io::Result<String> {
        io::copy(&mut self, &mut io::sink())?;
        let hasher = self.hasher.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(hasher.finalize().to_hex().to_string())
    }
}

impl Read for InputStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = (&*self.file).read(buffer)?;
        self.hasher.lock().unwrap_or_else(PoisonError::into_inner).update(&buffer[..n]);
        self.progress.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Any encoding in, UTF-8 out.
struct Transcoder<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Transcoder<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Transcoder { inner, decoder, raw: vec![0; BUFFER_BYTES], ready: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let n = self.inner.read(&mut self.raw)?;
        self.ended = n == 0;
        let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * BUFFER_BYTES);
        self.ready.resize(room, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..n], &mut self.ready, self.ended);
        self.ready.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let n = buffer.len().min(self.ready.len() - self.given);
        buffer[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
