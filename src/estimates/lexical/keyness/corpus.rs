//! The comparisons of keyness: what all of them share, and each.
//!
//! In: words by article, groups, what is known of each word. Out: the rows of every comparison.
//! Invariant: what is known of a word before a comparison (its frequency here, in a reference list) knows no groups.
//! It deliberately has no formula: `statistics::keyness` does.

use super::{Against, Cloud, Keyness, Options, Rank, Row, Scores, What};
use crate::aggregate::lexical::{ByWord, Lexical, Words};
use crate::aggregate::{Counts, GroupId};
use crate::error::Result;
use crate::estimates::lexical::kinds;
use crate::read::{self, Frequencies};
use crate::statistics::keyness::chi_squared::chi_squared;
use crate::statistics::keyness::fighting_words::{Prior, fighting_words};
use crate::statistics::keyness::g_squared::g_squared;
use crate::statistics::keyness::odds_ratio::odds_ratio;
use crate::statistics::keyness::percent_difference::percent_difference;
use crate::statistics::keyness::rayson::rayson;
use crate::statistics::keyness::simple_maths::simple_maths;
use crate::statistics::keyness::text_dispersion::text_dispersion;
use crate::statistics::keyness::vocabulary::{Postings, Vocabulary};
use crate::statistics::keyness::words::{WordRow, compare};
use crate::statistics::keyness::{Direction, Table};
use crate::statistics::log_ratio::{hardie, smoothed};
use crate::statistics::{self, ComparisonRow, pairwise};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What all comparisons share.
struct Corpus<'a> {
    by_word: ByWord,
    /// Hits of every word in all articles.
    totals: Vec<u64>,
    /// Words that are frequent enough, ascending.
    candidates: Vec<usize>,
    size: u64,
    /// Counts in the reference list, and its size.
    reference: Option<(Vec<u64>, u64)>,
    counts: &'a Counts,
    names: Vec<String>,
    /// Articles of each group.
    sizes: Vec<u32>,
    options: &'a Options,
}

/// What is known of a word before any comparison: its hits here and in the reference list.
#[derive(Clone, Copy)]
struct WordCounts {
    here: u64,
    reference: Option<(u64, u64)>,
}

impl Keyness {
    /// Compares the groups. One group has nothing to be compared with.
    pub fn of(
        counts: &Counts,
        sums: &Lexical,
        comparisons: &[ComparisonRow],
        options: &Options,
        drawn: &statistics::Options,
    ) -> Result<Keyness> {
        let empty = Words::default();
        let by_word = sums.words.as_ref().unwrap_or(&empty).by_word(options.unit);
        let list = options.reference.as_deref().map(read::frequencies).transpose()?;
        let languages = sums.words.as_ref().unwrap_or(&empty).languages();
        let corpus = Corpus::of(by_word, counts, list.as_ref(), options);
        let (rows, clouds): (Vec<Vec<Row>>, Vec<Option<Cloud>>) = corpus.rows(comparisons, drawn).into_iter().unzip();
        let clouds = clouds.into_iter().flatten().collect();
        Ok(corpus.finish(rows.concat(), clouds, &kinds::Kinds::of(&languages)?))
    }
}

impl<'a> Corpus<'a> {
    fn of(by_word: ByWord, counts: &'a Counts, list: Option<&Frequencies>, options: &'a Options) -> Corpus<'a> {
        let all: Vec<usize> = (0..by_word.texts.len()).collect();
        let total = |&word: &usize| by_word.postings(word).1.iter().map(|&n| u64::from(n)).sum();
        let totals: Vec<u64> = all.par_iter().map(total).collect();
        let counts_in = |list: &Frequencies| {
            let of_word = |&word: &usize| match by_word.forms.get(word) {
                Some(forms) => forms.iter().map(|(form, _)| list.of(form)).sum(),
                None => list.of(&by_word.texts[word]),
            };
            (all.iter().map(of_word).collect(), list.size())
        };
        let (reference, size) = (list.map(counts_in), totals.iter().sum());
        let is_frequent = |&word: &usize| {
            let articles = by_word.postings(word).0.len();
            totals[word] >= options.min_hits && articles >= options.min_articles as usize
        };
        let candidates = all.iter().copied().filter(is_frequent).collect();
        let mut sizes = vec![0; counts.groups.len()];
        for (&group, _) in counts.group_of.iter().zip(&by_word.words).filter(|(_, words)| **words > 0) {
            sizes[group.index()] += 1;
        }
        Corpus { reference, totals, candidates, size, sizes, counts, names: counts.group_names(), options, by_word }
    }

    /// The rows of every comparison, and where all its words stand.
    fn rows(&self, comparisons: &[ComparisonRow], drawn: &statistics::Options) -> Vec<(Vec<Row>, Option<Cloud>)> {
        let groups = self.counts.groups.len();
        if groups < 2 {
            return Vec::new();
        }
        let postings = |&word: &usize| {
            let (articles, counts) = self.by_word.postings(word);
            Postings { articles, counts }
        };
        let postings: Vec<Postings<'_>> = self.candidates.iter().map(postings).collect();
        let words = Vocabulary::of(&self.by_word.words, GroupId::numbers(&self.counts.group_of), groups, &postings);
        let against_rest = |group: usize| {
            let frames = comparisons.iter().filter(|row| row.group == group);
            let frames: Vec<Row> = frames.map(|row| self.frame(row, None)).collect();
            self.compare(&words, (group, None), frames, drawn)
        };
        let mut rows = Vec::new();
        if self.options.against != Against::Each {
            rows.extend((0..groups).into_par_iter().map(against_rest).collect::<Vec<_>>());
        }
        if self.options.against != Against::Rest {
            let frames = self.pairs_of_frames(drawn);
            let pair = |(one, other): (usize, usize)| {
                let of_pair = frames.iter().filter(|pair| (pair.0, pair.1) == (one, other));
                let frames: Vec<Row> = of_pair.map(|(_, _, row)| self.frame(row, Some(other))).collect();
                self.compare(&words, (one, Some(other)), frames, drawn)
            };
            let pairs: Vec<(usize, usize)> =
                (0..groups).flat_map(|one| (one + 1..groups).map(move |other| (one, other))).collect();
            rows.extend(pairs.into_par_iter().map(pair).collect::<Vec<_>>());
        }
        rows
    }

    fn word_counts(&self, word: usize) -> WordCounts {
        let reference = self.reference.as_ref().map(|(counts, size)| (counts[word], *size));
        WordCounts { here: self.totals[word], reference }
    }

    fn prior(&self, word_counts: WordCounts) -> Prior {
        Prior::informative(word_counts.here, self.size, self.options.prior_words)
    }

    fn scores(&self, table: Table, with: [u32; 2], articles: [u32; 2], word_counts: WordCounts) -> Scores {
        let options = self.options;
        let z = |prior| fighting_words(table, prior, false).z;
        let [a, b, c, d] = [with[0], with[1], articles[0], articles[1]].map(u64::from);
        Scores {
            g2: g_squared(table),
            g2_rayson: rayson(table),
            chi2: chi_squared(table, false),
            chi2_yates: chi_squared(table, true),
            log_ratio: hardie(table.a, table.c, table.b, table.d),
            odds_ratio: odds_ratio(table),
            percent_difference: percent_difference(table),
            simple_maths: simple_maths(table, options.simple_maths),
            z_uninformative: z(Prior::uninformative(options.alpha, self.by_word.texts.len() as u64)),
            z: z(self.prior(word_counts)),
            z_reference: word_counts.reference.map(|(n, size)| z(Prior::informative(n, size, options.prior_words))),
            text_dispersion: text_dispersion(a, b, c, d),
        }
    }

    /// The words of one comparison that are shown, behind its frames.
    fn compare(
        &self,
        words: &Vocabulary<'_>,
        (group, against): (usize, Option<usize>),
        mut rows: Vec<Row>,
        drawn: &statistics::Options,
    ) -> (Vec<Row>, Option<Cloud>) {
        if [Some(group), against].into_iter().flatten().any(|group| self.sizes[group] < self.options.min_group) {
            return (rows, None);
        }
        let found = compare(words, group, against, drawn);
        let strength = |(row, &word): (&WordRow, &usize)| self.is_shown(row).then(|| self.strength(word, row));
        let mut shown: Vec<(f64, usize, &WordRow)> = found
            .par_iter()
            .zip(&self.candidates)
            .filter_map(|pair| strength(pair).map(|strength| (strength, *pair.1, pair.0)))
            .collect();
        let by_strength =
            |a: &(f64, usize, &WordRow), b: &(f64, usize, &WordRow)| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1));
        if (1..shown.len()).contains(&self.options.top) {
            shown.select_nth_unstable_by(self.options.top, by_strength);
            shown.truncate(self.options.top);
        }
        shown.sort_unstable_by(by_strength);
        let row = |&(_, word, row): &(f64, usize, &WordRow)| Row {
            group,
            against,
            what: What::Word(word),
            table: row.table,
            with: row.with,
            articles: row.articles,
            direction: row.direction,
            smoothed: smoothed(row.table.a, row.table.c, row.table.b, row.table.d),
            scores: self.scores(row.table, row.with, row.articles, self.word_counts(word)),
            p: row.p,
            p_method: row.p_method,
            q: row.q,
            family: row.family,
        };
        rows.par_extend(shown.par_iter().map(row));
        (rows, Some(Cloud { group, against, tables: thinned(&found) }))
    }

    fn strength(&self, word: usize, row: &WordRow) -> f64 {
        let score = match self.options.rank {
            Rank::Z => fighting_words(row.table, self.prior(self.word_counts(word)), false).z,
            Rank::G2 => g_squared(row.table),
            Rank::TextDispersion => {
                let [a, b, c, d] = [row.with[0], row.with[1], row.articles[0], row.articles[1]].map(u64::from);
                text_dispersion(a, b, c, d)
            }
        };
        score.value().unwrap_or(0.0).abs()
    }

    fn is_shown(&self, row: &WordRow) -> bool {
        let hits = row.table.a + row.table.b;
        let articles = match row.direction {
            Direction::Focus => row.with[0],
            Direction::Reference => row.with[1],
            Direction::Neither => row.with[0].max(row.with[1]),
        };
        hits > 0 && articles >= self.options.min_articles
    }

    fn pairs_of_frames(&self, drawn: &statistics::Options) -> Vec<(usize, usize, ComparisonRow)> {
        let counts = self.counts;
        let view = statistics::Counts {
            frames: &counts.frames,
            groups: &self.names,
            group_of: GroupId::numbers(&counts.group_of),
            words: &counts.words,
            hits: &counts.hits,
        };
        if counts.frames.is_empty() { Vec::new() } else { pairwise(&view, drawn) }
    }

    /// A frame's row, with the test that `comparisons.csv` has.
    fn frame(&self, row: &ComparisonRow, against: Option<usize>) -> Row {
        let table = Table::new(row.hits[0], row.hits[1], row.words[0], row.words[1]);
        let counts = self.counts;
        let mut with = [0u32; 2];
        for ((&group, hits), _) in counts.group_of.iter().zip(counts.hits_of(row.frame)).zip(&counts.words) {
            let side = match against {
                _ if group.index() == row.group => 0,
                None => 1,
                Some(other) if other == group.index() => 1,
                Some(_) => continue,
            };
            with[side] += u32::from(hits > 0);
        }
        let here = counts.hits_of(row.frame).map(u64::from).sum();
        Row {
            group: row.group,
            against,
            what: What::Frame(row.frame),
            table,
            with,
            articles: row.articles,
            direction: table.direction(),
            smoothed: smoothed(table.a, table.c, table.b, table.d),
            scores: self.scores(table, with, row.articles, WordCounts { here, reference: None }),
            p: row.p,
            p_method: row.p_method,
            q: row.q,
            family: row.family,
        }
    }

    /// Keeps the texts of the words that are in a row.
    fn finish(mut self, mut rows: Vec<Row>, clouds: Vec<Cloud>, kinds_of: &kinds::Kinds) -> Keyness {
        let vocabulary = self.by_word.texts.len();
        let mut place = vec![usize::MAX; vocabulary];
        let (mut words, mut kinds) = (Vec::new(), Vec::new());
        for row in &mut rows {
            if let What::Word(word) = &mut row.what {
                if place[*word] == usize::MAX {
                    place[*word] = words.len();
                    let forms = self.by_word.forms.get_mut(*word).map(std::mem::take);
                    let (text, forms) = (std::mem::take(&mut self.by_word.texts[*word]), forms.unwrap_or_default());
                    // a stem is what its most frequent form is
                    let form = forms.first().map_or(text.as_str(), |(form, _)| form.as_str());
                    kinds.push(kinds_of.kind_in(self.by_word.languages[*word], form));
                    words.push((text, forms));
                }
                *word = place[*word];
            }
        }
        let tested = self.candidates.len();
        let small = (0..self.sizes.len()).filter(|&group| self.sizes[group] < self.options.min_group).collect();
        Keyness { words, kinds, rows, clouds, vocabulary, tested, small }
    }
}

/// One of all words that stand in the same place of a chart: in a sixth of an octave on either side.
fn thinned(found: &[WordRow]) -> Vec<Table> {
    let step = |hits: u64| (6.0 * libm::log2(hits as f64 + 0.5)).floor() as i64;
    let mut places = BTreeMap::new();
    for row in found.iter().filter(|row| row.table.a + row.table.b > 0) {
        places.entry((step(row.table.a), step(row.table.b))).or_insert(row.table);
    }
    places.into_values().collect()
}
