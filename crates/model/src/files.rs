//! What becomes of a table's files when it is dropped, as each kind of catalog does it.

use iceberg_rest::{Dialect, dialect::Purge};

/// Whether they are deleted, where that is not to be chosen.
pub fn only(dialect: Dialect) -> Option<bool> {
    match dialect.profile().purge {
        Purge::Always => Some(true),
        Purge::Never => Some(false),
        Purge::Asked => None,
    }
}

/// Why files cannot be left, or deleted, where that is so; a sentence.
pub fn no_choice(dialect: Dialect, purge: bool) -> Option<&'static str> {
    match (dialect.profile().purge, purge) {
        (Purge::Always, false) => Some(
            "Amazon S3 Tables drops no table whose files are to stay: it wants to be asked to delete them.",
        ),
        (Purge::Never, true) => Some("Nessie deletes no files, whatever it is asked."),
        _ => None,
    }
}

/// What becomes of them, where they are to be left or, with `purge`, deleted; sentences.
pub fn told(dialect: Option<Dialect>, purge: bool) -> &'static str {
    match (dialect, purge) {
        (Some(Dialect::Nessie), false) => {
            "Nessie never deletes files: all of them stay. What was committed before can still be read at its commit."
        }
        (_, false) => {
            "Data and metadata files stay where they are. Nothing in the catalog leads to them any more; where registering is possible, its metadata file brings it back."
        }
        (Some(Dialect::S3Tables), true) => {
            "Amazon S3 Tables deletes its data and metadata files. They cannot be brought back."
        }
        (Some(Dialect::Lakekeeper), true) => {
            "Lakekeeper deletes its data and metadata files soon after. A warehouse that keeps dropped tables for a while deletes them when that is over: until then the table can be restored."
        }
        (Some(Dialect::Polaris), true) => {
            "Apache Polaris deletes its data and metadata files if that is allowed: as shipped it refuses, and drops nothing. DROP_WITH_PURGE_ENABLED on the server, or polaris.config.drop-with-purge.enabled on the catalog, allows it."
        }
        (_, true) => {
            "The server is asked to delete its data and metadata files. Whether and when it does is up to it; then they cannot be brought back."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_catalog_is_asked_for_what_it_does_not_do() {
        let choices = |dialect| [false, true].map(|purge| no_choice(dialect, purge).is_none());
        assert_eq!(choices(Dialect::S3Tables), [false, true]);
        assert_eq!(choices(Dialect::Nessie), [true, false]);
        let only = [Dialect::S3Tables, Dialect::Nessie].map(only);
        assert_eq!(only, [Some(true), Some(false)]);
        for dialect in [Dialect::Generic, Dialect::Lakekeeper, Dialect::Polaris] {
            assert_eq!(choices(dialect), [true, true], "{dialect}");
        }
    }
}
