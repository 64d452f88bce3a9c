//! The page around a chart: title and subtitle above, notes below, and the height that results.
//!
//! Invariant: all words are wrapped to the width; nothing above or below is ever cut.
//!
//! It deliberately does not know what is drawn between.

use super::canvas::{Canvas, Type};
use super::drawn;
use super::notes::Notes;
use super::{ChartError, Drawing, Words};

/// Width of a chart in pixels where no other is asked for.
const WIDTH: f64 = 900.0;
/// White space around.
pub(super) const MARGIN: f64 = 20.0;

const TITLE: Type = Type::new(17.0).bold();
const SUBTITLE: Type = Type::new(12.0).soft();
const NOTE: Type = Type::new(10.5).soft();

/// A chart in the making, filled from the top.
pub(super) struct Page {
    pub(super) canvas: Canvas,
    pub(super) notes: Notes,
    /// The next free line, from the top.
    pub(super) y: f64,
    title: String,
}

impl Page {
    /// A page with its title and subtitle.
    pub(super) fn open(words: &Words) -> Result<Page, ChartError> {
        let room = words.width.map_or(WIDTH, f64::from) - 2.0 * MARGIN;
        let mut page = Page {
            canvas: Canvas::new(room, words.language)?,
            notes: Notes::default(),
            y: 16.0,
            title: words.language.say(&words.title),
        };
        if !words.untitled {
            page.paragraph(&words.title, TITLE, 22.0);
            page.y += 2.0;
        }
        page.paragraph(&words.subtitle, SUBTITLE, 16.5);
        page.y += 12.0;
        Ok(page)
    }

    /// Words of the chart, wrapped over the whole width.
    pub(super) fn paragraph(&mut self, words: &str, look: Type, leading: f64) {
        for line in self.canvas.wrap(&self.canvas.say(words), look, self.canvas.room) {
            self.canvas.text(MARGIN, self.y + leading / 2.0, &line, look);
            self.y += leading;
        }
    }

    /// Lines that a note takes.
    pub(super) fn lines_of_note(&self, note: &str) -> usize {
        self.canvas.wrap(&self.canvas.say(note), NOTE, self.canvas.room).len()
    }

    /// Ends the page with the notes. `absent` and `bare` say how these cases were drawn.
    pub(super) fn close(mut self, words: &Words, absent: &str, bare: &str) -> Result<Drawing, ChartError> {
        self.y += 8.0;
        if self.canvas.is_shortened {
            self.notes.further.push("… : a name shortened to fit.".to_string());
        }
        let fonts = self.canvas.fonts;
        if self.canvas.texts.iter().any(|placed| placed.text.chars().any(|c| !fonts.has(c))) {
            self.notes.further.push("□ : a character that no font here has.".to_string());
        }
        for line in &words.notes {
            self.paragraph(line, NOTE, 15.0);
        }
        let own = self.notes.lines(absent, bare, self.canvas.language).join(" ");
        self.paragraph(&own, NOTE, 15.0);
        let height = (self.y + 14.0).ceil();
        let width = self.canvas.room + 2.0 * MARGIN;
        drawn::finish(self.canvas, &self.title, (width as u32, height as u32), words.theme)
    }
}
