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

use crate::{
    dialect::Dialect,
    store::{Document, Snapshots},
    vendor::Vendor,
};

use generic::Generic;
use lakekeeper::Lakekeeper;
use nessie::Nessie;
use polaris::Polaris;
use s3_tables::S3Tables;
use unity::Unity;

pub(crate) fn of(dialect: Dialect) -> &'static dyn Vendor {
    match dialect {
        Dialect::Generic => &Generic,
        Dialect::Polaris => &Polaris,
        Dialect::Nessie => &Nessie,
        Dialect::Lakekeeper => &Lakekeeper,
        Dialect::Unity => &Unity,
        Dialect::S3Tables => &S3Tables,
    }
}

/// A stable name for a version of a table.
fn digest(document: &Document, snapshots: Option<Snapshots>) -> String {
    let hash = Sha256::digest(format!("{} {snapshots:?}", document.location));
    hash.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
