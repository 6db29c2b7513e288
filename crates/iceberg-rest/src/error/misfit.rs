use std::fmt;

use serde_json::error::Category;

/// Why a text is not what was expected: what and where, and never a word of the text itself, which may hold
/// secrets and be of any length.
pub(crate) enum Misfit {
    /// Where it stops being JSON.
    NoJson(Position),
    TooDeep,
    /// What should stand there, as far as the parser says.
    Unexpected(Option<String>, Position),
    /// A field.
    Lacks(&'static str),
}

pub(crate) struct Position {
    line: usize,
    column: usize,
}

impl From<&serde_json::Error> for Misfit {
    fn from(error: &serde_json::Error) -> Self {
        let at = Position {
            line: error.line(),
            column: error.column(),
        };
        let text = error.to_string();
        match error.classify() {
            _ if text.starts_with("recursion limit exceeded") => Self::TooDeep,
            Category::Data => Self::Unexpected(expected(&text), at),
            _ => Self::NoJson(at),
        }
    }
}

/// What serde says was expected: the end of its sentence, behind any value that it quotes.
fn expected(text: &str) -> Option<String> {
    let (said, _) = text.rsplit_once(" at line ")?;
    let lacks = said.strip_prefix("missing field ");
    let invalid = ["invalid type: ", "invalid value: ", "invalid length "];
    let quotes = invalid.iter().any(|start| said.starts_with(start));
    let expected = quotes.then(|| said.rsplit_once(", expected "));
    lacks
        .or(expected.flatten().map(|(_, what)| what))
        .map(str::to_owned)
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoJson(at) => at.fmt(f),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::Unexpected(Some(what), at) => write!(f, "expected {what}, {at}"),
            Self::Unexpected(None, at) => at.fmt(f),
            Self::Lacks(field) => write!(f, "there is no `{field}`"),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
