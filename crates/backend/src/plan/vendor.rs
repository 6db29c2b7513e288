//! What kinds of catalogs do with a change, as far as it was seen or stands in their code.

use iceberg_rest::{Dialect, Operation};

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
        (Dialect::S3Tables, Operation::DropNamespace) => {
            &["Amazon S3 Tables refuses where the namespace holds tables."]
        }
        (Dialect::Generic, Operation::DropNamespace) => &[
            "Most servers refuse where the namespace holds tables or views. Some drop one that holds other namespaces, and those stay without it.",
        ],
        (_, Operation::UpdateNamespaceProperties) => &[
            "No server guards this: of two who write one key at a time, the last one wins. Keys that are not named stay as they are.",
        ],
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
