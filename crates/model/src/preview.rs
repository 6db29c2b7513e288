//! A change before it is made: what it comes to, and the request that is sent for it.

use serde::{Deserialize, Serialize};

use crate::{
    error::{AppError, Link},
    text::LineDiff,
};

/// What a change comes to. What is sent is what was shown so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// What will be different, in sentences.
    pub says: Vec<String>,
    /// What will be different key by key, and what others changed meanwhile.
    pub rows: Vec<Difference>,
    /// What is text, before and after.
    pub texts: Vec<BeforeAfter>,
    /// Of several at once each one.
    pub items: Vec<Item>,
    /// What this kind of catalog does with it, in sentences.
    pub vendor: Vec<String>,
    /// Who and what else it may touch, as far as it was looked at: no part of what is confirmed.
    pub notes: Vec<Note>,
    /// What is sent.
    pub request: Request,
    /// What has to be typed before it is.
    pub confirm: Option<String>,
    /// Why it cannot be made, where that is known; a sentence.
    pub off: Option<String>,
    /// What the form that confirms it says of all this: it is held against what would be sent then.
    pub shown: String,
    /// The id of that form.
    pub once: String,
    /// When it was shown, where that is sent along: Unix time, ms.
    pub at: String,
    /// Why it was not made when it was confirmed.
    pub refused: Option<AppError>,
}

/// Something that a change may touch besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// A sentence.
    pub text: String,
    /// Where it is looked at.
    pub link: Option<Link>,
}

/// A text before a change and after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeAfter {
    /// What it is: `Columns`, `SQL for spark`.
    pub title: String,
    /// Both, line by line.
    pub diff: LineDiff,
}

impl BeforeAfter {
    /// `None` where it stays as it is.
    pub fn new(title: impl Into<String>, before: &str, after: &str) -> Option<Self> {
        let title = title.into();
        let diff = LineDiff::new(before, after);
        (before != after).then_some(Self { title, diff })
    }
}

/// One of several that are changed at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What becomes of it; a sentence.
    pub says: String,
    /// Why nothing does, where that is known; a sentence.
    pub off: Option<String>,
}

/// A request without its headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `POST`.
    pub method: String,
    /// Path and query on the server.
    pub target: String,
    /// JSON, laid out over lines, with secrets masked.
    pub body: Option<String>,
    /// Values of it that are masked, and sent as they were typed.
    pub masked: usize,
}

/// A property that a change, or somebody else, makes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Its name.
    pub key: String,
    /// What the form was filled in from.
    pub seen: Option<String>,
    /// What is there now, as far as it is shown.
    pub now: Option<String>,
    /// What there will be.
    pub wanted: Option<String>,
}

impl Note {
    /// Without a page of its own.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            link: None,
        }
    }

    /// With the page where it is looked at.
    pub fn link(self, text: &str, href: String) -> Self {
        let text = text.to_owned();
        Self {
            link: Some(Link { text, href }),
            ..self
        }
    }
}

impl Difference {
    /// Somebody else changed it after the form was opened.
    pub fn moved(&self) -> bool {
        self.seen != self.now
    }
}

impl Preview {
    /// Something is not as the form was filled in from.
    pub fn moved(&self) -> bool {
        self.rows.iter().any(Difference::moved)
    }
}
