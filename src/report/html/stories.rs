//! Stories side by side: a page for each, and one that lists them.
//!
//! In: plain structs. Out: HTML with the style of the run's page.
//! Invariant: as of the run's page: well-formed, nothing is loaded, every text arrives as text.
//! It deliberately counts nothing.

use super::markup::{Text, close_table, open_table, several};
use super::opening;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A story, outlet by outlet.
#[derive(Clone, Debug, Default)]
pub struct StoryPage {
    /// Name and version of the program.
    pub program: String,
    /// Its number.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// Its days, in words.
    pub days: String,
    /// Its heaviest words.
    pub words: Vec<String>,
    /// The words by which each group tells it.
    pub telling: Vec<GroupWords>,
    /// One an outlet.
    pub columns: Vec<StoryColumn>,
}

/// The words by which a group tells a story.
#[derive(Clone, Debug, Default)]
pub struct GroupWords {
    /// The group.
    pub group: String,
    /// Word, hits there, hits in the others.
    pub words: Vec<(String, u64, u64)>,
}

/// An outlet's telling.
#[derive(Clone, Debug, Default)]
pub struct StoryColumn {
    /// The outlet.
    pub outlet: String,
    /// Date, title and identifier of each article.
    pub articles: Vec<[String; 3]>,
    /// Words of them without furniture and repeats.
    pub words: u64,
    /// The frames that were found, of many those with most hits.
    pub frames: Vec<StoryFrame>,
    /// Further frames that were found.
    pub more_frames: u64,
    /// Labels chosen: referent and label, and how often.
    pub labels: Vec<(String, u32)>,
    /// Sources, and in how many hits each has the word.
    pub sources: Vec<(String, u32)>,
}

/// A frame in an outlet's telling.
#[derive(Clone, Debug, Default)]
pub struct StoryFrame {
    /// Its label.
    pub name: String,
    /// Hits by voice.
    pub voices: Vec<(&'static str, u32)>,
    /// Some hits: what stands before, the hit, what stands after.
    pub sentences: Vec<[String; 3]>,
}

/// A row of the list of stories.
#[derive(Clone, Debug, Default)]
pub struct StoryLink {
    /// Number of the story.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// Its days, in words.
    pub days: String,
    /// First and last day as in tables; empty where no article has a date.
    pub dates: [String; 2],
    /// Its articles.
    pub articles: u64,
    /// Its outlets.
    pub outlets: Vec<String>,
    /// Frames with a hit in it, of those that the page of the run shows.
    pub frames: Vec<String>,
    /// Further frames with a hit.
    pub more_frames: u64,
    /// Its heaviest words.
    pub words: Vec<String>,
    /// It has a page.
    pub has_page: bool,
}

/// Voices and their colours, in the order of the bars.
const COLOURS: [(&str, &str); 6] = [
    ("own", "#0072b2"),
    ("attributed", "#56b4e9"),
    ("quoted", "#e69f00"),
    ("scare", "#d55e00"),
    ("marked", "#999999"),
    ("mention", "#cc79a7"),
];

/// Pixels of one hit, and of the longest bar.
const PIXELS: (u32, u32) = (12, 220);

/// Shows the rows of the list that have each word of the query, the outlet and the frame, and a day between two.
const FILTER: &str = include_str!("stories.js");

fn end(program: &str, out: &mut String) {
    let _ = write!(
        out,
        "</main>\n<footer><p class=\"small\">Written by {}.</p></footer>\n</body>\n</html>\n",
        Text(program)
    );
}

impl StoryPage {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let mut out = String::new();
        opening::shell(&self.program, &self.title, &mut out);
        let _ = writeln!(
            out,
            "<header>\n<h1>{}</h1>\n<p class=\"lede\">Story {} · {} · <a href=\"index.html\">all stories</a> · <a href=\"../index.html\">the run</a></p>\n\
             <p class=\"small\">Words that tell it: {}</p>\n<p class=\"small\">Bars: counted hits by voice:",
            Text(&self.title),
            self.number,
            Text(&self.days),
            Text(&self.words.join(", ")),
        );
        for (voice, colour) in COLOURS {
            let _ = write!(out, " <span style=\"color:{colour}\">■</span> {voice}");
        }
        out.push_str("</p>\n</header>\n<main id=\"main\">\n");
        self.words_by_group(&mut out);
        out.push_str("<div style=\"display:flex;flex-wrap:wrap;gap:2rem;align-items:flex-start\">\n");
        self.columns.iter().for_each(|column| column.write(&mut out));
        out.push_str("</div>\n");
        end(&self.program, &mut out);
        out
    }

    fn words_by_group(&self, out: &mut String) {
        if self.telling.is_empty() {
            return;
        }
        open_table(
            out,
            "Words",
            "",
            "Words that each uses oftener than the others: hits there : in all others (story_words.csv)",
        );
        out.push_str("<tbody>\n");
        for GroupWords { group, words } in &self.telling {
            let words: Vec<String> = words.iter().map(|(word, n, rest)| format!("{word} {n} : {rest}")).collect();
            let _ =
                writeln!(out, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", Text(group), Text(&words.join(", ")));
        }
        out.push_str("</tbody>\n");
        close_table(out);
    }
}

impl StoryColumn {
    fn write(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "<section style=\"flex:1 1 20rem;min-width:18rem;max-width:30rem\">\n<h2>{}</h2>\n<p class=\"small\">{}</p>\n<ul>",
            Text(&self.outlet),
            several(self.words, "word")
        );
        for [date, title, id] in &self.articles {
            let title = if title.is_empty() { id } else { title };
            let _ = writeln!(
                out,
                "<li>{} <b>{}</b> <span class=\"small\">{}</span></li>",
                Text(date),
                Text(title),
                Text(id)
            );
        }
        out.push_str("</ul>\n");
        self.frames.iter().for_each(|frame| frame.write(out));
        if self.more_frames > 0 {
            let _ = writeln!(
                out,
                "<p class=\"small\">{} with fewer hits here: their hits are in <code>hits/</code>.</p>",
                several(self.more_frames, "more frame")
            );
        }
        for (what, list) in [("Labels", &self.labels), ("Sources", &self.sources)] {
            if !list.is_empty() {
                let list: Vec<String> = list.iter().map(|(name, n)| format!("{name} {n}")).collect();
                let _ = writeln!(out, "<p><b>{what}</b>: {}</p>", Text(&list.join(", ")));
            }
        }
        out.push_str("</section>\n");
    }
}

impl StoryFrame {
    fn write(&self, out: &mut String) {
        let hits: u32 = self.voices.iter().map(|(_, n)| n).sum();
        let pixels = PIXELS.0.min(PIXELS.1 / hits.max(1)).max(1);
        let _ = write!(out, "<details><summary>{} {hits} ", Text(&self.name));
        for (voice, n) in &self.voices {
            let colour = COLOURS.iter().find(|(known, _)| known == voice).map_or("#000000", |(_, colour)| colour);
            let _ = write!(
                out,
                "<span title=\"{voice} {n}\" style=\"display:inline-block;height:0.8em;width:{}px;background:{colour}\"></span>",
                n * pixels
            );
        }
        out.push_str("</summary>\n<ul class=\"kwic\">\n");
        for [left, surface, right] in &self.sentences {
            let _ = writeln!(
                out,
                "<li><p><span>{}</span> <mark>{}</mark> <span>{}</span></p></li>",
                Text(left),
                Text(surface),
                Text(right)
            );
        }
        out.push_str("</ul></details>\n");
    }
}

/// The page that lists stories.
pub fn story_index(program: &str, links: &[StoryLink]) -> String {
    let mut out = String::new();
    opening::shell(program, "Stories", &mut out);
    let _ = writeln!(
        out,
        "<header>\n<h1>Stories</h1>\n<p class=\"lede\"><span id=\"shown\">{0}</span> of {1} · <a href=\"../index.html\">the run</a></p>",
        links.len(),
        several(links.len() as u64, "story").replace("storys", "stories")
    );
    filters(links, &mut out);
    out.push_str("</header>\n<main id=\"main\">\n");
    open_table(&mut out, "Stories", "tall", "Articles of several outlets on one event; the largest first");
    out.push_str(
        "<thead><tr><th scope=\"col\" class=\"n\">Story</th><th scope=\"col\">Headline</th><th scope=\"col\">Days</th>",
    );
    out.push_str("<th scope=\"col\" class=\"n\">Articles</th><th scope=\"col\">Outlets</th><th scope=\"col\">Frames</th><th scope=\"col\">Words</th></tr></thead>\n<tbody>\n");
    links.iter().for_each(|link| link.row(&mut out));
    out.push_str("</tbody>\n");
    close_table(&mut out);
    let _ = write!(out, "<script>//<![CDATA[\n{FILTER}//]]></script>\n");
    end(program, &mut out);
    out
}

/// A field for text, lists of outlets and frames, two days.
fn filters(links: &[StoryLink], out: &mut String) {
    out.push_str("<p class=\"filters\"><label>Text <input id=\"query\" type=\"search\"/></label>");
    for (id, name, of) in [
        ("outlet", "Outlet", (|link| &link.outlets) as fn(&StoryLink) -> &Vec<String>),
        ("frame", "Frame", |link| &link.frames),
    ] {
        let names: BTreeSet<&String> = links.iter().flat_map(of).collect();
        let _ = write!(out, " <label>{name} <select id=\"{id}\"><option value=\"\">all</option>");
        names.iter().for_each(|name| _ = write!(out, "<option>{}</option>", Text(name)));
        out.push_str("</select></label>");
    }
    out.push_str(" <label>From <input id=\"from\" type=\"date\"/></label> <label>To <input id=\"to\" type=\"date\"/></label></p>\n");
}

impl StoryLink {
    fn row(&self, out: &mut String) {
        let title = match self.has_page {
            true => format!("<a href=\"{}.html\">{}</a>", self.number, Text(&self.title)),
            false => Text(&self.title).to_string(),
        };
        let _ = writeln!(
            out,
            "<tr data-outlets=\"{}\" data-frames=\"{}\" data-first=\"{}\" data-last=\"{}\"><td class=\"n\">{}</td><th scope=\"row\">{title}</th>\
             <td>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            Text(&self.outlets.join("\n")),
            Text(&self.frames.join("\n")),
            Text(&self.dates[0]),
            Text(&self.dates[1]),
            self.number,
            Text(&self.days),
            self.articles,
            Text(&self.outlets.join("; ")),
            Text(&match self.more_frames {
                0 => self.frames.join(", "),
                more => format!("{}, and {more} more", self.frames.join(", ")),
            }),
            Text(&self.words.join(", "))
        );
    }
}
