//! PyIceberg's `load_catalog("name", **{"uri": "…"})` and `RestCatalog("name", uri="…")`.

mod tokens;

use super::left::Left;
use super::why::Why;
use super::{Catalogs, NotRead, Pair, bounded, flink};
use tokens::{Token, tokens};

/// Functions that open a catalog.
pub(super) const CALLS: [&str; 3] = ["load_catalog", "load_rest", "RestCatalog"];

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let tokens = tokens(text);
    let mut catalogs = Catalogs::default();
    let mut count = 0;
    let mut rest = &tokens[..];
    while let Some(at) = rest.windows(2).position(is_call) {
        let word = &rest[at];
        let (mut name, pairs, length) = arguments(&rest[at + 2..]);
        rest = &rest[at + 2 + length..];
        count += pairs.len();
        bounded(count)?;
        if catalogs.drafts.len() > super::MAX_CATALOGS {
            return Err(NotRead::TooManyCatalogs);
        }
        let (named, pairs): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(key, _)| key == "name");
        if let Some((_, Ok(told))) = named.into_iter().next() {
            name = told;
        }
        match flink::not_rest(&pairs)
            .filter(|_| *word != Token::Word("RestCatalog") && !pairs.is_empty())
        {
            Some(kind) => catalogs.left.push(Left::new(&name, Why::NotRest(kind))),
            // Its settings are elsewhere: in a variable, or in a file.
            None if pairs.is_empty() => catalogs.left.push(Left::new(&name, Why::Computed)),
            None => catalogs.drafts.push(flink::draft(&name, pairs)),
        }
    }
    Ok(catalogs)
}

fn is_call(pair: &[Token]) -> bool {
    matches!(pair, [Token::Word(word), Token::Symbol('(')] if CALLS.contains(word))
}

/// The first text, and every `"key": value` and `key=value` up to the bracket that closes the call; and how many
/// tokens that is.
fn arguments(tokens: &[Token]) -> (String, Vec<Pair>, usize) {
    let mut name = String::new();
    let mut pairs: Vec<Pair> = Vec::new();
    let mut depth = 1usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Symbol('(' | '{' | '[') => depth += 1,
            Token::Symbol(')' | '}' | ']') => depth -= 1,
            Token::Text(text, _) if name.is_empty() && pairs.is_empty() && !colon(tokens, at) => {
                name.clone_from(text);
            }
            Token::Text(key, _) if colon(tokens, at) => {
                let (value, next) = value(tokens, at + 1);
                pairs.push((key.clone(), value));
                at = next;
            }
            Token::Word(key) if tokens.get(at) == Some(&Token::Symbol('=')) => {
                let (value, next) = value(tokens, at + 1);
                pairs.push(((*key).to_owned(), value));
                at = next;
            }
            _ => {}
        }
        if depth == 0 || pairs.len() > super::MAX_KEYS {
            break;
        }
    }
    (name, pairs, at)
}

fn colon(tokens: &[Token], at: usize) -> bool {
    tokens.get(at) == Some(&Token::Symbol(':'))
}

/// A value, and where the next argument begins: after its comma, or at the bracket that closes.
fn value(tokens: &[Token], start: usize) -> (Result<String, Why>, usize) {
    let mut depth = 0usize;
    let mut end = start;
    while let Some(token) = tokens.get(end) {
        match token {
            Token::Symbol('(' | '{' | '[') => depth += 1,
            Token::Symbol(')' | '}' | ']') if depth == 0 => break,
            Token::Symbol(')' | '}' | ']') => depth -= 1,
            Token::Symbol(',') if depth == 0 => break,
            _ => {}
        }
        end += 1;
    }
    let value = match &tokens[start.min(end)..end] {
        [Token::Text(text, true)] => Ok(text.clone()),
        [Token::Word(word @ ("True" | "False"))] => Ok((*word).to_owned()),
        [Token::Word(word)] if word.bytes().all(|b| b.is_ascii_digit()) => Ok((*word).to_owned()),
        all => {
            let of_system = |token: &Token| matches!(token, Token::Word(word) if word.contains("environ") || word.contains("getenv"));
            match all.iter().any(of_system) {
                true => Err(Why::Environment),
                false => Err(Why::Computed),
            }
        }
    };
    (value, end)
}
