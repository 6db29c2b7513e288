//! What is wrong with a file, why it will fail, and what to do about it.

mod address;
mod auth;
mod keys;
mod required;
mod shape;
mod signing;
mod storage;
mod unity;
mod warehouse;

use crate::destination::Destination;
use crate::edit::Edit;
use crate::url;
use crate::value::{Position, has_placeholder};
use serde::Serialize;

pub(crate) use address::UNITY_PATH;

/// How bad it is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// OLake or the catalog will refuse it.
    Error,
    /// It may fail, or do something else than it seems to.
    Warn,
    /// Worth knowing; nothing will fail.
    Info,
}

/// One remark about one key. No text in it holds a secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The stable name of the rule.
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

/// Every finding about a file, in the order of its keys' places in the catalogue of rules.
pub fn lint(file: &Destination) -> Vec<Finding> {
    let mut report = Report {
        file,
        findings: Vec::new(),
    };
    if shape::envelope(&mut report) {
        shape::types(&mut report);
        keys::check(&mut report);
        required::check(&mut report);
        if let Some(kind) = file.kind() {
            address::check(&mut report, kind);
            warehouse::check(&mut report, kind);
            auth::check(&mut report, kind);
            signing::check(&mut report, kind);
            storage::check(&mut report, kind);
            unity::check(&mut report, kind);
        }
        shape::placeholders(&mut report);
    }
    report.findings
}

/// The file and what has been found in it so far.
struct Report<'a> {
    file: &'a Destination,
    findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    fn error(
        &mut self,
        id: &'static str,
        key: &str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> &mut Finding {
        self.add(Severity::Error, id, key, message.into(), fix.into())
    }

    fn warn(
        &mut self,
        id: &'static str,
        key: &str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> &mut Finding {
        self.add(Severity::Warn, id, key, message.into(), fix.into())
    }

    fn info(
        &mut self,
        id: &'static str,
        key: &str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> &mut Finding {
        self.add(Severity::Info, id, key, message.into(), fix.into())
    }

    fn add(
        &mut self,
        severity: Severity,
        id: &'static str,
        key: &str,
        message: String,
        fix: String,
    ) -> &mut Finding {
        let at = match self.file.entry(key) {
            Some(entry) => entry.at,
            None => self.file.writer_at,
        };
        let place = self.findings.len();
        self.findings.push(Finding {
            id,
            severity,
            key: key.to_owned(),
            at,
            message,
            fix,
            edits: Vec::new(),
        });
        &mut self.findings[place]
    }

    /// The value of a key if it is filled in: rules about form do not apply to placeholders.
    fn filled(&self, key: &str) -> Option<&'a str> {
        let text = self.file.text(key).trim();
        (!text.is_empty() && !has_placeholder(text)).then_some(text)
    }
}

impl Finding {
    fn at(&mut self, at: Option<Position>) -> &mut Self {
        self.at = at;
        self
    }

    fn edit(&mut self, edit: Edit) -> &mut Self {
        self.edits.push(edit);
        self
    }
}

/// A value as it may stand in a message: short, one line, without credentials in a URL.
fn shown(text: &str) -> String {
    let text = url::without_userinfo(text);
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
