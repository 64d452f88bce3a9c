//! The files of a corpus, for texts that a store does not pack.

use super::Store;
use crate::index::{Kept, Sources};
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

    /// Bytes of which texts that are not packed are read in these files.
    pub(super) fn reading(&self, kept: Kept) -> Arc<Kept> {
        Arc::new(kept.reading(self.sources.get().cloned().unwrap_or_default()))
    }
}
