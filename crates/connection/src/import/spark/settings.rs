//! Settings of Spark's, wherever they stand.

use crate::import::why::Why;
use crate::import::{MAX_KEY, MAX_KEYS, Pair, properties};

const START: &str = "spark.";
/// Marks of a command line before a setting.
const FLAGS: [&str; 4] = ["--conf", "--conf=", "-c", "--conf ="];

/// Every setting of Spark's in the text, in order; of several of one key the last.
pub(super) fn settings(text: &str) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    let (mut at, mut seen) = (0, 0);
    let mut is_remark = is_remark_at(text, 0);
    while let Some(next) = text[at..].find(START).map(|next| at + next) {
        at = next + START.len();
        if let Some(line) = text[seen..next].rfind('\n') {
            is_remark = is_remark_at(text, seen + line + 1);
        }
        seen = next;
        // What is not the beginning of a word is part of another, as `org.apache.spark.`.
        let is_part = |c: char| c.is_alphanumeric() || "._-/{".contains(c);
        if is_remark || text[..next].ends_with(is_part) {
            continue;
        }
        let (pair, end) = setting(text, next);
        at = at.max(end);
        let Some(pair) = pair else { continue };
        match found.iter_mut().find(|(key, _)| *key == pair.0) {
            Some(before) => *before = pair,
            None => found.push(pair),
        }
        if found.len() > MAX_KEYS {
            break;
        }
    }
    found
}

fn is_remark_at(text: &str, line: usize) -> bool {
    let line = text[line..].trim_start_matches([' ', '\t']);
    line.starts_with('#') || line.starts_with("//")
}

/// The setting whose key begins at `start`, and where it ends.
fn setting(text: &str, start: usize) -> (Option<Pair>, usize) {
    let quote = text[..start]
        .chars()
        .next_back()
        .filter(|c| "\"'`".contains(*c));
    let word = start - quote.map_or(0, char::len_utf8);
    let before = text[..word].trim_end();
    let is_shell = FLAGS.iter().any(|flag| before.ends_with(flag));
    if is_shell {
        let (whole, end) = shell_word(text, word);
        let pair = whole.split_once('=');
        let pair = pair.map(|(key, value)| (key.trim().to_owned(), Ok(value.to_owned())));
        return (pair.filter(|(key, _)| is_key(key)), end);
    }
    match quote {
        Some(mark) => quoted_setting(text, start, mark),
        None => line_setting(text, start),
    }
}

/// `"key", "value"`, `"key": "value"`, `"key" -> "value"` or `"key=value"`.
fn quoted_setting(text: &str, start: usize, mark: char) -> (Option<Pair>, usize) {
    let (inside, end) = literal(text, start, mark);
    if let Some((key, value)) = inside.split_once('=') {
        let pair = (key.trim().to_owned(), Ok(value.to_owned()));
        return (is_key(&pair.0).then_some(pair), end);
    }
    let rest = text[end..].trim_start();
    let rest = rest
        .strip_prefix("->")
        .or_else(|| rest.strip_prefix([',', ':', '=']));
    let (true, Some(rest)) = (is_key(&inside), rest) else {
        return (None, end);
    };
    let rest = rest.trim_start();
    let begin = text.len() - rest.len();
    let prefix = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .filter(|length| *length <= 2)
        .unwrap_or(0);
    let is_format = rest[..prefix].contains(['f', 'F', 's']);
    match rest[prefix..].chars().next() {
        Some(mark @ ('"' | '\'' | '`')) => {
            let (value, end) = literal(text, begin + prefix + 1, mark);
            let value = match is_format && value.contains(['{', '$']) {
                true => Err(Why::Computed),
                false => Ok(value),
            };
            (Some((inside, value)), end)
        }
        _ => {
            let length = rest.find([',', ')', '}', '\n']).unwrap_or(rest.len());
            let value = rest[..length].trim();
            let is_plain = ["true", "false", "True", "False"].contains(&value)
                || (!value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()));
            let value = match is_plain {
                true => Ok(value.to_owned()),
                false => Err(Why::Computed),
            };
            (Some((inside, value)), begin + length)
        }
    }
}

/// A line of a file: a key, `=`, `:` or a space, and a value to the end of the line.
fn line_setting(text: &str, start: usize) -> (Option<Pair>, usize) {
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    let line = &text[start..start + length];
    let end = start + length;
    let (key, value) = match properties::read(line).pop() {
        Some((key, value)) if is_key(&key) => (key, value),
        _ => return (None, end),
    };
    let value = value.trim_end_matches('\\').trim();
    let unquoted = ['"', '\'']
        .into_iter()
        .find_map(|mark| value.strip_prefix(mark)?.strip_suffix(mark));
    (Some((key, Ok(unquoted.unwrap_or(value).to_owned()))), end)
}

/// The text up to its closing mark, with escapes undone, and where that is.
fn literal(text: &str, start: usize, mark: char) -> (String, usize) {
    let mut inside = String::new();
    let mut chars = text[start..].char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => inside.extend(chars.next().map(|(_, c)| c)),
            _ if c == mark => return (inside, start + at + 1),
            _ => inside.push(c),
        }
    }
    (inside, text.len())
}

/// A word of a shell, with its quotes undone, and where it ends.
fn shell_word(text: &str, start: usize) -> (String, usize) {
    let mut word = String::new();
    let mut quote = None;
    let mut chars = text[start..].char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(mark), _) if c == mark => quote = None,
            (None | Some('"'), '\\') => word.extend(chars.next().map(|(_, c)| c)),
            (None, _) if c.is_whitespace() => return (word, start + at),
            _ => word.push(c),
        }
    }
    (word, text.len())
}

/// Of the form that keys have, variables of a program in braces included.
fn is_key(text: &str) -> bool {
    text.len() <= MAX_KEY
        && text.starts_with(START)
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}
