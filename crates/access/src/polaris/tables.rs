//! The rules of the server as data: `privileges.json`, which other crates include as well.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Kind, Operation, Privilege, PrivilegeSet};

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("privileges.json"))
        .expect("privileges.json is part of the program");
    Tables::new(file)
});

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct File {
    privileges: Vec<PrivilegeRow>,
    operations: Vec<OperationRow>,
}

#[derive(Deserialize)]
pub(super) struct PrivilegeRow {
    pub name: &'static str,
    pub code: u8,
    pub securable: &'static str,
    satisfied_by: Vec<&'static str>,
    #[serde(default)]
    pub grantable_on: Vec<Kind>,
    pub meaning: Option<&'static str>,
}

#[derive(Deserialize)]
struct OperationRow {
    name: &'static str,
    on: Vec<Kind>,
    target: Vec<&'static str>,
    #[serde(default)]
    secondary_on: Vec<Kind>,
    #[serde(default)]
    secondary: Vec<&'static str>,
    path_starts_at: Option<Kind>,
}

pub(super) struct Tables {
    /// In order of code, which starts at 1 and has no holes.
    pub privileges: Vec<PrivilegeRow>,
    pub by_name: HashMap<&'static str, Privilege>,
    /// By code, as `privileges`.
    pub satisfied_by: Vec<PrivilegeSet>,
    pub implies: Vec<PrivilegeSet>,
    pub operations: Vec<Operation>,
}

impl Tables {
    fn new(file: File) -> Self {
        let by_name: HashMap<_, _> = file
            .privileges
            .iter()
            .map(|row| (row.name, Privilege(row.code)))
            .collect();
        let set =
            |names: &[&str]| -> PrivilegeSet { names.iter().map(|name| by_name[name]).collect() };
        let satisfied_by: Vec<_> = file
            .privileges
            .iter()
            .map(|row| set(&row.satisfied_by))
            .collect();
        let implies = file
            .privileges
            .iter()
            .map(|row| {
                let holder = Privilege(row.code);
                let implied = |other: &&PrivilegeRow| set(&other.satisfied_by).contains(holder);
                file.privileges
                    .iter()
                    .filter(implied)
                    .map(|other| Privilege(other.code))
                    .collect()
            })
            .collect();
        let operations = file
            .operations
            .iter()
            .map(|row| Operation {
                name: row.name,
                on: row.on.clone(),
                target: set(&row.target),
                secondary_on: row.secondary_on.clone(),
                secondary: set(&row.secondary),
                from_root: row.path_starts_at.is_none(),
            })
            .collect();
        Tables {
            privileges: file.privileges,
            by_name,
            satisfied_by,
            implies,
            operations,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_positions() {
        let codes: Vec<u8> = TABLES.privileges.iter().map(|row| row.code).collect();
        assert_eq!(codes, (1..=102).collect::<Vec<u8>>());
        assert_eq!(
            Privilege::SERVICE_MANAGE_ACCESS.name(),
            "SERVICE_MANAGE_ACCESS"
        );
        assert_eq!(
            Privilege::CATALOG_MANAGE_ACCESS.name(),
            "CATALOG_MANAGE_ACCESS"
        );
    }

    #[test]
    fn implication_is_reflexive_and_transitively_closed() {
        for privilege in Privilege::all() {
            assert!(privilege.implies().contains(privilege), "{privilege}");
            assert_eq!(
                privilege.implies().implied(),
                privilege.implies(),
                "{privilege}"
            );
        }
        let content = Privilege::named("CATALOG_MANAGE_CONTENT").expect("a privilege");
        assert_eq!(content.implies().len(), 56);
    }

    #[test]
    fn what_can_be_granted_says_what_it_means() {
        let grantable: Vec<_> = TABLES
            .privileges
            .iter()
            .filter(|row| row.meaning.is_some())
            .collect();
        assert_eq!(grantable.len(), 57);
        assert!(grantable.iter().all(|row| !row.grantable_on.is_empty()));
        let on = |kind| Privilege::grantable_on(kind).len();
        let kinds = [
            Kind::Catalog,
            Kind::Namespace,
            Kind::Table,
            Kind::View,
            Kind::Policy,
        ];
        assert_eq!(kinds.map(on), [51, 49, 28, 6, 8]);
    }

    #[test]
    fn operations_say_what_they_concern() {
        assert_eq!(TABLES.operations.len(), 117);
        for operation in &TABLES.operations {
            assert!(
                !operation.on.is_empty() && !operation.target.is_empty(),
                "{}",
                operation.name
            );
            assert_eq!(
                operation.secondary_on.is_empty(),
                operation.secondary.is_empty(),
                "{}",
                operation.name
            );
            // Steps towards them are numbered in one byte.
            assert!(
                operation.target.len() + operation.secondary.len() <= 8,
                "{}",
                operation.name
            );
        }
    }
}
