//! Where in a JSON text something stands, found without reading it into anything. Asked only where reading failed,
//! or left something out.

use std::{collections::HashMap, ops::Range};

/// Deepest place that is looked at: serde_json reads no deeper.
const MAX_DEPTH: usize = 128;

/// Keys of the objects around a place that are remembered at a time.
const MAX_KEYS: usize = 100_000;

/// Longest path that is told, in bytes.
const MAX_PATH: usize = 200;

/// Goes through a text token by token. What is no JSON ends somewhere or other.
pub struct Walk<'a> {
    text: &'a [u8],
    at: usize,
    open: Vec<Place<'a>>,
}

/// Where in an object or a list the walk is.
enum Place<'a> {
    /// Behind a key, which stands here as it is written.
    Member(Option<&'a [u8]>),
    Item(usize),
}

pub enum Token<'a> {
    Open,
    Close,
    Comma,
    Colon,
    Key(&'a [u8]),
    Scalar(&'a [u8]),
}

impl<'a> Walk<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            at: 0,
            open: Vec::new(),
        }
    }

    /// The fields on the way to where the walk is: `metadata.schemas[0].fields`. Keys that are no names are `…`.
    pub fn path(&self) -> String {
        self.path_at(self.open.len())
    }

    /// The same as far as `depth` objects and lists.
    pub fn path_at(&self, depth: usize) -> String {
        let mut path = String::new();
        for place in &self.open[..depth] {
            match place {
                Place::Item(index) => path.push_str(&format!("[{index}]")),
                Place::Member(None) => {}
                Place::Member(Some(key)) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name(key));
                }
            }
            if path.len() > MAX_PATH {
                path.push('…');
                break;
            }
        }
        path
    }

    /// Objects and lists that are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The last character of the last token.
    pub fn last_byte(&self) -> u8 {
        self.text[self.at - 1]
    }

    /// The key that leads on from the object at `depth`, counted from 1; `None` of a list.
    pub fn key_at(&self, depth: usize) -> Option<&'a str> {
        match self.open.get(depth.checked_sub(1)?)? {
            Place::Member(key) => key.map(name),
            Place::Item(_) => None,
        }
    }

    /// Whether what is open at `depth` is a list.
    pub fn is_list_at(&self, depth: usize) -> bool {
        let place = depth.checked_sub(1).and_then(|at| self.open.get(at));
        matches!(place, Some(Place::Item(_)))
    }

    /// The end of a text that starts at `start`, or of all.
    fn end_of_text(&self, start: usize) -> usize {
        let mut at = start + 1;
        while let Some(byte) = self.text.get(at) {
            at += match byte {
                b'"' => return at + 1,
                b'\\' => 2,
                _ => 1,
            };
        }
        self.text.len()
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let start = self.at + rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        self.at = start + 1;
        Some(match self.text[start] {
            b'{' | b'[' if self.open.len() == MAX_DEPTH => return None,
            b'{' => {
                self.open.push(Place::Member(None));
                Token::Open
            }
            b'[' => {
                self.open.push(Place::Item(0));
                Token::Open
            }
            b'}' | b']' => {
                self.open.pop()?;
                Token::Close
            }
            b',' => {
                match self.open.last_mut()? {
                    Place::Member(key) => *key = None,
                    Place::Item(index) => *index += 1,
                }
                Token::Comma
            }
            b':' => Token::Colon,
            b'"' => {
                self.at = self.end_of_text(start);
                let text = &self.text[start..self.at];
                match self.open.last_mut() {
                    Some(Place::Member(key @ None)) => {
                        *key = Some(text);
                        Token::Key(text)
                    }
                    _ => Token::Scalar(text),
                }
            }
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:]}\"".contains(byte);
                let rest = &self.text[self.at..];
                self.at += rest.iter().position(ends).unwrap_or(rest.len());
                Token::Scalar(&self.text[start..self.at])
            }
        })
    }
}

/// A key as it can be told: it may be anything, a secret in the wrong place too.
fn name(key: &[u8]) -> &str {
    let name = key.get(1..key.len().saturating_sub(1)).unwrap_or_default();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    match name.len() <= 40 && name.iter().all(plain) {
        true => str::from_utf8(name).unwrap_or("…"),
        false => "…",
    }
}

/// The path of the value that ends at `line` and `column`, as serde_json counts them; empty at the top.
pub fn path(text: &[u8], line: usize, column: usize) -> String {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n');
    let before = lines.by_ref().take(line.saturating_sub(1));
    let end = before.map(<[u8]>::len).sum::<usize>() + column;
    let mut walk = Walk::new(&text[..end.min(text.len())]);
    while walk.next().is_some() {}
    walk.path()
}

/// The text without the members of objects whose key comes again in them: the last holds, as in most readers. `None`
/// where there are none.
pub fn without_doubles(text: &[u8]) -> Option<Vec<u8>> {
    let mut single = None;
    each_double(text, |member, _| {
        single.get_or_insert_with(|| text.to_vec())[member].fill(b' ');
    });
    single
}

/// Hands over each member whose key comes again, up to its comma, and where it comes again.
pub fn each_double(text: &[u8], mut found: impl FnMut(Range<usize>, &Walk<'_>)) {
    /// The members of an object that is open, by key; of a list none.
    #[derive(Default)]
    struct Members<'a> {
        known: HashMap<&'a [u8], Range<usize>>,
        last: Option<&'a [u8]>,
    }
    let mut walk = Walk::new(text);
    let mut open: Vec<Members<'_>> = Vec::new();
    let mut keys = 0;
    while let Some(token) = walk.next() {
        match token {
            Token::Open => open.push(Members::default()),
            Token::Close => keys -= open.pop().map_or(0, |members| members.known.len()),
            Token::Comma => {
                if let Some(members) = open.last_mut()
                    && let Some(member) = members
                        .last
                        .take()
                        .and_then(|key| members.known.get_mut(key))
                {
                    member.end = walk.at;
                }
            }
            Token::Key(key) => {
                let Some(members) = open.last_mut() else {
                    return;
                };
                let start = walk.at - key.len();
                members.last = Some(key);
                match members.known.insert(key, start..start) {
                    Some(before) => found(before, &walk),
                    None => keys += 1,
                }
                if keys > MAX_KEYS {
                    return;
                }
            }
            Token::Colon | Token::Scalar(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn single(text: &str) -> Option<String> {
        without_doubles(text.as_bytes()).map(|text| {
            let value: serde_json::Value = serde_json::from_slice(&text).unwrap();
            value.to_string()
        })
    }

    #[test]
    fn of_doubled_keys_the_last_holds_at_every_level() {
        for (text, kept) in [
            (r#"{"a":1,"a":2}"#, Some(r#"{"a":2}"#)),
            (r#"{"a":1,"b":{"a":1},"c":[{"a":1}]}"#, None),
            (
                r#"{"a":{"x":[1,2],"x":"},{"},"b":1, "a" : {"x":1,"x":2,"x":3}}"#,
                Some(r#"{"b":1,"a":{"x":3}}"#),
            ),
            (
                r#"{"a":"\"","a":"\\","b":[{"c":1,"c":null}]}"#,
                Some(r#"{"a":"\\","b":[{"c":null}]}"#),
            ),
            (r#"["a","a"]"#, None),
            ("", None),
        ] {
            assert_eq!(single(text).as_deref(), kept, "{text}");
        }
    }

    #[test]
    fn a_place_has_the_path_of_the_value_that_ends_there() {
        let text = "{\"metadata\": {\n \"schemas\": [{}, {\"fields\": null}], \"a b\": 1}}";
        let path_behind = |part: &str| {
            let end = text.find(part).unwrap() + part.len();
            let before = &text[..end];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().len();
            path(text.as_bytes(), line, column)
        };
        assert_eq!(path_behind("null"), "metadata.schemas[1].fields");
        assert_eq!(path_behind("null}"), "metadata.schemas[1]");
        assert_eq!(path_behind("null}]"), "metadata.schemas");
        assert_eq!(path_behind(": 1"), "metadata.…");
        assert_eq!(path_behind("1}}"), "");
    }
}
