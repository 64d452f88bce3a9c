//! A shard in its file, of which a few blocks are read: those that somebody asks for.
//!
//! In: a file that begins as its head promises, and bears the sign of its maker. Out: columns, and parts of columns.
//! Invariant: what is given was read once into memory of its own and has the digest that the sign covers. What has not gives nothing, and is
//! remembered: [`super::Shard::look`] believes nothing that was seen then.
//! It deliberately checks no column against another: the sign says that they are as we made them.

use super::layout::{self, BLOCK, Digest, HEAD, Tables};
use crate::disk::{self, Maker};
use bytemuck::Pod;
use std::cell::RefCell;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// The columns of a shard, read as they are asked for.
pub(super) struct FileColumns {
    file: File,
    tables: Tables,
    digests: Vec<Digest>,
    /// First block of each column.
    first: Vec<usize>,
    /// Columns that were asked for as a whole.
    columns: Vec<OnceLock<Memory>>,
    blocks: Vec<OnceLock<Memory>>,
    /// Parts that lie in several blocks.
    parts: OnceLock<Box<Part>>,
    is_damaged: AtomicBool,
}

/// Bytes that begin where a number may lie; so many of them count.
struct Memory(Vec<u64>, usize);

/// Memories that wait for the next shard, at most.
const SPARE: usize = 24;

thread_local! {
    /// What shards before have left, so that the system need not clear as much memory for each.
    static LEFT: RefCell<Vec<Vec<u64>>> = const { RefCell::new(Vec::new()) };
}

impl Drop for Memory {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.0);
        // where the thread is at its end, nobody comes after
        let _ = LEFT.try_with(|left| {
            let mut left = left.borrow_mut();
            if left.len() < SPARE && !memory.is_empty() {
                left.push(memory);
            }
        });
    }
}

/// A part that was put together, and the next.
struct Part {
    memory: Memory,
    next: OnceLock<Box<Part>>,
}

impl Memory {
    /// Of so many bytes, whatever they are.
    fn of(len: usize) -> Memory {
        let words = len.div_ceil(8);
        let fitting = LEFT.try_with(|left| {
            let mut left = left.borrow_mut();
            let fits = |memory: &Vec<u64>| (words..=words.saturating_mul(2)).contains(&memory.len());
            left.iter().position(fits).map(|at| left.swap_remove(at))
        });
        Memory(fitting.ok().flatten().unwrap_or_else(|| vec![0; words]), len)
    }

    fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0).get(..self.1).unwrap_or_default()
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut bytemuck::cast_slice_mut(&mut self.0)[..self.1]
    }
}

impl FileColumns {
    /// The shard in a file, whose head sums to `sum`, of so many columns; nothing where it is another, or not ours.
    pub fn open(file: File, (key, sum): (&[u8; 16], u128), maker: &Maker, columns: usize) -> Option<FileColumns> {
        let beginning = read(&file, 0..layout::first(columns)).ok()?;
        let tables = Tables::of(beginning.bytes()).filter(|tables| tables.columns.len() == columns)?;
        let is_all = file.metadata().is_ok_and(|facts| facts.len() == tables.digests.end as u64);
        is_all.then_some(())?;
        let digests = read(&file, tables.digests.clone()).ok()?;
        let is_signed = layout::is_signed(beginning.bytes(), digests.bytes(), key, maker);
        (is_signed && layout::sum(&beginning.bytes()[..HEAD]) == sum).then_some(())?;
        let digests: Vec<Digest> = bytemuck::cast_slice(digests.bytes()).to_vec();
        Some(FileColumns {
            first: (0..columns).map(|column| tables.first_block(column)).collect(),
            columns: (0..columns).map(|_| OnceLock::new()).collect(),
            blocks: digests.iter().map(|_| OnceLock::new()).collect(),
            parts: OnceLock::new(),
            is_damaged: AtomicBool::new(false),
            file,
            tables,
            digests,
        })
    }

    /// True where something that was asked for is not what it was when the shard was made.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged.load(Ordering::Relaxed)
    }

    /// Remembers that what was read cannot be.
    pub fn mark_damaged(&self) {
        self.is_damaged.store(true, Ordering::Relaxed);
    }

    /// A whole column.
    pub fn column<T: Pod>(&self, column: usize) -> &[T] {
        let memory = self.columns[column].get_or_init(|| self.checked(column, self.tables.filled(column)));
        let len = self.tables.columns[column].len();
        cast(memory.bytes().get(..len).unwrap_or_default())
    }

    /// Some values of a column; none where it has not so many.
    pub fn part<T: Pod>(&self, column: usize, values: Range<usize>) -> &[T] {
        let size = size_of::<T>();
        let len = self.tables.columns[column].len();
        if self.columns[column].get().is_some() || values.is_empty() || values.end > len / size {
            return self.column(column).get(values).unwrap_or_default();
        }
        let bytes = values.start * size..values.end * size;
        let (first, last) = (bytes.start / BLOCK, (bytes.end - 1) / BLOCK);
        let found = if first == last {
            let start = first * BLOCK;
            self.block(column, first).get(bytes.start - start..bytes.end - start)
        } else {
            let mut memory = Memory::of(bytes.len());
            let mut filled = 0;
            for block in first..=last {
                let start = block * BLOCK;
                let within = bytes.start.saturating_sub(start)..(bytes.end - start).min(BLOCK);
                let Some(found) = self.block(column, block).get(within) else { return &[] };
                memory.bytes_mut()[filled..filled + found.len()].copy_from_slice(found);
                filled += found.len();
            }
            Some(self.keep(memory))
        };
        cast(found.unwrap_or_default())
    }

    /// A block of a column, by its number there.
    fn block(&self, column: usize, block: usize) -> &[u8] {
        let Range { start, end } = self.tables.filled(column);
        let bytes = start + block * BLOCK..(start + (block + 1) * BLOCK).min(end);
        self.blocks[self.first[column] + block].get_or_init(|| self.checked(column, bytes)).bytes()
    }

    /// Blocks of a column that lie side by side; nothing where one is not what it was.
    fn checked(&self, column: usize, bytes: Range<usize>) -> Memory {
        let first = self.first[column] + (bytes.start - self.tables.columns[column].start) / BLOCK;
        let is_good = |memory: &Memory| {
            let mut blocks = memory.bytes().chunks(BLOCK).zip(&self.digests[first..]);
            blocks.all(|(block, said)| layout::digest(block) == *said)
        };
        read(&self.file, bytes).ok().filter(is_good).unwrap_or_else(|| {
            self.mark_damaged();
            Memory::of(0)
        })
    }

    /// Keeps a part for as long as the shard lies open.
    fn keep(&self, memory: Memory) -> &[u8] {
        let mut part = Box::new(Part { memory, next: OnceLock::new() });
        let mut place = &self.parts;
        loop {
            match place.set(part) {
                Ok(()) => break,
                Err(again) => part = again,
            }
            // what could not be set is there
            if let Some(there) = place.get() {
                place = &there.next;
            }
        }
        place.get().map_or(&[], |part| part.memory.bytes())
    }
}

fn read(file: &File, bytes: Range<usize>) -> io::Result<Memory> {
    let mut memory = Memory::of(bytes.len());
    disk::read_exact_at(file, memory.bytes_mut(), bytes.start as u64)?;
    Ok(memory)
}

fn cast<T: Pod>(bytes: &[u8]) -> &[T] {
    bytemuck::try_cast_slice(bytes).unwrap_or_default()
}
