//! What is counted as a word, through the whole program: small corpora in which a spelling, a sign or a line end once hid a hit.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use crate::run::rows;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let folder = std::env::temp_dir().join(format!("framescope-words-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        Folder(folder)
    }

    fn framescope(&self, arguments: &[&str]) -> Output {
        let output =
            Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&self.0).args(arguments).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn says(&self, arguments: &[&str]) -> String {
        String::from_utf8_lossy(&self.framescope(arguments).stdout).into_owned()
    }

    fn run(&self, arguments: &[&str]) {
        self.framescope(&[&["run"], arguments, &["--out", "out", "--no-charts", "-q"]].concat());
    }

    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        rows(&self.0.join("out").join(name))
    }

    /// Article, frame and surface of every hit.
    fn hits(&self) -> Vec<String> {
        let told = |row: BTreeMap<String, String>| format!("{} {} {}", row["article"], row["frame"], row["surface"]);
        crate::run::hits(&self.0.join("out")).into_iter().map(told).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The hits of a word list `term,category` in a table `id,language,text`; each surface is where the table says it is.
fn hits(name: &str, corpus: &str, lexicon: &str, arguments: &[&str]) -> Vec<String> {
    let table = format!("id,language,text\n{corpus}");
    let folder = Folder::new(name, &[("c.csv", &table), ("l.csv", &format!("term,category\n{lexicon}"))]);
    folder.run(&[&["c.csv", "--lexicon", "l.csv"], arguments].concat());
    folder.hits()
}

#[test]
fn case_09_narrow_no_break_space_parts_words() {
    let text = "1,fr,\"«\u{202f}Émeutiers\u{202f}» : le mot fâche. Des émeutiers\u{202f}? Un coup d’État\u{202f}; des émeutiers\u{202f}: rien.\"\n";
    let found = hits("09", text, "émeutiers,r\ncoup d'état,c\n", &[]);
    assert_eq!(found, ["1 r Émeutiers", "1 r émeutiers", "1 c coup d’État", "1 r émeutiers"]);
}

#[test]
fn case_10_invisible_characters_take_no_part() {
    let marks =
        ["", "\u{200e}", "\u{200f}", "\u{200c}", "\u{202c}", "\u{2069}", "\u{fe0f}", "\u{200d}", "\u{61c}", "\u{180e}"];
    let row = |(i, mark): (usize, &&str)| format!("{i},en,Number {i} of them saw the looters{mark} near the well.\n");
    let mut corpus: String = marks.iter().enumerate().map(row).collect();
    corpus.push_str(
        "sp,en,They met loo\u{200b}ters by the hill yesterday.\nsoft,en,All the loo\u{ad}ters had left by then.\n",
    );
    corpus.push_str("ru,ru,Мароде\u{301}ры ушли из города.\n");
    assert_eq!(hits("10", &corpus, "looters,t\nмародеры,t\n", &[]).len(), marks.len() + 3);
}

#[test]
fn case_11_turkish_dotted_capital_i() {
    let corpus = "1,tr,\"İsyan büyüdü. DARBE GİRİŞİMİ bitti. İktidar sustu. IŞIK söndü.\"\n\
                  2,tr,\"Yine isyan çıktı. Darbe girişimi oldu. Sonra iktidar konuştu, ışık geldi.\"\n\
                  3,tr,Ankara’nın isyanı ve IMF’nin sözü.\n";
    let found = hits("11", corpus, "isyan,t\ndarbe girişimi,c\niktidar,p\nIşık,l\nankara,a\nIMF,i\n", &[]);
    let of = |id: &str| found.iter().filter(|hit| hit.starts_with(id)).count();
    assert_eq!((of("1"), of("2"), of("3")), (4, 4, 2), "{found:?}");
    let corpus = "1,kk,İsyan boldı.\n2,az,İSYAN oldu.\n";
    assert_eq!(hits("11b", corpus, "isyan,t\n", &[]).len(), 2);
}

#[test]
fn cases_13_and_44_one_spelling_in_every_mode_unless_it_is_strict() {
    let ru = "1,ru,Жесткий ответ. Самолет сел.\n2,ru,Жёсткий приказ. Самолёт взлетел.\n";
    let de = "1,de,STRASSENKAMPF in der Stadt. Der Strassenkampf ging weiter.\n2,de,Straßenkampf dort. Der Straßenkampf war kurz.\n";
    for mode in ["exact", "stem"] {
        assert_eq!(hits("13", ru, "жёсткий,n\nсамолет,o\n", &["--match", mode]).len(), 4, "{mode}");
        assert_eq!(hits("44", de, "straßenkampf,a\n", &["--match", mode]).len(), 4, "{mode}");
    }
    // wildcards too
    assert_eq!(hits("13b", ru, "жёстк*,n\n", &[]).len(), 2);
    let strict = ["--match", "exact", "--fold", "strict"];
    assert_eq!(hits("13c", ru, "жёсткий,n\nсамолет,o\n", &strict), ["1 o Самолет", "2 n Жёсткий"]);
    assert_eq!(hits("44b", de, "straßenkampf,a\n", &strict).len(), 2);
    // ligatures and full-width letters of scanned and East Asian texts
    let corpus = "1,en,The ﬁre and the Ｃｏｕｐ were there.\n";
    assert_eq!(hits("44c", corpus, "fire,f\ncoup,c\n", &[]).len(), 2);
}

#[test]
fn spellings_of_persian_arabic_hebrew_and_armenian_are_one() {
    // Persian on an Arabic keyboard, Arabic with and without its vowel signs, Hebrew with points, Armenian questions
    let corpus =
        "1,fa,یک کودتای بزرگ\n2,fa,يك كودتاي ديگر در شهر\n3,ar,مُظَاهَرَة في المدينة\n4,he,מַהְפֵּכָה בעיר\n5,hy,Նա գնո՞ւմ է\n";
    let lexicon = "کودتای,coup\nمظاهرة,protest\nמהפכה,coup\nգնում,go\n";
    let found = hits("44d", corpus, lexicon, &["--match", "exact"]);
    assert_eq!(found, ["1 coup کودتای", "2 coup كودتاي", "3 protest مُظَاهَرَة", "4 coup מַהְפֵּכָה", "5 go գնո՞ւմ"]);
    let strict = hits("44e", corpus, lexicon, &["--match", "exact", "--fold", "strict"]);
    assert_eq!(strict, ["1 coup کودتای", "5 go գնո՞ւմ"]);
}

#[test]
fn case_14_no_space_after_a_full_stop() {
    let corpus = "1,en,\"Shops shut in the town.Rioters had come!Looters fled, said:Nobody. Topics:coup, unrest\u{b7}coup\"\n\
                  2,en,\"Read Yahoo.com in No.10, said J.K.Looters of the U.S.A. and St.Looters.\"\n";
    let found = hits("14", corpus, "rioters,r\nlooters,l\ncoup,c\nyahoo,y\n", &[]);
    assert_eq!(found, ["1 r Rioters", "1 l Looters", "1 c coup", "1 c coup", "2 l Looters", "2 l Looters"]);
}

// 36-signs-that-entries-lose
#[test]
fn case_36_signs_of_tags_and_handles_count_and_words_do_not_find_them() {
    let corpus = "1,en,\"They halt and resist. #resist! The @halt account, see https://resist.example.org/halt or me@resist.org.\"\n";
    // a cell that begins with @ has an apostrophe before it, as spreadsheets want it
    let found = hits("36", corpus, "#resist,tag\n@halt,handle\nresist,word\nhalt,word\nresist*,wild\n", &[]);
    assert_eq!(found, ["1 word halt", "1 wild resist", "1 word resist", "1 tag #resist", "1 handle '@halt"]);
    let found = hits("36b", corpus, "#res*,tag\n*@resist.org,mail\nhttps*://*,link\n", &[]);
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn phrases_stay_in_their_sentence() {
    let text = "Police fire tear gas\n\nMarkets are calm. They shot tear. Gas rose. A tear, gas and a tear\ngas shell; U.S. Army men.\n";
    let folder = Folder::new(
        "phrases",
        &[("a.txt", text), ("l.csv", "term,category\ngas markets,m\ntear gas,t\nu.s. army,u\n")],
    );
    folder.run(&["a.txt", "--lexicon", "l.csv"]);
    assert_eq!(folder.hits(), ["a t tear gas", "a t tear, gas", "a t tear\ngas", "a u U.S. Army"]);
}

const BROKEN: &str = "The looters and the mili-\ntants seized the air-\nport in the night. Every-\nbody fled and the well-\nknown looters¬\n\
                      stayed in the rio-\nters’ camp.\n";

// 33-hyphens-at-line-ends
#[test]
fn case_33_words_broken_at_line_ends_are_joined_where_they_are_words() {
    let whole =
        "The militants left the airport. Everybody knew the well known men, and two well known women of the town.\n";
    let lexicon =
        "[lexicon]\nname = \"who\"\nlanguage = \"en\"\n[[frame]]\nname = \"t\"\nterms = [\"militant\", \"rioter\"]\n";
    let files = [("a.txt", BROKEN), ("b.txt", whole), ("who.toml", lexicon)];
    let folder = Folder::new("33", &files);
    let arguments = ["a.txt", "b.txt", "--lexicon", "who.toml", "--language", "en"];
    folder.run(&arguments);
    assert_eq!(folder.hits(), ["a t mili-\ntants", "a t rio-\nters", "b t militants"]);
    // the surface stands in the file where the table says
    for row in crate::run::hits(&folder.0.join("out")).iter().filter(|row| row["article"] == "a") {
        let [start, end] = ["byte_start", "byte_end"].map(|column| row[column].parse::<usize>().unwrap());
        assert_eq!(&BROKEN[start..end], row["surface"]);
    }
    let notes: Vec<String> =
        folder.table("problems.csv").into_iter().map(|row| format!("{} {}", row["kind"], row["found"])).collect();
    let note = notes.iter().find(|note| note.starts_with("line-end-hyphens")).unwrap();
    assert!(note.contains("line end: 5 words") || note.contains("line end: 6 words"), "{note}");
    assert!(note.contains("`airport`") && note.contains("`wellknown`"), "{note}");
    // neither shards nor threads nor a second run move a byte
    let all = |name: &str| fs::read(folder.0.join("out").join(name)).unwrap();
    let first = [all("hits/t.csv"), all("counts.csv"), all("articles.csv")];
    for more in [&["--shard-articles", "1"][..], &["--threads", "1", "--no-cache"], &["--shard-articles", "1"]] {
        folder.run(&[&arguments, more].concat());
        assert_eq!([all("hits/t.csv"), all("counts.csv"), all("articles.csv")], first, "{more:?}");
    }
    // an edited lexicon knows a word that it did not know before
    fs::write(folder.0.join("who.toml"), lexicon.replace("\"rioter\"", "\"bandit\"")).unwrap();
    folder.run(&arguments);
    assert_eq!(folder.hits(), ["a t mili-\ntants", "b t militants"]);
    fs::write(folder.0.join("who.toml"), lexicon).unwrap();
    folder.run(&arguments);
    assert_eq!([all("hits/t.csv"), all("counts.csv"), all("articles.csv")], first);
    let study = "[corpus]\npaths = [\"a.txt\", \"b.txt\"]\nlanguage = \"en\"\n[lexicons]\npaths = [\"who.toml\"]\n\
                 [clean]\ndehyphenate = false\n[report]\nout = \"out\"\n";
    fs::write(folder.0.join("study.toml"), study).unwrap();
    folder.run(&["--study", "study.toml"]);
    assert_eq!(folder.hits(), ["b t militants"]);
}

#[test]
fn short_texts_take_the_language_of_their_outlet_or_corpus() {
    let long = "The president of the country said that the government was to resign and that order would return to the city by night.";
    let lang = "Il presidente del paese ha detto che il governo si sarebbe dimesso e che non ci sono dubbi nella capitale anche oggi.";
    let corpus = format!(
        "id,outlet,text\n1,Day,{long}\n2,Day,\"Minister denies riot report\"\n3,Sera,{lang}\n4,Sera,\"Presidente nega, riot\"\n\
         5,New,\"Oil riot\"\n6,Day,{long}\n7,Day,Полиция и riot в городе\n8,Day,\"Він сказав, що riot у місті, і що це не так, але його не було\"\n"
    );
    let folder = Folder::new("languages", &[("c.csv", &corpus), ("l.csv", "term,category\nriot,r\n")]);
    let languages = |arguments: &[&str]| {
        folder.run(&[&["c.csv", "--lexicon", "l.csv"], arguments].concat());
        let told = |row: &BTreeMap<String, String>| row["language"].clone();
        folder.table("articles.csv").iter().map(told).collect::<Vec<String>>()
    };
    let found = languages(&["--no-cache"]);
    assert_eq!(found[..6], ["en", "en", "it", "it", "en", "en"]);
    assert!(found[6] != "en" && found[7] == "uk", "{found:?}");
    for more in [&["--shard-articles", "1"][..], &["--threads", "1"], &[]] {
        assert_eq!(languages(more), found, "{more:?}");
    }
    assert!(
        folder.says(&["corpus", "check", "c.csv"]).contains("short articles take the language of most articles of")
    );
    // a declaration: nothing is guessed
    assert!(languages(&["--language", "en"]).iter().all(|language| language == "en"));
}

#[test]
fn a_declared_language_gives_its_cues_to_one_sentence() {
    let folder = Folder::new("voice", &[("a.txt", "Burton said, \"I love cats!\"\n")]);
    assert!(folder.says(&["show", "voice", "a.txt", "--language", "en", "--explain"]).contains("[quoted: I love cats"));
    // and without one the text is taken for what it is
    assert!(folder.says(&["show", "voice", "a.txt"]).contains("[quoted: I love cats"));
}

#[test]
fn explain_words_states_the_rules() {
    let folder = Folder::new("explain", &[]);
    let text = folder.says(&["explain", "words"]);
    for rule in ["phrases", "addresses", "ß is ss", "--fold strict", "dehyphenate"] {
        assert!(text.contains(rule), "{rule}\n{text}");
    }
}
