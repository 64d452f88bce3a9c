//! What is told about a lexicon: in itself, and against a corpus.

use super::{read, shared};
use framescope::lexicon::lint::{self, Corpus, Finding};
use framescope::lexicon::{self, Lexicon, check, show};

/// A stemmer for tests: English endings, and `ant`, which Snowball takes from *protestant* too.
fn stem(word: &str) -> String {
    let mut word = word.to_string();
    for ending in ["ants", "ant", "ers", "er", "ists", "ist", "ing", "ed", "s"] {
        if let Some(rest) = word.strip_suffix(ending).filter(|rest| rest.len() >= 4) {
            word = rest.to_string();
            break;
        }
    }
    word
}

fn told(text: &str) -> Vec<String> {
    check::check(&read("l.toml", text), &stem).iter().map(ToString::to_string).collect()
}

#[test]
fn shadowed_entries_are_redundant_but_not_counted_twice() {
    let text = "[lexicon]\nmatch = \"exact\"\n[[frame]]\nname = \"f\"\nterms = [\"aggress*\", \"aggressiv*\", \"grave\", \"grave*\", \"gravel pit\", \"grav?\",\n  { term = \"graves\", weight = 2 }, \"war on *\", \"war on terror\"]\n[[frame]]\nname = \"g\"\nterms = [\"aggression\"]\n";
    assert_eq!(
        told(text),
        [
            "note: l.toml:5:22: `aggressiv*` is redundant: `aggress*` of line 5 matches it\n  hint: a token counts once in a frame: no number changes",
            "note: l.toml:5:36: `grave` is redundant: `grav?` of line 5 matches it\n  hint: a token counts once in a frame: no number changes",
            "note: l.toml:6:12: `graves` weighs 2, `grave*` of line 5 that matches it too weighs 1\n  hint: the narrower one counts",
            "warning: l.toml:6:12: 1 entry of a frame has a weight, and its hits count as one each\n  hint: `kind = \"sentiment\"` under `[lexicon]` sums weights; frames are counted",
            "note: l.toml:6:48: `war on terror` is redundant: `war on *` of line 6 matches it\n  hint: a token counts once in a frame: no number changes",
        ]
    );
}

#[test]
fn entries_of_one_stem_are_redundant() {
    let text = "[[frame]]\nname = \"f\"\nterms = [\"terrorists\", \"terrorist\", \"=terrorist\", \"terror*\"]\n";
    let found = told(text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("`terrorists` is redundant: `terror*`"), "{found:?}");
    assert!(
        found[1].contains("`terrorist` is redundant: `terror") && found[2].contains("`=terrorist` is redundant"),
        "{found:?}"
    );
}

#[test]
fn an_exception_may_make_an_entry_unreachable_and_may_be_idle() {
    let text = "[[frame]]\nname = \"f\"\nterms = [\"coup\", \"coups d'etat\"]\nexcept = [\"coup de grâce\", \"coup d'etat\", \"Security Council\"]\n";
    let found = told(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("warning: l.toml:3:18: `coups d'etat` never counts: `coup d'etat` of line 4 excepts it"),
        "{found:?}"
    );
    assert!(
        found[1].starts_with("warning: l.toml:4:43: the exception `Security Council` contains no entry of its frame"),
        "{found:?}"
    );
}

#[test]
fn a_word_that_is_good_and_bad_is_a_contradiction() {
    let text = "[[frame]]\nname = \"positive\"\nterms = [\"grave\", \"fine\"]\n[[frame]]\nname = \"negative\"\nterms = [\"grave\"]\n[[frame]]\nname = \"x\"\nterms = [{ term = \"fine\", weight = -2 }]\n";
    let found = told(text);
    assert_eq!(
        found,
        [
            "warning: l.toml:6:10: `grave` is in `negative` with 1 and in `positive` (line 3) with 1\n  hint: keep one of them",
            "warning: l.toml:9:19: `fine` is in `x` with -2 and in `positive` (line 3) with 1\n  hint: keep one of them",
            "warning: l.toml:9:19: 1 entry of a frame has a weight, and its hits count as one each\n  hint: `kind = \"sentiment\"` under `[lexicon]` sums weights; frames are counted",
        ]
    );
}

#[test]
fn the_order_of_entries_does_not_change_which_pairs_are_told() {
    let pairs = |terms: &str| {
        let text = format!("[lexicon]\nmatch = \"exact\"\n[[frame]]\nname = \"f\"\nterms = [{terms}]\n");
        let mut found: Vec<String> =
            told(&text).iter().map(|t| t.split(": ").nth(2).unwrap_or_default().to_string()).collect();
        found.sort();
        found
    };
    assert_eq!(pairs("\"a*\", \"ab*\", \"abc\""), pairs("\"abc\", \"ab*\", \"a*\""));
    assert_eq!(pairs("\"a*\", \"ab*\", \"abc\"").len(), 2);
}

#[test]
fn large_samples_are_checked_quickly() {
    let Some(shared) = shared() else { return };
    for name in ["AFINN-111.txt", "vader_lexicon.txt", "moral_foundations.dic", "newsmap-russian.yml"] {
        let lexicon = lexicon::load(&shared.join("samples/lexicons").join(name).to_string_lossy()).unwrap();
        let _ = check::check(&lexicon, &stem);
    }
}

#[test]
fn show_is_a_tree_with_counts() {
    let text = "[lexicon]\nname = \"n\"\nversion = \"1.0.0\"\nlanguage = \"en\"\n[[frame]]\nname = \"security/terrorism\"\nterms = [\"terror*\", \"terror attack\", \"a BEFORE/2 b\"]\nexcept = [\"terror bird\"]\n[[frame]]\nname = \"security\"\nterms = [\"army\"]\n[[target]]\nname = \"t\"\nterms = [\"T\", \"U\"]\n";
    let expected = "\
n · 1.0.0 · en · match stem · 2 frames · 5 entries

frame        entries  phrases  wildcards  conditions  except
security           4        1          1           1       1
  terrorism        3        1          1           1       1
target t: T, U
";
    assert_eq!(show::show(&read("l.toml", text)), expected);
}

struct Data {
    words: Vec<(String, u64)>,
    pairs: Vec<((String, String), u64)>,
    hits: Vec<u64>,
    inside: Vec<(usize, String, u64)>,
}

impl Data {
    fn words(words: &[(&str, u64)]) -> Data {
        let words = words.iter().map(|(word, n)| (word.to_string(), *n)).collect();
        Data { words, pairs: Vec::new(), hits: Vec::new(), inside: Vec::new() }
    }

    fn lint(&self, lexicon: &Lexicon) -> Vec<Finding> {
        let corpus = Corpus {
            words: &self.words,
            pairs: &self.pairs,
            hits: &self.hits,
            forms: &[],
            inside: &self.inside,
            stem: &stem,
        };
        lint::lint(lexicon, &corpus, &lint::Options::default())
    }
}

fn shown(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_dead_entry_shows_the_forms_that_do_occur() {
    let lexicon = read(
        "l.toml",
        "[[frame]]\nname = \"f\"\nterms = [\"multivectoral\", \"occupyers\", \"coup d'etat\", \"unheard\", \"multi-vector\"]\n",
    );
    let mut data = Data::words(&[("occupiers", 7), ("coup", 3), ("multi", 320), ("vector", 330), ("the", 1000)]);
    data.pairs = vec![(("multi".into(), "vector".into()), 318), (("the".into(), "coup".into()), 2)];
    assert_eq!(
        shown(&data.lint(&lexicon)),
        [
            "warning: l.toml:3:10: multivectoral: 0 hits; near: multi-vector (318)\n  hint: add \"multi-vector\" if you want it to match",
            "warning: l.toml:3:27: occupyers: 0 hits; near: occupiers (7)\n  hint: add \"occupiers\" if you want it to match",
            "note: l.toml:3:40: coup d'etat: 0 hits; `d'etat` never occurs",
            "note: l.toml:3:55: unheard: 0 hits",
        ]
    );
}

#[test]
fn the_hits_of_a_run_overrule_the_vocabulary() {
    let lexicon = read("l.toml", "[[frame]]\nname = \"f\"\nterms = [\"war\", \"peace talks\"]\n");
    let mut data = Data::words(&[("war", 9), ("peace", 3), ("talks", 3), ("peacetalks", 2)]);
    assert_eq!(shown(&data.lint(&lexicon)), Vec::<String>::new());
    data.hits = vec![9, 0];
    assert_eq!(
        shown(&data.lint(&lexicon)),
        [
            "warning: l.toml:3:17: peace talks: 0 hits; near: peacetalks (2)\n  hint: add \"peacetalks\" if you want it to match"
        ]
    );
}

#[test]
fn a_greedy_wildcard_shows_its_top_forms() {
    let lexicon = read("l.toml", "[[frame]]\nname = \"f\"\nterms = [\"war*\", \"putsch*\", \"secur*\"]\n");
    let data = Data::words(&[
        ("war", 50),
        ("warm", 30),
        ("warn", 20),
        ("ward", 4),
        ("warren", 3),
        ("warsaw", 9),
        ("warehouse", 1),
        ("putsch", 2),
        ("putschists", 1),
        ("secure", 2),
        ("security", 3),
    ]);
    assert_eq!(
        shown(&data.lint(&lexicon)),
        [
            "warning: l.toml:3:10: war*: `war*` matches 7 words of 7 stems: war (50), warm (30), warn (20), warsaw (9), ward (4), warren (3)\n  hint: list the words that you mean, or except the others"
        ]
    );
}

#[test]
fn a_stem_that_catches_another_word_is_told() {
    let lexicon = read("l.toml", "[[frame]]\nname = \"f\"\nterms = [\"protest\", \"occupiers\"]\n");
    let data = Data::words(&[
        ("protest", 100),
        ("protests", 80),
        ("protesting", 5),
        ("protestant", 11),
        ("protestants", 2),
        ("occupiers", 3),
    ]);
    assert_eq!(
        shown(&data.lint(&lexicon)),
        [
            "warning: l.toml:3:10: protest: the stem of `protest` also catches: protestant (11), protestants (2)\n  hint: write \"=protest\", \"=protests\", \"=protesting\", or add except = [\"=protestant\"]; or accept them by naming them in its note"
        ]
    );
}

#[test]
fn an_entry_inside_a_longer_name_gets_its_except_line() {
    let lexicon = read(
        "l.toml",
        "[[frame]]\nname = \"f\"\nterms = [\"security\"]\n[[frame]]\nname = \"g\"\nterms = [\"security\"]\n[[frame]]\nname = \"f/x\"\nterms = [\"security\"]\n",
    );
    let mut data = Data::words(&[("security", 100)]);
    data.hits = vec![100, 100, 100];
    data.inside = vec![(0, "security council".into(), 78), (0, "security forces".into(), 10)];
    let found = shown(&data.lint(&lexicon));
    assert_eq!(
        found,
        [
            "warning: l.toml:3:10: security: 78 % of 100 hits lie inside `security council`: security council (78)\n  hint: except = [\"security council\"]",
            "note: l.toml:6:10: security: also in frame `f` (line 3): each hit counts in both",
        ]
    );
}

#[test]
fn name_variants_are_found_by_sound_in_any_script() {
    let lexicon = read(
        "l.toml",
        "[lexicon]\nmatch = \"exact\"\n[[target]]\nname = \"nazarbayev\"\nterms = [\"Nazarbayev\"]\n[[target]]\nname = \"masimov\"\nterms = [\"Masimov\"]\n[[target]]\nname = \"xi\"\nterms = [\"Xi\"]\n",
    );
    let data = Data::words(&[
        ("nazarbayev", 90),
        ("nazarbaev", 12),
        ("narzabajev", 2),
        ("nazabaryev", 1),
        ("назарбаев", 5),
        ("massimov", 4),
        ("maximum", 9),
        ("bazaar", 3),
        ("si", 4),
        ("xu", 2),
    ]);
    assert_eq!(
        shown(&data.lint(&lexicon)),
        [
            "warning: l.toml:3: nazarbayev: the corpus has words near this name: nazarbaev (12), назарбаев (5), narzabajev (2), nazabaryev (1)\n  hint: add those that you mean to its terms: \"nazarbaev\", \"назарбаев\", \"narzabajev\", \"nazabaryev\"",
            "warning: l.toml:6: masimov: the corpus has words near this name: massimov (4)\n  hint: add those that you mean to its terms: \"massimov\"",
        ]
    );
}

#[test]
fn lint_findings_do_not_depend_on_the_order_of_the_corpus() {
    let lexicon = read("l.toml", "[[frame]]\nname = \"f\"\nterms = [\"war*\", \"protest\", \"multivectoral\"]\n");
    let mut words = vec![
        ("war", 5),
        ("warm", 5),
        ("warn", 5),
        ("ward", 5),
        ("warsaw", 5),
        ("protestant", 5),
        ("multivectorial", 5),
    ];
    let forward = shown(&Data::words(&words).lint(&lexicon));
    words.reverse();
    assert_eq!(shown(&Data::words(&words).lint(&lexicon)), forward);
    assert_eq!(forward.len(), 3, "{forward:?}");
}
