//! The distinct folded words of a shard, numbered in the order in which they first occur.
//!
//! In: surface words and their language. Out: type numbers.
//! Invariant: one number per (language, folded form); the numbers depend on the shard's articles alone.
//! It deliberately keeps short ASCII words inline in the table: nine words in ten are found in one look, without folding.

use super::TypeId;
use crate::text::{Byte, Fold, Folding, Language, Span, fold_into};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::ops::Range;

/// Slots of a table of few words.
const SMALLEST: usize = 1 << 14;

/// No type has this number.
const NOT_AT_ONCE: TypeId = TypeId::MAX;

/// The types of a shard.
#[derive(Default)]
pub struct Vocabulary {
    arena: String,
    ends: Vec<u32>,
    languages: Vec<Language>,
    language_of: Vec<u8>,
    tables: Vec<Table>,
    /// Of vocabularies that were forgotten, for their memory.
    spare: Vec<Table>,
    buffer: String,
    fold: Fold,
}

/// How the words of one language are found.
struct Table {
    /// Capital I is not the capital of i, so ASCII letters are not all there is to a short word.
    dotless: bool,
    /// Keys of up to 16 lower-case ASCII bytes, zero padded, with their type; key 0 is an empty slot.
    short: Vec<(u128, TypeId)>,
    used: usize,
    /// Every other surface form, as it stands in the text.
    surfaces: HashMap<Box<str>, TypeId, FixedState>,
    /// Every other folded form.
    folded: HashMap<Box<str>, TypeId, FixedState>,
}

impl Vocabulary {
    /// An empty one, whose words will be folded so far.
    pub fn new(fold: Fold) -> Vocabulary {
        Vocabulary { fold, ..Vocabulary::default() }
    }

    /// Forgets every word; those to come are folded so far.
    pub fn clear(&mut self, fold: Fold) {
        self.arena.clear();
        self.ends.clear();
        self.languages.clear();
        self.language_of.clear();
        self.tables.iter_mut().for_each(Table::clear);
        self.spare.append(&mut self.tables);
        self.fold = fold;
    }

    /// How far its words are folded.
    pub fn fold(&self) -> Fold {
        self.fold
    }

    /// Number of types.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where no word has been seen.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Folded form of a type.
    pub fn folded(&self, id: TypeId) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.arena[start as usize..self.ends[id] as usize]
    }

    /// Language of a type.
    pub fn language(&self, id: TypeId) -> Language {
        self.languages[self.language_of[id as usize] as usize]
    }

    /// The languages that occur, in the order of their first word.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Every type with its number.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &str)> {
        (0..self.len() as TypeId).map(|id| (id, self.folded(id)))
    }

    /// Number of a language, for [`Vocabulary::intern`].
    pub(super) fn language_index(&mut self, language: Language) -> usize {
        if let Some(found) = self.languages.iter().position(|&other| other == language) {
            return found;
        }
        self.languages.push(language);
        let table = self.spare.pop().unwrap_or_else(Table::new);
        self.tables.push(Table { dotless: language.has_dotless_i(), ..table });
        self.languages.len() - 1
    }

    /// Appends the type of each surface word of a text.
    ///
    /// Most words are in the table already, and the table is larger than the nearest memory. So the places of several are fetched side by
    /// side, none waiting for another; only what does not stand there is looked for by itself.
    pub(super) fn intern(&mut self, text: &str, words: &[Span<Byte>], language: usize, types: &mut Vec<TypeId>) {
        const SIDE_BY_SIDE: usize = 32;
        let mut keys = [0; SIDE_BY_SIDE];
        types.reserve(words.len());
        for words in words.chunks(SIDE_BY_SIDE) {
            let (table, first) = (&self.tables[language], types.len());
            for (word, key) in words.iter().zip(&mut keys) {
                let short = if table.dotless { None } else { short_key(text.as_bytes(), word.range()) };
                *key = short.unwrap_or(0);
                types.push(table.at_once(*key));
            }
            for (i, (word, &key)) in words.iter().zip(&keys).enumerate() {
                if types[first + i] == NOT_AT_ONCE {
                    types[first + i] = match key {
                        0 => self.intern_any(&text[word.range()], language),
                        key => self.intern_short(key, word.range().len(), language),
                    };
                }
            }
        }
    }

    /// The type with this folded form in this language, if it occurs.
    pub fn find(&self, folded: &str, language: Language) -> Option<TypeId> {
        let language = self.languages.iter().position(|&other| other == language)?;
        let table = &self.tables[language];
        match short_key(folded.as_bytes(), 0..folded.len()) {
            Some(key) => {
                let slot = table.slot(key);
                (table.short[slot].0 == key).then(|| table.short[slot].1)
            }
            None => table.folded.get(folded).copied(),
        }
    }

    fn intern_short(&mut self, key: u128, len: usize, language: usize) -> TypeId {
        let table = &mut self.tables[language];
        let slot = table.slot(key);
        if table.short[slot].0 == key {
            return table.short[slot].1;
        }
        let id = self.ends.len() as TypeId;
        table.insert(slot, key, id);
        let bytes = key.to_le_bytes();
        self.arena.extend(bytes[..len].iter().map(|&b| b as char));
        self.push_type(language);
        id
    }

    fn intern_any(&mut self, surface: &str, language: usize) -> TypeId {
        if let Some(&id) = self.tables[language].surfaces.get(surface) {
            return id;
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        fold_into(surface, Folding { language: self.languages[language], fold: self.fold }, &mut buffer);
        let id = match short_key(buffer.as_bytes(), 0..buffer.len()) {
            Some(key) => self.intern_short(key, buffer.len(), language),
            None => self.intern_folded(&buffer, language),
        };
        self.buffer = buffer;
        self.tables[language].surfaces.insert(surface.into(), id);
        id
    }

    fn intern_folded(&mut self, folded: &str, language: usize) -> TypeId {
        if let Some(&id) = self.tables[language].folded.get(folded) {
            return id;
        }
        let id = self.ends.len() as TypeId;
        self.tables[language].folded.insert(folded.into(), id);
        self.arena.push_str(folded);
        self.push_type(language);
        id
    }

    fn push_type(&mut self, language: usize) {
        self.ends.push(self.arena.len() as u32);
        self.language_of.push(language as u8);
    }
}

impl Table {
    fn new() -> Table {
        Table {
            dotless: false,
            short: vec![(0, 0); SMALLEST],
            used: 0,
            surfaces: HashMap::with_hasher(FixedState::with_seed(0)),
            folded: HashMap::with_hasher(FixedState::with_seed(0)),
        }
    }

    /// Forgets every word, and memory that few words will need.
    fn clear(&mut self) {
        if self.used * 8 < self.short.len() {
            self.short.truncate(SMALLEST);
            self.short.shrink_to_fit();
        }
        self.short.fill((0, 0));
        self.used = 0;
        self.surfaces.clear();
        self.folded.clear();
    }

    /// The type of a key that stands where it is looked for first; else [`NOT_AT_ONCE`]. Key 0 is nobody's.
    #[inline]
    fn at_once(&self, key: u128) -> TypeId {
        let (found, id) = self.short[hash(key) as usize & (self.short.len() - 1)];
        if found == key && key != 0 { id } else { NOT_AT_ONCE }
    }

    /// The slot that holds `key`, or the empty one where it belongs.
    #[inline]
    fn slot(&self, key: u128) -> usize {
        let mask = self.short.len() - 1;
        let mut slot = hash(key) as usize & mask;
        loop {
            let found = self.short[slot].0;
            if found == key || found == 0 {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn insert(&mut self, slot: usize, key: u128, id: TypeId) {
        self.short[slot] = (key, id);
        self.used += 1;
        if self.used * 2 > self.short.len() {
            let doubled = vec![(0, 0); self.short.len() * 2];
            for (key, id) in std::mem::replace(&mut self.short, doubled) {
                if key != 0 {
                    let slot = self.slot(key);
                    self.short[slot] = (key, id);
                }
            }
        }
    }
}

/// The folded form as a number, where it is its lower case: ASCII, at most 16 bytes, no apostrophe, no hyphen.
#[inline]
fn short_key(bytes: &[u8], Range { start, end }: Range<usize>) -> Option<u128> {
    const LOW: u128 = u128::MAX / 255;
    const HIGH: u128 = LOW * 0x80;
    let len = end - start;
    if len > 16 || len == 0 {
        return None;
    }
    let raw = match bytes.get(start..start + 16) {
        Some(window) => {
            let mut whole = [0; 16];
            whole.copy_from_slice(window);
            u128::from_le_bytes(whole) & (u128::MAX >> (8 * (16 - len)))
        }
        None => {
            let mut whole = [0; 16];
            whole[..len].copy_from_slice(&bytes[start..end]);
            u128::from_le_bytes(whole)
        }
    };
    // a byte of `raw ^ '…'` is zero where an apostrophe stands; bytes past the word are not looked at
    let quote = raw ^ (LOW * 0x27);
    let has_quote = quote.wrapping_sub(LOW) & !quote & HIGH & (u128::MAX >> (8 * (16 - len)));
    let hyphen = raw ^ (LOW * 0x2d);
    let has_hyphen = hyphen.wrapping_sub(LOW) & !hyphen & HIGH & (u128::MAX >> (8 * (16 - len)));
    if raw & HIGH != 0 || (has_quote | has_hyphen) != 0 {
        return None;
    }
    // 'A'..='Z' raise the high bit of the first sum and not of the second
    let at_least_a = raw + LOW * (0x80 - 0x41);
    let beyond_z = raw + LOW * (0x80 - 0x5b);
    let upper = at_least_a & !beyond_z & HIGH;
    Some(raw | (upper >> 2))
}

#[inline]
fn hash(key: u128) -> u64 {
    let low = key as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let high = (key >> 64) as u64 ^ 0xa24b_aed4_963e_e407;
    let product = u128::from(low) * u128::from(high);
    product as u64 ^ (product >> 64) as u64
}
