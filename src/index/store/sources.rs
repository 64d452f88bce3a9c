//! The files of a corpus, for texts that a store does not pack.

use super::Store;
use crate::index::{Sources, StoredShard};
use std::sync::Arc;

impl Store {
    /// Says in which files texts may stay, where there is no other machine that could not read them.
    pub fn read_in_place(&self, sources: &Arc<Sources>) {
        if !self.is_shared {
            self.sources.get_or_init(|| Arc::clone(sources));
        }
    }

    /// The files in which texts may stay; none where all are packed.
    pub fn sources(&self) -> Option<&Arc<Sources>> {
        self.sources.get()
    }

    /// False where a file gave another text than it gave before: what was found out since then may be of no text at all.
    pub(super) fn may_keep(&self) -> bool {
        self.sources.get().is_none_or(|sources| sources.changed().is_none())
    }

    /// Bytes of which texts that are not packed are read in these files.
    pub(super) fn reading(&self, stored: StoredShard) -> Arc<StoredShard> {
        Arc::new(stored.reading(self.sources.get().cloned().unwrap_or_default()))
    }
}
