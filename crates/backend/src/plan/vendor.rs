//! What kinds of catalogs do with a change, as far as it was seen or stands in their code.

use iceberg_rest::{Dialect, Operation};
use model::page::ChangePage;

pub const LAST_WINS: &str = "No server guards this: of two who write one key at a time, the last one wins. Keys that are not named stay as they are.";

/// Why a kind of catalog does not make the change of a page, whatever its server lists; a sentence.
pub fn refuses(dialect: Dialect, page: ChangePage) -> Option<String> {
    let profile = dialect.profile();
    let single = profile.single_snapshot;
    let why = match (page, dialect) {
        (ChangePage::NewRef | ChangePage::EditRef | ChangePage::DropRef, _) if single => {
            "has branches and tags of the whole catalog, and none of a table"
        }
        (ChangePage::RemoveUnused, _) if single => {
            "shows one snapshot of a table, so which schemas earlier ones were made with is not known"
        }
        (ChangePage::ExpireSnapshots, _) if single => {
            "shows one snapshot of a table and keeps earlier ones in commits of its own, so none of a table can expire"
        }
        (ChangePage::EditLocation, Dialect::Nessie) => {
            "leaves a table where it is, and answers as if it had moved it"
        }
        (ChangePage::EditLocation, Dialect::Lakekeeper | Dialect::S3Tables) => {
            "decides itself where a table lies, and does not let that be changed"
        }
        _ => return None,
    };
    Some(format!("{} {why}.", profile.title))
}

/// That a kind of catalog expires snapshots itself.
pub fn maintains(dialect: Dialect) -> Option<&'static str> {
    (dialect == Dialect::S3Tables).then_some("Amazon S3 Tables expires snapshots itself, as its maintenance settings say, and removes their files then.")
}

/// What a kind of catalog asks of a location.
pub fn locates(dialect: Dialect) -> Option<&'static str> {
    (dialect == Dialect::Polaris).then_some("Apache Polaris refuses a location that is not below those allowed to the catalog, or that overlaps one of another table.")
}

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
            "Unless it is asked to drop what the namespace holds, Lakekeeper refuses where that is anything. Tables that were dropped and can still be restored count, too.",
        ],
        (Dialect::Nessie, Operation::CreateTable) => {
            &["Nessie makes one commit on the branch. Other branches and tags do not have it."]
        }
        (Dialect::Polaris, Operation::CreateTable) => &[
            "Apache Polaris takes a location only below those that the catalog allows, and none that overlaps another table’s.",
        ],
        (Dialect::Lakekeeper, Operation::CreateTable) => {
            &["Lakekeeper takes a location only below the storage of the warehouse."]
        }
        (Dialect::Unity, Operation::CreateTable) => {
            &["Databricks makes it a managed table, which takes a few seconds."]
        }
        (Dialect::Nessie, Operation::RegisterTable) => &[
            "Nessie makes one commit on the branch, and reads the file only from storage that it is configured for.",
        ],
        (Dialect::Polaris, Operation::RegisterTable) => &[
            "Apache Polaris takes a metadata file only below the locations that the catalog allows. A table is put in the place of another one from release 1.6 on.",
        ],
        (Dialect::Lakekeeper, Operation::RegisterTable) => {
            &["Lakekeeper takes a metadata file only below the storage of the warehouse."]
        }
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
        (Dialect::Nessie, Operation::CommitTransaction) => {
            &["Nessie makes one commit on the branch. No data file is touched."]
        }
        (Dialect::Polaris, Operation::CommitTransaction) => &[
            "Apache Polaris asks for TABLE_WRITE_PROPERTIES and TABLE_CREATE on each of them, and does not do it in a federated catalog.",
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
