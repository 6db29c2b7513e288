//! What kinds of catalogs do with a change, as far as it was seen or stands in their code.

use iceberg_rest::{Dialect, Operation};

pub const LAST_WINS: &str = "No server guards this: of two who write one key at a time, the last one wins. Keys that are not named stay as they are.";

/// In sentences. `reference` is the branch of Nessie that the change is made on, where known.
pub fn does(dialect: Dialect, operation: Operation, reference: Option<&str>) -> Vec<String> {
    let told: &[&str] = match (dialect, operation) {
        (Dialect::Nessie, Operation::CreateNamespace) => {
            &["Nessie makes one commit on the branch, and adds a location where none is given."]
        }
        (Dialect::Nessie, Operation::UpdateNamespaceProperties) => {
            &["Nessie makes one commit on the branch."]
        }
        (Dialect::Nessie, Operation::DropNamespace) => &[
            "Nessie makes one commit on the branch, and refuses where the namespace holds anything. No file is deleted.",
        ],
        (Dialect::Polaris, Operation::CreateNamespace) => {
            &["Apache Polaris gives it a location below the one around it where none is given."]
        }
        (Dialect::Polaris, Operation::DropNamespace) => {
            &["Apache Polaris refuses where the namespace holds anything."]
        }
        (Dialect::Lakekeeper, Operation::CreateNamespace) => &[
            "Lakekeeper gives it an id, and a location where none is given. That location cannot be changed later.",
        ],
        (Dialect::Lakekeeper, Operation::DropNamespace) => &[
            "Lakekeeper refuses where the namespace holds anything. Tables that were dropped and can still be restored count, too.",
        ],
        (Dialect::Nessie, Operation::DropTable | Operation::DropView) => {
            &["Nessie makes one commit on the branch. Other branches and tags keep it."]
        }
        (Dialect::Nessie, Operation::RenameTable | Operation::RenameView) => &[
            "Nessie makes one commit on the branch. On other branches and tags it keeps its name.",
        ],
        (Dialect::Polaris, Operation::DropTable) => {
            &["In Apache Polaris the privileges granted on it go with it."]
        }
        (Dialect::Polaris, Operation::DropView) => &[
            "In Apache Polaris the privileges granted on it go with it.",
            "As shipped, Apache Polaris refuses to drop views: it takes that for deleting files. DROP_WITH_PURGE_ENABLED on the server, or polaris.config.drop-with-purge.enabled on the catalog, allows it.",
        ],
        (Dialect::Polaris, Operation::RenameTable | Operation::RenameView) => &[
            "In Apache Polaris the privileges granted on it stay with it. In another namespace, those granted on the old one hold for it no longer.",
        ],
        (Dialect::Lakekeeper, Operation::DropTable) => {
            &["Lakekeeper refuses where the table is protected."]
        }
        (Dialect::Lakekeeper, Operation::DropView) => {
            &["Lakekeeper refuses where the view is protected."]
        }
        (Dialect::S3Tables, Operation::DropNamespace) => {
            &["Amazon S3 Tables refuses where the namespace holds tables."]
        }
        (Dialect::Generic, Operation::DropNamespace) => &[
            "Most servers refuse where the namespace holds tables or views. Some drop one that holds other namespaces, and those stay without it.",
        ],
        (Dialect::Nessie, Operation::CommitTable | Operation::ReplaceView) => {
            &["Nessie makes one commit on the branch. No data file is touched."]
        }
        (_, Operation::CommitTable | Operation::ReplaceView) => {
            &["It is one commit, which writes a metadata file and touches no data file."]
        }
        (_, Operation::UpdateNamespaceProperties) => &[LAST_WINS],
        _ => &[],
    };
    let branch = match reference {
        Some(reference) => format!("the branch {reference}"),
        None => "the default branch".to_owned(),
    };
    told.iter()
        .map(|sentence| sentence.replace("the branch", &branch))
        .collect()
}
