//! Numbers by which frames, targets, labels, entries and units of a run are known.
//!
//! In: a place in a list. Out: a number that is good for that list alone.
//! Invariant: a number of one list is no number of another, though both are small and begin at 0; written down, each is the bare number.
//! It deliberately names nothing: the lists have the names.

use serde::{Deserialize, Serialize};

/// A type for the numbers of one list.
macro_rules! number {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The number of a place in the list.
            pub const fn new(index: usize) -> $name {
                $name(index as u32)
            }

            /// The place in the list.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

pub(crate) use number;

number! {
    /// Number of a frame within a plan.
    FrameId
}
number! {
    /// Number of a target.
    TargetId
}
number! {
    /// Number of a label.
    LabelId
}
number! {
    /// Number of a unit of frames.
    UnitId
}

/// An entry: its lexicon and its place there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId {
    /// Index of the lexicon in the plan.
    pub lexicon: u32,
    /// Index of the entry in the lexicon.
    pub entry: u32,
}

impl EntryId {
    /// The entry at a place of a lexicon, which has a place in the plan.
    pub const fn new(lexicon: usize, entry: usize) -> EntryId {
        EntryId { lexicon: lexicon as u32, entry: entry as u32 }
    }
}
