//! Lexicons that were read before: reading one takes longer than everything else that a question to a run needs of it.
//!
//! In: the bytes of a lexicon, and whoever keeps what was read of the same bytes. Out: the [`Lexicon`]; for whoever keeps, what was read anew.
//! Invariant: what is found is what reading gives, in every field: it is kept under a digest of the bytes and of how they are read, and only where
//! it was seen to come back the same. Any doubt is a miss.
//! It deliberately knows no cache.

use super::{ImportReport, Lexicon, Options, parse_with};
use crate::error::{Problem, Result};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// What tells a lexicon from all others, before it is read.
pub type MadeOf = [u8; 32];

/// Finds what was kept.
type Recall<'k> = Box<dyn Fn(&MadeOf) -> Option<Vec<u8>> + Sync + Send + 'k>;

/// Lexicons that were read before, and those that were read since.
pub struct Kept<'k> {
    recall: Option<Recall<'k>>,
    fresh: Mutex<Vec<(MadeOf, Vec<u8>)>>,
}

impl<'k> Kept<'k> {
    /// Nothing was read before, and nothing is to be kept.
    pub fn nothing() -> Kept<'k> {
        Kept { recall: None, fresh: Mutex::default() }
    }

    /// Those that `recall` knows.
    pub fn of(recall: impl Fn(&MadeOf) -> Option<Vec<u8>> + Sync + Send + 'k) -> Kept<'k> {
        Kept { recall: Some(Box::new(recall)), fresh: Mutex::default() }
    }

    /// What was read, and not known.
    pub fn fresh(&self) -> Vec<(MadeOf, Vec<u8>)> {
        std::mem::take(&mut self.fresh.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// [`parse_with`], unless that was done before.
    pub(super) fn parse(&self, file: &str, bytes: &[u8], options: &Options) -> Result<Lexicon> {
        let Some(recall) = &self.recall else { return parse_with(file, bytes, options) };
        let made_of = made_of(file, bytes, options);
        if let Some(lexicon) = recall(&made_of).and_then(|bytes| read(&bytes)) {
            return Ok(lexicon);
        }
        let lexicon = parse_with(file, bytes, options)?;
        let written = write(&lexicon).filter(|bytes| read(bytes).as_ref() == Some(&lexicon));
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).extend(written.map(|bytes| (made_of, bytes)));
        Ok(lexicon)
    }
}

fn made_of(file: &str, bytes: &[u8], options: &Options) -> MadeOf {
    // where results name files from moves nothing that is read
    let options = Options { folder: None, typed_in: None, ..options.clone() };
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{file:?} {options:?}\n").as_bytes());
    hasher.update(bytes);
    *hasher.finalize().as_bytes()
}

/// What the form of a lexicon leaves out.
#[derive(Serialize, Deserialize)]
struct Beside {
    report: ImportReport,
    circular: Vec<bool>,
    problems: Vec<[String; 8]>,
}

fn write(lexicon: &Lexicon) -> Option<Vec<u8>> {
    let beside = Beside {
        report: lexicon.report.clone(),
        circular: lexicon.frames.iter().map(|frame| frame.is_circular).collect(),
        problems: lexicon.problems.iter().map(Problem::cells).collect(),
    };
    postcard::to_allocvec(&(lexicon, beside)).ok()
}

fn read(bytes: &[u8]) -> Option<Lexicon> {
    let (mut lexicon, beside): (Lexicon, Beside) = postcard::from_bytes(bytes).ok()?;
    (lexicon.frames.len() == beside.circular.len()).then_some(())?;
    (lexicon.entries.iter().all(|entry| entry.frame < lexicon.frames.len())).then_some(())?;
    lexicon.frames.iter_mut().zip(beside.circular).for_each(|(frame, is_circular)| frame.is_circular = is_circular);
    lexicon.problems = beside.problems.into_iter().map(Problem::from_cells).collect();
    lexicon.report = beside.report;
    Some(lexicon)
}
