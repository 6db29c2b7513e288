use std::collections::BTreeMap;

use iceberg_rest::types::lenient;
use serde::{Deserialize, Serialize};

use super::wire::WireEntity;

/// What all entities of the management API have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// Unique among its kind; catalog roles: in their catalog.
    pub name: String,
    /// What its owner keeps with it.
    pub properties: BTreeMap<String, String>,
    /// Epoch, ms.
    pub create_timestamp: Option<i64>,
    /// Epoch, ms; 0 in the answer that creates a catalog.
    pub last_update_timestamp: Option<i64>,
    /// Goes back with the next update as `currentEntityVersion`; a stale one is refused with 409.
    pub entity_version: Option<i64>,
}

/// Somebody who can sign in: a person or a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WireEntity")]
pub struct Principal {
    /// Name, properties and version.
    pub entity: Entity,
    /// The client id of its credentials.
    pub client_id: Option<String>,
    /// Known from an identity provider: cannot be changed, rotated or given roles here.
    pub federated: bool,
}

/// A role that principals hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WireEntity")]
pub struct PrincipalRole {
    /// Name, properties and version.
    pub entity: Entity,
    /// Known from an identity provider: cannot be changed here.
    pub federated: bool,
}

/// A role in one catalog, which principal roles hold and which holds grants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WireEntity")]
pub struct CatalogRole {
    /// Name, properties and version.
    pub entity: Entity,
}

/// Any list of the management API. It is never paged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Entities<T> {
    /// What is listed.
    #[serde(
        rename = "catalogs, principals, roles or grants",
        alias = "catalogs",
        alias = "principals",
        alias = "roles",
        alias = "grants",
        deserialize_with = "lenient::list",
        bound(deserialize = "T: Deserialize<'de>")
    )]
    pub items: Vec<T>,
}

/// Body of every `PUT` of a principal, a principal role or a catalog role: replaces all properties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateEntity {
    /// [`Entity::entity_version`] as it was read.
    pub current_entity_version: i64,
    /// All of them: those left out are removed.
    pub properties: BTreeMap<String, String>,
}

/// What the server refuses as a name of a catalog, a principal or a role, said before it does: 1 to
/// 256 characters, not beginning with `SYSTEM$` in any case. It takes `.` and `..`, but no address can
/// name them then.
pub fn check_name(name: &str) -> Result<(), &'static str> {
    let start: String = name.trim_start().chars().take(7).collect();
    match name.encode_utf16().count() {
        0 => Err("A name cannot be empty."),
        1 | 2 if matches!(name, "." | "..") => Err(
            "A name cannot be “.” or “..”: no address could name it, so it could not be deleted again.",
        ),
        257.. => Err("A name cannot be longer than 256 characters."),
        _ if start.eq_ignore_ascii_case("system$") => Err("A name cannot begin with SYSTEM$."),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_refused_as_the_server_does() {
        for name in [
            "a",
            "...",
            ".a",
            "SYSTEM",
            "my system$",
            "Grüße / テ",
            &"x".repeat(256),
        ] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        for name in [
            "",
            ".",
            "..",
            "SYSTEM$x",
            "system$",
            "  SyStEm$ x",
            &"x".repeat(257),
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
