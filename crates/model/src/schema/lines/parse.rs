use super::{
    Column, Kind, MAX_COLUMNS, MAX_DEPTH, MAX_ID, MAX_TEXT, Member, Wrong, checks, kinds,
    scan::{Scan, Token},
};

/// Reads lines. Names among siblings, ids and identifier fields are as a schema may have them.
///
/// # Errors
/// The first line that is wrong.
pub fn parse(text: &str) -> Result<Vec<Column>, Wrong> {
    if text.len() > MAX_TEXT {
        return Err(Wrong::new(1, "these are more than 1 MB."));
    }
    let mut parser = Parser {
        scan: Scan::new(text),
        count: 0,
    };
    let columns = parser.columns()?;
    checks::sound(&columns)?;
    Ok(columns)
}

struct Parser<'a> {
    scan: Scan<'a>,
    count: usize,
}

impl<'a> Parser<'a> {
    fn columns(&mut self) -> Result<Vec<Column>, Wrong> {
        let mut columns = Vec::new();
        loop {
            match self.scan.peek()? {
                Token::End => return Ok(columns),
                Token::Break | Token::Sign(',') => self.pass()?,
                _ => {
                    columns.push(self.column(0)?);
                    let next = self.scan.peek()?;
                    if !matches!(next, Token::End | Token::Break | Token::Sign(',')) {
                        return self.scan.wrong(format!(
                            "expected not null, identifier, default, comment or the next line, found {}.",
                            next.named()
                        ));
                    }
                }
            }
        }
    }

    fn pass(&mut self) -> Result<(), Wrong> {
        self.scan.next().map(drop)
    }

    fn counted(&mut self) -> Result<(), Wrong> {
        self.count += 1;
        match self.count > MAX_COLUMNS {
            true => self
                .scan
                .wrong(format!("there are more than {MAX_COLUMNS} columns.")),
            false => Ok(()),
        }
    }

    fn column(&mut self, depth: usize) -> Result<Column, Wrong> {
        self.counted()?;
        self.scan.skip();
        let line = self.scan.line;
        let id = self.id()?;
        let name = match self.scan.next()? {
            Token::Quoted(name) => name,
            Token::Word(word) if super::scan::plain(word) => word.to_owned(),
            Token::Word(word) => {
                return Err(Wrong::new(
                    line,
                    format!("a name that begins with a digit stands in backticks: `{word}`."),
                ));
            }
            other => {
                return Err(Wrong::new(
                    line,
                    format!("expected the name of a column, found {}.", other.named()),
                ));
            }
        };
        if self.scan.peek()? == Token::Sign(':') {
            self.pass()?;
        }
        let kind = self.kind(depth, &name)?;
        let mut column = Column {
            line,
            id,
            name,
            required: false,
            identifier: false,
            kind,
            default: None,
            doc: None,
        };
        self.options(&mut column)?;
        Ok(column)
    }

    /// `7:`, where that comes next.
    fn id(&mut self) -> Result<Option<i32>, Wrong> {
        let mut ahead = self.scan;
        let Token::Word(word) = ahead.next()? else {
            return Ok(None);
        };
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || ahead.next()? != Token::Sign(':') {
            return Ok(None);
        }
        self.scan = ahead;
        match word.parse() {
            Ok(id @ 0..=MAX_ID) => Ok(Some(id)),
            _ => self
                .scan
                .wrong(format!("{word} is too large for the id of a field.")),
        }
    }

    fn options(&mut self, column: &mut Column) -> Result<(), Wrong> {
        let mut nullable = false;
        while let Token::Word(word) = self.scan.peek()? {
            let known = word.to_ascii_lowercase();
            let twice = match known.as_str() {
                "not" | "null" => std::mem::replace(&mut nullable, true),
                "identifier" => column.identifier,
                "default" => column.default.is_some(),
                "comment" => column.doc.is_some(),
                _ => {
                    return self.scan.wrong(format!(
                        "expected not null, identifier, default or comment behind the type of {}, found “{word}”.",
                        column.name
                    ));
                }
            };
            if twice {
                return self
                    .scan
                    .wrong(format!("{} says “{known}” twice.", column.name));
            }
            match known.as_str() {
                "not" | "null" => column.required = self.not_null()?,
                "identifier" => {
                    self.pass()?;
                    column.identifier = true;
                }
                "default" => {
                    self.pass()?;
                    let (value, written) = self.scan.literal()?;
                    let decimal = column
                        .kind
                        .primitive()
                        .is_some_and(|kind| kind.starts_with("decimal"));
                    column.default = match value {
                        serde_json::Value::Null => None,
                        // As it is written: no float holds all its digits.
                        serde_json::Value::Number(_) if decimal => Some(written.into()),
                        value => Some(value),
                    };
                }
                _ => {
                    self.pass()?;
                    column.doc = match self.scan.next()? {
                        Token::Text(text) | Token::Quoted(text) => Some(text),
                        other => {
                            return self.scan.wrong(format!(
                                "expected a text in single quotes behind “comment”, found {}.",
                                other.named()
                            ));
                        }
                    };
                }
            }
        }
        Ok(())
    }

    /// `not null` or `null`, where one comes next.
    fn not_null(&mut self) -> Result<bool, Wrong> {
        let not = self.word("not")?;
        match self.word("null")? {
            false if not => self.scan.wrong("expected “null” behind “not”."),
            _ => Ok(not),
        }
    }

    /// Passes over a word, where it comes next.
    fn word(&mut self, wanted: &str) -> Result<bool, Wrong> {
        let next = self.scan.peek()?;
        let is = matches!(next, Token::Word(word) if word.eq_ignore_ascii_case(wanted));
        if is {
            self.pass()?;
        }
        Ok(is)
    }

    fn kind(&mut self, depth: usize, of: &str) -> Result<Kind, Wrong> {
        if depth > MAX_DEPTH {
            return self
                .scan
                .wrong(format!("types nest more than {MAX_DEPTH} deep."));
        }
        let name = match self.scan.peek()? {
            Token::Word(word) => word.to_ascii_lowercase(),
            other => {
                return self.scan.wrong(format!(
                    "expected the type of {of}, found {}.",
                    other.named()
                ));
            }
        };
        self.pass()?;
        match name.as_str() {
            "struct" => {
                self.open(&name)?;
                let mut members = Vec::new();
                while self.scan.peek()? != Token::Sign('>') {
                    members.push(self.column(depth + 1)?);
                    if self.scan.peek()? != Token::Sign(',') {
                        break;
                    }
                    self.pass()?;
                }
                self.close(&name)?;
                Ok(Kind::Struct(members))
            }
            "list" | "array" => {
                self.open(&name)?;
                let element = self.member(depth + 1, "the elements")?;
                self.close(&name)?;
                Ok(Kind::List(Box::new(element)))
            }
            "map" => {
                self.open(&name)?;
                let mut key = self.member(depth + 1, "the keys")?;
                key.required = true;
                if self.scan.next()? != Token::Sign(',') {
                    return self.scan.wrong("a map has two types: map<string, int>.");
                }
                let value = self.member(depth + 1, "the values")?;
                self.close(&name)?;
                Ok(Kind::Map(Box::new(key), Box::new(value)))
            }
            _ => self.primitive(name).map(Kind::Primitive),
        }
    }

    fn open(&mut self, kind: &str) -> Result<(), Wrong> {
        if self.scan.next()? != Token::Sign('<') {
            return self.scan.wrong(format!("expected “<” behind {kind}."));
        }
        self.scan.inside += 1;
        Ok(())
    }

    fn close(&mut self, kind: &str) -> Result<(), Wrong> {
        let next = self.scan.next()?;
        if next != Token::Sign('>') {
            return self.scan.wrong(format!(
                "expected “>” to close {kind}<, found {}.",
                next.named()
            ));
        }
        self.scan.inside -= 1;
        Ok(())
    }

    fn member(&mut self, depth: usize, of: &str) -> Result<Member, Wrong> {
        self.counted()?;
        Ok(Member {
            id: self.id()?,
            kind: self.kind(depth, of)?,
            required: self.not_null()?,
        })
    }

    fn primitive(&mut self, mut name: String) -> Result<String, Wrong> {
        if name == "double" {
            self.word("precision")?;
        }
        let inner = match self.scan.between('(', ')')? {
            None => self.scan.between('[', ']')?,
            inner => inner,
        };
        if name == "timestamp" {
            let with = self.word("with")?;
            if with || self.word("without")? {
                if !(self.word("time")? && self.word("zone")?) {
                    return self.scan.wrong("expected “time zone”.");
                }
                if with {
                    name = "timestamptz".to_owned();
                }
            }
        }
        kinds::primitive(&name, inner).or_else(|why| self.scan.wrong(why))
    }
}
