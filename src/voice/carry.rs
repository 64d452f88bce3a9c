//! Quotations without a speaker of their own.
//!
//! In: what the rules decided in an article, and where its paragraphs begin. Out: the same, with the speaker of the same utterance.
//! Invariant: a speaker goes from one paragraph to the next only where the quotation goes on.

use super::attribution::Decided;
use super::rules::Id;
use crate::text::{ArticleToken, Span};

/// Gives quotations without a speaker the one of the same utterance: of the sentence in which it ends, of the words just before it in
/// its paragraph, of its neighbours there, and of the paragraph before where it goes on.
pub(super) fn carry(decided: &mut [Decided], paragraphs: &[u32]) {
    let is_quotation = |d: &Decided| matches!(d.rule, Id::Quotation | Id::ShortQuotation | Id::QuotationNearby);
    let head = |d: &Decided| d.source.map(|source| Speaker { at: d.end.max(source.end), source });
    let mut heads: Vec<Speaker> = decided.iter().filter(|d| !is_quotation(d)).filter_map(head).collect();
    heads.sort_by_key(|head| (head.at, head.source.start));
    let mut order: Vec<usize> = (0..decided.len()).filter(|&i| is_quotation(&decided[i])).collect();
    order.sort_by_key(|&i| (decided[i].start, decided[i].end));
    let paragraph = |token: u32| paragraphs.partition_point(|&begin| begin <= token);
    // of each, the next quotation that has a speaker of its own: found once, from behind
    let mut next = vec![None; order.len()];
    let mut coming: Option<(usize, Speaker)> = None;
    for place in (0..order.len()).rev() {
        next[place] = coming;
        let this = decided[order[place]];
        if let Some(source) = this.source {
            coming = Some((paragraph(this.start), Speaker { at: this.start, source }));
        }
    }
    let mut last: Option<(usize, Speaker)> = None;
    for place in 0..order.len() {
        let this = decided[order[place]];
        let here = paragraph(this.start);
        if let Some(source) = this.source {
            last = Some((here, Speaker { at: this.end, source }));
            continue;
        }
        let before = heads[..heads.partition_point(|head| head.at <= this.start)].last();
        let before = before.filter(|head| paragraph(head.at) == here).copied();
        let behind = next[place].filter(|(of, _)| *of == here).map(|(_, speaker)| speaker);
        let earlier = last.filter(|(of, _)| *of == here).map(|(_, speaker)| speaker);
        let goes_on =
            last.filter(|(of, _)| of + 1 == here && paragraphs.get(here.wrapping_sub(1)) == Some(&this.start));
        let speaker = earlier.or(before).or(behind).or(goes_on.map(|(_, speaker)| speaker));
        if let Some(speaker) = speaker {
            let own = &mut decided[order[place]];
            own.source = Some(speaker.source);
            last = Some((here, speaker));
        }
    }
}

/// A speaker, and the token up to which he has been named.
#[derive(Clone, Copy, Debug)]
struct Speaker {
    at: u32,
    source: Span<ArticleToken>,
}
