//! What is looked at, each rule by itself; its family is its file.

mod files;
mod history;
mod layout;

use iceberg_rest::types::{Strings, metadata::TableMetadata};

use super::{Extent, Finding, Health, Mend, Severity, mend::Table};
use crate::growth::Growth;

/// A page shows no more than these.
const FINDINGS: usize = 6;
const OLD_SNAPSHOTS: &str = "Old snapshots";
const METADATA_FILES: &str = "Metadata files";

struct Look<'a> {
    metadata: &'a TableMetadata,
    /// Of the current snapshot, where the metadata holds that.
    summary: Option<&'a Strings>,
    table: Table,
    /// Ms since 1970.
    now: i64,
    extent: Extent,
}

impl Health {
    /// What there is to say about a table: `names` are the levels of its namespace and its name, `now` is in ms
    /// since 1970.
    pub fn new(metadata: &TableMetadata, names: &[String], now: i64, extent: Extent) -> Self {
        let mut findings = findings(metadata, names, now, extent);
        findings.truncate(FINDINGS);
        let growth = Growth::new(metadata, now, extent);
        Self { findings, growth }
    }
}

impl Finding {
    /// The worst there is to say about a table, as [`Health::new`] finds it. What nobody could read is
    /// nothing to say.
    pub fn worst(metadata: &TableMetadata, now: i64, extent: Extent) -> Option<Self> {
        let found = findings(metadata, &[], now, extent);
        let unread = |finding: &Self| match extent {
            Extent::All => false,
            Extent::Named => finding.title == OLD_SNAPSHOTS,
            Extent::Newest => [OLD_SNAPSHOTS, METADATA_FILES].contains(&finding.title.as_str()),
        };
        found.into_iter().find(|finding| !unread(finding))
    }
}

/// Worst first.
fn findings(metadata: &TableMetadata, names: &[String], now: i64, extent: Extent) -> Vec<Finding> {
    let current = metadata.current_snapshot();
    let look = Look {
        metadata,
        summary: current.map(|current| &current.summary),
        table: Table::new(names),
        now,
        extent,
    };
    let of_data: &[Rule] = match metadata.current_snapshot_id.is_some() {
        true => &[
            files::small_files,
            files::deletes,
            history::snapshots,
            files::manifests,
            history::last_commit,
        ],
        false => &[],
    };
    let of_any: [Rule; 4] = [
        layout::old_format,
        history::refs,
        history::metadata_log,
        layout::layouts,
    ];
    let rules = of_data.iter().chain(&of_any);
    let mut findings: Vec<_> = rules.filter_map(|rule| rule(&look)).collect();
    findings.sort_by_key(|finding| finding.severity);
    findings
}

type Rule = fn(&Look) -> Option<Finding>;

fn finding(severity: Severity, title: &str, figure: String, threshold: String) -> Finding {
    Finding {
        severity,
        title: title.to_owned(),
        figure,
        threshold,
        mend: None,
    }
}

impl Finding {
    /// With what mends it, where something has to be.
    fn mended(self, mend: Mend) -> Self {
        let mend = (self.severity != Severity::Good).then_some(mend);
        Self { mend, ..self }
    }
}
