//! The hits of a run, unit of frames by unit of frames: only those that may differ between two runs are read.
//!
//! In: two snapshots without hits. Out: the same with the hits of the units that are not the same in both.
//! Invariant: every hit belongs to an article and an entry of the snapshot, and the hits of an article and frame are as many as
//! `counts.csv` says; a folder of which that is not true was edited, and is refused. Units whose tables are the same bytes over the same
//! articles have the same hits, so leaving them out changes no diff.

use super::key::{COUNTED, Key, VOICES};
use super::renamed;
use super::run_folder::{Row, RunFolder, places};
use super::snapshot::{Article, Entry, Snapshot};
use crate::error::Result;
use crate::report::columns::{COUNTS, HITS, TERMS};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Frames that are counted together, with the tables of their hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// Names of its frames.
    pub(super) frames: Vec<String>,
    /// Files of its hits, with their digests.
    pub(super) files: Vec<(String, String)>,
}

/// Reads into two runs the hits in which they may differ.
///
/// # Errors
/// Where a table was edited.
pub fn read_hits(before: &mut Snapshot, after: &mut Snapshot) -> Result<()> {
    let same = same_units(before, after);
    let (a, b) = rayon::join(|| before.read_hits(&same), || after.read_hits(&same));
    a.and(b)?;
    renamed::rename(before, after);
    Ok(())
}

/// The frames of units that have the same hits in both runs.
fn same_units(a: &Snapshot, b: &Snapshot) -> BTreeSet<String> {
    let is_same = |(one, other): (&Article, &Article)| {
        let groups = [(a, one), (b, other)].map(|(run, article)| article.group.map(|group| &run.groups[group]));
        (&one.id, one.text, &one.counted) == (&other.id, other.text, &other.counted) && groups[0] == groups[1]
    };
    let articles = a.articles.len() == b.articles.len() && a.articles.iter().zip(&b.articles).all(is_same);
    let of_both = a.units.iter().filter(|unit| articles && b.units.contains(unit));
    of_both.flat_map(|unit| &unit.frames).cloned().collect()
}

impl Snapshot {
    /// Reads the hits of every unit but those of these frames, and checks them.
    pub(super) fn read_hits(&mut self, left_out: &BTreeSet<String>) -> Result<()> {
        let run_folder = RunFolder::open(&self.folder, &self.shown)?;
        let units = self.units.iter().filter(|unit| !unit.frames.iter().any(|frame| left_out.contains(frame)));
        let files: Vec<String> = units.flat_map(|unit| &unit.files).map(|(file, _)| file.clone()).collect();
        let mut hits: Vec<(u32, Key)> = Vec::new();
        for (number, file) in files.iter().enumerate() {
            self.of_file(&run_folder, (number as u32, file), &mut hits)?;
        }
        hits.sort_by_key(|(article, key)| (*article, key.start, key.end, key.frame, key.entry));
        let mut first = 0;
        for of_article in hits.chunk_by(|a, b| a.0 == b.0) {
            let end = first + of_article.len();
            self.articles[of_article[0].0 as usize].hits = first..end;
            first = end;
        }
        self.hits = hits.into_iter().map(|(_, key)| key).collect();
        self.files = files;
        self.check(&run_folder, left_out)
    }

    fn of_file(&self, run_folder: &RunFolder, (number, file): (u32, &str), hits: &mut Vec<(u32, Key)>) -> Result<()> {
        let index = PlaceIndex::of(self);
        let (mut wanted, mut article) = (Vec::new(), 0);
        let [id] = places(&HITS, ["article"]);
        run_folder.rows_of(&HITS, file, |row| {
            let wanted_id = row.text(id)?;
            while self.articles.get(article).is_some_and(|now| now.id != wanted_id) {
                article += 1;
            }
            if article == self.articles.len() {
                return Err(row.wrong(format!("article `{}` is not in its place", row.text(id)?)).into());
            }
            hits.push((article as u32, index.key(row, number, &mut wanted)?));
            Ok(())
        })?;
        Ok(())
    }

    /// Every count is its hits. A frame that holds others counts places once, which its rows do not show.
    fn check(&self, run_folder: &RunFolder, left_out: &BTreeSet<String>) -> Result<()> {
        let is_checked = |&frame: &usize| !self.holds_others(frame) && !left_out.contains(&self.frames[frame]);
        let inner: Vec<usize> = (0..self.frames.len()).filter(is_checked).collect();
        let mut found = vec![0_u32; self.frames.len()];
        for article in self.articles.iter().filter(|article| article.group.is_some()) {
            found.fill(0);
            for key in self.hits[article.hits.clone()].iter().filter(|key| key.counted == 0) {
                found[key.frame as usize] += 1;
            }
            if let Some(&frame) = inner.iter().find(|&&frame| found[frame] != self.counts[article.counts + frame]) {
                let said = self.counts[article.counts + frame];
                let rows = found[frame];
                let text = format!(
                    "article `{}`, frame `{}`: {said} hits counted, {rows} rows",
                    article.id, self.frames[frame]
                );
                return Err(run_folder.edited(COUNTS.file, 0, text).into());
            }
        }
        Ok(())
    }
}

/// The places of frames and entries by what a row of hits says of them.
struct PlaceIndex {
    /// Columns: lexicon, frame, entry, voice, byte_start, byte_end, counted.
    at: [usize; 7],
    frames: BTreeMap<String, u32>,
    entries: HashMap<Vec<u8>, u32, foldhash::fast::FixedState>,
}

impl PlaceIndex {
    fn of(snapshot: &Snapshot) -> PlaceIndex {
        let frames: BTreeMap<String, u32> = snapshot.frames.iter().cloned().zip(0..).collect();
        let mut entries = HashMap::default();
        let of_frames = |entry: &&Entry| !entry.except && frames.contains_key(&entry.frame);
        for (place, entry) in snapshot.entries.iter().enumerate().filter(|(_, entry)| of_frames(entry)) {
            let mut key = Vec::new();
            name(&mut key, entry.lexicon.as_bytes(), entry.frame.as_bytes(), entry.text.as_bytes());
            entries.entry(key).or_insert(place as u32);
        }
        let at = places(&HITS, ["lexicon", "frame", "entry", "voice", "byte_start", "byte_end", "counted"]);
        PlaceIndex { at, frames, entries }
    }

    fn key(&self, row: &Row<'_>, file: u32, wanted: &mut Vec<u8>) -> Result<Key> {
        let [lexicon, frame, entry, voice, start, end, counted] = self.at;
        let found_place = match [lexicon, frame, entry].iter().any(|&column| row.bytes(column).first() == Some(&b'\''))
        {
            // a text that was kept from being run as a formula
            true => {
                name(wanted, row.text(lexicon)?.as_bytes(), row.text(frame)?.as_bytes(), row.text(entry)?.as_bytes());
                self.entries.get(wanted)
            }
            false => {
                name(wanted, row.bytes(lexicon), row.bytes(frame), row.bytes(entry));
                self.entries.get(wanted)
            }
        };
        let Some(&place) = found_place else {
            let (entry, lexicon) = (row.text(entry)?, row.text(lexicon)?);
            return Err(row.wrong(format!("entry `{entry}` of `{lexicon}` is not in {}", TERMS.file)).into());
        };
        let frame = self.frames.get(row.text(frame)?).copied();
        let voice = VOICES.iter().position(|other| other.as_bytes() == row.bytes(voice));
        let counted = COUNTED.iter().position(|other| other.as_bytes() == row.bytes(counted));
        let (Some(frame), Some(voice), Some(counted)) = (frame, voice, counted) else {
            return Err(row.wrong("a frame, a voice or a reason that no run writes").into());
        };
        let small = |column: usize| -> Result<u32> {
            u32::try_from(row.number(column)?).map_err(|_| row.wrong("a byte beyond 4 GB").into())
        };
        let (start, end) = (small(start)?, small(end)?);
        let row = (file, row.byte());
        Ok(Key { start, end, frame, entry: place, row, voice: voice as u8, counted: counted as u8 })
    }
}

fn name(into: &mut Vec<u8>, lexicon: &[u8], frame: &[u8], text: &[u8]) {
    into.clear();
    for part in [lexicon, &b"\n"[..], frame, &b"\n"[..], text] {
        into.extend_from_slice(part);
    }
}
