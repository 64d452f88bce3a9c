//! The texts of a shard, packed: some articles together, so that one article costs little to open.
//!
//! In: texts. Out: blocks; of a block, its texts.
//! Invariant: a text comes back byte for byte, or not at all.

use super::{Shard, column};
use std::ops::Range;

/// Bytes of text in a block, about.
const BLOCK: usize = 1 << 16;

/// zstd's quickest useful level: news shrinks to 45 %.
const LEVEL: i32 = 1;

/// First article, bytes of text, end in the packed bytes.
pub(super) type Block = [u32; 3];

/// Packs texts; gives back the blocks, the packed bytes, and where each text ends in its block.
/// Articles without text before the first of a block stand in no block.
pub(super) fn pack<'t>(texts: impl Iterator<Item = &'t str>) -> std::io::Result<(Vec<Block>, Vec<u8>, Vec<u32>)> {
    let mut packer = zstd::bulk::Compressor::new(LEVEL)?;
    let (mut blocks, mut packed, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    let mut waiting = Vec::with_capacity(BLOCK * 2);
    let mut first = 0;
    let mut flush = |waiting: &mut Vec<u8>, first: usize| -> std::io::Result<()> {
        packed.extend_from_slice(&packer.compress(waiting)?);
        blocks.push([first as u32, waiting.len() as u32, packed.len() as u32]);
        waiting.clear();
        Ok(())
    };
    for (number, text) in texts.enumerate() {
        if waiting.is_empty() {
            first = number;
        }
        waiting.extend_from_slice(text.as_bytes());
        ends.push(waiting.len() as u32);
        if waiting.len() >= BLOCK {
            flush(&mut waiting, first)?;
        }
    }
    if !waiting.is_empty() {
        flush(&mut waiting, first)?;
    }
    Ok((blocks, packed, ends))
}

/// Packed texts, and the block that was opened last.
pub(super) struct Unpacker<'a> {
    shard: &'a Shard,
    blocks: &'a [Block],
    ends: &'a [u32],
    unpacker: Option<zstd::bulk::Decompressor<'static>>,
    open: Option<usize>,
    texts: Vec<u8>,
}

impl<'a> Unpacker<'a> {
    pub fn new(shard: &'a Shard) -> Unpacker<'a> {
        let (blocks, ends) = (shard.column(column::BLOCKS), shard.column(column::TEXT_ENDS));
        Unpacker { shard, blocks, ends, unpacker: None, open: None, texts: Vec::new() }
    }

    /// The text of an article.
    pub fn text(&mut self, article: usize) -> Option<&str> {
        let block = self.blocks.partition_point(|block| block[0] as usize <= article).checked_sub(1)?;
        if self.open != Some(block) {
            self.unpack(block)?;
        }
        let range = self.range(block, article)?;
        std::str::from_utf8(self.texts.get(range)?).ok()
    }

    fn range(&self, block: usize, article: usize) -> Option<Range<usize>> {
        let start = if self.blocks[block][0] as usize == article { 0 } else { *self.ends.get(article - 1)? };
        Some(start as usize..*self.ends.get(article)? as usize)
    }

    fn unpack(&mut self, block: usize) -> Option<()> {
        let start = block.checked_sub(1).map_or(0, |before| self.blocks[before][2]);
        let [_, len, end] = self.blocks[block];
        let packed = self.shard.part(column::TEXTS, start as usize..end as usize);
        let unpacker = match &mut self.unpacker {
            Some(unpacker) => unpacker,
            none => none.insert(zstd::bulk::Decompressor::new().ok()?),
        };
        self.open = None;
        self.texts.clear();
        self.texts.reserve(len as usize);
        unpacker.decompress_to_buffer(packed, &mut self.texts).ok()?;
        self.open = Some(block);
        Some(())
    }
}
