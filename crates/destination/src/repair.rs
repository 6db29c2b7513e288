//! What people and editors put into JSON that is none: found, named with its place, and mended where only one thing
//! can have been meant.

mod arrange;
mod language;

use crate::value::Position;
use arrange::arrange;
use std::ops::Range;

/// One slip of the pen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What is wrong, such as `a comma too many`. Nothing of the file is in it.
    pub what: &'static str,
    /// Where it stands.
    pub at: Position,
}

/// A text read leniently.
pub(crate) struct Repair {
    /// By place: what is wrong, and where in bytes.
    pub(crate) slips: Vec<(&'static str, usize)>,
    /// The text as JSON; `None` if a person must say what is meant.
    pub(crate) text: Option<String>,
}

const YAML: &str = "text that looks like YAML, where JSON is wanted";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// `{` or `[`.
    Open(u8),
    /// `}` or `]`.
    Close(u8),
    Colon,
    Comma,
    /// A string or a bare word.
    Scalar,
}

struct Token {
    kind: Kind,
    /// As JSON writes it; empty if it is dropped.
    text: String,
    /// White space before it.
    gap: String,
    place: Range<usize>,
}

/// Reads a text that a JSON parser refused, out of the command of a shell that writes it where there is one.
pub(crate) fn repair(text: &str) -> Repair {
    if let Some((begin, inside)) = language::here_document(text) {
        let mut repair = read(inside);
        repair.slips.iter_mut().for_each(|(_, at)| *at += begin);
        let start = text.len() - text.trim_start().len();
        repair
            .slips
            .insert(0, ("a shell's here-document around the JSON", start));
        // Lines keep their numbers.
        let lines = text[..begin].matches('\n').count();
        repair.text = repair.text.map(|text| "\n".repeat(lines) + &text);
        return repair;
    }
    read(text)
}

fn read(text: &str) -> Repair {
    if let Some(inside) = quoted(text) {
        let start = text.len() - text.trim_start().len();
        return Repair {
            slips: vec![(
                "the whole JSON as one text, in quotes and with backslashes",
                start,
            )],
            text: Some(inside),
        };
    }
    if let Some(what) = language::other(text) {
        let start = text.len() - text.trim_start().len();
        return Repair {
            slips: vec![(what, start)],
            text: None,
        };
    }
    let mut lexer = Lexer {
        text,
        at: 0,
        slips: Vec::new(),
        lost: false,
    };
    let (mut tokens, end) = lexer.tokens();
    let (mut slips, mut lost) = (lexer.slips, lexer.lost);
    arrange(&mut tokens, text.len(), &mut slips, &mut lost);
    if language::is_hocon(text) {
        slips.push((
            "text that looks like HOCON",
            text.len() - text.trim_start().len(),
        ));
    }
    slips.sort_by_key(|(_, at)| *at);
    let mended = (!lost).then(|| {
        let mut out: String = tokens
            .iter()
            .flat_map(|token| [token.gap.as_str(), token.text.as_str()])
            .collect();
        out.push_str(&end);
        out
    });
    Repair {
        slips,
        text: mended,
    }
}

/// The object that a text holds as JSON, as programs and shells write it. What OLake encrypts begins otherwise.
pub(crate) fn quoted(text: &str) -> Option<String> {
    let start = text.trim_start();
    let inside: String = start
        .starts_with('"')
        .then(|| serde_json::from_str(start).ok())??;
    inside.trim_start().starts_with('{').then_some(inside)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    slips: Vec<(&'static str, usize)>,
    /// Something was met that cannot be mended.
    lost: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn slip(&mut self, what: &'static str) {
        self.slips.push((what, self.at));
    }

    /// The tokens, and the white space at the end.
    fn tokens(&mut self) -> (Vec<Token>, String) {
        let mut tokens: Vec<Token> = Vec::new();
        loop {
            let gap = self.gap();
            let start = self.at;
            let Some(c) = self.rest().chars().next() else {
                return (tokens, gap);
            };
            let after_colon = tokens.last().is_some_and(|token| token.kind == Kind::Colon);
            let (kind, text) = match c {
                '{' | '[' => (Kind::Open(c as u8), c.to_string()),
                '}' | ']' => (Kind::Close(c as u8), c.to_string()),
                ':' => (Kind::Colon, ":".into()),
                ',' => (Kind::Comma, ",".into()),
                '：' | '=' => {
                    self.slip(match c {
                        '=' => "an equals sign in place of a colon",
                        _ => "a wide colon in place of a plain one",
                    });
                    (Kind::Colon, ":".into())
                }
                ';' | '，' | '、' => {
                    self.slip(match c {
                        ';' => "a semicolon in place of a comma",
                        _ => "a wide comma in place of a plain one",
                    });
                    (Kind::Comma, ",".into())
                }
                _ => {
                    let text = match quotes(c) {
                        Some(closing) => self.string(c, closing),
                        None => self.bare(after_colon),
                    };
                    let Some(text) = text else {
                        self.lost = true;
                        return (tokens, gap);
                    };
                    (Kind::Scalar, text)
                }
            };
            if kind != Kind::Scalar {
                self.at += c.len_utf8();
                if c == '=' && self.rest().starts_with('>') {
                    self.at += 1;
                }
            }
            tokens.push(Token {
                kind,
                text,
                gap,
                place: start..self.at,
            });
        }
    }

    /// White space and what stands between values without meaning anything.
    fn gap(&mut self) -> String {
        let mut gap = String::new();
        loop {
            let rest = self.rest();
            let Some(c) = rest.chars().next() else {
                return gap;
            };
            // Looked for where it is wanted: before each token it would be a walk to the end of a long line.
            let line = || rest.find('\n').unwrap_or(rest.len());
            let skipped = match c {
                ' ' | '\t' | '\n' | '\r' => {
                    gap.push(c);
                    self.at += 1;
                    continue;
                }
                '#' => (line(), "a comment, which JSON has not"),
                '/' if rest.starts_with("//") => (line(), "a comment, which JSON has not"),
                '/' if rest.starts_with("/*") => (
                    rest.find("*/").map_or(rest.len(), |end| end + 2),
                    "a comment, which JSON has not",
                ),
                '`' if rest.starts_with("```") => (line(), "a fence of Markdown"),
                '\u{FEFF}' => (c.len_utf8(), "a byte order mark (BOM)"),
                c if c.is_whitespace() || "\u{200B}\u{200C}\u{200D}\u{2060}".contains(c) => (
                    c.len_utf8(),
                    "an invisible character that is no plain space",
                ),
                _ => return gap,
            };
            let (length, what) = skipped;
            let lines = rest[..length].matches('\n').count();
            let wide = c.is_whitespace();
            self.slip(what);
            self.at += length;
            gap.push_str(&"\n".repeat(lines));
            if wide {
                gap.push(' ');
            }
        }
    }

    /// A string in any quotation marks, with plain ones around it.
    fn string(&mut self, open: char, closing: &str) -> Option<String> {
        if open != '"' {
            self.slip(match open {
                '\'' => "a single quote, as Python has it, in place of a double one",
                '`' => "a backquote in place of a double quote",
                _ => "a typographic quote in place of a plain one",
            });
        }
        let start = self.at;
        self.at += open.len_utf8();
        let mut out = String::from("\"");
        loop {
            let Some(c) = self.rest().chars().next() else {
                self.slips.push(("a quote that is not closed", start));
                return None;
            };
            let ends = closing.contains(c)
                || (open == '"' && "”“„″".contains(c) && self.ends_after(c.len_utf8()));
            match c {
                _ if ends => {
                    if c != '"' && open == '"' {
                        self.slip("a typographic quote in place of a plain one");
                    }
                    self.at += c.len_utf8();
                    out.push('"');
                    return Some(out);
                }
                '\n' | '\r' => {
                    self.slips
                        .push(("a quote that is not closed on its line", start));
                    return None;
                }
                '\\' => {
                    let next = self.rest()[1..].chars().next();
                    match next {
                        Some('u') => out.push('\\'),
                        Some(next) if "\"\\/bfnrt".contains(next) => {
                            out.push('\\');
                            out.push(next);
                            self.at += 1;
                        }
                        Some('\'') if open == '\'' => {
                            out.push('\'');
                            self.at += 1;
                        }
                        _ => {
                            self.slip("a backslash that must be doubled");
                            out.push_str("\\\\");
                        }
                    }
                    self.at += 1;
                    continue;
                }
                // Inside other marks.
                '"' => out.push_str("\\\""),
                '\t' => {
                    self.slip("a tab inside a text");
                    out.push_str("\\t");
                }
                c if c.is_control() => {
                    self.slip("a control character inside a text");
                    out.push_str(&format!("\\u{:04x}", c as u32));
                }
                c => out.push(c),
            }
            self.at += c.len_utf8();
        }
    }

    /// Whether what follows so many bytes further ends a key or a value.
    fn ends_after(&self, bytes: usize) -> bool {
        let rest = self.rest()[bytes..].trim_start_matches([' ', '\t', '\r']);
        rest.is_empty() || rest.starts_with([':', ',', '}', ']', '\n'])
    }

    /// A word without quotation marks.
    fn bare(&mut self, value: bool) -> Option<String> {
        let rest = self.rest();
        let stops: &[char] = match value {
            true => &[',', '}', ']', '\n', '"', '{'],
            false => &[',', '}', ']', '\n', '"', '{', ':', '=', ' ', '\t'],
        };
        let line = &rest[..rest.find(stops).unwrap_or(rest.len())];
        let comment = line.find(" //").or(line.find(" #")).unwrap_or(line.len());
        let word = line[..comment].trim_end().to_owned();
        if word.is_empty() || word.contains(['\\', '\'']) || word.chars().any(char::is_control) {
            self.slip("a character that belongs nowhere");
            return None;
        }
        // Its indentation means something, which nothing here reads.
        if value && (word.contains(": ") || word.ends_with(':')) {
            self.slip(YAML);
            return None;
        }
        let known = match word.as_str() {
            "true" | "false" | "null" => Some(word.clone()),
            "True" | "TRUE" => Some("true".to_owned()),
            "False" | "FALSE" => Some("false".to_owned()),
            "None" | "Null" | "NULL" | "nil" | "undefined" => Some("null".to_owned()),
            _ => None,
        };
        let number = serde_json::from_str::<serde_json::Number>(&word).is_ok();
        let out = match known {
            Some(known) => {
                if known != word {
                    self.slip("True, False or None as another language has it, where JSON writes true, false and null");
                }
                known
            }
            None if number => word.clone(),
            // A number of another language.
            None if word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
                self.slip("a number that JSON does not write so");
                return None;
            }
            None => {
                self.slip("a text without quotes around it");
                format!("\"{word}\"")
            }
        };
        self.at += word.len();
        Some(out)
    }
}

/// What ends a text that begins with this mark.
fn quotes(open: char) -> Option<&'static str> {
    match open {
        '"' => Some("\""),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '＂' => Some("“”„‟″«»＂\""),
        '\'' => Some("'"),
        '‘' | '’' | '‚' | '‛' | '′' => Some("‘’‚‛′'"),
        '`' => Some("`"),
        _ => None,
    }
}
