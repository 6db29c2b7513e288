//! What is wrong with a file, why it will fail, and what to do about it.

mod address;
mod auth;
mod keys;
mod other;
mod report;
mod required;
mod rule;
mod shape;
mod signing;
mod storage;
mod unity;
mod warehouse;

use crate::destination::Destination;
use crate::secret::hushed;
use report::Report;

pub use report::Finding;
pub use rule::{Rule, Severity};

/// Every finding about a file, by subject as in [`Rule::ALL`].
pub fn lint(file: &Destination) -> Vec<Finding> {
    let mut report = Report::new(file);
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
        } else {
            other::check(&mut report);
            storage::keys(&mut report);
        }
        shape::placeholders(&mut report);
    }
    if let (true, Some(kind)) = (file.is_guess(), file.kind()) {
        let vendors = |finding: &&mut Finding| finding.rule.is_of_vendor();
        report
            .findings
            .iter_mut()
            .filter(vendors)
            .for_each(|finding| {
                finding.severity = Severity::Info;
                finding.edits.clear();
                finding.message = format!(
                    "If this is {kind}, as its address suggests: {}",
                    finding.message
                );
            });
    }
    // A secret may stand under another key as well, where it would be shown.
    let secrets = file.secrets();
    for finding in &mut report.findings {
        for text in [&mut finding.message, &mut finding.fix, &mut finding.key] {
            *text = hushed(text, &secrets);
        }
    }
    report.findings
}
