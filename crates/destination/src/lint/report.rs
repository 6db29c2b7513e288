//! What rules find, and how they say it.

use super::rule::{Rule, Severity};
use crate::destination::Destination;
use crate::edit::Edit;
use crate::placeholder::has_placeholder;
use crate::secret::{MASK, looks_secret};
use crate::url;
use crate::value::Position;
use serde::Serialize;

/// One remark about one key. No text in it holds a secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What is wrong.
    #[serde(skip)]
    pub rule: Rule,
    /// The rule's stable name.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The key as the file spells it; a missing one by its right name.
    pub key: String,
    /// Where the key stands, or `writer` if the key is missing; `None` if the file was not read
    /// from text.
    #[serde(flatten)]
    pub at: Option<Position>,
    /// What will fail, and why.
    pub message: String,
    /// What to do about it.
    pub fix: String,
    /// What [`Destination::apply`] does for this finding; empty if only the person can know.
    #[serde(skip)]
    pub edits: Vec<Edit>,
}

/// The file and what has been found in it so far.
pub(super) struct Report<'a> {
    pub(super) file: &'a Destination,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a Destination) -> Self {
        Self {
            file,
            findings: Vec::new(),
        }
    }

    pub(super) fn found(
        &mut self,
        rule: Rule,
        key: &str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> &mut Finding {
        let at = match self.file.entry(key) {
            Some(entry) => entry.at,
            None => self.file.writer_at,
        };
        let place = self.findings.len();
        self.findings.push(Finding {
            rule,
            id: rule.id(),
            severity: rule.severity(),
            key: key.to_owned(),
            at,
            message: message.into(),
            fix: fix.into(),
            edits: Vec::new(),
        });
        &mut self.findings[place]
    }

    /// The value of a key if it is filled in: rules about form do not apply to placeholders.
    pub(super) fn filled(&self, key: &str) -> Option<&'a str> {
        let text = self.file.text(key).trim();
        (!text.is_empty() && !has_placeholder(text)).then_some(text)
    }
}

impl Finding {
    pub(super) fn at(&mut self, at: Option<Position>) -> &mut Self {
        self.at = at;
        self
    }

    pub(super) fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    pub(super) fn edit(&mut self, edit: Edit) -> &mut Self {
        self.edits.push(edit);
        self
    }
}

/// A region, or what stands in place of one: nothing else belongs there, so nothing else is shown.
pub(super) fn shown_region(text: &str) -> String {
    let plain = text.len() < 24
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && text
            .split_once('-')
            .is_some_and(|(first, _)| (2..=4).contains(&first.len()));
    match plain {
        true => shown(text),
        false => "what stands there".to_owned(),
    }
}

/// A value as it may stand in a message: short, one line, without credentials in a URL. What looks like a secret
/// that was pasted into the wrong place is masked.
pub(super) fn shown(text: &str) -> String {
    let text = url::without_secrets(text);
    if !text.contains("://") && looks_secret(&text) {
        return MASK.to_owned();
    }
    let mut short: String = text
        .chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .take(80)
        .collect();
    if text.chars().count() > 80 {
        short.push('…');
    }
    short
}
