//! Articles that say what others say: wire copy, updates, near duplicates.
//!
//! In: the sketch of every article, in reading order. Out: groups of articles, and of each how much of it stands in the others.
//! Invariant: two articles are together where they share at least a given part of the shorter one's sketch, or where such
//! articles lie between them; the same articles in the same order give the same groups.
//! It deliberately compares an article with the first [`CARRIERS`] that carry a fingerprint, so that the work grows with the corpus and
//! not with its square; and it asks for [`FEWEST`] fingerprints, so that one shared sentence makes nobody a copy.

mod bytes;

/// Articles looked at for each fingerprint: the earliest.
const CARRIERS: usize = 24;

/// Shared fingerprints, at least: some seventy words.
const FEWEST: u32 = 3;

/// A fingerprint of more articles is boilerplate.
const COMMON: usize = 2_000;

/// Share of an article, in percent, that makes it a later copy of one that holds it.
const NEAR: u32 = 90;

/// Share of the shorter article, in percent, above which two articles are one where sightings of lines are counted.
const FAMILY: u32 = 70;

/// None: an article that is no copy.
const NONE: u32 = u32::MAX;

/// An article of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Its number, in reading order.
    pub article: u32,
    /// Thousandths of its own text that stand in other articles of the group, as its sketch has it.
    pub shared: u16,
    /// It has the words of an earlier article exactly.
    pub exact: bool,
}

/// Articles that copy one another; the first of them was read first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Two or more, in reading order.
    pub members: Vec<Copy>,
}

/// What was found out about copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    groups: Vec<Group>,
    /// For each article the earlier one with the same words.
    exact: Vec<u32>,
    /// For each article the earlier counted one that holds nearly all of it.
    near: Vec<u32>,
}

impl Copies {
    /// By first member.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every article of a group, ascending.
    pub fn articles(&self) -> Vec<u32> {
        let members = self.groups.iter().flat_map(|group| &group.members);
        let mut articles: Vec<u32> = members.map(|member| member.article).collect();
        articles.sort_unstable();
        articles
    }

    /// The earlier article with the same words.
    pub fn duplicate_of(&self, article: u32) -> Option<u32> {
        self.exact.get(article as usize).copied().filter(|&of| of != NONE)
    }

    /// The earlier article that holds at least nine tenths of this one and is no copy itself; never for an exact duplicate.
    pub fn copy_of(&self, article: u32) -> Option<u32> {
        self.near.get(article as usize).copied().filter(|&of| of != NONE)
    }
}

/// The sketches seen so far.
#[derive(Default)]
pub(super) struct Sketches {
    /// Fingerprint and article.
    pairs: Vec<u64>,
    /// Fingerprints of each article.
    sizes: Vec<u32>,
    exact: Vec<u32>,
}

impl Sketches {
    /// Notes an article; an exact copy of an earlier one is known by that alone.
    pub(super) fn push(&mut self, article: u32, fingerprints: &[u32], exact: Option<u32>) {
        self.exact.push(exact.unwrap_or(NONE));
        self.sizes.push(if exact.is_some() { 0 } else { fingerprints.len() as u32 });
        if exact.is_none() {
            self.pairs.extend(fingerprints.iter().map(|&print| u64::from(print) << 32 | u64::from(article)));
        }
    }

    /// Groups of articles that share `min_share` percent; and for each article the number of its family.
    pub(super) fn finish(mut self, min_share: u32) -> (Copies, Vec<u32>) {
        let articles = self.sizes.len();
        self.pairs.sort_unstable();
        let shared = Shared::of(&self.pairs, &mut self.sizes);
        self.pairs = Vec::new();
        let mut found =
            CopyGroups { groups: Sets::new(articles), families: Sets::new(articles), near: vec![NONE; articles] };
        let mut counts = vec![0; articles];
        let mut seen = Vec::new();
        for article in 0..articles as u32 {
            shared.count(article, &mut counts, &mut seen);
            found.compare(article, &seen, &counts, &self.sizes, min_share);
            for &earlier in &seen {
                counts[earlier as usize] = 0;
            }
        }
        for (article, &of) in self.exact.iter().enumerate().filter(|&(_, &of)| of != NONE) {
            found.groups.join(article as u32, of);
            found.families.join(article as u32, of);
        }
        let groups = self.groups(&shared, &mut found.groups);
        let families = (0..articles as u32).map(|article| found.families.first(article)).collect();
        (Copies { groups, exact: self.exact, near: found.near }, families)
    }

    fn groups(&self, shared: &Shared, sets: &mut Sets) -> Vec<Group> {
        let mut members: Vec<(u32, u32)> =
            (0..self.sizes.len() as u32).map(|article| (sets.first(article), article)).collect();
        members.sort_unstable();
        let mut has_exact: Vec<bool> = self.exact.iter().map(|&of| of != NONE).collect();
        for &of in self.exact.iter().filter(|&&of| of != NONE) {
            has_exact[of as usize] = true;
        }
        let mut prints: Vec<u32> = Vec::new();
        let groups = members.chunk_by(|a, b| a.0 == b.0).filter(|members| members.len() > 1).map(|members| {
            prints.clear();
            prints.extend(members.iter().flat_map(|&(_, article)| shared.of_article(article)));
            prints.sort_unstable();
            let in_two = |print: &&u32| prints.get(prints.partition_point(|other| other < *print) + 1) == Some(*print);
            let copy = |&(_, article): &(u32, u32)| {
                let size = (self.sizes[article as usize] as usize).max(1);
                let both = shared.of_article(article).iter().filter(in_two).count();
                let share = if has_exact[article as usize] { 1000 } else { (both * 1000 + size / 2) / size };
                Copy { article, shared: share as u16, exact: self.exact[article as usize] != NONE }
            };
            Group { members: members.iter().map(copy).collect() }
        });
        groups.collect()
    }
}

/// Which articles carry fingerprints that others carry too.
struct Shared {
    /// Articles by shared fingerprint, the earliest [`CARRIERS`] of each.
    carriers: Vec<u32>,
    carrier_ends: Vec<u32>,
    /// Numbers of shared fingerprints, by article.
    prints: Vec<u32>,
    print_ends: Vec<u32>,
}

impl Shared {
    /// From sorted pairs; boilerplate is taken out of the sizes.
    fn of(pairs: &[u64], sizes: &mut [u32]) -> Shared {
        let runs = || pairs.chunk_by(|a, b| a >> 32 == b >> 32).filter(|run| run.len() > 1);
        let mut next = vec![0u32; sizes.len() + 1];
        let (mut carriers, mut carrier_ends) = (Vec::new(), Vec::new());
        for run in runs() {
            if run.len() > COMMON {
                run.iter().for_each(|&pair| sizes[pair as u32 as usize] -= 1);
                continue;
            }
            run.iter().for_each(|&pair| next[pair as u32 as usize + 1] += 1);
            carriers.extend(run.iter().take(CARRIERS).map(|&pair| pair as u32));
            carrier_ends.push(carriers.len() as u32);
        }
        for i in 1..next.len() {
            next[i] += next[i - 1];
        }
        let mut prints = vec![0; next[sizes.len()] as usize];
        for (number, run) in runs().filter(|run| run.len() <= COMMON).enumerate() {
            for &pair in run {
                let place = &mut next[pair as u32 as usize];
                prints[*place as usize] = number as u32;
                *place += 1;
            }
        }
        next.truncate(sizes.len());
        Shared { carriers, carrier_ends, prints, print_ends: next }
    }

    /// The shared fingerprints of an article, by number, ascending.
    fn of_article(&self, article: u32) -> &[u32] {
        let article = article as usize;
        let begin = if article == 0 { 0 } else { self.print_ends[article - 1] };
        &self.prints[begin as usize..self.print_ends[article] as usize]
    }

    /// Counts the fingerprints that each earlier article shares with this one; `seen` are those with one.
    fn count(&self, article: u32, counts: &mut [u32], seen: &mut Vec<u32>) {
        seen.clear();
        for &print in self.of_article(article) {
            let print = print as usize;
            let begin = if print == 0 { 0 } else { self.carrier_ends[print - 1] };
            let carriers = &self.carriers[begin as usize..self.carrier_ends[print] as usize];
            for &earlier in carriers.iter().take_while(|&&earlier| earlier < article) {
                if counts[earlier as usize] == 0 {
                    seen.push(earlier);
                }
                counts[earlier as usize] += 1;
            }
        }
    }
}

/// What comparing finds.
struct CopyGroups {
    groups: Sets,
    families: Sets,
    near: Vec<u32>,
}

impl CopyGroups {
    /// Compares an article with earlier ones by how many fingerprints they share.
    fn compare(&mut self, article: u32, seen: &[u32], counts: &[u32], sizes: &[u32], min_share: u32) {
        let size = sizes[article as usize];
        for &earlier in seen {
            let both = counts[earlier as usize];
            if both < FEWEST {
                continue;
            }
            let shorter = size.min(sizes[earlier as usize]);
            let reaches = |percent: u32, of: u32| u64::from(both) * 100 >= u64::from(percent) * u64::from(of);
            if reaches(min_share, shorter) {
                self.groups.join(article, earlier);
            }
            if reaches(FAMILY, shorter) {
                self.families.join(article, earlier);
            }
            if reaches(NEAR, size) && earlier < self.near[article as usize] && self.near[earlier as usize] == NONE {
                self.near[article as usize] = earlier;
            }
        }
    }
}

/// Sets of articles, each known by its first.
struct Sets {
    up: Vec<u32>,
}

impl Sets {
    fn new(articles: usize) -> Sets {
        Sets { up: (0..articles as u32).collect() }
    }

    fn first(&mut self, mut article: u32) -> u32 {
        while self.up[article as usize] != article {
            let up = self.up[article as usize];
            self.up[article as usize] = self.up[up as usize];
            article = up;
        }
        article
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.up[a.max(b) as usize] = a.min(b);
    }
}
