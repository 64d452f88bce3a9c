//! The lexicons of a study whose run is asked again: kept beside its index, as they were read.
//!
//! In: a study, a cache. Out: its lexicons, those that the cache knows without being read again.
//! Invariant: a lexicon is known by the bytes of its file, and by this very program: who edits either reads again.

use super::Study;
use crate::error::Result;
use crate::index::sealed::Value;
use crate::index::{BUILD, Key, Store};
use crate::lexicon::{self, Kept, MadeOf};

impl Study {
    /// The lexicons of the study; what the cache did not know it keeps.
    ///
    /// # Errors
    /// As of [`Study::load_lexicons`].
    pub(crate) fn load_lexicons_near(&self, store: &Store) -> Result<lexicon::Set> {
        let key = |made_of: &MadeOf| Key::of(blake3::Hasher::new().update(BUILD.as_bytes()).update(made_of));
        let kept = Kept::of(|made_of| store.value(Value::Lexicon, key(made_of)));
        let set = self.load_by(&self.lexicons, &self.reading, &kept)?;
        kept.fresh().iter().for_each(|(made_of, bytes)| store.keep_value(Value::Lexicon, key(made_of), bytes));
        Ok(set)
    }
}
