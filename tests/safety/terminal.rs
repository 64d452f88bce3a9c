//! What reaches a terminal holds no control character of the data.

use super::framescope;
use crate::cache::temporary;
use std::fs;

const LEXICON: &str = "[lexicon]\nname = 'l'\n[[frame]]\nname = \"or\\u001b[31mder\"\nterms = ['police']\n";

/// 63-terminal-escapes
#[test]
fn control_characters_of_groups_frames_files_and_problems_are_shown_and_not_sent() {
    let folder = temporary("escapes");
    let evil = "\u{1b}]0;pwn\u{7}\u{1b}[2Jx\u{9b}31m\u{202e}y\rz";
    let csv = format!("id,text,outlet\n1,\"The police came. {evil}\",\"{evil}\"\n2,police,b\n3,police\n");
    fs::write(folder.join("p.csv"), csv).unwrap();
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    fs::create_dir(folder.join("texts")).unwrap();
    let odd = if cfg!(unix) { "a\u{1b}[31m\nerror: b.txt" } else { "a.txt" };
    fs::write(folder.join("texts").join(odd), "The police came.").unwrap();
    fs::write(folder.join("texts/empty.txt"), "").unwrap();
    fs::write(
        folder.join("broken.toml"),
        "[lexicon]\nname = \"\\u001b[1m\"\n[[frame]]\nname='a'\nterms=['b']\n\"\\u001b[7m\" = 1\n",
    )
    .unwrap();
    fs::write(folder.join("a.txt"), format!("“It is {evil} over,” said the police.")).unwrap();
    let commands: [&[&str]; 10] = [
        &["corpus", "check", "p.csv"],
        &["corpus", "check", "texts"],
        &["run", "p.csv", "-l", "l.toml", "--no-charts"],
        &["run", "texts", "-l", "l.toml", "--no-charts"],
        &["run", "p.csv", "-l", "broken.toml"],
        &["run", "\u{1b}[31mabsent", "-l", "l.toml"],
        &["lexicon", "check", "l.toml"],
        &["lexicon", "show", "l.toml"],
        &["show", "voice", "a.txt"],
        &["\u{1b}[31mverb"],
    ];
    for arguments in commands {
        let done = framescope(&folder, arguments);
        for (stream, bytes) in [("stdout", &done.stdout), ("stderr", &done.stderr)] {
            let text = String::from_utf8_lossy(bytes);
            let sent = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t') || *c == '\u{202e}');
            assert_eq!(sent, None, "{arguments:?}, {stream}: {text:?}");
        }
        let said = [done.stdout, done.stderr].concat();
        assert!(!said.is_empty(), "{arguments:?} says something");
    }
    let check = framescope(&folder, &["corpus", "check", "p.csv"]);
    assert!(String::from_utf8_lossy(&check.stdout).contains("\\u{1b}]0;pwn\\u{7}"), "shown, not dropped");
}
