//! The words that tell what an article is about, weighed.
//!
//! In: shards; in a first pass how many texts have each stem, in a second the words of each text. Out: [`Vectors`]: of each unit its
//! [`MOST`] heaviest stems.
//! Weight of a stem: (1 + ln of how often it stands in the text, words of the title counting three times, once for where they stand and
//! twice for being the title) × ln(texts / texts with the stem), names [`NAME`] times; texts are those of its language. Stems of more than a fifth of them tell
//! nothing, and stems of a single text link nothing. Fewer than twenty texts cannot show which words are common: they are weighed as if they
//! stood among [`AS_AMONG`] texts that share with them the function words of the language, and nothing else.
//! Invariant: every count is of units, so copies weigh nothing; sums go in the order of the stems' hashes.

use super::Units;
use crate::clean::Removed;
use crate::index::bytes::{Reader, Writer};
use crate::index::{Attached, Draft, Kind, Shard};
use crate::stem::Stems;
use crate::text::{Byte, Folding, Language, Span, fold};
use crate::tokenise::{TypeId, is_address, word_spans};
use crate::voice::WordKind;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// Stems of a text that are kept.
const MOST: usize = 64;

/// What a name weighs more than another word.
const NAME: f64 = 1.5;

/// What a word of the title counts besides.
const TITLE: u32 = 2;

/// Few texts are weighed as if they were so many.
const AS_AMONG: f64 = 50.0;

type Map<V> = HashMap<u32, V, FixedState>;

/// Notes which types are written with a capital inside sentences, for the shard to keep: half of their places in an article or more.
pub fn note_names(draft: &Draft, attached: &mut Attached) {
    let mut row = Writer::default();
    // of the types of an article that have a capital somewhere, how often they have one, and how often they stand in the article
    let mut spelt = vec![[0u32; 2]; draft.types().len()];
    let mut capitals: Vec<TypeId> = Vec::new();
    for i in 0..draft.articles().len() {
        let tokens = draft.article(i);
        let mut sentences = tokens.sentences.iter().peekable();
        for (at, (&id, span)) in (0u32..).zip(tokens.types.iter().zip(tokens.spans)) {
            let begins = sentences.next_if(|&&begin| begin == at).is_some();
            if !begins && begins_with_capital(&tokens.text[span.range()]) {
                let of = &mut spelt[id as usize];
                of[0] += 1;
                if of[0] == 1 {
                    capitals.push(id);
                }
            }
        }
        for &id in tokens.types {
            let of = &mut spelt[id as usize];
            of[1] += u32::from(of[0] > 0);
        }
        capitals.sort_unstable();
        row.bytes.clear();
        let mut before = 0;
        for id in capitals.drain(..) {
            let [capitals, places] = std::mem::take(&mut spelt[id as usize]);
            if capitals * 2 >= places {
                row.number(id - before);
                before = id;
            }
        }
        attached.push(Kind::Names, &row.bytes);
    }
}

fn begins_with_capital(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
        _ => word.chars().next().is_some_and(char::is_uppercase),
    }
}

/// The types that [`note_names`] noted for an article.
fn names(shard: &Shard, article: usize) -> impl Iterator<Item = TypeId> + '_ {
    let mut from = Reader::new(shard.attached(Kind::Names, article));
    let mut id = 0;
    std::iter::from_fn(move || {
        id = from.small()?.saturating_add(id);
        Some(id)
    })
}

/// The stems of a shard: types of one stem and one language have one place.
struct StemPlaces {
    of_type: Vec<u32>,
    hashes: Vec<u32>,
    languages: Vec<Language>,
}

impl StemPlaces {
    fn of(shard: &Shard) -> StemPlaces {
        let types = shard.types();
        let mut place_of: Map<u32> = HashMap::with_hasher(FixedState::with_seed(0));
        let mut places = StemPlaces { of_type: vec![0; types.len()], hashes: Vec::new(), languages: Vec::new() };
        for (hash, id) in types.stem_hashes() {
            let language = types.language(id);
            let hash = of_language(hash, language);
            let next = places.hashes.len() as u32;
            let place = *place_of.entry(hash).or_insert(next);
            if place == next {
                places.hashes.push(hash);
                places.languages.push(language);
            }
            places.of_type[id as usize] = place;
        }
        places
    }
}

/// The hash of a stem in a language: equal stems of two languages are two.
fn of_language(hash: u32, language: Language) -> u32 {
    language.code().bytes().fold(hash, |hash, byte| hash.rotate_left(5).wrapping_mul(0x9e37_79b1) ^ u32::from(byte))
}

/// How many texts have each stem, and how many write it as a name.
#[derive(Default)]
pub struct Frequencies {
    texts: Map<[u32; 2]>,
}

impl Frequencies {
    /// Adds those of a shard.
    pub fn add(&mut self, of_shard: Vec<(u32, [u32; 2])>) {
        for (hash, [texts, names]) in of_shard {
            let sum = self.texts.entry(hash).or_default();
            *sum = [sum[0] + texts, sum[1] + names];
        }
    }

    /// Weight of one place of a stem among so many texts of its language; none where it tells nothing.
    fn weight(&self, hash: u32, texts: usize) -> Option<f64> {
        let &[with, names] = self.texts.get(&hash)?;
        if with < 2 || with as usize * 5 > texts {
            return None;
        }
        Some(libm::log(texts as f64 / f64::from(with)) * name(with, names))
    }

    /// The same among few texts.
    fn weight_among_few(&self, hash: u32) -> Option<f64> {
        let &[with, names] = self.texts.get(&hash)?;
        Some(libm::log(AS_AMONG / f64::from(with)) * name(with, names))
    }
}

fn name(with: u32, names: u32) -> f64 {
    if names * 2 >= with { NAME } else { 1.0 }
}

/// Of a shard: hash of the stem, texts that have it, texts that write it as a name. `first` is the number of its first article.
pub fn frequencies(shard: &Shard, first: u64, units: &Units) -> Vec<(u32, [u32; 2])> {
    let places = StemPlaces::of(shard);
    let mut sums = vec![[0u32; 2]; places.hashes.len()];
    let mut last = [vec![usize::MAX; sums.len()], vec![usize::MAX; sums.len()]];
    for i in (0..shard.len()).filter(|&i| units.led_by(first + i as u64).is_some()) {
        let mut note = |id: TypeId, which: usize| {
            let Some(&place) = places.of_type.get(id as usize) else { return };
            let place = place as usize;
            if std::mem::replace(&mut last[which][place], i) != i {
                sums[place][which] += 1;
            }
        };
        shard.types_of(shard.range(i)).for_each(|id| note(id, 0));
        names(shard, i).for_each(|id| note(id, 1));
    }
    places.hashes.into_iter().zip(sums).filter(|(_, sums)| sums[0] > 0).collect()
}

/// Hash of a stem and its weight; ascending by hash, the squares of the weights add up to 1.
pub(super) type Vector = Vec<(u32, f32)>;

/// The vectors of a shard.
pub struct Part {
    /// Unit, vector, title.
    vectors: Vec<(u32, Vector, Box<str>)>,
    /// Hash of a stem, and a word that has it.
    words: Vec<(u32, Box<str>)>,
}

/// The vectors of all units.
pub struct Vectors {
    pub(super) of: Vec<Vector>,
    pub(super) titles: Vec<Box<str>>,
    words: Map<Box<str>>,
}

impl Vectors {
    /// None yet.
    pub fn new(units: &Units) -> Vectors {
        Vectors {
            of: vec![Vector::new(); units.len()],
            titles: vec![Box::default(); units.len()],
            words: Map::default(),
        }
    }

    /// Adds those of a shard.
    pub fn add(&mut self, part: Part) {
        for (unit, vector, title) in part.vectors {
            self.of[unit as usize] = vector;
            self.titles[unit as usize] = title;
        }
        for (hash, word) in part.words {
            // the shortest word of the stem, in whatever order shards come
            match self.words.get_mut(&hash) {
                Some(known) if (known.len(), &*known) <= (word.len(), &word) => {}
                Some(known) => *known = word,
                None => _ = self.words.insert(hash, word),
            }
        }
    }

    /// A word of a stem.
    pub(super) fn word(&self, hash: u32) -> &str {
        self.words.get(&hash).map_or("", |word| word)
    }
}

/// The vectors of a shard whose first article has the number `first`; `removed` is in no count.
pub fn vectors(
    shard: &Shard,
    first: u64,
    units: &Units,
    frequencies: &Frequencies,
    removed: &[Vec<Removed>],
    stems: &mut Stems,
) -> Part {
    let places = StemPlaces::of(shard);
    let function_words = function_words(shard, units);
    let weight = |(&hash, &language): (&u32, &Language)| match units.few(language) {
        Some(_) => frequencies.weight_among_few(hash),
        None => frequencies.weight(hash, units.in_language(language)),
    };
    let weights: Vec<Option<f64>> = places.hashes.iter().zip(&places.languages).map(weight).collect();
    let by_hash: Map<u32> = (0..).zip(&places.hashes).map(|(place, &hash)| (hash, place)).collect();
    let mut counts = vec![0u32; weights.len()];
    let mut part = Part { vectors: Vec::new(), words: Vec::new() };
    let mut spellings: Map<String> = Map::default();
    // which stems the vector of the article has, and which types have been looked at as their spelling
    let (mut is_in, mut is_spelt) = (vec![false; weights.len()], vec![false; places.of_type.len()]);
    for (i, removed) in removed.iter().enumerate() {
        let Some(unit) = units.led_by(first + i as u64) else { continue };
        let mut title = title(shard, i, stems);
        title.retain(|(_, word)| !is_function_word(units, shard.languages()[i], word));
        let words = || kept(shard, i, removed).filter(|&id| !function_words[id as usize]);
        let mut touched: Vec<u32> = Vec::new();
        let mut count = |place: u32, times: u32| {
            if weights[place as usize].is_some() {
                if counts[place as usize] == 0 {
                    touched.push(place);
                }
                counts[place as usize] += times;
            }
        };
        words().for_each(|id| count(places.of_type[id as usize], 1));
        title.iter().filter_map(|(hash, _)| by_hash.get(hash)).for_each(|&place| count(place, TITLE));
        let weigh = |&place: &u32| {
            let times = std::mem::take(&mut counts[place as usize]);
            let weight = weights[place as usize].unwrap_or(0.0) * (1.0 + libm::log(f64::from(times)));
            (places.hashes[place as usize], weight)
        };
        let vector = heaviest(touched.iter().map(weigh).collect());
        vector.iter().filter_map(|(hash, _)| by_hash.get(hash)).for_each(|&place| is_in[place as usize] = true);
        for id in words().filter(|&id| is_in[places.of_type[id as usize] as usize]) {
            if !std::mem::replace(&mut is_spelt[id as usize], true) {
                spell(places.hashes[places.of_type[id as usize] as usize], shard.types().folded(id), &mut spellings);
            }
        }
        let is_in_vector = |hash: u32| by_hash.get(&hash).is_some_and(|&place| is_in[place as usize]);
        let of_title = title.iter().filter(|(hash, _)| is_in_vector(*hash));
        of_title.for_each(|(hash, word)| spell(*hash, word, &mut spellings));
        vector.iter().filter_map(|(hash, _)| by_hash.get(hash)).for_each(|&place| is_in[place as usize] = false);
        part.vectors.push((unit, vector, shard.articles()[i].title.as_str().into()));
    }
    part.words = spellings.into_iter().map(|(hash, word)| (hash, word.into())).collect();
    part
}

/// Which types are function words; asked of languages with few texts alone. Stems are not asked: which types of one a shard holds depends on
/// its articles.
fn function_words(shard: &Shard, units: &Units) -> Vec<bool> {
    let types = shard.types();
    let mut found = vec![false; types.len()];
    for (id, folded) in types.iter() {
        found[id as usize] = is_function_word(units, types.language(id), folded);
    }
    found
}

fn is_function_word(units: &Units, language: Language, folded: &str) -> bool {
    units.few(language).is_some_and(|cues| cues.kind(folded) == WordKind::Function)
}

/// The types of the words of an article that are counted.
fn kept<'s>(shard: &'s Shard, i: usize, removed: &'s [Removed]) -> impl Iterator<Item = TypeId> + 's {
    let mut removed = removed.iter().peekable();
    (0u32..).zip(shard.types_of(shard.range(i))).filter_map(move |(at, id)| {
        while removed.next_if(|span| span.tokens.end <= at).is_some() {}
        removed.peek().is_none_or(|span| at < span.tokens.start).then_some(id)
    })
}

/// Hash of the stem and folded form of each word of an article's title.
fn title(shard: &Shard, i: usize, stems: &mut Stems) -> Vec<(u32, String)> {
    let title = shard.articles()[i].title.as_str();
    let folding = Folding { language: shard.languages()[i], fold: shard.fold() };
    let word = |span: Span<Byte>| {
        let folded = fold(&title[span.range()], folding);
        (of_language(stems.hash(&folded, folding.language) as u32, folding.language), folded)
    };
    word_spans(title).into_iter().map(word).collect()
}

/// The heaviest stems as a vector of length 1.
fn heaviest(mut weighed: Vec<(u32, f64)>) -> Vector {
    weighed.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weighed.truncate(MOST);
    weighed.sort_unstable_by_key(|&(hash, _)| hash);
    let length = weighed.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    weighed.into_iter().map(|(hash, weight)| (hash, (weight / length) as f32)).collect()
}

/// Notes a word of a stem, where it is the shortest: the same, however articles are parted into shards.
fn spell(hash: u32, word: &str, spellings: &mut Map<String>) {
    let is_shorter = |known: &String| (word.len(), word) < (known.len(), known.as_str());
    if spellings.get(&hash).is_none_or(is_shorter) && !is_address(word) {
        spellings.insert(hash, word.to_string());
    }
}
