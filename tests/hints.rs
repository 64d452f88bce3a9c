//! No hint names what does not exist: every option and command that a message or a document names is one.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use clap::{Command, CommandFactory};
use framescope::cli::Arguments;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn program() -> Command {
    let mut program = Arguments::command();
    program.build();
    program
}

fn longs(command: &Command, found: &mut BTreeSet<String>) {
    found.extend(command.get_arguments().filter_map(|argument| argument.get_long()).map(str::to_string));
    command.get_subcommands().for_each(|verb| longs(verb, found));
}

/// Words that follow `framescope` in a piece of code, up to its end.
fn commands(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("framescope ") {
        let before = text[..at].chars().next_back();
        // in running text it is the name of the program; at the beginning of a line, unless that is code
        let is_in_code = || text[..at].matches("\n```").count() % 2 == 1;
        if before == Some('\n') && !is_in_code() {
            continue;
        }
        if !matches!(before, None | Some('`' | '"' | '\n')) && !text[..at].ends_with("/release/") {
            continue;
        }
        let rest = &text[at + "framescope ".len()..];
        let end = rest.find(['`', '"', '\n', '#', ';', '|', '\\']).unwrap_or(rest.len());
        let closing = if before == Some('`') { rest.find('`').unwrap_or(rest.len()) } else { end };
        found.push((at, rest[..end.min(closing)].to_string()));
    }
    found
}

/// What is wrong with words behind `framescope`, if something is.
fn wrong(program: &Command, words: &str) -> Option<String> {
    let mut command = program;
    let mut words = words.split_whitespace().peekable();
    while let Some(verb) = words.peek().and_then(|word| command.find_subcommand(word.trim_end_matches([',', '.', ')'])))
    {
        command = verb;
        words.next();
    }
    let next = words.peek().copied().unwrap_or_default();
    let is_plain = !next.is_empty() && next.chars().all(|c| c.is_ascii_lowercase());
    if command.has_subcommands() && !command.is_args_conflicts_with_subcommands_set() && is_plain {
        return Some(format!("`{} {next}` is no command", command.get_name()));
    }
    let known: BTreeSet<&str> = command.get_arguments().filter_map(|argument| argument.get_long()).collect();
    let option = |word: &str| {
        word.strip_prefix("--").map(|word| word.trim_end_matches(|c: char| !c.is_ascii_lowercase()).to_string())
    };
    let strange = words.filter_map(option).find(|word| !known.contains(word.split('=').next().unwrap_or_default()));
    strange.map(|word| format!("`{}` has no --{word}", command.get_name()))
}

/// Options that a text names, anywhere.
fn options(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("--") {
        let is_begun = text[..at].chars().next_back().is_none_or(|c| matches!(c, '`' | '"' | ' ' | '(' | '\n'));
        let name: String = text[at + 2..].chars().take_while(|&c| c.is_ascii_lowercase() || c == '-').collect();
        if is_begun && name.len() > 1 && name.starts_with(|c: char| c.is_ascii_lowercase()) {
            found.push((at, name.trim_end_matches('-').to_string()));
        }
    }
    found
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

#[test]
fn every_option_and_command_that_a_text_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    files(&root.join("src"), "rs", &mut texts);
    files(&root.join("lexicons"), "md", &mut texts);
    files(&root.join("docs"), "md", &mut texts);
    texts.extend(
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "seeds/README.md", "seeds/study.toml"]
            .map(|name| root.join(name)),
    );
    let program = program();
    let mut known = BTreeSet::new();
    longs(&program, &mut known);
    known.extend(["help".to_string(), "version".to_string()]);
    let (mut problems, mut seen) = (Vec::new(), 0);
    for path in texts {
        let text = fs::read_to_string(&path).unwrap();
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let shown = path.strip_prefix(root).unwrap().display().to_string();
        for (at, words) in commands(&text) {
            seen += 1;
            problems.extend(wrong(&program, &words).map(|what| format!("{shown}:{}: {what}", line(at))));
        }
        for (at, name) in options(&text) {
            let whole = text[..at].rsplit('\n').next().unwrap_or_default();
            // options of other programs, in lines that call them
            let is_foreign = ["cargo ", "git ", "rustup ", "sbatch ", "job ", "spark-submit ", ".ci/release"]
                .iter()
                .any(|other| whole.contains(other));
            if !is_foreign && !known.contains(&name) {
                problems.push(format!("{shown}:{}: --{name} is no option", line(at)));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(seen > 30, "{seen} commands are named");
}

#[test]
fn the_test_of_hints_can_fail() {
    let program = program();
    for (words, is_right) in [
        ("run articles/ --lexicon coup.toml", true),
        ("run articles/ --form csv", false),
        ("validate", true),
        ("validate sample output --hits 20", true),
        ("validate score coding --out x", false),
        ("lexicon validate x.toml", false),
        ("lexicon forms x.toml --format csv", true),
        ("cache verify", true),
        ("sentiment compare", true),
        ("diff --last", true),
        ("corpus init DIR", true),
    ] {
        assert_eq!(wrong(&program, words).is_none(), is_right, "{words}");
    }
    assert_eq!(options("use `--form` or --by outlet"), [(5, "form".to_string()), (16, "by".to_string())]);
}
