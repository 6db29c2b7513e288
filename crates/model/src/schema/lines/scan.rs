use serde_json::Value;

use super::Wrong;

/// A piece of a line.
#[derive(Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// Letters, digits and `_`.
    Word(&'a str),
    /// A name in backticks or double quotes, without these.
    Quoted(String),
    /// What stands in single quotes.
    Text(String),
    Sign(char),
    /// The end of a line.
    Break,
    End,
}

impl Token<'_> {
    /// As it is named where another one was expected.
    pub(crate) fn named(&self) -> String {
        match self {
            Self::Word(word) => format!("“{word}”"),
            Self::Quoted(name) => format!("the name “{name}”"),
            Self::Text(text) => format!("the text '{text}'"),
            Self::Sign(sign) => format!("“{sign}”"),
            Self::Break => "the end of the line".to_owned(),
            Self::End => "the end".to_owned(),
        }
    }
}

/// Whether a name is written without quotes.
pub(crate) fn plain(name: &str) -> bool {
    let mut letters = name.chars();
    letters
        .next()
        .is_some_and(|first| !first.is_numeric() && in_word(first))
        && letters.all(in_word)
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Where in the text something is read.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'a> {
    rest: &'a str,
    pub(crate) line: usize,
    /// How many `<` are open: the end of a line is a blank there.
    pub(crate) inside: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            line: 1,
            inside: 0,
        }
    }

    pub(crate) fn wrong<T>(&self, why: impl Into<String>) -> Result<T, Wrong> {
        Err(Wrong::new(self.line, why))
    }

    /// Passes over blanks and comments.
    pub(crate) fn skip(&mut self) {
        loop {
            let blank = |letter: char| letter.is_whitespace() && letter != '\n';
            self.rest = self.rest.trim_start_matches(blank);
            if self.rest.starts_with("--") {
                self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.inside > 0 && self.rest.starts_with('\n') {
                self.take(1);
                self.line += 1;
            } else {
                return;
            }
        }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    pub(crate) fn peek(&self) -> Result<Token<'a>, Wrong> {
        let mut ahead = *self;
        ahead.next()
    }

    pub(crate) fn next(&mut self) -> Result<Token<'a>, Wrong> {
        self.skip();
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        match first {
            '\n' => {
                self.take(1);
                self.line += 1;
                Ok(Token::Break)
            }
            '`' => Ok(Token::Quoted(self.closed('`')?)),
            '\'' => Ok(Token::Text(self.closed('\'')?)),
            '"' => match self.json()? {
                Value::String(name) => Ok(Token::Quoted(name)),
                _ => self.wrong("expected a name in double quotes."),
            },
            letter if in_word(letter) => {
                let end = self.rest.find(|letter| !in_word(letter));
                Ok(Token::Word(self.take(end.unwrap_or(self.rest.len()))))
            }
            sign => {
                self.take(sign.len_utf8());
                Ok(Token::Sign(sign))
            }
        }
    }

    /// Up to the quote that closes it; a doubled one stands for itself.
    fn closed(&mut self, quote: char) -> Result<String, Wrong> {
        let mut text = String::new();
        let mut rest = &self.rest[1..];
        loop {
            let Some(end) = rest
                .find([quote, '\n'])
                .filter(|end| rest[*end..].starts_with(quote))
            else {
                return self.wrong(format!(
                    "what begins with {quote} is not closed on its line."
                ));
            };
            text.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix(quote) {
                Some(more) => rest = more,
                None => {
                    self.rest = rest;
                    return Ok(text);
                }
            }
            text.push(quote);
        }
    }

    /// JSON that says itself where it ends: a string, an array, an object.
    fn json(&mut self) -> Result<Value, Wrong> {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter();
        match values.next() {
            Some(Ok(value)) => {
                let end = values.byte_offset();
                self.line += self.take(end).matches('\n').count();
                Ok(value)
            }
            _ => self.wrong("what begins with “\"”, “[” or “{” here is no JSON."),
        }
    }

    /// A literal of JSON or SQL, and as it is written.
    pub(crate) fn literal(&mut self) -> Result<(Value, &'a str), Wrong> {
        self.skip();
        let begin = self.rest;
        let value = match begin.chars().next() {
            Some('\'') => Value::String(self.closed('\'')?),
            Some('"' | '[' | '{') => self.json()?,
            _ => {
                let part = |letter: char| in_word(letter) || matches!(letter, '.' | '-' | '+');
                let end = begin.find(|letter| !part(letter)).unwrap_or(begin.len());
                let written = self.take(end);
                match serde_json::from_str(&written.to_ascii_lowercase()) {
                    Ok(value) => value,
                    Err(_) => return self.wrong(
                        "expected a value behind “default”: a number, true, false, a text in single quotes, or JSON.",
                    ),
                }
            }
        };
        Ok((value, &begin[..begin.len() - self.rest.len()]))
    }

    /// What stands between the two on this line, where the first one comes next.
    pub(crate) fn between(&mut self, open: char, close: char) -> Result<Option<&'a str>, Wrong> {
        let mut ahead = *self;
        ahead.skip();
        let Some(rest) = ahead.rest.strip_prefix(open) else {
            return Ok(None);
        };
        let Some(end) = rest
            .find([close, '\n'])
            .filter(|end| rest[*end..].starts_with(close))
        else {
            return ahead.wrong(format!("“{open}” is not closed on its line."));
        };
        ahead.rest = &rest[end + 1..];
        *self = ahead;
        Ok(Some(rest[..end].trim()))
    }
}
