//! What scoring has to say: tables, and a text for people.
//!
//! In: scores. Out: files by name, and sentences.
//! Invariant: agreement comes first, since without it nothing that follows means anything; a missing number is its reason.

use super::article_scores::{ArticleScores, article_scores};
use super::codes::DISAGREEMENTS;
use super::corrections::{Correction, corrections};
use super::estimates::{Agreement, EntryScore, Quality, Scores};
use super::sheet::Answer;
use super::write::{csv, real, whole};
use crate::aggregate::Cell;
use crate::results::why;
use crate::statistics::proportion::wilson;
use crate::statistics::{Estimate, Interval, Measured};
use std::fmt::Write as _;

/// Below this, no conclusion (Krippendorff).
pub(super) const TENTATIVE: f64 = 0.667;
/// From this, reliable.
pub(super) const RELIABLE: f64 = 0.8;

/// Everything that was computed.
pub(super) struct Report<'k> {
    pub scores: Scores<'k>,
    /// Of all frames, of each, of voice.
    pub agreement: Vec<Agreement>,
    /// By frame.
    pub qualities: Vec<Vec<Quality>>,
    /// By frame: are precision and recall the same in all outlets?
    pub p_of_outlets: Vec<[Measured; 2]>,
    pub entries: Vec<EntryScore>,
    pub articles: Vec<ArticleScores>,
    pub corrections: Vec<Correction<'k>>,
}

impl<'k> Report<'k> {
    pub fn of(scores: Scores<'k>) -> Report<'k> {
        let frames = scores.key.frames.len();
        let mut agreement = vec![scores.agreement(None)];
        agreement.extend((0..frames).map(|frame| scores.agreement(Some(frame))));
        agreement.push(scores.voice_agreement());
        let qualities: Vec<Vec<Quality>> = (0..frames).map(|frame| scores.qualities(frame)).collect();
        Report {
            agreement,
            p_of_outlets: qualities.iter().map(|rows| scores.p_of_outlets(rows)).collect(),
            entries: scores.entries(),
            articles: (0..frames).map(|frame| article_scores(&scores, frame)).collect(),
            corrections: corrections(&scores),
            qualities,
            scores,
        }
    }

    fn frame(&self, frame: usize) -> &str {
        &self.scores.key.frames[frame].name
    }

    /// Items that coders disagree on and nobody has decided.
    pub fn open(&self) -> usize {
        self.scores.coding.item_codes.iter().filter(|item_codes| item_codes.is_open).count()
    }

    /// Every table.
    pub fn tables(&self) -> Vec<(&'static str, Vec<u8>)> {
        vec![
            ("agreement.csv", self.agreement_csv()),
            ("confusion.csv", self.confusion_csv()),
            (DISAGREEMENTS, self.disagreements()),
            ("quality.csv", self.quality_csv()),
            ("entries.csv", self.entries_csv()),
            ("voices.csv", self.voices_csv()),
            ("article_scores.csv", self.articles_csv()),
            ("corrected.csv", self.corrected_csv()),
        ]
    }

    fn agreement_csv(&self) -> Vec<u8> {
        let header = ["what", "units", "alpha", "alpha_low", "alpha_high", "percent", "missing"];
        let rows = self.agreement.iter().map(|of| {
            let [value, low, high, missing] = cells(&of.alpha);
            let percent = (of.pairs > 0).then(|| of.same as f64 / of.pairs as f64 * 100.0);
            vec![Cell::Text(&of.what), whole(of.units), value, low, high, real(percent), missing]
        });
        csv(&header, rows)
    }

    fn confusion_csv(&self) -> Vec<u8> {
        let rows = self.agreement.iter().flat_map(|of| {
            of.confusion.iter().map(|((a, b), n)| vec![Cell::Text(&of.what), Cell::Text(a), Cell::Text(b), whole(*n)])
        });
        csv(&["what", "one_code", "other_code", "pairs"], rows)
    }

    /// The items that coders disagree on, in the form in which they can be decided: `code` is open, or as it was decided.
    pub fn disagreements(&self) -> Vec<u8> {
        let key = self.scores.key;
        let mut header = vec!["item".to_string(), "frame".to_string(), "text".to_string()];
        for coder in &key.coders {
            header.extend([format!("code_{coder}"), format!("voice_{coder}"), format!("comment_{coder}")]);
        }
        header.extend(["code", "voice", "comment"].map(str::to_string));
        let differs = |number: &usize| {
            let answers = &self.scores.coding.answers[*number];
            answers.iter().any(|(_, answer)| answer.code != answers[0].1.code || answer.voice != answers[0].1.voice)
        };
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let row = |number: usize| {
            let (item, answers) = (&key.items[number], &self.scores.coding.answers[number]);
            let mut row = vec![Cell::Text(&item.id), Cell::Text(self.frame(item.frame)), Cell::Text(&item.text)];
            for coder in 0..key.coders.len() {
                let answer = answers.iter().find(|(of, _)| *of == coder).map(|(_, answer)| answer);
                row.push(Cell::Text(answer.map_or("", Answer::written_code)));
                row.push(Cell::Text(answer.map_or("", |answer| answer.voice.as_str())));
                row.push(Cell::Text(answer.map_or("", |answer| answer.comment.as_str())));
            }
            let decision = self.scores.coding.decisions.get(&item.id);
            let said = |text: &'k str| if text.is_empty() { Cell::Missing } else { Cell::Text(text) };
            let of =
                |said_of: fn(&'k Answer) -> &'k str| decision.map_or(Cell::Missing, |answer| said(said_of(answer)));
            row.extend([of(|answer| answer.written_code()), of(|answer| &answer.voice), of(|answer| &answer.comment)]);
            row
        };
        csv(&header, (0..key.items.len()).filter(differs).map(row))
    }

    fn quality_csv(&self) -> Vec<u8> {
        let header = [
            "frame",
            "part",
            "name",
            "coded_hits",
            "right_hits",
            "precision",
            "precision_low",
            "precision_high",
            "precision_missing",
            "recall",
            "recall_low",
            "recall_high",
            "recall_missing",
            "f1",
            "f1_low",
            "f1_high",
            "f1_missing",
            "p_same_in_outlets",
            "p_same_recall",
        ];
        let rows = self.qualities.iter().flatten().map(|row| {
            let mut line = vec![Cell::Text(self.frame(row.frame)), Cell::Text(row.part), Cell::Text(&row.name)];
            line.extend([whole(row.coded.into()), whole(row.right.into())]);
            [&row.precision, &row.recall, &row.f1].into_iter().for_each(|estimate| line.extend(cells(estimate)));
            let p = self.p_of_outlets[row.frame].map(|p| real(p.value().filter(|_| row.part == "all")));
            line.extend(p);
            line
        });
        csv(&header, rows)
    }

    fn entries_csv(&self) -> Vec<u8> {
        let key = self.scores.key;
        let header =
            ["lexicon", "frame", "entry", "right", "checked", "share", "low", "high", "wrong_1", "wrong_2", "wrong_3"];
        let rows = self.entries.iter().map(|score| {
            let lexicon = &key.lexicons[score.lexicon];
            let entry = &lexicon.entries[score.entry];
            let interval = wilson(score.right.into(), score.checked.into());
            let mut row = vec![Cell::Text(&lexicon.name), Cell::Text(&entry.frame), Cell::Text(&entry.entry)];
            row.extend([whole(score.right.into()), whole(score.checked.into())]);
            row.push(Cell::Real(f64::from(score.right) / f64::from(score.checked)));
            row.extend([real(interval.and_then(|of| of.low())), real(interval.and_then(|of| of.high()))]);
            let sentences = score.wrong.iter().map(|&item| Cell::Text(&key.items[item].text));
            let mut sentences: Vec<Cell<'_>> = sentences.take(3).collect();
            sentences.resize(3, Cell::Missing);
            row.extend(sentences);
            row
        });
        csv(&header, rows)
    }

    fn voices_csv(&self) -> Vec<u8> {
        let counts = self.scores.voices();
        let rows = counts.iter().map(|((found, coded), n)| vec![Cell::Text(found), Cell::Text(coded), whole(*n)]);
        csv(&["voice_by_rule", "voice_by_coders", "hits"], rows)
    }

    fn articles_csv(&self) -> Vec<u8> {
        let header = [
            "frame",
            "articles",
            "score_with_coded",
            "low",
            "high",
            "missing",
            "score_with_length",
            "length_low",
            "length_high",
            "length_missing",
            "coded_with_length",
            "coded_length_low",
            "coded_length_high",
            "coded_length_missing",
        ];
        let rows = self.articles.iter().map(|of| {
            let mut row = vec![Cell::Text(self.frame(of.frame)), whole(of.with_coded.n_articles.into())];
            [&of.with_coded, &of.with_length, &of.coded_with_length]
                .into_iter()
                .for_each(|estimate| row.extend(cells(estimate)));
            row
        });
        csv(&header, rows)
    }

    fn corrected_csv(&self) -> Vec<u8> {
        let header = [
            "group",
            "frame",
            "log2_ratio",
            "log2_ratio_low",
            "log2_ratio_high",
            "missing",
            "corrected",
            "corrected_low",
            "corrected_high",
            "corrected_missing",
            "precision",
            "rest_precision",
            "recall",
            "rest_recall",
        ];
        let rows = self.corrections.iter().map(|of| {
            let mut row = vec![Cell::Text(&of.comparison.group), Cell::Text(self.frame(of.comparison.frame))];
            row.extend(cells(&of.raw));
            row.extend(cells(&of.corrected));
            let parts = [of.focus.precision, of.rest.precision, of.focus.recall, of.rest.recall];
            row.extend(parts.map(|part| real(part.value.value())));
            row
        });
        csv(&header, rows)
    }

    /// For people, in Markdown.
    pub fn text(&self, remarks: &[&str]) -> String {
        let mut text = String::from("# Validation\n");
        if !remarks.is_empty() {
            text.push('\n');
            remarks.iter().for_each(|remark| text.push_str(&format!("- **{remark}**\n")));
        }
        text.push_str("\n## Do the coders agree?\n\n| | units coded by two or more coders | α | 95 % | identical, % |\n|---|---|---|---|---|\n");
        for of in &self.agreement {
            let percent = if of.pairs > 0 {
                format!("{:.0}", of.same as f64 / of.pairs as f64 * 100.0)
            } else {
                "–".to_string()
            };
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {percent} |",
                cell(&of.what),
                of.units,
                value(&of.alpha),
                ends(of.alpha.interval)
            );
        }
        text.push_str(
            "\n## Is the lexicon right, and does it find everything?\n\n\
             | frame | | right / coded hits | precision | recall | F1 |\n|---|---|---|---|---|---|\n",
        );
        for row in self.qualities.iter().flatten() {
            let part = if row.part == "all" { String::new() } else { format!("{}: {}", row.part, row.name) };
            let recall = if row.part == "voice" {
                ["–".to_string(), "–".to_string()]
            } else {
                [full(&row.recall), full(&row.f1)]
            };
            let _ = writeln!(
                text,
                "| {} | {} | {}/{} | {} | {} | {} |",
                cell(self.frame(row.frame)),
                cell(&part),
                row.right,
                row.coded,
                full(&row.precision),
                recall[0],
                recall[1]
            );
        }
        for (frame, of_frame) in self.p_of_outlets.iter().enumerate() {
            for (what, p) in
                ["precision", "recall"].iter().zip(of_frame).filter_map(|(what, p)| Some((what, p.value()?)))
            {
                let _ = write!(text, "\n{}: the same {what} in all outlets? p = {p:.3}\n", self.frame(frame));
            }
        }
        self.entries_text(&mut text);
        self.rest_text(&mut text);
        text
    }

    fn entries_text(&self, text: &mut String) {
        /// Entries shown.
        const SHOWN: usize = 20;
        let key = self.scores.key;
        let poor: Vec<&EntryScore> = self.entries.iter().filter(|score| score.right < score.checked).collect();
        if poor.is_empty() {
            return;
        }
        text.push_str("\n## Entries, worst first\n\n");
        for score in poor.iter().take(SHOWN) {
            let entry = &key.lexicons[score.lexicon].entries[score.entry];
            let _ = writeln!(text, "- `{}` ({}): {}/{} right", entry.entry, entry.frame, score.right, score.checked);
            for &item in score.wrong.iter().take(2) {
                let item = &key.items[item];
                let short: String = item.text.chars().take(300).collect();
                let _ = writeln!(text, "  - {}: {}", item.id, cell(&short));
            }
        }
        if poor.len() > SHOWN {
            let _ = writeln!(text, "- … {} more in entries.csv", poor.len() - SHOWN);
        }
    }

    fn rest_text(&self, text: &mut String) {
        text.push_str(
            "\n## Articles\n\nSpearman's ρ over articles with coded items: of hits per 1,000 words with the codes and with length, and of the \
             codes with length.\n\n| frame | articles | with the codes | with length | codes with length |\n|---|---|---|---|---|\n",
        );
        for of in &self.articles {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                cell(self.frame(of.frame)),
                of.with_coded.n_articles,
                full(&of.with_coded),
                full(&of.with_length),
                full(&of.coded_with_length)
            );
        }
        text.push_str("\n## The comparisons of the run, corrected for misclassification\n\n");
        if self.corrections.is_empty() {
            text.push_str("None: the run compares no outlets.\n");
            return;
        }
        text.push_str("log2 ratios of each outlet against all others.\n\n| frame | outlet | uncorrected | corrected |\n|---|---|---|---|\n");
        for of in &self.corrections {
            let frame = cell(self.frame(of.comparison.frame));
            let _ = writeln!(
                text,
                "| {frame} | {} | {} | {} |",
                cell(&of.comparison.group),
                full(&of.raw),
                full(&of.corrected)
            );
        }
    }
}

/// Value, ends, and why something is missing.
fn cells(estimate: &Estimate) -> [Cell<'static>; 4] {
    let interval = estimate.interval;
    let why = why(estimate);
    [
        real(estimate.value.value()),
        real(interval.and_then(|of| of.low())),
        real(interval.and_then(|of| of.high())),
        if why.is_empty() { Cell::Missing } else { Cell::Text(why) },
    ]
}

fn value(estimate: &Estimate) -> String {
    match (estimate.value.value(), estimate.value.why()) {
        (Some(value), _) => format!("{value:.2}"),
        (None, why) => why.map_or_else(String::new, |why| why.phrase().to_string()),
    }
}

fn ends(interval: Option<Interval>) -> String {
    match interval.map(|of| (of.low(), of.high())) {
        Some((Some(low), Some(high))) => format!("[{low:.2}, {high:.2}]"),
        _ => "–".to_string(),
    }
}

fn full(estimate: &Estimate) -> String {
    match estimate.interval {
        Some(_) => format!("{} {}", value(estimate), ends(estimate.interval)),
        None => value(estimate),
    }
}

/// A text in a table of Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ").replace('<', "&lt;")
}
