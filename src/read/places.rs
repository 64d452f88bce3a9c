//! Where the bytes of an article's text stand in its source.
//!
//! In: pieces of a source (a cell, a file), as they are put together to a text. Out: for any span of the text, the bytes of the source.
//! Invariant: pieces ascend in the text and do not overlap; what lies between two of them stands in no source and holds no word.
//! It deliberately keeps nothing where the text is the source: most articles have no piece at all.

/// A stretch of the text that stands in one place of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte in the text.
    pub at: u32,
    /// Bytes in the text.
    pub len: u32,
    /// First byte in the source.
    pub start: u32,
    /// Bytes in the source; other than `len` where a character reference or an escape stands for something else.
    pub source_len: u32,
    /// Line of the source on which the piece begins, from 1.
    pub line: u32,
    /// Number of the cell in [`Places::cells`].
    pub cell: u8,
}

/// The pieces of a text; none where the text stands in its source as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Names of the columns whose cells the text is made of; empty for files.
    pub cells: Vec<String>,
    /// In the order of the text.
    pub pieces: Vec<Piece>,
}

impl Places {
    /// The piece that holds a byte of the text, else the one before it.
    fn piece(&self, byte: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= byte);
        self.pieces.get(after.saturating_sub(1))
    }

    /// Bytes of the source for bytes of the text; `None` where no piece is kept. An end in another cell than the start is the end
    /// of the start's piece.
    pub fn source(&self, start: u32, end: u32) -> Option<(u32, u32)> {
        let first = self.piece(start)?;
        let last = self.piece(end.saturating_sub(1).max(start))?;
        let from = if first.len == first.source_len { first.start + (start - first.at) } else { first.start };
        let to = |piece: &Piece, end: u32| {
            if piece.len == piece.source_len {
                piece.start + (end - piece.at).min(piece.len)
            } else {
                piece.start + piece.source_len
            }
        };
        let to = if last.cell == first.cell { to(last, end) } else { to(first, first.at + first.len) };
        Some((from, to.max(from)))
    }

    /// The name of the column in whose cell a byte of the text stands.
    pub fn cell(&self, byte: u32) -> Option<&str> {
        self.cells.get(usize::from(self.piece(byte)?.cell)).map(String::as_str)
    }

    /// The line of the source for a byte of the text; `line` gives lines of the text, from 1.
    pub fn line(&self, byte: u32, line: impl Fn(u32) -> u32) -> Option<u32> {
        let piece = self.piece(byte)?;
        Some(piece.line + line(byte).saturating_sub(line(piece.at)))
    }
}

/// A text that is being put together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assembly {
    pub text: String,
    pub pieces: Vec<Piece>,
}

impl Assembly {
    /// Adds what stands in the source as it is.
    pub(crate) fn verbatim(&mut self, text: &str, start: usize, line: u32, cell: u8) {
        self.replaced(text, start, text.len(), line, cell);
    }

    /// Adds what stands for `source_len` bytes of the source.
    pub(crate) fn replaced(&mut self, text: &str, start: usize, source_len: usize, line: u32, cell: u8) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        let (len, start, source_len) = (text.len() as u32, start as u32, source_len as u32);
        self.text.push_str(text);
        let piece = Piece { at, len, start, source_len, line, cell };
        match self.pieces.last_mut() {
            Some(last) if continues(last, &piece) => {
                last.len += len;
                last.source_len += source_len;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// Adds what stands in no source: a line end between two cells.
    pub(crate) fn gap(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a whole text with its pieces, or as it stands where it has none.
    pub(crate) fn append(&mut self, text: &str, pieces: &[Piece], start: u32, cell: u8) {
        if pieces.is_empty() {
            return self.verbatim(text, start as usize, 1, cell);
        }
        let at = self.text.len() as u32;
        self.text.push_str(text);
        self.pieces.extend(pieces.iter().map(|piece| Piece {
            at: piece.at + at,
            start: piece.start + start,
            cell: piece.cell + cell,
            ..*piece
        }));
    }
}

fn continues(last: &Piece, next: &Piece) -> bool {
    let both_verbatim = last.len == last.source_len && next.len == next.source_len;
    let joined = last.at + last.len == next.at && last.start + last.source_len == next.start;
    both_verbatim && joined && last.cell == next.cell
}

/// Pieces that were counted from the beginning of a part of the source, counted from the beginning of the source.
pub(crate) fn shift(pieces: &mut [Piece], start: u32, lines: u32) {
    for piece in pieces {
        piece.start += start;
        piece.line += lines;
    }
}

/// What `second` says about the text of `first`, said about the source of `first`.
pub(crate) fn behind(first_text: &str, first: &[Piece], second: Assembly) -> Assembly {
    if first.is_empty() {
        return second;
    }
    let places = Places { cells: Vec::new(), pieces: first.to_vec() };
    let mut whole = Assembly::default();
    for piece in &second.pieces {
        let inside = piece.at as usize..(piece.at + piece.len) as usize;
        whole.gap(&second.text[whole.text.len()..inside.start]);
        if piece.len == piece.source_len {
            let from = piece.start as usize;
            let part = cut(first_text, first, from, from + piece.len as usize);
            // the text is that of `second`: a broken line end may be a space there
            if part.pieces.is_empty() {
                whole.gap(&second.text[inside]);
            } else {
                whole.append(&second.text[inside], &part.pieces, 0, 0);
            }
        } else if let Some((start, end)) = places.source(piece.start, piece.start + piece.source_len) {
            let line = places.line(piece.start, |_| 1).unwrap_or(1);
            let cell = places.piece(piece.start).map_or(0, |piece| piece.cell);
            whole.replaced(&second.text[inside], start as usize, (end - start) as usize, line, cell);
        }
    }
    let rest = whole.text.len();
    whole.gap(&second.text[rest..]);
    whole
}

/// The part of a text between two bytes, with its pieces; pieces that are cut must be verbatim there.
pub(crate) fn cut(text: &str, pieces: &[Piece], from: usize, to: usize) -> Assembly {
    let (low, high) = (from as u32, to as u32);
    let first = pieces.partition_point(|piece| piece.at + piece.len <= low);
    let inside = pieces[first..].iter().take_while(|piece| piece.at < high);
    let pieces = inside.map(|piece| {
        let (at, end) = (piece.at.max(low), (piece.at + piece.len).min(high));
        let skipped = at - piece.at;
        let verbatim = piece.len == piece.source_len;
        let line = piece.line + newlines(&text[piece.at as usize..at as usize]);
        Piece {
            at: at - low,
            len: end - at,
            start: if verbatim { piece.start + skipped } else { piece.start },
            source_len: if verbatim { end - at } else { piece.source_len },
            line,
            cell: piece.cell,
        }
    });
    Assembly { text: text[from..to].to_string(), pieces: pieces.collect() }
}

/// Where a byte of what was mended stands in the text, by pieces of one source in its order; the same where there are none.
pub(crate) fn in_text(pieces: &[Piece], byte: u32) -> u32 {
    let behind = pieces.partition_point(|piece| piece.start <= byte);
    let Some(piece) = pieces.get(behind.saturating_sub(1)) else { return byte };
    let behind = byte.saturating_sub(piece.start);
    piece.at
        + if piece.len == piece.source_len {
            behind.min(piece.len)
        } else if behind > 0 {
            piece.len
        } else {
            0
        }
}

/// Line ends of a text: `\n`, `\r\n` and a lone `\r` are one each.
pub(crate) fn newlines(text: &str) -> u32 {
    line_ends(text).count() as u32
}

/// The last byte of each line end.
pub(crate) fn line_ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let lone = |&i: &usize| bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n');
    memchr::memchr2_iter(b'\n', b'\r', bytes).filter(lone)
}
