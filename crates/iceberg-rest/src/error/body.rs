//! Error bodies as servers really write them, read once.

use std::borrow::Cow;

use super::fields::Fields;
use crate::secret::{self, MASKED};

/// Characters of a server's message that are kept.
pub const MAX_MESSAGE: usize = 500;

/// Who writes errors like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `{"error": {"message", "type", "code"}}`: the Iceberg REST specification.
    Iceberg,
    /// `{"error": "…", "error_description": "…"}`: RFC 6749 §5.2.
    OAuth,
    /// `{"error_code", "message"}`: Databricks, Unity Catalog's own API.
    Databricks,
    /// `{"errorCode", "reason", "message"}`: Nessie's own API.
    Nessie,
    /// `{"message", "url", "status": "400"}`: Jetty, around the Apache fixture.
    Jetty,
    /// `{"title", "detail", "status"}`: RFC 7807.
    Problem,
    /// Another JSON object, or a list.
    Json,
    /// Text without markup.
    Text,
    /// A page of HTML.
    Html,
    /// XML, as of S3.
    Xml,
    /// Nothing.
    Empty,
}

impl Shape {
    /// True when a program that knows about catalogs wrote it, not a gateway or a web framework.
    pub fn is_of_a_catalog(self) -> bool {
        matches!(
            self,
            Self::Iceberg | Self::OAuth | Self::Databricks | Self::Nessie
        )
    }

    /// True when it was written for programs, not for people: neither a page, nor text, nor nothing.
    pub fn is_of_a_program(self) -> bool {
        !matches!(self, Self::Html | Self::Text | Self::Empty)
    }
}

/// An error body, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireError {
    /// Whose shape it has.
    pub shape: Shape,
    /// Trimmed, bounded, without control characters or tokens; empty when the server gave no words.
    pub message: String,
    /// The server's name for the error, e.g. `NoSuchTableException`.
    pub type_on_wire: Option<String>,
    /// The status that the error has by its own account.
    pub code: Option<u16>,
}

impl WireError {
    /// Reads a body of any shape; of one that is no JSON, the first 4 KiB.
    pub fn parse(body: &[u8]) -> Self {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        // Some write another encoding than UTF-8 in an exception's words.
        let fields = Fields::read(body).or_else(|| match String::from_utf8_lossy(body) {
            Cow::Owned(text) => Fields::read(text.as_bytes()),
            Cow::Borrowed(_) => None,
        });
        if let Some(fields) = fields {
            let read = Self::from_json(&fields);
            let shape = match body.trim_ascii_start().first() {
                // A list is nobody's shape, whatever stands in it, and a text is one in quotes, too.
                Some(b'[') => Shape::Json,
                Some(b'"') => Shape::Text,
                _ => read.shape,
            };
            return Self { shape, ..read };
        }
        // The beginning is enough to tell what it is, and a body may be long.
        let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let (shape, message, kind) = if text.is_empty() {
            (Shape::Empty, String::new(), None)
        } else if is_page(&lower) {
            // Tomcat's title is the status alone.
            let words =
                between(text, "<b>message</b>", "<").filter(|words| !words.trim().is_empty());
            let words = words.or_else(|| element(text, "title"));
            (Shape::Html, words.unwrap_or_default(), None)
        } else if text.starts_with('<') {
            let message = element(text, "Message")
                .or_else(|| element(text, "faultstring"))
                .unwrap_or_default();
            (
                Shape::Xml,
                message,
                element(text, "Code").or_else(|| first_element(text)),
            )
        } else {
            (Shape::Text, text.to_owned(), None)
        };
        Self::new(shape, &message, kind.as_deref())
    }

    fn from_json(json: &Fields) -> Self {
        let get = |key: &str| json.get(key);
        if let Some(error) = &json.error {
            let kind = error.get("type").or(error.get("status"));
            let words = Some(error.words()).filter(|words| !words.is_empty());
            return Self {
                code: error.get("code").and_then(|code| code.parse().ok()),
                ..Self::new(Shape::Iceberg, words.unwrap_or(json.words()), kind)
            };
        }
        if let Some(error) = get("error") {
            let message = Some(json.words()).filter(|words| !words.is_empty());
            let message = get("error_description").or(message).unwrap_or(error);
            return Self::new(Shape::OAuth, message, Some(error));
        }
        if let Some(code) = get("error_code") {
            return Self::new(Shape::Databricks, json.words(), Some(code));
        }
        if let Some(code) = get("errorCode") {
            return Self::new(Shape::Nessie, json.words(), Some(code));
        }
        if json.has("message") && json.has("status") {
            return Self::new(Shape::Jetty, json.words(), None);
        }
        if json.has("title") || json.has("detail") {
            let words = Some(json.words()).filter(|words| !words.is_empty());
            let words = get("detail").or(words).or(get("title"));
            return Self::new(Shape::Problem, words.unwrap_or_default(), get("type"));
        }
        // AWS gateways name the exception in `__type`.
        Self::new(Shape::Json, json.words(), get("__type"))
    }

    fn new(shape: Shape, message: &str, kind: Option<&str>) -> Self {
        let type_on_wire = kind.map(clean).filter(|kind| !kind.is_empty());
        Self {
            shape,
            message: clean(message),
            type_on_wire,
            code: None,
        }
    }
}

/// Whether it is HTML, whole or a piece: of a gateway, a sign-in, a captive portal.
fn is_page(lower: &str) -> bool {
    const STARTS: [&str; 8] = [
        "html", "head", "body", "title", "meta", "script", "center", "h1",
    ];
    let first = first_element(lower);
    let begins = first.is_some_and(|name| STARTS.contains(&&*name))
        || lower.contains("<!doctype html")
        || lower.contains("<html");
    lower.starts_with('<') && begins || lower.contains("<body")
}

/// One line of bounded length without control characters, stack frames, and what carries a credential.
pub(crate) fn clean(text: &str) -> String {
    let text = without_frames(text);
    // Enough for what is kept, and looking for secrets takes its time.
    let text = secret::without_secrets(&text[..text.floor_char_boundary(8 * MAX_MESSAGE)]);
    let mut line = String::new();
    let mut after_bearer = false;
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if line.len() >= MAX_MESSAGE {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        let masked = is_jwt(word) || after_bearer && word.contains(|c: char| c.is_ascii_digit());
        line.push_str(if masked { MASKED } else { word });
        after_bearer = word.eq_ignore_ascii_case("bearer");
    }
    bounded(line)
}

/// What was thrown and why, without the frames of Java's stacks.
fn without_frames(text: &str) -> Cow<'_, str> {
    let is_frame = |line: &str| {
        let mut words = line.split_whitespace();
        let place = |words: &mut dyn Iterator<Item = &str>| {
            words.next().is_some_and(|word| word.contains('.'))
        };
        line.starts_with(char::is_whitespace)
            && match words.next() {
                Some("at") => place(&mut words),
                Some("...") => true,
                _ => false,
            }
    };
    let mut lines = text.lines();
    if !lines.any(is_frame) {
        return Cow::Borrowed(text);
    }
    let kept = text.lines().filter(|line| !is_frame(line));
    Cow::Owned(kept.collect::<Vec<_>>().join("\n"))
}

/// At most [`MAX_MESSAGE`] characters, and `…` where something was cut.
pub(crate) fn bounded(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_MESSAGE) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A JSON Web Token starts with the base64 of `{"`.
fn is_jwt(word: &str) -> bool {
    word.split(['"', '\'', '=', ':', '('])
        .any(|part| part.starts_with("eyJ") && part.len() > 20)
}

fn element(text: &str, name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    between(text, &format!("<{name}>"), &format!("</{name}>"))
}

/// The text between two pieces of markup, which are given in lower case.
fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = lower.find(before)? + before.len();
    let end = start + lower[start..].find(after)?;
    Some(text[start..end].to_owned())
}

/// The name of the first element, for errors that say nothing else: `<UnknownOperationException/>` (S3 Tables).
fn first_element(text: &str) -> Option<String> {
    let tag = text
        .split('<')
        .skip(1)
        .find(|tag| !tag.starts_with(['?', '!']))?;
    Some(
        tag.split(|c: char| !c.is_ascii_alphanumeric())
            .next()?
            .to_owned(),
    )
    .filter(|name| !name.is_empty())
}
