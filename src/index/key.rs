//! The name of what is kept.

/// What a shard, or the record of a corpus, was made of: the first half of a BLAKE3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub(super) [u8; 16]);

impl Key {
    /// Of everything that decides what is kept.
    pub fn of(hasher: &blake3::Hasher) -> Key {
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Key(key)
    }

    /// As it stands in the heads of files.
    pub(super) fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// As it stands in file names.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Of what [`Key::hex`] gave.
    pub fn parse(text: &str) -> Option<Key> {
        let mut key = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (byte, at) in key.iter_mut().zip((0..32).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Key(key))
    }
}
