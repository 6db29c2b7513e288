//! The six vendors.

mod generic;
mod lakekeeper;
mod lakekeeper_access;
mod lakekeeper_management;
mod lakekeeper_refusals;
mod nessie;
mod nessie_commits;
mod nessie_history;
mod polaris;
mod polaris_refusals;
mod s3_tables;
mod unity;
mod unity_native;

use sha2::{Digest, Sha256};

use crate::store::{Document, Snapshots};

pub(crate) use generic::Generic;
pub(crate) use lakekeeper::Lakekeeper;
pub(crate) use nessie::Nessie;
pub(crate) use nessie_commits::Commit;
pub(crate) use polaris::{Polaris, problem as polaris_problem};
pub(crate) use s3_tables::{S3Tables, arn as s3_tables_arn};
pub(crate) use unity::Unity;

/// A marker that stands in every secret of the sample, so that a test can look for it where none may be.
pub(crate) const CANARY: &str = "CANARY-7f3a9c";

/// A stable name for a version of a table.
fn digest(document: &Document, snapshots: Option<Snapshots>) -> String {
    let hash = Sha256::digest(format!("{} {snapshots:?}", document.location));
    hash.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
