//! Whether the columns of a shard fit together.
//!
//! In: a shard whose bytes are whole. Out: yes, or no and it is a miss.
//! Invariant: behind this check every number that leads from one column into another leads into it: no type beyond the types, no sentence
//! beyond its article, no text beyond its block. Whoever put a shard together, it cannot lead a run out of bounds.

use super::sources::InPlace;
use super::{Kind, Shard, column, texts};

/// Bytes of text that a packed byte may stand for: four bytes of zstd make 128 kB of one letter.
const MOST_PACKED: u64 = 1 << 15;

pub(super) fn fits(shard: &Shard) -> bool {
    places(shard) && types(shard) && tokens(shard) && articles(shard) && text(shard) && broken(shard) && attached(shard)
}

/// Texts that are not packed: as many bytes before the cell as are packed.
fn places(shard: &Shard) -> bool {
    let places: &[InPlace] = shard.column(column::IN_PLACE);
    let ends: &[u32] = shard.column(column::TEXT_ENDS);
    let fits = |(i, place): (usize, &InPlace)| {
        !place.is_some() || place.fits() && shard.packed_bytes(i) == u64::from(place.head)
    };
    places.is_empty()
        || places.len() == shard.ends().len() && ends.len() == places.len() && places.iter().enumerate().all(fits)
}

/// Words that are broken at line ends: two tokens each, or a byte of a text.
fn broken(shard: &Shard) -> bool {
    let joins: &[[u32; 2]] = shard.column(column::JOINS);
    let in_text = |&[article, byte]: &[u32; 2]| {
        (article as usize) < shard.ends().len() && u64::from(byte) <= shard.text_bytes(article as usize)
    };
    shard.breaks().iter().all(|&token| token.checked_add(1).is_some_and(|next| next < shard.tokens()))
        && joins.is_sorted()
        && joins.iter().all(in_text)
}

fn types(shard: &Shard) -> bool {
    let ends: &[u32] = shard.column(column::TYPE_ENDS);
    let arena: &[u8] = shard.column(column::ARENA);
    let stems: &[[u32; 2]] = shard.column(column::STEMS);
    let postings: &[u32] = shard.column(column::POSTING_ENDS);
    let posted: &[u8] = shard.column(column::POSTINGS);
    let Ok(text) = std::str::from_utf8(arena) else { return false };
    let of_languages: Vec<u32> = shard.type_languages.iter().map(|of| of.end).collect();
    let mut start = 0;
    let stems_are_of_their_language = of_languages.iter().all(|&end| {
        let of = stems.get(start as usize..end as usize).unwrap_or_default();
        let fit = of.iter().all(|&[_, id]| (start..end).contains(&id));
        start = end;
        fit
    });
    ascend(ends, arena.len())
        && ends.iter().all(|&end| text.is_char_boundary(end as usize))
        && ascend(&of_languages, ends.len())
        && stems.len() == ends.len()
        && stems_are_of_their_language
        && postings.len() == ends.len()
        && ascend(postings, posted.len())
}

fn tokens(shard: &Shard) -> bool {
    let (narrow, wide) = (shard.column::<u16>(column::NARROW), shard.column::<u32>(column::WIDE));
    let types = shard.column::<u32>(column::TYPE_ENDS).len();
    // folded by hand: the largest of a column is found in one pass without a branch
    let most = narrow.iter().fold(0u16, |most, &id| most.max(id));
    let most = wide.iter().fold(u32::from(most), |most, &id| most.max(id));
    let count = narrow.len() + wide.len();
    (narrow.is_empty() || wide.is_empty())
        && (count == 0 || (most as usize) < types)
        && shard.tokens() as usize == count
}

fn articles(shard: &Shard) -> bool {
    let ends = shard.ends();
    let last = ends.last().copied().unwrap_or_default();
    let sentences: &[u32] = shard.column(column::SENTENCES);
    let paragraphs: &[u32] = shard.column(column::PARAGRAPHS);
    let bytes: &[u32] = shard.column(column::SENTENCE_BYTES);
    let ascending = ends.windows(2).all(|pair| (0..3).all(|i| pair[0][i] <= pair[1][i]));
    let lengths = [shard.tokens() as usize, sentences.len(), paragraphs.len()];
    ascending
        && (0..3).all(|i| last[i] as usize == lengths[i])
        && bytes.len() == sentences.len()
        && (0..ends.len()).all(|i| {
            let tokens = shard.range(i).len();
            // the first begins with the first word, and no word stands outside
            let within = |begins: &[u32]| match (begins.first(), begins.last()) {
                (Some(&first), Some(&last)) => first == 0 && last < tokens && begins.is_sorted(),
                _ => tokens == 0,
            };
            let begins = shard.sentence_bytes(i);
            let in_text =
                begins.is_sorted() && begins.last().is_none_or(|&last| u64::from(last) <= shard.text_bytes(i));
            let mut asides = shard.articles()[i].asides.iter().map(|aside| aside.tokens);
            let inside = asides.all(|(start, end)| start <= end && end <= tokens);
            within(shard.sentences(i)) && within(shard.paragraphs(i)) && in_text && inside
        })
}

fn text(shard: &Shard) -> bool {
    let ends: &[u32] = shard.column(column::TEXT_ENDS);
    let blocks: &[texts::Block] = shard.column(column::BLOCKS);
    let packed: &[u8] = shard.column(column::TEXTS);
    let mut start = 0;
    let packing = blocks.iter().all(|&[_, len, end]| {
        let is_possible = end >= start && u64::from(len) <= u64::from(end - start) * MOST_PACKED;
        start = end;
        is_possible
    });
    let first = blocks.first().map_or(ends.len(), |block| block[0] as usize);
    packing
        && start as usize == packed.len()
        && ends.len() == shard.ends().len()
        && blocks.windows(2).all(|pair| pair[0][0] < pair[1][0])
        && first <= ends.len()
        && ends[..first].iter().all(|&end| end == 0)
        && (0..blocks.len()).all(|i| {
            let [from, len, _] = blocks[i];
            let to = blocks.get(i + 1).map_or(ends.len(), |next| next[0] as usize);
            // articles without text that follow the last of a block stand in none
            let of_block = ends.get(from as usize..to).unwrap_or_default();
            let text = &of_block[..of_block.iter().rposition(|&end| end > 0).map_or(0, |last| last + 1)];
            text.is_sorted() && text.last() == Some(&len)
        })
}

/// True where every text gives the very words that are indexed. It is read in full for that: only of shards that somebody else made.
pub(super) fn reads(shard: &Shard) -> bool {
    let mut reader = shard.reader();
    (0..shard.len()).all(|article| reader.gives_its_words(article))
}

fn attached(shard: &Shard) -> bool {
    [Kind::Clean, Kind::Voice, Kind::Names].into_iter().all(|kind| {
        let number = column::ATTACHED + 2 * kind as usize;
        let ends: &[u32] = shard.column(number);
        let bytes: &[u8] = shard.column(number + 1);
        ends.is_empty() && bytes.is_empty() || ends.len() == shard.ends().len() && ascend(ends, bytes.len())
    })
}

/// True for ends that ascend up to a length.
fn ascend(ends: &[u32], len: usize) -> bool {
    ends.is_sorted() && ends.last().map_or(0, |&end| end as usize) == len
}
