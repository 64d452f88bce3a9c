//! Voices between commas, in other languages too, and sources that are never inside what was said.

use super::{Options, Read, read};
use framescope::text::Language;
use framescope::voice::Voice;

impl Read {
    fn words(&self, text: &str, tokens: framescope::text::Span<framescope::text::ArticleToken>) -> String {
        let spans = &self.tokens.spans[tokens.range()];
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return String::new() };
        text[first.start as usize..last.end as usize].to_string()
    }
}

/// A sentence; words of it, each with its voice (`+` attributed, `-` own) and the words of its speaker, empty for none.
type Case = (Language, &'static str, &'static [&'static str], &'static str);

const RU: Language = Language::RUSSIAN;
const IT: Language = Language::ITALIAN;
const EN: Language = Language::ENGLISH;
const ES: Language = Language::SPANISH;
const FR: Language = Language::FRENCH;
const UK: Language = Language::UKRAINIAN;
const PL: Language = Language::POLISH;

const CASES: &[Case] = &[
    // both sides of "as X said" are what X said
    (
        RU,
        "Повстанцы, как сообщил министр обороны Иванов, захватили порт.",
        &["+Повстанцы", "+захватили"],
        "министр обороны Иванов",
    ),
    (RU, "Повстанцы, как утверждает министр, захватили порт.", &["+Повстанцы", "+порт"], "министр"),
    (RU, "Как сообщает агентство, повстанцы захватили порт.", &["+повстанцы", "+порт"], "агентство"),
    (RU, "Повстанцы, сообщил министр, захватили порт.", &["+Повстанцы", "+порт"], "министр"),
    (RU, "Повстанцы, по словам министра Иванова, захватили порт.", &["+Повстанцы", "+порт"], "министра Иванова"),
    (RU, "По словам министра, повстанцы захватили порт.", &["+повстанцы", "+порт"], "министра"),
    (RU, "Повстанцы захватили порт, по словам министра.", &["+Повстанцы", "+порт"], "министра"),
    (RU, "По мнению аналитиков, повстанцы захватили порт без боя.", &["+повстанцы", "+боя"], "аналитиков"),
    (RU, "Повстанцы, как известно, захватили порт.", &["-Повстанцы", "-порт"], ""),
    // nobody is named who says so
    (RU, "Сообщается, что повстанцы захватили порт.", &["+повстанцы", "+порт"], ""),
    (RU, "Сообщалось также, что повстанцы захватили порт.", &["+повстанцы", "+порт"], ""),
    (RU, "Ранее сообщалось о захвате порта.", &["-Ранее", "+захвате"], ""),
    (RU, "Повстанцы, как сообщается, захватили порт.", &["+Повстанцы", "+порт"], ""),
    (RU, "Повстанцы захватили порт, сообщается в заявлении министерства.", &["+Повстанцы", "+порт", "-заявлении"], ""),
    (RU, "Повстанцы захватили порт, говорится в докладе комиссии.", &["+Повстанцы", "+порт", "-докладе"], ""),
    (
        IT,
        "I ribelli, come ha detto il ministro della Difesa Rossi, hanno preso il porto.",
        &["+ribelli", "+porto"],
        "il ministro della Difesa Rossi",
    ),
    (IT, "I ribelli, come riferisce l’agenzia, hanno preso il porto.", &["+ribelli", "+porto"], "l’agenzia"),
    (IT, "Come ha spiegato il ministro, i ribelli hanno preso il porto.", &["+ribelli", "+porto"], "il ministro"),
    (IT, "I ribelli, ha detto il ministro, hanno preso il porto.", &["+ribelli", "+porto"], "il ministro"),
    (IT, "I ribelli, secondo il ministro Rossi, hanno preso il porto.", &["+ribelli", "+porto"], "il ministro Rossi"),
    (IT, "I ribelli, stando alle parole del ministro, hanno preso il porto.", &["+ribelli", "+porto"], "ministro"),
    (IT, "Si apprende che i ribelli hanno preso il porto.", &["+ribelli", "+porto"], ""),
    (EN, "The rebels, as the minister noted, took the port.", &["+rebels", "+port"], "the minister"),
    (EN, "The rebels, said the minister, took the port.", &["+rebels", "+port"], "the minister"),
    (EN, "The rebels, allegedly, took the port.", &["+rebels", "+port"], ""),
    // where only the words that name a source are known
    (ES, "Según el ministro, los rebeldes tomaron el puerto.", &["+rebeldes", "+puerto"], "el ministro"),
    (ES, "Los rebeldes, según Pérez, tomaron el puerto.", &["+rebeldes", "+puerto"], "Pérez"),
    (FR, "Selon le ministre, les rebelles ont pris le port.", &["+rebelles", "+port"], "le ministre"),
    (FR, "Les rebelles, selon Dupont, ont pris le port.", &["+rebelles", "+port"], "Dupont"),
    (UK, "За словами міністра, повстанці захопили порт.", &["+повстанці", "+порт"], ""),
    (UK, "Повстанці, за даними поліції, захопили порт.", &["+Повстанці", "+порт"], ""),
    (PL, "Rebelianci, zdaniem ministra, zajęli port.", &["+Rebelianci", "+port"], ""),
    (PL, "Rebelianci zajęli port.", &["-Rebelianci", "-port"], ""),
    // a clause stands before: the rest is not its end
    (EN, "The rebels took the port, as the minister noted.", &["+rebels", "+port"], "the minister"),
];

#[test]
fn what_stands_on_both_sides_of_a_speaker_between_commas_is_the_speakers() {
    let mut wrong = Vec::new();
    for (language, text, words, source) in CASES {
        let read = read(text, *language, &Options::default());
        for word in *words {
            let (sign, word) = word.split_at(1);
            let verdict = read.of(text, word);
            let voice = if sign == "+" { Voice::Attributed } else { Voice::Own };
            let found = verdict.source.map(|source| read.words(text, source)).unwrap_or_default();
            if verdict.voice != voice || sign == "+" && found != *source {
                wrong.push(format!("{word}: {} by {}, of [{found}] | {text}", verdict.voice.name(), verdict.rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sentences in which somebody is named within what is said.
const NAMED_INSIDE: &[&str] = &[
    "“Hale said nothing to us,” the paper wrote.",
    "The minister wrote: “Hale said that we are terrorists.”",
    "An official of Hale, speaking on condition of anonymity, said “the rebels had left the city.”",
    "Hale is expected to leave the city.",
    "He recalled a book, she said, titled “The Long Road: Anna Hale’s Battle for the Soul of a Town.”",
    "Asked on Monday whether Hale would stay, he said “No.”",
    "The group said the group might run ads “depending on how the vote goes.”",
];

#[test]
fn a_source_is_never_inside_what_it_is_said_to_say_nor_in_quotation_marks() {
    for text in NAMED_INSIDE.iter().chain(CASES.iter().map(|(_, text, ..)| text)) {
        for language in [EN, RU, IT] {
            let read = read(text, language, &Options::default());
            for run in read.marked.runs() {
                let Some(source) = run.source else { continue };
                for token in source.range() {
                    let verdict = read.at_token(token);
                    let own = verdict.source != run.source && (verdict.cue.is_none() || verdict.cue != run.cue);
                    assert!(own && verdict.voice != Voice::Quoted, "{} | {text}", read.words(text, source));
                }
            }
        }
    }
    // who is expected to do something has not said so
    let text = "Hale is expected to leave the city.";
    assert_eq!(read(text, EN, &Options::default()).of(text, "leave").source, None);
}
