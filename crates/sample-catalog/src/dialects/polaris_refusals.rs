//! What Polaris 1.7.0 as shipped does not do, each seen on a real server.

use serde::Deserialize;

use crate::{
    ask::Ask,
    operation::{Call, Operation},
    problem::Problem,
    store::Warehouse,
};

#[derive(Deserialize)]
struct Named {
    namespace: Option<Vec<String>>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Register {
    name: String,
    #[serde(rename = "metadata-location")]
    metadata_location: String,
}

#[derive(Deserialize)]
struct Removals {
    #[serde(default)]
    removals: Vec<String>,
    #[serde(default)]
    updates: crate::store::Properties,
}

pub(super) fn check(ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
    match call.operation {
        Operation::CreateNamespace | Operation::CreateTable => names(ask, warehouse, call),
        Operation::UpdateProperties => removals(ask, warehouse, call),
        Operation::RegisterTable => location(ask, warehouse, call),
        Operation::DropView => Err(purge(&call.name)),
        Operation::DropTable if ask.flag("purgeRequested") => Err(purge(&call.name)),
        _ => Ok(()),
    }
}

fn names(ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
    let Named { namespace, name } = ask.json()?;
    let levels = namespace.unwrap_or_else(|| call.namespace.clone());
    if levels.is_empty() {
        let message = "Cannot create root namespace, as it already exists implicitly.";
        return Err(Problem::Typed(
            409,
            "AlreadyExistsException",
            message.into(),
        ));
    }
    if let Some(level) = levels.iter().find(|level| level.contains('/')) {
        return Err(Problem::Invalid(format!(
            "Entity name must not contain '/': {level}"
        )));
    }
    // Locations on local files are checked as URIs.
    let mut path: Vec<&str> = levels.iter().map(String::as_str).collect();
    path.extend(name.as_deref());
    let location = format!("{}/{}", warehouse.root, path.join("/"));
    match location.find(' ').filter(|_| location.starts_with("file:")) {
        Some(place) => Err(Problem::Invalid(format!(
            "Illegal character in path at index {place}: {location}"
        ))),
        None => Ok(()),
    }
}

/// Removing what is not there is taken for somebody else's change.
fn removals(ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
    let Removals { removals, updates } = ask.json()?;
    let properties = &warehouse.contents(&call.namespace)?.properties;
    if removals
        .iter()
        .all(|key| properties.contains_key(key) || updates.contains_key(key))
    {
        return Ok(());
    }
    let message = format!(
        "Concurrent modification of namespace: {}",
        call.namespace.join(".")
    );
    Err(Problem::Typed(409, "CommitConflictException", message))
}

fn location(ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
    let Register {
        name,
        metadata_location,
    } = ask.json()?;
    let allowed = [&warehouse.root, &warehouse.home]
        .map(|root| format!("{root}/{}", call.namespace.join("/")));
    if allowed
        .iter()
        .any(|location| metadata_location.starts_with(location.as_str()))
    {
        return Ok(());
    }
    Err(Problem::Forbidden(format!(
        "Invalid locations '[{metadata_location}]' for identifier '{}.{name}': {metadata_location} is not in the list of \
         allowed locations: [{}]",
        call.namespace.join("."),
        allowed[0],
    )))
}

fn purge(name: &str) -> Problem {
    Problem::Forbidden(format!(
        "Unable to purge entity: {name}. To enable this feature, set the Polaris configuration DROP_WITH_PURGE_ENABLED \
         or the catalog configuration polaris.config.drop-with-purge.enabled"
    ))
}
