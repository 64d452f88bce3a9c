//! What a measure is and how voices are told apart, from the tables that the code itself uses.

use super::Finding;
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::statistics::{MEASURES, measure_named};
use crate::study::{SETTINGS, Setting, Study, TABLES, setting};
use crate::text::FOLDING;
use crate::voice::RULES;
use std::fmt::Write as _;

/// What a word, a sentence and a phrase are.
const WORDS: &str = "\
Words are those of Unicode (UAX #29): runs of letters and digits, with apostrophes and full stops inside (don't, U.S.); hyphenated
words are several. Entries of lexicons are cut by the same rules. Beyond Unicode:

spaces       every space parts words, the narrow no-break space of French too
full stops   between letters they part words where nobody put a space (town.Militants, J.K.Rowling), but not in abbreviations
             (U.S., e.g.), hosts and file names (example.com, report.pdf); so do colons (topics:coup) and middle dots
addresses    web and e-mail addresses are one token each, and so are @handles and #tags; an entry that is a word does not match
             them, nor does its wildcard: `resist` finds resist, `#resist` finds #resist. Of other signs ($100) entries keep none
line ends    mili-⏎tants is one word where militants occurs in the corpus at least as often as the two parts side by side; or
             where these never occur and a lexicon has it; else two, and listed ([clean] dehyphenate = false: always two)
sentences    end at . ! ? … before a word that does not begin with a small letter, unless the stop belongs to an abbreviation;
             with no space after it, also at . ! ? : between a small letter and a capital
paragraphs   end at a line break, unless the line was only wrapped
phrases      stay inside one sentence: they may cross commas and wrapped lines, never its end, a paragraph or the headline's end

Two spellings are one word by these rules, in every match mode and in every lexicon:
";

/// The six lines of a measure, the rules of voice, the settings of a study (all, those of a table, or one as in `clean.furniture`), or the
/// list of names.
pub fn explain(what: Option<&str>) -> Result<Finding> {
    let text = match what {
        None => names(),
        Some("voice") => voice(),
        Some("words") => words(),
        Some("settings") => settings(|_| true),
        Some(name) if TABLES.iter().any(|(table, _)| *table == name) && measure_named(name).is_none() => {
            settings(|setting| setting.table().unwrap_or(setting.path) == name)
        }
        Some(name) if setting(name).is_some() => settings(|setting| setting.path == name),
        Some(name) => match measure_named(name) {
            Some(measure) => measure.to_string(),
            None => return Err(unknown(name).into()),
        },
    };
    Ok(Finding { text: text.trim_end().to_string(), needs_decision: false })
}

fn names() -> String {
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    format!("voice\nwords\nsettings\n{}", names.join("\n"))
}

fn voice() -> String {
    let mut text = String::from(
        "The first rule that covers a word decides its voice; a word that no rule covers is in the text's own voice (`own`).\n",
    );
    for rule in RULES {
        let _ = write!(text, "\n{:12} {}\n    {}\n    {}\n", rule.voice.name(), rule.name, rule.decides, rule.example);
    }
    text
}

/// Settings of a study file, table by table.
fn settings(is_asked: impl Fn(&Setting) -> bool) -> String {
    let mut text = String::new();
    for (table, about) in TABLES {
        let of_table = |setting: &&Setting| setting.table().unwrap_or(setting.path) == *table && is_asked(setting);
        let mut rows = SETTINGS.iter().filter(of_table).peekable();
        if rows.peek().is_some() {
            let about = if about.is_empty() { String::new() } else { format!("  {about}") };
            let _ = writeln!(text, "[{table}]{about}");
        }
        for setting in rows {
            let without = match (Study::default_of(setting), setting.unset) {
                (Some(default), _) => format!("; default {default}"),
                (None, "") => String::new(),
                (None, unset) => format!("; without it {unset}"),
            };
            let _ = writeln!(
                text,
                "  {}\n      {}\n      {}{without}",
                setting.key(),
                setting.about,
                setting.range.words()
            );
        }
    }
    text
}

fn words() -> String {
    let mut text = String::from(WORDS);
    for (name, does, example) in FOLDING {
        let _ = write!(text, "\n{name:12} {does}\n{:12} {example}\n", "");
    }
    text.push_str(
        "\n* not with `--fold strict`, or `fold = \"strict\"` under [lexicons] in a study file: then these spellings stay different.\n",
    );
    text
}

fn unknown(name: &str) -> Problem {
    let names = || {
        MEASURES
            .iter()
            .map(|measure| measure.name)
            .chain(["voice", "words", "settings"])
            .chain(SETTINGS.iter().map(|setting| setting.path))
    };
    let problem = Problem::error(
        "measure-unknown",
        Place::file("explain"),
        format!("no measure and no setting is called `{name}`"),
    );
    match did_you_mean(name, names()) {
        Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
        None => problem.hint("`framescope explain` lists the names"),
    }
}
