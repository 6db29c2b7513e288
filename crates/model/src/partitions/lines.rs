//! Partition fields and sort fields as lines that people type: `day(at)`, `bucket(16, id) as b`,
//! `name desc nulls last`.

use crate::schema::lines::{
    MAX_TEXT, Wrong,
    scan::{Scan, Token, plain},
};

mod resolve;
#[cfg(test)]
mod tests;
mod transform;

pub use resolve::{order, order_lines, order_words, spec, spec_lines};
pub use transform::Transform;

/// Fields of a spec or an order.
pub const MAX_FIELDS: usize = 1000;

/// One value that partitions are told apart by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionLine {
    /// From 1.
    pub line: usize,
    /// What is done to the column.
    pub transform: Transform,
    /// Its full name: `address.city`.
    pub column: String,
    /// What it is called; `None`: as [`Transform::name`] says.
    pub name: Option<String>,
}

/// One value that rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortLine {
    /// From 1.
    pub line: usize,
    /// What is done to the column.
    pub transform: Transform,
    /// Its full name: `address.city`.
    pub column: String,
    /// The largest first.
    pub descending: bool,
    /// Before all others.
    pub nulls_first: bool,
}

/// Reads partition fields.
///
/// # Errors
/// The first line that is wrong.
pub fn partitions(text: &str) -> Result<Vec<PartitionLine>, Wrong> {
    lines(text, |parser| {
        let (line, transform, column) = parser.value()?;
        let name = match parser.word(&["as"])? {
            Some(_) => Some(parser.name("a name behind “as”")?),
            None => None,
        };
        Ok(PartitionLine {
            line,
            transform,
            column,
            name,
        })
    })
}

/// Reads sort fields. Ascending where nothing else is said, with nulls first, and descending with nulls last.
///
/// # Errors
/// The first line that is wrong.
pub fn sorts(text: &str) -> Result<Vec<SortLine>, Wrong> {
    lines(text, |parser| {
        let (line, transform, column) = parser.value()?;
        let direction = parser.word(&["asc", "ascending", "desc", "descending"])?;
        let descending = direction.is_some_and(|word| word.starts_with("desc"));
        let nulls_first = match parser.word(&["nulls"])? {
            None => !descending,
            Some(_) => match parser.word(&["first", "last"])? {
                Some(place) => place == "first",
                None => return parser.0.wrong("expected “first” or “last” behind “nulls”."),
            },
        };
        Ok(SortLine {
            line,
            transform,
            column,
            descending,
            nulls_first,
        })
    })
}

fn lines<T>(
    text: &str,
    mut one: impl FnMut(&mut Parser<'_>) -> Result<T, Wrong>,
) -> Result<Vec<T>, Wrong> {
    if text.len() > MAX_TEXT {
        return Err(Wrong::new(1, "these are more than 1 MB."));
    }
    let mut parser = Parser(Scan::new(text));
    let mut found = Vec::new();
    loop {
        match parser.0.peek()? {
            Token::End => return Ok(found),
            Token::Break | Token::Sign(',') => drop(parser.0.next()?),
            _ if found.len() == MAX_FIELDS => {
                return parser.0.wrong(format!("there are more than {MAX_FIELDS}."));
            }
            _ => {
                found.push(one(&mut parser)?);
                let next = parser.0.peek()?;
                if !matches!(next, Token::End | Token::Break | Token::Sign(',')) {
                    return parser
                        .0
                        .wrong(format!("expected the next line, found {}.", next.named()));
                }
            }
        }
    }
}

struct Parser<'a>(Scan<'a>);

impl Parser<'_> {
    /// A column, or what is made of it: `day(at)`, `day at`, `bucket(16, id)`, `bucket[16](id)`, `at`.
    fn value(&mut self) -> Result<(usize, Transform, String), Wrong> {
        self.0.skip();
        let line = self.0.line;
        let mut ahead = Parser(self.0);
        if let Token::Word(word) = ahead.0.next()? {
            let given = ahead.0.between('[', ']')?;
            let called = ahead.0.peek()? == Token::Sign('(');
            let named = match ahead.0.peek()? {
                Token::Word(next) => {
                    let ends = ["as", "asc", "ascending", "desc", "descending", "nulls"];
                    !ends.contains(&next.to_ascii_lowercase().as_str())
                }
                Token::Quoted(_) => true,
                _ => false,
            };
            if called || named || given.is_some() {
                let mut number = given.map(str::to_owned);
                let column = match called {
                    true => ahead.call(&mut number)?,
                    false => ahead.path()?,
                };
                let transform =
                    Transform::new(word, number.as_deref()).map_err(|why| Wrong::new(line, why))?;
                self.0 = ahead.0;
                return Ok((line, transform, column));
            }
        }
        Ok((line, Transform::Identity, self.path()?))
    }

    /// `(at)`, `(16, id)`, `(id, 16)`.
    fn call(&mut self, number: &mut Option<String>) -> Result<String, Wrong> {
        self.0.next()?;
        self.0.inside += 1;
        if let Some(first) = self.number()? {
            *number = Some(first);
            self.sign(',')?;
        }
        let column = self.path()?;
        if self.0.peek()? == Token::Sign(',') {
            self.0.next()?;
            match self.number()? {
                Some(last) if number.is_none() => *number = Some(last),
                _ => return self.0.wrong("a transform takes one column and one number."),
            }
        }
        self.sign(')')?;
        self.0.inside -= 1;
        Ok(column)
    }

    fn sign(&mut self, sign: char) -> Result<(), Wrong> {
        let next = self.0.next()?;
        match next == Token::Sign(sign) {
            true => Ok(()),
            false => self
                .0
                .wrong(format!("expected “{sign}”, found {}.", next.named())),
        }
    }

    fn number(&mut self) -> Result<Option<String>, Wrong> {
        match self.0.peek()? {
            Token::Word(word) if word.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.0.next()?;
                Ok(Some(word.to_owned()))
            }
            _ => Ok(None),
        }
    }

    /// `address.city`.
    fn path(&mut self) -> Result<String, Wrong> {
        let mut path = self.name("a column")?;
        while self.0.peek()? == Token::Sign('.') {
            self.0.next()?;
            path.push('.');
            path.push_str(&self.name("a column behind the dot")?);
        }
        Ok(path)
    }

    fn name(&mut self, expected: &str) -> Result<String, Wrong> {
        let line = self.0.line;
        match self.0.next()? {
            Token::Quoted(name) => Ok(name),
            Token::Word(word) if plain(word) => Ok(word.to_owned()),
            other => Err(Wrong::new(
                line,
                format!("expected {expected}, found {}.", other.named()),
            )),
        }
    }

    /// Passes over one of these, where it comes next.
    fn word(&mut self, wanted: &[&'static str]) -> Result<Option<&'static str>, Wrong> {
        let next = self.0.peek()?;
        let is =
            |word: &&&str| matches!(next, Token::Word(next) if next.eq_ignore_ascii_case(word));
        let found = wanted.iter().find(is).copied();
        if found.is_some() {
            self.0.next()?;
        }
        Ok(found)
    }
}
