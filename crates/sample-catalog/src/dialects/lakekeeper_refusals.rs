//! What Lakekeeper 0.13.3 refuses for reasons of its own, each seen on a real server.

use iceberg::TableUpdate;
use serde::Deserialize;
use uuid::Uuid;

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
