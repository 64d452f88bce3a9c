//! Memory that is used again from shard to shard.
//!
//! In: rows that were written. Out: their memory, empty.
//! It deliberately keeps little: of thousands of units, each of which had many rows in some shard, only some.

use std::sync::{Mutex, PoisonError};

/// Memory of rows that are written, for those of other shards.
#[derive(Default)]
pub struct BufferPool(Mutex<Vec<Vec<u8>>>);

impl BufferPool {
    /// Memory to write rows to.
    pub(super) fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Gives rows back. Each piece grows to the largest rows that it ever held, so of thousands of units only some are kept.
    pub(super) fn give(&self, mut rows: Vec<u8>) {
        const MOST: usize = 256;
        rows.clear();
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < MOST {
            free.push(rows);
        }
    }
}
