//! Which bytes of a text may be in a word, 64 at a time.
//!
//! In: the bytes of a text. Out: where words may begin, and where runs of ASCII letters and digits end.
//! Invariant: what is said of a byte depends on that byte alone.
//! It deliberately looks at eight bytes as one number: no branch depends on a byte, and no instruction of one machine is needed.

/// The text, and what is known of the 64 bytes that were looked at last.
pub(super) struct Blocks<'t> {
    bytes: &'t [u8],
    start: usize,
    /// A bit for each ASCII letter or digit.
    plain: u64,
    /// A bit for each other byte at which a word, a tag or a handle may begin.
    odd: u64,
}

const LOW: u64 = u64::MAX / 255;
const HIGH: u64 = LOW << 7;
const BLOCK: usize = 64;

impl<'t> Blocks<'t> {
    pub fn new(bytes: &'t [u8]) -> Blocks<'t> {
        let mut blocks = Blocks { bytes, start: 0, plain: 0, odd: 0 };
        blocks.look(0);
        blocks
    }

    /// The first place from `at` on at which a word, a tag or a handle may begin, and whether an ASCII letter or digit stands there.
    #[inline]
    pub fn begin(&mut self, mut at: usize) -> Option<(usize, bool)> {
        while at < self.bytes.len() {
            self.reach(at);
            let offset = at - self.start;
            let rest = (self.plain | self.odd) >> offset;
            if rest != 0 {
                let found = rest.trailing_zeros() as usize;
                return Some((at + found, self.plain >> (offset + found) & 1 == 1));
            }
            at = self.start + BLOCK;
        }
        None
    }

    /// The first place from `at` on at which no ASCII letter or digit stands.
    #[inline]
    pub fn end(&mut self, mut at: usize) -> usize {
        while at < self.bytes.len() {
            self.reach(at);
            let offset = at - self.start;
            let run = (!self.plain >> offset).trailing_zeros() as usize;
            if offset + run < BLOCK {
                return at + run;
            }
            at = self.start + BLOCK;
        }
        self.bytes.len()
    }

    #[inline]
    fn reach(&mut self, at: usize) {
        // an address may end before the run of letters that was looked at last
        if at.wrapping_sub(self.start) >= BLOCK {
            self.look(at - at % BLOCK);
        }
    }

    fn look(&mut self, start: usize) {
        self.start = start;
        let rest = self.bytes.get(start..).unwrap_or_default();
        (self.plain, self.odd) = match rest.first_chunk::<BLOCK>() {
            Some(block) => bits(block),
            None => {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                bits(&block)
            }
        };
    }
}

/// A bit for each ASCII letter or digit, and one for each byte beyond ASCII, `_`, `#` and `@`.
fn bits(block: &[u8; BLOCK]) -> (u64, u64) {
    let (mut plain, mut odd) = (0, 0);
    for (i, eight) in block.as_chunks::<8>().0.iter().enumerate() {
        let raw = u64::from_le_bytes(*eight);
        let ascii = raw & !HIGH;
        let letter = within(ascii | (LOW * 0x20), b'a', b'z');
        let in_word = (letter | within(ascii, b'0', b'9')) & !raw & HIGH;
        let sign = (is(ascii, b'_') | is(ascii, b'#') | is(ascii, b'@')) & !raw;
        plain |= gather(in_word) << (8 * i);
        odd |= gather((sign | raw) & HIGH) << (8 * i);
    }
    (plain, odd)
}

/// The high bit of each byte, all of them below 128, that lies in a range.
fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let from = bytes + LOW * u64::from(0x80 - first);
    let beyond = bytes + LOW * u64::from(0x7f - last);
    from & !beyond
}

/// The high bit of each byte, all of them below 128, that is this one.
fn is(bytes: u64, byte: u8) -> u64 {
    !((bytes ^ (LOW * u64::from(byte))) + LOW * 0x7f) & HIGH
}

/// The high bits of eight bytes as eight bits.
fn gather(high: u64) -> u64 {
    ((high >> 7) & LOW).wrapping_mul(0x0102_0408_1020_4080) >> 56
}
