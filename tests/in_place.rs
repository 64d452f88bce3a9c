//! The texts of plain tables are not copied into the index: they are read again where they stand, or refused, and never another text.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::{run, same, temporary, write_old};
use framescope::error::Error;
use framescope::{Corpus, Study};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const LEXICON: &str = "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\n\
    terms = ['police', 'riot', 'state of emergency', { term = 'Riot', match = 'case' }]\n";

/// Rows whose texts are written in every way that a table has: with doubled marks, without marks, with a title beside, with mark-up, with
/// bytes of another encoding, with words of several bytes, with a NUL byte, empty, with spaces around.
fn table(rows: usize) -> Vec<u8> {
    let mut table = b"\xef\xbb\xbfid,outlet,date,title,text\r\n".to_vec();
    for i in 0..rows {
        let text: &[u8] = match i % 9 {
            0 => b"\"The police said \"\"riot\"\" on day one, and \"\"\"\"riot\"\"\"\" again.\r\n\r\nA second line of the police.\"",
            1 => b"The police call it a riot \"\"so to speak\"\" and nobody else does.",
            2 => b"\"<p>The police &amp; the riot.</p><p>They were seen.</p>\"",
            3 => b"\"The police of Orl\xe9ans saw a riot there, in the caf\xe9.\"",
            4 => "\"Полиция said: “The riot is over” — police, naïve café 🚓.\"".as_bytes(),
            5 => b"\"The police\0 and the riot.\"",
            6 => b"",
            7 => b"\"  Riot police, a \"\"state of emergency\"\".  \"",
            _ => b"\"A riot that the police saw. It was no riot, the police said later, and went home.\"",
        };
        let title = if i % 2 == 0 { "\"A title of \"\"its own\"\" about the police\"" } else { "" };
        write!(table, "{i},Paper {},2022-01-{:02},{title},", i % 3, 1 + i % 28).unwrap();
        // no two articles are copies of each other
        let (body, close) = text.strip_suffix(b"\"").map_or((text, ""), |body| (body, "\""));
        table.extend_from_slice(body);
        write!(table, " In town{i} nobody knew of town{}.{close}", i * 7).unwrap();
        table.extend_from_slice(b"\r\n");
    }
    table
}

fn lay(name: &str, rows: usize) -> PathBuf {
    let folder = temporary(name);
    fs::create_dir_all(folder.join("texts")).unwrap();
    fs::write(folder.join("texts/news.csv"), table(rows)).unwrap();
    fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
    let file = fs::File::options().append(true).open(folder.join("texts/news.csv")).unwrap();
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(60)).unwrap();
    folder
}

fn study(folder: &Path) -> Study {
    let mut study = Study { corpus: vec![folder.join("texts").to_string_lossy().into_owned()], ..Study::default() };
    study.lexicons = vec![folder.join("lexicon.toml").to_string_lossy().into_owned()];
    study.report.out = folder.join("none").to_string_lossy().into_owned();
    (study.shard_articles, study.threads) = (5, 1);
    study
}

/// The table of [`lay`], packed.
fn pack(folder: &Path) {
    let path = folder.join("texts/news.csv");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&fs::read(&path).unwrap()).unwrap();
    fs::remove_file(path).unwrap();
    fs::write(folder.join("texts/news.csv.gz"), packed.finish().unwrap()).unwrap();
}

/// Every hit with the words that stand at its bytes, as the tables of a run have them.
fn hits(folder: &Path, out: &str) -> Vec<Vec<String>> {
    let mut table = csv::Reader::from_path(folder.join(out).join("hits/order.csv")).unwrap();
    table.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect()
}

fn index_bytes(folder: &Path, out: &str) -> u64 {
    let entries = fs::read_dir(folder.join(out).join(".cache")).unwrap().map(|entry| entry.unwrap());
    let shards = entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".shard"));
    shards.map(|shard| shard.metadata().unwrap().len()).sum()
}

#[test]
fn a_table_gives_what_the_same_table_packed_gives() {
    let folder = lay("in-place", 400);
    run(&folder, "plain", &[]);
    let plain = hits(&folder, "plain");
    let from_cache = run(&folder, "plain", &["--seed", "9"]);
    same(&run(&folder, "fresh", &["--seed", "9", "--no-cache"]), &from_cache);
    pack(&folder);
    run(&folder, "packed", &[]);
    assert!(plain.len() > 400, "{}", plain.len());
    let without_file = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
        let cell = |cell: String| cell.replace("news.csv.gz", "news.csv");
        rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
    };
    assert_eq!(plain, without_file(hits(&folder, "packed")));
}

#[test]
fn an_index_of_a_table_holds_no_text() {
    let folder = lay("in-place-small", 0);
    let mut state = 1u32;
    let mut word = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        format!("police{}", state >> 20)
    };
    let mut rows = "id,outlet,date,title,text\n".to_string();
    for i in 0..50 {
        let text: Vec<String> = (0..400).map(|_| word()).collect();
        rows.push_str(&format!("{i},Paper,2022-01-01,,\"{}\"\n", text.join(" \"\"and\"\" ")));
    }
    fs::write(folder.join("texts/news.csv"), rows).unwrap();
    run(&folder, "plain", &[]);
    pack(&folder);
    run(&folder, "packed", &[]);
    let [plain, packed] = ["plain", "packed"].map(|out| index_bytes(&folder, out));
    assert!(plain + 50_000 < packed, "{plain} {packed}");
}

#[test]
fn a_table_that_is_edited_between_runs_is_read_again_even_where_no_line_moved() {
    let folder = lay("in-place-edited", 100);
    run(&folder, "out", &[]);
    // what stands behind the edit lies elsewhere in the file now, and its articles are the same
    let text = table(100);
    let at = text.windows(6).position(|window| window == b"police").unwrap();
    let edited = [&text[..at], b"constables ", &text[at..]].concat();
    fs::write(folder.join("texts/news.csv"), edited).unwrap();
    same(&run(&folder, "fresh", &["--no-cache"]), &run(&folder, "out", &[]));
}

#[test]
fn a_table_that_is_changed_while_it_is_counted_is_an_error_and_no_other_quotation() {
    let folder = lay("in-place-changed", 200);
    let path = folder.join("texts/news.csv");
    for change in 0..3 {
        fs::write(&path, table(200)).unwrap();
        let mut shards = 0;
        let counted =
            framescope::hits_in_parts(&study(&folder), &Corpus::of_study(&study(&folder)), &Default::default(), |_| {
                shards += 1;
                if shards == 1 {
                    match change {
                        // as long as it was
                        0 => fs::write(
                            &path,
                            table(200).iter().map(|b| if *b == b'o' { b'0' } else { *b }).collect::<Vec<u8>>(),
                        ),
                        1 => fs::write(&path, &table(200)[..2000]),
                        _ => fs::remove_file(&path),
                    }
                    .unwrap();
                }
                Ok(())
            });
        let Err(Error::Refused(problems)) = counted else { panic!("{change}: {counted:?}") };
        assert!(problems.iter().any(|problem| problem.kind == "file-changed"), "{change}: {problems:?}");
        assert!(shards < 40, "{change}: {shards}");
    }
}

#[test]
fn a_moved_corpus_is_read_where_it_is() {
    let folder = lay("in-place-moved", 60);
    run(&folder, "out", &[]);
    let before = hits(&folder, "out");
    fs::rename(folder.join("texts"), folder.join("elsewhere")).unwrap();
    fs::create_dir(folder.join("texts")).unwrap();
    fs::rename(folder.join("elsewhere/news.csv"), folder.join("texts/news.csv")).unwrap();
    write_old(&folder.join("lexicon.toml"), &LEXICON.replace("'riot'", "'riot', 'home'"));
    run(&folder, "out", &[]);
    assert!(hits(&folder, "out").len() > before.len());
    same(&run(&folder, "fresh", &["--no-cache"]), &run(&folder, "out", &[]));
}
