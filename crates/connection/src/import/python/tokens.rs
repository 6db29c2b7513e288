//! Just enough of Python to read a call: words, texts, and what stands between.

/// A part of a program.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Word(&'a str),
    /// A text, and whether it is whole: one with variables in it is not.
    Text(String, bool),
    Symbol(char),
}

/// Remarks are left out; what is not closed ends with the text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            _ if first.is_whitespace() => rest.trim_start(),
            '#' => rest.find('\n').map_or("", |at| &rest[at..]),
            '"' | '\'' => {
                let prefix = match tokens.last() {
                    Some(Token::Word(word)) if word.len() <= 2 && touches(text, word, rest) => {
                        word.to_ascii_lowercase()
                    }
                    _ => String::new(),
                };
                let is_prefix = !prefix.is_empty() && prefix.bytes().all(|b| b"rbuf".contains(&b));
                if is_prefix {
                    tokens.pop();
                }
                let (inside, after) = literal(rest, first, is_prefix && prefix.contains('r'));
                let is_whole = !(is_prefix && prefix.contains('f') && inside.contains('{'));
                tokens.push(Token::Text(inside, is_whole));
                after
            }
            _ if is_word(first) => {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                // The last name of a path: `catalog.load_catalog`.
                let path = &rest[..end];
                tokens.push(Token::Word(match path.contains("environ") {
                    true => path,
                    false => path.rsplit('.').next().unwrap_or(path),
                }));
                &rest[end..]
            }
            _ => {
                tokens.push(Token::Symbol(first));
                &rest[first.len_utf8()..]
            }
        };
    }
    tokens
}

/// Whether a word ends where the rest begins.
fn touches(text: &str, word: &str, rest: &str) -> bool {
    text[..text.len() - rest.len()].ends_with(word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

/// The text of a literal, in one mark or three, and what comes after it.
fn literal(text: &str, mark: char, is_raw: bool) -> (String, &str) {
    let triple: String = [mark; 3].iter().collect();
    let close = match text.starts_with(&triple) {
        true => triple,
        false => mark.to_string(),
    };
    let mut inside = String::new();
    let mut rest = &text[close.len()..];
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix(close.as_str()) {
            return (inside, after);
        }
        rest = &rest[c.len_utf8()..];
        if c != '\\' || is_raw {
            inside.push(c);
            continue;
        }
        let Some(escaped) = rest.chars().next() else {
            break;
        };
        rest = &rest[escaped.len_utf8()..];
        match escaped {
            'n' => inside.push('\n'),
            't' => inside.push('\t'),
            'r' => inside.push('\r'),
            '\n' => {}
            other => inside.push(other),
        }
    }
    (inside, rest)
}
