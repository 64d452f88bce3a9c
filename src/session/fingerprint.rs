//! Digests of what a run and each of its parts are made of.
//!
//! In: a session before or after the articles are indexed, plans. Out: [`Fingerprints`].
//! Invariant: what decides a byte of a part is in its digest; where an entry stands in its file decides none of the hits.
//! It deliberately goes by how the files of the corpus look: where they look as they did when they were read, nothing is read.

use super::{CountingSession, Plans, library};
use crate::index::Store;
use crate::lexicon::{self, Lexicon};
use crate::lookup::UnitId;
use crate::report::{ARTICLES_PART, Fingerprints, SENTIMENT_PART, part_of_unit, rows_of_a_group};
use std::collections::BTreeMap;

/// Which lexicons these are.
fn lines(lexicons: &[Lexicon]) -> String {
    lexicons.iter().map(|lexicon| format!("{} {}\n", lexicon.file, lexicon.fingerprint())).collect()
}

fn digest(base: &blake3::Hasher, more: &str) -> String {
    let mut hasher = base.clone();
    hasher.update(more.as_bytes());
    hasher.finalize().to_hex().to_string()
}

impl CountingSession<'_> {
    /// What a whole run is made of, as [`CountingSession::fingerprints`] says it, where nobody asks for its parts.
    pub fn fingerprint(&self, store: &Store, lexicons: &lexicon::Set) -> Option<String> {
        let base = self.study.cache.then(|| self.base(store, lexicons))??;
        Some(digest(&base, &(lines(&lexicons.frames) + &lines(&lexicons.sentiment))))
    }

    /// What a run is made of, where the articles are known and look as they did.
    pub fn fingerprints(&self, store: &Store, lexicons: &lexicon::Set, plans: &Plans<'_>) -> Option<Fingerprints> {
        if !self.study.cache {
            return None;
        }
        let (units, files) = (&plans.units, &plans.unit_files);
        let base = self.base(store, lexicons)?;
        let sentiment = lines(&lexicons.sentiment);
        let all = digest(&base, &(lines(&lexicons.frames) + &sentiment));
        let digest = |more: String| digest(&base, &more);
        // which languages there are lexicons for decides which articles are counted
        let languages: Vec<_> = lexicons.frames.iter().map(|lexicon| lexicon.language).collect();
        let counted = format!("{languages:?}\n{}\n{}\n", plans.subjects.key_text(), self.indexed.settled);
        let of_unit = |(unit, file): (UnitId, &String)| {
            let form = (file, rows_of_a_group(units.len()), self.study.report.rows_of_a_file);
            (part_of_unit(file), digest(format!("{counted}{form:?}\n{}", units.key_text(&plans.frames, unit))))
        };
        let mut parts: BTreeMap<String, String> = units.ids().zip(files).map(of_unit).collect();
        parts.insert(ARTICLES_PART.to_string(), digest(counted.clone()));
        parts.insert(SENTIMENT_PART.to_string(), digest(format!("{counted}{sentiment}")));
        Some(Fingerprints { all: Some(all), parts })
    }

    /// Of the program, the articles and what was said before they were read, every setting, and all that was read of every lexicon but
    /// those of frames and sentiment.
    fn base(&self, store: &Store, lexicons: &lexicon::Set) -> Option<blake3::Hasher> {
        let indexer = self.indexer(store);
        let record = library::recalled(&self.corpus, self.study, store, &indexer)?;
        let mut hasher = indexer.base();
        hasher.update(self.study.digest().as_bytes());
        hasher.update(&store.maker());
        for lexicon in lexicons.subjects.iter().chain(&lexicons.furniture).chain(&lexicons.cues) {
            hasher.update(format!("{} {}\n", lexicon.file, lexicon.fingerprint()).as_bytes());
        }
        for (file, input) in record.files.iter().zip(self.corpus.inputs()) {
            hasher.update(format!("{} {:?} {:?}\n", input.file, file.digest, file.written).as_bytes());
        }
        hasher.update(format!("{:?} {:?}\n", self.corpus.other_columns(), self.corpus.notes()).as_bytes());
        hasher.update(self.study.digest_of_side_files("").as_bytes());
        Some(hasher)
    }
}
