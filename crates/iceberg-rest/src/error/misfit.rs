use std::fmt::{self, Write};

use serde_json::error::Category;

/// Why a text is not what was expected: what and where, and of the text itself, which may hold secrets and be of
/// any length, only what fields are called.
pub(crate) enum Misfit {
    /// Where it stops being JSON.
    NoJson(Position),
    /// Where it ends before it is complete.
    Cut(Position),
    TooDeep,
    /// What should stand there, as far as the parser says.
    Unexpected {
        what: Option<String>,
        /// Which field it is; empty for all of the answer.
        path: String,
        at: Position,
    },
    /// A field.
    Lacks(&'static str),
}

pub(crate) struct Position {
    line: usize,
    column: usize,
}

impl Misfit {
    /// `path` leads to where reading ended.
    pub fn new(error: &serde_json::Error, path: String) -> Self {
        let at = Position {
            line: error.line(),
            column: error.column(),
        };
        let text = Ends::of(error);
        match error.classify() {
            _ if text.starts_with("recursion limit exceeded") => Self::TooDeep,
            // Each answer is an object, which serde also reads from a list of its fields.
            Category::Data if path.starts_with('[') => Self::Unexpected {
                what: Some("an object".to_owned()),
                path: String::new(),
                at,
            },
            Category::Data => Self::Unexpected {
                what: expected(&text),
                path,
                at,
            },
            Category::Eof => Self::Cut(at),
            _ => Self::NoJson(at),
        }
    }

    /// The field that does not fit in an answer that is of the right kind otherwise.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Unexpected { path, .. } => Some(path.as_str()).filter(|path| !path.is_empty()),
            _ => None,
        }
    }
}

/// The beginning and the end of what serde says: it quotes values of any length between them.
#[derive(Default)]
struct Ends {
    start: String,
    end: String,
}

impl Ends {
    /// Bytes of each.
    const LENGTH: usize = 1024;

    fn of(error: &serde_json::Error) -> String {
        let mut ends = Self::default();
        // Writing to a text does not fail.
        let _ = write!(ends, "{error}");
        ends.start + &ends.end
    }
}

impl fmt::Write for Ends {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = match self.end.is_empty() {
            true => Self::LENGTH.saturating_sub(self.start.len()),
            false => 0,
        };
        let (start, rest) = text.split_at(text.floor_char_boundary(room));
        self.start.push_str(start);
        let last = rest.ceil_char_boundary(rest.len().saturating_sub(Self::LENGTH));
        self.end.push_str(&rest[last..]);
        let excess = self.end.len().saturating_sub(Self::LENGTH);
        self.end.drain(..self.end.ceil_char_boundary(excess));
        Ok(())
    }
}

/// What serde says was expected: the end of its sentence, behind any value that it quotes.
fn expected(text: &str) -> Option<String> {
    let said = text.rsplit_once(" at line ").map_or(text, |(said, _)| said);
    let lacks = said.strip_prefix("missing field ");
    let invalid = ["invalid type: ", "invalid value: ", "invalid length "];
    let quotes = invalid.iter().any(|start| said.starts_with(start));
    let expected = quotes.then(|| said.rsplit_once(", expected "));
    let expected = expected.flatten().map(|(found, what)| {
        let what = match what.starts_with("struct ") {
            true => "an object",
            false => what,
        };
        match found == "invalid type: null" {
            true => format!("{what}, not null"),
            false => what.to_owned(),
        }
    });
    lacks.map(str::to_owned).or(expected)
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut(at) | Self::NoJson(at) => at.fmt(f),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::Unexpected { what, path, at } => {
                if !path.is_empty() {
                    write!(f, "`{path}`: ")?;
                }
                match what {
                    // Of an object that is whole.
                    Some(what) if at.line == 0 => write!(f, "expected {what}"),
                    Some(what) => write!(f, "expected {what}, {at}"),
                    None => at.fmt(f),
                }
            }
            Self::Lacks(field) => write!(f, "there is no `{field}`"),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_quoted_value_only_its_ends_are_read() {
        for length in [1, 900, 1100, 5000] {
            let text = serde_json::to_string(&"ü".repeat(length)).unwrap();
            let error = serde_json::from_str::<Vec<u8>>(&text).unwrap_err();
            assert!(Ends::of(&error).len() <= 2 * Ends::LENGTH);
            let said = Misfit::new(&error, String::new()).to_string();
            assert!(said.starts_with("expected a sequence, line 1"), "{said}");
        }
    }
}
