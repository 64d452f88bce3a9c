//! Stories side by side: a page for each, and one that lists them.
//!
//! In: plain structs. Out: HTML with the style of the run's page.
//! Invariant: as of the run's page: well-formed, nothing is loaded, every text arrives as text.
//! It deliberately counts nothing.

use super::markup::{Text, close_table, open_table, several};
use super::opening;
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
    /// One an outlet.
    pub columns: Vec<StoryColumn>,
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
    /// The frames that were found.
    pub frames: Vec<StoryFrame>,
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
    /// Its articles.
    pub articles: u64,
    /// Its outlets.
    pub outlets: Vec<String>,
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

/// Shows the rows of the list that have each word of the query.
const FILTER: &str = "<script>//<![CDATA[\n\"use strict\";\nconst box = document.getElementById(\"query\");\n\
    box.addEventListener(\"input\", () => {\n  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);\n  \
    for (const row of document.querySelectorAll(\"tbody tr\")) {\n    const text = row.textContent.toLowerCase();\n    \
    row.hidden = !words.every((word) => text.includes(word));\n  }\n});\n//]]></script>\n";

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
        out.push_str("</p>\n</header>\n<main id=\"main\">\n<div style=\"display:flex;flex-wrap:wrap;gap:2rem;align-items:flex-start\">\n");
        self.columns.iter().for_each(|column| column.write(&mut out));
        out.push_str("</div>\n");
        end(&self.program, &mut out);
        out
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
        "<header>\n<h1>Stories</h1>\n<p class=\"lede\">{} · <a href=\"../index.html\">the run</a></p>\n\
         <p><label>Only those with <input id=\"query\" type=\"search\"/></label></p>\n</header>\n<main id=\"main\">",
        several(links.len() as u64, "story").replace("storys", "stories")
    );
    open_table(&mut out, "Stories", "tall", "Articles of several outlets on one event; the largest first");
    out.push_str(
        "<thead><tr><th scope=\"col\" class=\"n\">Story</th><th scope=\"col\">Headline</th><th scope=\"col\">Days</th>",
    );
    out.push_str("<th scope=\"col\" class=\"n\">Articles</th><th scope=\"col\">Outlets</th><th scope=\"col\">Words</th></tr></thead>\n<tbody>\n");
    for link in links {
        let title = if link.has_page {
            format!("<a href=\"{}.html\">{}</a>", link.number, Text(&link.title))
        } else {
            Text(&link.title).to_string()
        };
        let _ = writeln!(
            out,
            "<tr><td class=\"n\">{}</td><th scope=\"row\">{title}</th><td>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>",
            link.number,
            Text(&link.days),
            link.articles,
            Text(&link.outlets.join("; ")),
            Text(&link.words.join(", "))
        );
    }
    out.push_str("</tbody>\n");
    close_table(&mut out);
    out.push_str(FILTER);
    end(program, &mut out);
    out
}
