//! The pages of stories: what is noted of their articles while they lie open, and the pages made of it.
//!
//! In: articles of the largest stories with their hits. Out: `stories/index.html` and a page for each of these stories.
//! Invariant: outlets stand in the order of their names, articles in that of their dates; nothing depends on shards or threads.
//! It deliberately keeps notes of the [`PAGES`] largest stories alone, so that memory does not grow with the text.

use super::folder::Folder;
use super::html::{GroupWords, StoryColumn, StoryFrame, StoryLink, StoryPage, story_index};
use super::inputs::Inputs;
use super::passage::OpenText;
use super::rows::outlet;
use super::shown_frames::Shown;
use crate::count::{Request, ShardView, of_article};
use crate::error::Result;
use crate::estimates::{StoryEstimates, StoryWord};
use crate::lookup::{FrameId, LabelId, Numbering, UnitId};
use crate::read::Date;
use crate::stories::{Stories, Story};
use crate::voice::Voice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Stories that have a page.
const PAGES: u32 = 50;

/// Hits of a frame that are shown of an article.
const SENTENCES: usize = 3;

/// Frames of an outlet on the page of a story.
const FRAMES: usize = 40;

/// What is noted of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoryNote {
    story: u32,
    outlet: String,
    /// Date, title and identifier.
    article: [String; 3],
    words: u64,
    frames: BTreeMap<FrameId, FrameNote>,
    labels: Vec<(String, u32)>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct FrameNote {
    voices: BTreeMap<Voice, u32>,
    sentences: Vec<[String; 3]>,
    /// Who is given the word.
    sources: BTreeMap<String, u32>,
}

/// What the frames of a unit add to the notes of a shard: the number of a note, the frame's within its unit.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct UnitNotes(Vec<(u32, FrameId, FrameNote)>);

/// Takes out of the notes of a shard what each unit of frames decides.
pub(super) fn split(notes: &mut [StoryNote], numbers: &Numbering) -> Vec<UnitNotes> {
    let mut units: Vec<UnitNotes> = (0..numbers.units()).map(|_| UnitNotes::default()).collect();
    for (number, note) in notes.iter_mut().enumerate() {
        for (frame, of_frame) in std::mem::take(&mut note.frames) {
            let (unit, frame) = numbers.frame(frame);
            units[unit.index()].0.push((number as u32, frame, of_frame));
        }
    }
    units
}

/// Puts into the notes of a shard what a unit of frames decides; nothing where it is of other notes.
pub(super) fn join(notes: &mut [StoryNote], unit: UnitId, part: UnitNotes, numbers: &Numbering) -> Option<()> {
    for (number, frame, of_frame) in part.0 {
        notes.get_mut(number as usize)?.frames.insert(numbers.frame_of(unit, frame)?, of_frame);
    }
    Some(())
}

/// Notes an article of a large story.
pub(super) fn note(
    view: &ShardView<'_, '_>,
    i: usize,
    text: &mut OpenText<'_, '_>,
    request: &Request<'_>,
) -> Option<StoryNote> {
    let story = view.status[i].story.filter(|&story| story <= PAGES)?;
    let article = &view.shard.articles()[i];
    let mut frames = BTreeMap::<FrameId, FrameNote>::new();
    for hit in of_article(&view.frames.hits, i).iter().filter(|hit| hit.uncounted.is_none()) {
        let of_frame = frames.entry(hit.frame).or_default();
        *of_frame.voices.entry(hit.verdict.voice).or_default() += 1;
        let passage = text.sentence(hit);
        if of_frame.sentences.len() < SENTENCES {
            of_frame.sentences.push([passage.left.to_string(), passage.surface.to_string(), passage.right.to_string()]);
        }
        if let Some(speaker) = passage.speaker.or(passage.source) {
            *of_frame.sources.entry(speaker.to_string()).or_default() += 1;
        }
    }
    let label = |(&label, voiced): (&LabelId, &crate::aggregate::Voiced)| {
        let label = &request.subjects.labels[label.index()];
        (format!("{}: {}", label.referent, label.choice), voiced.all)
    };
    let date = article.date.map_or_else(|| "no date".to_string(), |date| date.to_string());
    Some(StoryNote {
        story,
        outlet: outlet(article).to_string(),
        article: [date, article.title.clone(), article.id.clone()],
        words: u64::from(view.facts[i].countable_words()),
        frames,
        labels: view.counts[i].subjects.labels.iter().map(label).collect(),
    })
}

/// Writes the pages; none where there are no stories.
pub(super) fn write(
    folder: &mut Folder,
    notes: &[StoryNote],
    (inputs, shown): (&Inputs<'_>, &Shown),
    estimates: &StoryEstimates,
    groups: &[String],
) -> Result<()> {
    let stories = inputs.stories;
    if stories.list().is_empty() {
        return Ok(());
    }
    let program = format!("framescope {}", env!("CARGO_PKG_VERSION"));
    let links: Vec<StoryLink> =
        (1..).zip(stories.list()).map(|(number, story)| link(number, story, estimates, (inputs, shown))).collect();
    folder.write("stories/index.html", story_index(&program, &links).as_bytes())?;
    let mut of_story: BTreeMap<u32, Vec<&StoryNote>> = BTreeMap::new();
    notes.iter().for_each(|note| of_story.entry(note.story).or_default().push(note));
    for (number, notes) in of_story {
        let telling = telling(number, estimates, groups);
        let page = StoryPage { telling, ..page(&program, number, stories, &notes, inputs) };
        folder.write(&format!("stories/{number}.html"), page.html().as_bytes())?;
    }
    Ok(())
}

/// The words by which each group tells a story.
fn telling(number: u32, estimates: &StoryEstimates, groups: &[String]) -> Vec<GroupWords> {
    let of_story: Vec<&StoryWord> = estimates.words.iter().filter(|word| word.story == number).collect();
    let word = |word: &&StoryWord| (word.word.clone(), word.table.a, word.table.b);
    let of_group = |words: &[&StoryWord]| GroupWords {
        group: groups[words[0].group].clone(),
        words: words.iter().map(word).collect(),
    };
    of_story.chunk_by(|a, b| a.group == b.group).map(of_group).collect()
}

fn link(number: u32, story: &Story, estimates: &StoryEstimates, (inputs, shown): (&Inputs<'_>, &Shown)) -> StoryLink {
    let frames = estimates.frames.get(number as usize - 1).map_or(&[][..], Vec::as_slice);
    // those of the page of the run: the list can be filtered by each of them
    let listed = frames.iter().filter(|frame| shown.place(**frame).is_some());
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    StoryLink {
        number,
        dates: [day(story.first), day(story.last)],
        more_frames: (frames.len() - listed.clone().count()) as u64,
        frames: listed.map(|&frame| inputs.frames.labels()[frame].clone()).collect(),
        title: title(number, story),
        days: days(story),
        articles: story.articles.len() as u64,
        outlets: story.outlets.clone(),
        words: story.words.clone(),
        has_page: number <= PAGES,
    }
}

fn title(number: u32, story: &Story) -> String {
    if story.title().is_empty() { format!("Story {number}") } else { story.title().to_string() }
}

fn days(story: &Story) -> String {
    match (story.first, story.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "no date".to_string(),
    }
}

fn page(program: &str, number: u32, stories: &Stories, notes: &[&StoryNote], inputs: &Inputs<'_>) -> StoryPage {
    let story = &stories.list()[number as usize - 1];
    let mut outlets: BTreeMap<&str, Vec<&StoryNote>> = BTreeMap::new();
    notes.iter().for_each(|note| outlets.entry(&note.outlet).or_default().push(note));
    StoryPage {
        program: program.to_string(),
        number,
        title: title(number, story),
        days: days(story),
        words: story.words.clone(),
        telling: Vec::new(),
        columns: outlets.into_iter().map(|(outlet, notes)| column(outlet, notes, inputs)).collect(),
    }
}

fn column(outlet: &str, mut notes: Vec<&StoryNote>, inputs: &Inputs<'_>) -> StoryColumn {
    notes.sort_by(|a, b| a.article.cmp(&b.article));
    let mut frames: BTreeMap<FrameId, FrameNote> = BTreeMap::new();
    let (mut labels, mut sources) = (BTreeMap::new(), BTreeMap::new());
    for note in &notes {
        for (&frame, of_article) in &note.frames {
            let sum = frames.entry(frame).or_default();
            of_article.voices.iter().for_each(|(&voice, n)| *sum.voices.entry(voice).or_default() += n);
            sum.sentences.extend(of_article.sentences.iter().cloned());
            of_article.sources.iter().for_each(|(source, n)| *sources.entry(source.clone()).or_insert(0) += n);
        }
        note.labels.iter().for_each(|(label, n)| *labels.entry(label.clone()).or_insert(0) += n);
    }
    let by_size = |counts: BTreeMap<String, u32>| {
        let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    };
    let frame = |(frame, note): (FrameId, FrameNote)| StoryFrame {
        name: inputs.frames.labels()[frame.index()].clone(),
        voices: note.voices.into_iter().rev().map(|(voice, n)| (voice.name(), n)).collect(),
        sentences: note.sentences,
    };
    let mut frames: Vec<(FrameId, FrameNote)> = frames.into_iter().collect();
    let hits = |note: &FrameNote| note.voices.values().sum::<u32>();
    frames.sort_by_key(|(frame, note)| (std::cmp::Reverse(hits(note)), *frame));
    let more_frames = frames.len().saturating_sub(FRAMES) as u64;
    frames.truncate(FRAMES);
    frames.sort_by_key(|(frame, _)| *frame);
    StoryColumn {
        more_frames,
        outlet: outlet.to_string(),
        articles: notes.iter().map(|note| note.article.clone()).collect(),
        words: notes.iter().map(|note| note.words).sum(),
        frames: frames.into_iter().map(frame).collect(),
        labels: by_size(labels),
        sources: by_size(sources),
    }
}
