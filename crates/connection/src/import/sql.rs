//! Just enough of SQL to read a statement that names a catalog: words, texts, and what stands between.

/// A part of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a number, as written.
    Word(String),
    /// A name in quotes.
    Name(String),
    /// A text in quotes.
    Text(String),
    /// One other character.
    Symbol(char),
}

impl Token {
    /// Whether it is this word, in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own.eq_ignore_ascii_case(word))
    }

    /// A name, in quotes or without.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Word(name) | Self::Name(name) | Self::Text(name) => Some(name),
            Self::Symbol(_) => None,
        }
    }
}

/// Texts stand in `'`, names in `"` or `` ` ``; a mark that is doubled is part of what it surrounds. What is not
/// closed ends with the text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            _ if first.is_whitespace() => rest.trim_start(),
            _ if rest.starts_with("--") => rest.find('\n').map_or("", |at| &rest[at..]),
            _ if rest.starts_with("/*") => rest.find("*/").map_or("", |at| &rest[at + 2..]),
            '\'' | '"' | '`' => {
                let (inside, after) = quoted(rest, first);
                tokens.push(match first {
                    '\'' => Token::Text(inside),
                    _ => Token::Name(inside),
                });
                after
            }
            _ if is_word(first) => {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..end].to_owned()));
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

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_.$".contains(c)
}

/// What stands between two marks, and what comes after it.
fn quoted(text: &str, mark: char) -> (String, &str) {
    let mut inside = String::new();
    let mut rest = &text[mark.len_utf8()..];
    loop {
        let Some(at) = rest.find(mark) else {
            inside.push_str(rest);
            return (inside, "");
        };
        inside.push_str(&rest[..at]);
        rest = &rest[at + mark.len_utf8()..];
        match rest.strip_prefix(mark) {
            Some(after) => {
                inside.push(mark);
                rest = after;
            }
            None => return (inside, rest),
        }
    }
}

/// What stands between the first of the tokens, an opening mark, and the one that closes it; nothing where there is
/// none.
pub(super) fn enclosed(tokens: &[Token]) -> &[Token] {
    let Some((Token::Symbol('(' | '{' | '['), inside)) = tokens.split_first() else {
        return &[];
    };
    let mut depth = 0usize;
    for (index, token) in inside.iter().enumerate() {
        match token {
            Token::Symbol('(' | '{' | '[') => depth += 1,
            Token::Symbol(')' | '}' | ']') if depth == 0 => return &inside[..index],
            Token::Symbol(')' | '}' | ']') => depth -= 1,
            _ => {}
        }
    }
    inside
}

/// The parts between commas that stand in no bracket.
pub(super) fn parts(tokens: &[Token]) -> Vec<&[Token]> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Symbol('(' | '{' | '[') => depth += 1,
            Token::Symbol(')' | '}' | ']') => depth = depth.saturating_sub(1),
            Token::Symbol(',') if depth == 0 => {
                parts.push(&tokens[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// `CREATE CATALOG name … WITH ('key' = 'value', …)`, of Flink and of Trino: name and pairs of each.
pub(super) fn catalogs(text: &str) -> Vec<(String, Vec<super::Pair>)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut rest = &tokens[..];
    while let Some(at) = rest
        .windows(2)
        .position(|pair| pair[0].is("create") && pair[1].is("catalog"))
    {
        rest = &rest[at + 2..];
        let named = rest
            .iter()
            .find(|token| !["if", "not", "exists"].iter().any(|word| token.is(word)));
        let name = named.and_then(Token::name).unwrap_or_default().to_owned();
        let end = rest.iter().position(|token| token.is("create"));
        let statement = &rest[..end.unwrap_or(rest.len())];
        let with = statement.iter().position(|token| token.is("with"));
        let pairs = with.map_or(Vec::new(), |with| pairs(&statement[with + 1..]));
        found.push((name, pairs));
        rest = &rest[statement.len()..];
    }
    found
}

fn pairs(tokens: &[Token]) -> Vec<super::Pair> {
    let pair = |part: &[Token]| match part {
        [key, Token::Symbol('='), value @ ..] => {
            let value = match value {
                [Token::Text(text) | Token::Name(text) | Token::Word(text)] => Ok(text.clone()),
                _ => Err(super::Why::Computed),
            };
            Some((key.name()?.to_owned(), value))
        }
        _ => None,
    };
    parts(enclosed(tokens))
        .into_iter()
        .filter_map(pair)
        .collect()
}
