//! The rules of the server as data: `privileges.json`, which other crates include as well.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Kind, Operation, Privilege, PrivilegeSet};

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("../privileges.json"))
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
        let set = |names: &[&str]| -> PrivilegeSet { names.iter().map(|name| by_name[name]).collect() };
        let satisfied_by: Vec<_> = file.privileges.iter().map(|row| set(&row.satisfied_by)).collect();
        let implies = file
            .privileges
            .iter()
            .map(|row| {
                let holder = Privilege(row.code);
                let implied = |other: &&PrivilegeRow| set(&other.satisfied_by).contains(holder);
                file.privileges.iter().filter(implied).map(|other| Privilege(other.code)).collect()
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
        Tables { privileges: file.privileges, by_name, satisfied_by, implies, operations }
    }
}
