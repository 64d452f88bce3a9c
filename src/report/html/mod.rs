//! `index.html` of the run folder: one page that stands alone.
//!
//! In: a [`Page`], plain values that the run has already found. Out: the bytes of the page.
//! Invariants: it is HTML5 that an XML parser reads too; every text is escaped; nothing is loaded from anywhere but, when a reader asks,
//! the sentences beside it; a link to a file is only set when the file is in [`Page::files`]; a missing value is shown as its reason, never as 0; no clock.
//! It deliberately computes no statistic and picks no sentence: it only says what it was given, the surest first.

mod changes;
mod chapters;
mod checks;
mod explore;
mod figures;
mod findings;
mod frames;
mod keyness;
mod markup;
mod model;
mod number;
mod opening;
mod rates;
mod sentiment;
mod stories;
mod subjects;
mod voices;

pub use changes::{Changes, Chapter as Changed, Rows, Sentence};
pub use checks::{Checks, Lost, Overall};
pub use explore::{Explore, Further, Row};
pub use figures::{Chart, Mark, Marked, Reading};
pub(crate) use markup::Text;
use markup::capital;
pub use model::{
    Cell, Counted, Entry, Example, File, Frame, Group, KeyGroup, KeyWord, LabelShare, Labels, Measure, Page, Problems,
    Sentiment, TargetHits, Tone, Trouble, Versus, Voice,
};
use std::fmt::Write;
pub use stories::{GroupWords, StoryColumn, StoryFrame, StoryLink, StoryPage, story_index};

/// A chapter: its anchor, its heading, and what writes it.
type Chapter = (&'static str, &'static str, fn(&Page, &mut String));
const CHAPTERS: &[Chapter] = &[
    ("findings", "Findings in words", findings::findings),
    ("charts", "Charts", figures::figures),
    ("reading", "How to read this", opening::reading),
    ("rates", "Rates", rates::rates),
    ("groups", "All groups", explore::groups),
    ("voices", "Who is speaking", voices::voices),
    ("labels", "Labels and targets", subjects::subjects),
    ("sentiment", "Sentiment", sentiment::sentiment),
    ("keyness", "Key words", keyness::keyness),
    ("read", "All sentences", explore::sentences),
    ("sentences", "Words and sentences", frames::frames),
    ("problems", "Problems", chapters::problems),
    ("methods", "Methods", chapters::methods),
    ("files", "Files", chapters::files),
];

impl Page {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let mut out = String::new();
        opening::head(self, &mut out);
        opening::header(self, &mut out);
        self.contents(&mut out);
        out.push_str("<main id=\"main\">\n");
        for (anchor, heading, write) in self.chapters() {
            let _ = writeln!(out, "<section id=\"{anchor}\" aria-labelledby=\"{anchor}-h\">");
            let _ = writeln!(out, "<h2 id=\"{anchor}-h\">{heading}</h2>");
            write(self, &mut out);
            out.push_str("</section>\n");
        }
        out.push_str("</main>\n");
        opening::footer(self, &mut out);
        out
    }

    /// The chapters that this page has.
    fn chapters(&self) -> impl Iterator<Item = Chapter> {
        let (has_keyness, explores) = (!self.keyness.is_empty(), self.explore.is_there());
        CHAPTERS.iter().copied().filter(move |(anchor, _, _)| match *anchor {
            "keyness" => has_keyness,
            "groups" | "read" => explores,
            _ => true,
        })
    }

    fn contents(&self, out: &mut String) {
        out.push_str("<div id=\"bar\">\n<nav aria-label=\"Contents\"><ul>");
        for (anchor, heading, _) in self.chapters() {
            let _ = write!(out, "<li><a href=\"#{anchor}\">{heading}</a></li>");
        }
        let what = capital(&self.grouping());
        let _ = writeln!(
            out,
            "</ul></nav>\n<form id=\"filter\" role=\"search\" aria-label=\"Filter\" hidden=\"hidden\">\
             <label>{} <input type=\"search\" id=\"filter-group\" autocomplete=\"off\" spellcheck=\"false\"/></label> \
             <label>Frame <input type=\"search\" id=\"filter-frame\" autocomplete=\"off\" spellcheck=\"false\"/></label> \
             <label>Voice <select id=\"filter-voice\"><option value=\"\">all voices</option>{}</select></label> \
             <output id=\"filter-says\" for=\"filter-group filter-frame filter-voice\"></output></form>\n</div>",
            Text(&what),
            self.voices.iter().map(option).collect::<String>()
        );
    }

    /// What a group is called.
    fn grouping(&self) -> String {
        if self.grouping.is_empty() { "group".to_string() } else { self.grouping.clone() }
    }

    /// A link to a file of the run folder; only its name where the folder has no such file.
    fn link(&self, name: &str) -> String {
        match self.files.iter().any(|file| file.name == name) {
            true => format!("<a href=\"{}\">{}</a>", markup::Href(name), Text(name)),
            false => format!("<code>{}</code>", Text(name)),
        }
    }
}

/// A voice to choose.
fn option(voice: &Voice) -> String {
    format!("<option value=\"{}\">{}</option>", Text(&voice.name), Text(&voice.label))
}
