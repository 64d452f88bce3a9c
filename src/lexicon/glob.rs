//! Wildcards against words, and against other wildcards.
//!
//! In: a folded word with `*` and `?`. Out: whether it matches, and which of a sorted vocabulary it matches.
//! Invariant: `*` is any rest, also none; `?` is one character; a wildcard is covered only by one that is as wide.
//! It deliberately does not match articles: `lookup` does.

/// True where the pattern matches the whole text. Signs of wildcards in the text are matched by `*` alone, `?` also by `?`:
/// so `covers("aggress*", "aggressiv*")` is true, and whatever the second matches the first does.
pub(super) fn covers(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some('?') if text[t] != '*' => (p, t) = (p + 1, t + 1),
            Some(&c) if c == text[t] && c != '?' => (p, t) = (p + 1, t + 1),
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    (p, t) = (star + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

/// Letters before the first wildcard.
pub(super) fn prefix(pattern: &str) -> &str {
    &pattern[..pattern.find(['*', '?']).unwrap_or(pattern.len())]
}

/// Numbers of the words of a sorted vocabulary that the pattern matches.
pub(super) fn matches(pattern: &str, sorted: &[(&str, u64)]) -> Vec<usize> {
    let prefix = prefix(pattern);
    let start = sorted.partition_point(|(word, _)| *word < prefix);
    let inside = sorted[start..].iter().take_while(|(word, _)| word.starts_with(prefix)).enumerate();
    inside.filter(|(_, (word, _))| covers(pattern, word)).map(|(i, _)| start + i).collect()
}
