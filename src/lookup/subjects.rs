//! Targets and rival labels, made into lexicons that are looked up like any other.
//!
//! In: the lexicons of a run. Out: [`Subjects`], and the [`Mentions`] of them in a shard.
//! Invariant: a target that several lexicons name is one target, and so is a label of one referent; within a language a word belongs to
//! one target and, of each referent, to one label: the longest name wins. The order of targets never matters.
//! It deliberately has no look-up of its own: matching, overlap, voice and furniture are those of frames.

use super::clause;
use super::ids::{FrameId, LabelId, TargetId};
use super::nearest::{self, Window};
use super::plan::Plan;
use super::voice_lookup::VoiceLookup;
use super::{Found, Hit, look_up_in};
use crate::index::Shard;
use crate::lexicon::{Class, Entry, Frame, Lexicon, MatchMode, Operand, Overlap, Pattern};
use crate::stem::Stems;
use crate::text::Language;
use crate::voice::Cues;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A name that a referent may be given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Label {
    /// Who is meant.
    pub referent: String,
    /// The name.
    pub choice: String,
}

/// Who is talked about, and by which names.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    /// Targets by number, as lexicons first name them.
    pub targets: Vec<String>,
    /// Labels by number; those of a referent stand together.
    pub labels: Vec<Label>,
    /// How far from a hit its target may stand.
    pub window: Window,
    of_targets: Vec<Lexicon>,
    of_labels: Vec<Lexicon>,
    /// Words that join clauses; none where there are no targets.
    cues: BTreeMap<Language, Cues>,
}

/// Where subjects are mentioned in a shard; mentions that are not counted are left out.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Of targets.
    pub targets: Vec<Hit<TargetId>>,
    /// Of labels.
    pub labels: Vec<Hit<LabelId>>,
}

/// A name as a lexicon has it.
struct Name<'l> {
    /// Target or label.
    of: usize,
    text: &'l str,
    pattern: &'l Pattern,
    line: u32,
    lexicon: &'l Lexicon,
    /// It is none, and cancels the names that it covers.
    except: bool,
}

impl<'l> Name<'l> {
    /// The name of one (target or label), and what is none of it.
    fn all(
        of: usize,
        names: &'l [(String, Pattern)],
        exceptions: &'l [(String, Pattern)],
        (lexicon, line): (&'l Lexicon, u32),
    ) -> impl Iterator<Item = Name<'l>> {
        let name = move |except| {
            move |(text, pattern): &'l (String, Pattern)| Name { of, text, pattern, line, lexicon, except }
        };
        names.iter().map(name(false)).chain(exceptions.iter().map(name(true)))
    }
}

impl Subjects {
    /// Those that the lexicons name.
    pub fn of<'l>(lexicons: impl IntoIterator<Item = &'l Lexicon>, window: Window) -> Subjects {
        let lexicons: Vec<&Lexicon> = lexicons.into_iter().collect();
        let mut subjects = Subjects { window, ..Subjects::default() };
        let mut names = Vec::new();
        for lexicon in &lexicons {
            for target in &lexicon.targets {
                let of = place(&mut subjects.targets, &target.name);
                names.extend(Name::all(of, &target.patterns, &target.exceptions, (lexicon, target.line)));
            }
        }
        let shown: Vec<String> = subjects.targets.iter().map(|target| format!("target {target}")).collect();
        subjects.of_targets = by_part(&shown, names, |_| "");
        subjects.of_labels = subjects.labels_of(&lexicons);
        if !subjects.targets.is_empty() {
            let shipped = |language| Some((language, Cues::shipped(language)?.ok()?));
            subjects.cues = Cues::languages().filter_map(shipped).collect();
        }
        subjects
    }

    /// Everything that decides what is a mention, as text.
    pub fn key_text(&self) -> String {
        let entries = self.of_targets.iter().chain(&self.of_labels).flat_map(|lexicon| {
            let part = |entry: &'_ Entry| (entry.frame, entry.except);
            lexicon.entries.iter().map(move |entry| (lexicon.language, part(entry), &entry.text, &entry.pattern))
        });
        format!("{:?} {:?} {:?} {:?}", self.targets, self.labels, self.window, entries.collect::<Vec<_>>())
    }

    /// Numbers the labels; gives back the lexicons of them.
    fn labels_of(&mut self, lexicons: &[&Lexicon]) -> Vec<Lexicon> {
        let mut referents: Vec<(String, Vec<String>)> = Vec::new();
        for set in lexicons.iter().flat_map(|lexicon| &lexicon.labels) {
            let at = referents.iter().position(|(referent, _)| *referent == set.referent).unwrap_or_else(|| {
                referents.push((set.referent.clone(), Vec::new()));
                referents.len() - 1
            });
            for (choice, _) in &set.choices {
                place(&mut referents[at].1, choice);
            }
        }
        let label = |referent: &String, choice| Label { referent: referent.clone(), choice };
        self.labels = referents
            .into_iter()
            .flat_map(|(referent, choices)| choices.into_iter().map(move |choice| label(&referent, choice)))
            .collect();
        let mut names = Vec::new();
        for lexicon in lexicons {
            for set in &lexicon.labels {
                for (choice, patterns) in &set.choices {
                    let is_it = |known: &Label| known.referent == set.referent && known.choice == *choice;
                    let Some(of) = self.labels.iter().position(is_it) else { continue };
                    names.extend(Name::all(of, patterns, &set.exceptions, (lexicon, set.line)));
                }
            }
        }
        let label = |label: &Label| format!("label {} of {}", label.choice, label.referent);
        let shown: Vec<String> = self.labels.iter().map(label).collect();
        by_part(&shown, names, |label| &self.labels[label].referent)
    }

    /// The lexicons that are looked up: of targets, then of the labels of each referent. The labels of their frames say what each is.
    pub fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        self.of_targets.iter().chain(&self.of_labels)
    }

    /// The name of a label that a hit of it found, as its lexicon writes it.
    pub fn label_entry(&self, hit: &Hit<LabelId>) -> &str {
        let lexicon = self.of_labels.get(hit.entry.lexicon as usize);
        lexicon.and_then(|lexicon| lexicon.entries.get(hit.entry.entry as usize)).map_or("", |entry| &entry.text)
    }

    /// Finds the subjects in a shard, and gives each counted hit of a frame its nearest target, and the one that it speaks of. Where only the
    /// hits ask for them, no other article than theirs is looked at.
    pub fn find(
        &self,
        shard: &Shard,
        articles: Option<&[bool]>,
        voice_lookup: &mut VoiceLookup<'_>,
        stems: &mut Stems,
        frames: &mut Found,
    ) -> Mentions {
        let mut hits =
            |lexicons: &[Lexicon]| look_up_in(&Plan::new(lexicons), articles, shard, voice_lookup, stems).hits;
        // the frames of these lexicons are targets and labels, in their order
        let mentions = Mentions {
            targets: counted(hits(&self.of_targets), |frame| TargetId::new(frame.index())),
            labels: counted(hits(&self.of_labels), |frame| LabelId::new(frame.index())),
        };
        for hits in [&mut frames.hits, &mut frames.parents] {
            nearest::assign(shard, &mentions.targets, &self.targets, self.window, hits);
            clause::assign(shard, &mentions.targets, &self.targets, &self.cues, hits);
        }
        mentions
    }
}

/// The hits that are counted, of what their frames stand for.
fn counted<Of>(hits: Vec<Hit>, what: fn(FrameId) -> Of) -> Vec<Hit<Of>> {
    hits.into_iter().filter(|hit| hit.uncounted.is_none()).map(|hit| hit.of(what)).collect()
}

/// The place of a text in a list, at its end where it is new.
fn place(list: &mut Vec<String>, text: &str) -> usize {
    list.iter().position(|other| other == text).unwrap_or_else(|| {
        list.push(text.to_string());
        list.len() - 1
    })
}

/// A lexicon for each language and part, in which a word counts once. All have the same frames, numbered as `shown`.
fn by_part<'s>(shown: &[String], names: Vec<Name<'_>>, part: impl Fn(usize) -> &'s str) -> Vec<Lexicon> {
    let frames: Vec<Frame> = shown.iter().enumerate().map(|(number, label)| frame(number, label)).collect();
    let mut parts: BTreeMap<_, Vec<Name<'_>>> = BTreeMap::new();
    for name in names {
        parts.entry((name.lexicon.language, part(name.of))).or_default().push(name);
    }
    let lexicon = |mut names: Vec<Name<'_>>| {
        // of two targets with the same name, the first by alphabet has it, whichever stands first in the file
        names.sort_by(|a, b| {
            (a.except, &shown[a.of], a.text, a.pattern).cmp(&(b.except, &shown[b.of], b.text, b.pattern))
        });
        names.dedup_by(|a, b| a.of == b.of && a.pattern == b.pattern && a.except == b.except);
        let of = names[0].lexicon;
        Lexicon {
            overlap: Overlap::Lexicon,
            frames: frames.clone(),
            entries: names.iter().map(entry).collect(),
            targets: Vec::new(),
            labels: Vec::new(),
            ..of.clone()
        }
    };
    parts.into_values().map(lexicon).collect()
}

/// A target or label as a frame. Its name is its number: a slash in it would nest, and a name may stand in two referents.
fn frame(number: usize, label: &str) -> Frame {
    Frame {
        name: number.to_string(),
        label: label.to_string(),
        function: None,
        definition: String::new(),
        include: Vec::new(),
        exclude: Vec::new(),
        examples: Vec::new(),
        notes: String::new(),
        colour: String::new(),
        hits: Vec::new(),
        misses: Vec::new(),
        line: 0,
        is_circular: false,
    }
}

fn entry(name: &Name<'_>) -> Entry {
    Entry {
        frame: name.of,
        text: name.text.to_string(),
        pattern: spelled_out(name.pattern, name.lexicon),
        unmatchable: false,
        mode: mode(name.pattern),
        weight: 1000,
        class: Class::default(),
        except: name.except,
        sd: None,
        note: String::new(),
        source: String::new(),
        precision: None,
        added: String::new(),
        line: name.line,
        column: 1,
    }
}

/// The mode of a pattern's first word; a condition has none, and is ranked behind all others anyway.
fn mode(pattern: &Pattern) -> MatchMode {
    match pattern {
        Pattern::Words(words) => words.first().map_or(MatchMode::Stem, |word| word.mode),
        Pattern::Near { .. } => MatchMode::Stem,
    }
}

/// A pattern without `#frame`: the words of that frame stand in its place, for the frame itself stays behind in its lexicon.
fn spelled_out(pattern: &Pattern, lexicon: &Lexicon) -> Pattern {
    let Pattern::Near { left, direction, negated, distance, scope, right } = pattern else { return pattern.clone() };
    let (left, right) = (words_of(left, lexicon), words_of(right, lexicon));
    Pattern::Near { left, direction: *direction, negated: *negated, distance: *distance, scope: *scope, right }
}

fn words_of(operand: &Operand, lexicon: &Lexicon) -> Operand {
    match operand {
        Operand::Words(_) => operand.clone(),
        Operand::Any(parts) => Operand::Any(parts.iter().map(|part| words_of(part, lexicon)).collect()),
        Operand::Frame(name) => {
            let inside =
                |frame: &str| frame.strip_prefix(name.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('/'));
            let entries = lexicon.entries.iter().filter(|e| !e.except && inside(&lexicon.frames[e.frame].name));
            let words = |entry: &Entry| match &entry.pattern {
                Pattern::Words(words) => Some(Operand::Words(words.clone())),
                Pattern::Near { .. } => None,
            };
            Operand::Any(entries.filter_map(words).collect())
        }
    }
}
