//! `ATTACH` and `CREATE SECRET`, taken apart.

use crate::import::Pair;
use crate::import::sql::{self, Token};
use crate::import::why::Why;

/// A statement: what it names, and its options.
pub(super) struct Statement {
    pub(super) name: String,
    /// The first text of an ATTACH.
    pub(super) warehouse: Option<String>,
    pub(super) options: Vec<Pair>,
}

impl Statement {
    /// The value of an option.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let found = self.options.iter().find(|(key, _)| key == name);
        found.and_then(|(_, value)| value.as_deref().ok())
    }

    /// Whether it is of this type.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.text("type")
            .is_some_and(|own| own.eq_ignore_ascii_case(kind))
    }
}

/// Before the name of a header among options.
pub(super) const HEADER: &str = "header ";

/// Every `ATTACH` or `CREATE … SECRET`: what stands before its brackets, and the options in them.
pub(super) fn statements(tokens: &[Token], word: &str) -> Vec<Statement> {
    let is_end = |token: &Token| *token == Token::Symbol(';');
    let mut found = Vec::new();
    for statement in tokens.split(is_end) {
        let Some(at) = statement.iter().position(|token| token.is(word)) else {
            continue;
        };
        // `SECRET name` of an ATTACH is no statement of its own.
        let begins = statement
            .iter()
            .find(|token| token.is("attach") || token.is("create"));
        if !begins.is_some_and(|token| token.is("create") == (word == "secret")) {
            continue;
        }
        let rest = &statement[at + 1..];
        let open = rest.iter().position(|token| *token == Token::Symbol('('));
        let (head, options) = rest.split_at(open.unwrap_or(rest.len()));
        found.push(head_of(head, options_of(options)));
    }
    found
}

fn head_of(head: &[Token], options: Vec<Pair>) -> Statement {
    const WORDS: [&str; 7] = ["if", "not", "exists", "database", "in", "local_file", "or"];
    let mut warehouse = None;
    let mut name = String::new();
    let mut is_named = false;
    for token in head {
        match token {
            Token::Text(text) if warehouse.is_none() && !is_named => warehouse = Some(text.clone()),
            _ if token.is("as") => {
                name.clear();
                is_named = true;
            }
            _ if WORDS.iter().any(|word| token.is(word)) => {}
            _ if name.is_empty() => name = token.name().unwrap_or_default().to_owned(),
            _ => {}
        }
    }
    Statement {
        name,
        warehouse,
        options,
    }
}

/// `KEY value`, and `EXTRA_HTTP_HEADERS MAP {'name': 'value'}` as a pair a header.
fn options_of(tokens: &[Token]) -> Vec<Pair> {
    let mut options = Vec::new();
    for part in sql::parts(sql::enclosed(tokens)) {
        let Some((key, value)) = part.split_first() else {
            continue;
        };
        let key = key.name().unwrap_or_default().to_ascii_lowercase();
        let value = match value {
            [Token::Symbol('='), value @ ..] => value,
            value => value,
        };
        match value {
            [Token::Text(text) | Token::Word(text) | Token::Name(text)] => {
                options.push((key, Ok(text.clone())));
            }
            [map, rest @ ..] if map.is("map") && key == "extra_http_headers" => {
                let inside = sql::enclosed(rest);
                options.extend(sql::parts(inside).into_iter().filter_map(header_of));
            }
            // A flag that is on.
            [] => options.push((key, Ok("true".to_owned()))),
            _ => options.push((key, Err(Why::Computed))),
        }
    }
    options
}

fn header_of(part: &[Token]) -> Option<Pair> {
    match part {
        [name, Token::Symbol(':' | '='), value] => {
            let name = format!("{HEADER}{}", name.name()?);
            Some((name, Ok(value.name()?.to_owned())))
        }
        [name, ..] => Some((format!("{HEADER}{}", name.name()?), Err(Why::Computed))),
        [] => None,
    }
}
