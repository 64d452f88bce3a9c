//! Texts that are written for programs, and hold words between what is none.
//!
//! In: the beginning of a file that is text. Out: what it is, and how to get the articles out of it.
//! Invariant: a running text is never taken for one: several lines have to agree on the form.
//! It deliberately reads none of them: what is a word in them, their own programs know.

use crate::read::columns::means_text;

/// What a text is that holds no running text, and what to do with it.
pub(super) fn what(start: &[u8]) -> Option<(&'static str, &'static str)> {
    let head = String::from_utf8_lossy(&start[..start.len().min(16 * 1024)]);
    let mut lines: Vec<&str> = head.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
    // the last line of a head is cut short
    if start.len() > 16 * 1024 {
        lines.pop();
    }
    let (&first, second) = (lines.first()?, lines.get(1).copied().unwrap_or_default());
    const TABLE: &str = "write the table as CSV, JSON or Parquet, in the program that it comes from";
    if is_sql(first, &lines) {
        return Some(("a dump of a database (SQL)", "export the table of the articles as CSV"));
    }
    // most texts have no tab on their first lines, and no label
    let is_parted = first.starts_with(['#', '-']) || first.contains('\t') || second.contains('\t');
    if is_parted && (is_conll(&lines) || is_tagged(&lines)) {
        let what = "a corpus in vertical format, one word a line (CoNLL, tagged text)";
        return Some((what, "save the running text of each article as .txt, or as a row of a .csv"));
    }
    if is_cdx(first, &lines) {
        return Some(("an index of a web archive (CDX)", "fetch the pages that it lists; WET files are read"));
    }
    if is_yaml(&lines) {
        return Some(("a list in YAML", "write the articles as JSON or CSV"));
    }
    if is_r(first, second) {
        return Some(("an object of R (dput, dump)", TABLE));
    }
    if is_pickle(first, &lines) {
        return Some(("a pickle of Python", "pandas: df.to_csv(…) or df.to_parquet(…)"));
    }
    if first.starts_with("\\documentclass") || first.starts_with('%') && head.contains("\n\\documentclass") {
        return Some(("a document of LaTeX", "pandoc -t plain FILE.tex -o FILE.txt, and check what it makes"));
    }
    if first.contains(':') && is_labelled(&head) {
        return Some(("records of `name: value` lines (DCF)", TABLE));
    }
    None
}

/// Almost JSON: objects as Python prints them (`{'text': …}`), and lists of strings that are JSON.
pub(super) fn like_json(head: &str) -> Option<(&'static str, &'static str)> {
    let object = head.strip_prefix('[').unwrap_or(head).trim_start();
    let key = object.strip_prefix("{'").and_then(|rest| rest.split_once("':"));
    if key.is_some_and(|(key, _)| !key.is_empty() && key.len() < 40 && !key.contains(['\'', '\n'])) {
        return Some(("dictionaries as Python prints them", "write them with json.dumps(…), one on each line"));
    }
    let what = "JSON inside a list of strings";
    head.starts_with("[\"{\\\"").then_some((what, "decode each string once more: json.loads(text)"))
}

/// Begins as a dump does, and has a statement that makes or fills a table.
fn is_sql(first: &str, lines: &[&str]) -> bool {
    const BEGINNINGS: &[&str] =
        &["--", "/*", "create ", "insert ", "drop ", "set ", "begin", "pragma ", "use ", "lock ", "copy "];
    const STATEMENTS: &[&str] = &["insert into ", "create table ", "copy "];
    let begins = |line: &str, with: &[&str]| {
        let line: String = line.chars().take(16).collect::<String>().to_lowercase();
        with.iter().any(|beginning| line.starts_with(beginning))
    };
    let is_statement = |line: &&str| {
        begins(line, STATEMENTS)
            && (line.contains('(') && !begins(line, &["copy "]) || line.to_lowercase().contains(" from stdin"))
    };
    // a headline begins with such a word too, and has no mark of a statement
    let is_code = first.starts_with("--") || first.starts_with("/*") || first.ends_with(';') || is_statement(&first);
    is_code && begins(first, BEGINNINGS) && lines.iter().any(is_statement)
}

/// `org,example)/ 20220105101500 https://example.org/ …`, or with JSON behind the time.
fn is_cdx(first: &str, lines: &[&str]) -> bool {
    let is_row = |line: &&&str| {
        let mut fields = line.split_whitespace();
        let (key, time, rest) = (fields.next(), fields.next(), fields.next());
        key.is_some_and(|key| key.contains(')'))
            && time.is_some_and(|time| time.len() == 14 && time.bytes().all(|byte| byte.is_ascii_digit()))
            && rest.is_some_and(|rest| rest.starts_with("http") || rest.starts_with('{'))
    };
    let rows = lines.iter().filter(is_row).count();
    rows > 0 && rows * 10 >= lines.len().saturating_sub(usize::from(first.trim_start().starts_with("CDX "))) * 9
}

/// CoNLL-U and its kin: ten columns, the first a number, the second a word, the seventh the number of another word.
fn is_conll(lines: &[&str]) -> bool {
    let rows = || lines.iter().filter(|line| !line.starts_with('#'));
    let is_token = |line: &&&str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let numbered = |field: &str| field == "_" || field.bytes().all(|byte| byte.is_ascii_digit());
        matches!(fields.as_slice(), [id, word, _, _, _, _, above, ..]
            if fields.len() >= 8 && id.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(' ') && numbered(above))
    };
    let tokens = rows().filter(is_token).count();
    lines.first().is_some_and(|line| line.starts_with("-DOCSTART-")) || tokens > 2 && tokens * 10 >= rows().count() * 9
}

/// A word, its tag, and perhaps its lemma on each line.
fn is_tagged(lines: &[&str]) -> bool {
    let is_tag = |field: &str| {
        (1..=8).contains(&field.len())
            && field.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_punctuation())
    };
    let is_token = |line: &&&str| match line.split('\t').collect::<Vec<_>>().as_slice() {
        [word, tag] | [word, tag, _] => !word.is_empty() && !word.contains(' ') && is_tag(tag),
        _ => false,
    };
    let tokens = lines.iter().filter(is_token).count();
    tokens > 9 && tokens * 10 >= lines.len() * 9
}

/// `- outlet: Dawn`, with further keys below, again and again.
fn is_yaml(lines: &[&str]) -> bool {
    let key = |line: &str| {
        let (key, rest) = line.split_once(':')?;
        let is_name =
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        (is_name && (rest.is_empty() || rest.starts_with(' '))).then(|| key.to_string())
    };
    let from = lines.iter().position(|line| line.trim_start().starts_with("- "));
    let Some(from) =
        from.filter(|&from| from == 0 || from <= 2 && lines[..from].iter().all(|l| *l == "---" || l.ends_with(':')))
    else {
        return false;
    };
    let items: Vec<&str> = lines[from..].iter().filter_map(|line| line.trim_start().strip_prefix("- ")).collect();
    let Some(first) = items.first().and_then(|item| key(item)) else { return false };
    let is_below = |line: &&str| line.starts_with("  ") && key(line.trim_start()).is_some();
    let again = items.iter().filter(|item| key(item).as_deref() == Some(first.as_str())).count();
    let of_list = lines[from..].iter().filter(|line| line.starts_with("  ") || line.trim_start().starts_with("- "));
    let is_most = of_list.count() * 4 > lines[from..].len() * 3;
    lines.get(from + 1).is_some_and(is_below) && is_most && (again > 1 || lines.len() < 12)
}

/// `structure(list(…`, or `name <-` and such a line behind it.
fn is_r(first: &str, second: &str) -> bool {
    let is_object = |line: &str| {
        line.starts_with("structure(")
            || ["list(", "c("].iter().any(|call| line.starts_with(call)) && line.contains(['=', '"'])
    };
    is_object(first) || first.ends_with("<-") && first.split_whitespace().count() <= 2 && is_object(second)
}

/// The oldest protocol of pickles is text: marks, and places in a memory.
fn is_pickle(first: &str, lines: &[&str]) -> bool {
    let is_place = |line: &&&str| {
        line.strip_prefix('p')
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let begins = first.starts_with("(lp") || first.starts_with("(dp") || first.starts_with('c') && !first.contains(' ');
    begins && lines.iter().filter(is_place).count() > 1
}

/// Blocks of `name: value` lines, all with the same names, of which one is that of a text.
fn is_labelled(head: &str) -> bool {
    let names = |block: &str| -> Option<Vec<String>> {
        let own = block.lines().filter(|line| !line.starts_with([' ', '\t']) && !line.trim().is_empty());
        let name = |line: &str| {
            let (name, _) = line.split_once(": ").or_else(|| line.strip_suffix(':').map(|name| (name, "")))?;
            (!name.contains(' ')).then(|| name.to_string())
        };
        own.map(name).collect()
    };
    let blocks: Vec<&str> = head.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    let [first, second, ..] = blocks.as_slice() else { return false };
    let Some(of_first) = names(first).filter(|names| names.len() > 1) else { return false };
    // a text may begin with who took the photograph and who wrote the words
    let is_most = blocks.iter().filter(|block| names(block).is_some()).count() * 2 > blocks.len();
    is_most
        && of_first.iter().any(|name| means_text(name))
        && names(second).is_some_and(|names| names.first() == of_first.first() && names.len() > 1)
}
