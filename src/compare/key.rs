//! Where a hit of a run stands, and what it is, in a few numbers.
//!
//! Invariant: a key knows the row that says the rest.

/// Voices, as the tables of hits name them.
pub(super) const VOICES: [&str; 7] = ["own", "scare", "marked", "quoted", "attributed", "mention", "furniture"];

/// What the column `counted` may say.
pub(super) const COUNTED: [&str; 5] = ["yes", "furniture", "repeat", "voice", "headline"];

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
    /// Its file among those of the snapshot, and the first byte of its row there.
    pub row: (u32, u64),
    /// Place among the voices.
    pub voice: u8,
    /// Place among what `counted` may say; 0 is `yes`.
    pub counted: u8,
}
