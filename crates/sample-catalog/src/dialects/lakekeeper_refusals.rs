//! What Lakekeeper 0.13.3 refuses for reasons of its own, each seen on a real server.

use iceberg::TableUpdate;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::lakekeeper::id_of;
use crate::{
    ask::Ask,
    operation::{Call, Operation},
    problem::Problem,
    store::{Document, Warehouse},
    subject::{Named, NewNamespace, Rename},
};

const RESERVED: [&str; 3] = ["system", "examples", "information_schema"];

#[derive(Deserialize)]
struct Register {
    #[serde(rename = "metadata-location")]
    metadata_location: String,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(default)]
    updates: crate::store::Properties,
}

#[derive(Deserialize)]
struct Located {
    location: String,
}

/// A table stays where it is.
pub(super) fn relocates(table: &Document, updates: &[TableUpdate]) -> Result<(), Problem> {
    let now = serde_json::from_str::<Located>(&table.json).map(|table| table.location);
    let elsewhere = |update: &TableUpdate| match update {
        TableUpdate::SetLocation { location } => now.as_ref().ok() != Some(location),
        _ => false,
    };
    match updates.iter().any(elsewhere) {
        true => refuse(
            "SetLocationNotAllowed",
            "Setting the location of a table is not allowed",
        ),
        false => Ok(()),
    }
}

pub(super) fn check(ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
    if ask
        .header("idempotency-key")
        .is_some_and(|key| key.parse::<Uuid>().is_err())
    {
        return refuse(
            "InvalidIdempotencyKey",
            "Idempotency-Key header must be a valid UUID (RFC 9562)",
        );
    }
    levels(&call.namespace)?;
    match call.operation {
        // Of a table in it, a namespace that is not there is not told apart.
        Operation::LoadTable if !warehouse.contains(&call.namespace) => {
            Err(Problem::NoSuchTable(call.ident()))
        }
        Operation::ListNamespaces => {
            let parent = ask.query("parent").unwrap_or_else(|| "none".to_owned());
            levels(
                &parent
                    .split('\u{1F}')
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            )
        }
        Operation::CreateNamespace => {
            let NewNamespace { namespace } = ask.json()?;
            levels(&namespace)?;
            match namespace.first() {
                Some(top) if RESERVED.contains(&top.as_str()) => refuse(
                    "ReservedNamespace",
                    "Namespace is reserved for internal use.",
                ),
                _ => Ok(()),
            }
        }
        Operation::DropNamespace => goes(ask, warehouse, &call.namespace),
        Operation::DropTable | Operation::DropView => {
            let item = json!({"namespace": call.namespace, "name": call.name});
            let id = id_of(&item);
            if ask.flag("force") || !warehouse.protected.contains(&id) {
                return Ok(());
            }
            let kind = match call.operation {
                Operation::DropView => "View",
                _ => "Table",
            };
            let message =
                format!("Cannot delete protected tabular {kind} ID '{id}' without force flag");
            conflict("ProtectedTabularDeletionWithoutForce", message)
        }
        Operation::UpdateProperties => {
            let Properties { updates } = ask.json()?;
            if updates.contains_key("location") {
                return refuse(
                    "LocationCannotBeUpdated",
                    "Namespace property `location` cannot be updated.",
                );
            }
            Ok(())
        }
        Operation::CreateTable => match ask.json::<Named>()?.name.as_str() {
            "" => refuse(
                "IdentifierNameEmpty",
                "name of the identifier cannot be empty",
            ),
            name if name.contains('+') => refuse(
                "InvalidTableName",
                "Table name cannot contain '+' character.",
            ),
            _ => Ok(()),
        },
        Operation::RegisterTable => {
            let Register { metadata_location } = ask.json()?;
            if [&warehouse.root, &warehouse.home]
                .iter()
                .any(|root| metadata_location.starts_with(root.as_str()))
            {
                return Ok(());
            }
            let message = format!(
                "Provided location {metadata_location} is not a valid sublocation of the storage profile"
            );
            refuse("InvalidLocation", &message)
        }
        Operation::RenameTable => {
            let Rename {
                source,
                destination,
            } = ask.json()?;
            let taken = warehouse.contents(&destination.namespace).is_ok()
                && warehouse.has_table(&destination)?;
            if taken {
                Err(Problem::NoSuchTable(source))
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

/// Whether a namespace may go as it is asked to.
fn goes(ask: &Ask, warehouse: &Warehouse, levels: &[String]) -> Result<(), Problem> {
    let (recursive, force) = (ask.flag("recursive"), ask.flag("force"));
    let left = warehouse.left_in(levels)?;
    let soft = warehouse.properties.contains_key("delete-profile");
    if recursive && soft && !force {
        return refuse(
            "NamespaceDeleteNotAllowed",
            "Cannot recursively delete namespace with soft-deletion without force flag",
        );
    }
    if force || left.is_some() && !recursive {
        return Ok(());
    }
    let name = format!("Namespace with name '{}'", levels.join("."));
    let is_protected = |item: Value| warehouse.protected.contains(&id_of(&item));
    for (namespace, contents) in warehouse.below(levels) {
        if is_protected(json!(namespace)) {
            return match namespace == levels {
                true => conflict(
                    "NamespaceProtected",
                    format!(
                        "{name} is protected and force flag not set. Cannot delete protected namespace."
                    ),
                ),
                false => conflict(
                    "ChildNamespaceProtected",
                    format!(
                        "{name} has protected child namespaces and force flag was not specified."
                    ),
                ),
            };
        }
        let mut names = contents.tables.keys().chain(contents.views.keys());
        if names.any(|name| is_protected(json!({"namespace": namespace, "name": name}))) {
            return conflict(
                "ChildTabularProtected",
                format!(
                    "{name} has protected child tables or views and force flag was not specified."
                ),
            );
        }
    }
    Ok(())
}

fn conflict(kind: &'static str, message: String) -> Result<(), Problem> {
    Err(Problem::Typed(409, kind, message))
}

fn levels(levels: &[String]) -> Result<(), Problem> {
    if levels.iter().any(String::is_empty) {
        return refuse("NamespacePartEmpty", "Namespace parts cannot be empty");
    }
    if levels.iter().any(|level| level.contains('.')) {
        return refuse(
            "NamespacePartContainsDot",
            "Namespace parts cannot contain '.'",
        );
    }
    Ok(())
}

fn refuse(kind: &'static str, message: &str) -> Result<(), Problem> {
    Err(Problem::Typed(400, kind, message.to_owned()))
}
