//! What each operation needs, and which privileges count for which: one table, shared with the console.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

/// A set of privileges, one bit each.
pub(crate) type Set = u128;

pub(crate) struct Privilege {
    pub bit: Set,
    /// Kinds of grants that may name it.
    grantable_on: Vec<String>,
}

/// What an operation needs: of each set, any one privilege.
#[derive(Default)]
pub(crate) struct Rule {
    pub target: Vec<Set>,
    pub secondary: Vec<Set>,
    /// Whether privileges on the root container count too.
    pub from_root: bool,
}

pub(crate) struct Table {
    privileges: HashMap<String, Privilege>,
    rules: HashMap<String, Rule>,
}

#[derive(Deserialize)]
struct File {
    privileges: Vec<PrivilegeEntry>,
    operations: Vec<OperationEntry>,
}

#[derive(Deserialize)]
struct PrivilegeEntry {
    name: String,
    satisfied_by: Vec<String>,
    #[serde(default)]
    grantable_on: Vec<String>,
}

#[derive(Deserialize)]
struct OperationEntry {
    name: String,
    target: Vec<String>,
    #[serde(default)]
    secondary: Vec<String>,
    #[serde(default)]
    path_starts_at: String,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../../access/src/polaris/privileges.json");
    let file: File = serde_json::from_str(text).expect("the table is part of this program");
    Table::new(file)
});

impl Table {
    fn new(file: File) -> Self {
        let bits: HashMap<&str, Set> = file
            .privileges
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.name.as_str(), 1 << at))
            .collect();
        let set = |names: &[String]| names.iter().fold(0, |set, name| set | bits[name.as_str()]);
        let needs: HashMap<&str, Set> = file
            .privileges
            .iter()
            .map(|entry| (entry.name.as_str(), set(&entry.satisfied_by)))
            .collect();
        let all = |names: &[String]| names.iter().map(|name| needs[name.as_str()]).collect();
        let rules = file.operations.iter().map(|entry| {
            let rule = Rule {
                target: all(&entry.target),
                secondary: all(&entry.secondary),
                from_root: entry.path_starts_at != "catalog",
            };
            (entry.name.clone(), rule)
        });
        let rules = rules.collect();
        let privileges = file.privileges.iter().map(|entry| {
            let privilege = Privilege {
                bit: bits[entry.name.as_str()],
                grantable_on: entry.grantable_on.clone(),
            };
            (entry.name.clone(), privilege)
        });
        Self {
            privileges: privileges.collect(),
            rules,
        }
    }
}

/// The bit of a privilege; none for a name that does not exist.
pub(crate) fn bit(name: &str) -> Set {
    TABLE
        .privileges
        .get(name)
        .map_or(0, |privilege| privilege.bit)
}

/// Whether a grant of this kind may name the privilege.
pub(crate) fn grantable(name: &str, kind: &str) -> bool {
    let privilege = TABLE.privileges.get(name);
    privilege.is_some_and(|privilege| privilege.grantable_on.iter().any(|on| on == kind))
}

/// What the operation needs; `None` for a name that does not exist: then nobody may.
pub(crate) fn rule(operation: &str) -> Option<&'static Rule> {
    TABLE.rules.get(operation)
}
