//! Grants privileges to a catalog role, or revokes them, one by one.

use std::sync::Arc;

use iceberg_rest::{
    Error,
    polaris::{
        Management,
        access::{Change, Grant, Object},
        types::GrantResource,
    },
};

use super::guard;
use crate::{
    model::access::grants::Outcomes,
    paths::{Query, read_object},
    session::Connection,
};

/// What the form asks: `action` is `grant` or `revoke`, `role` and the object say where, `privilege`
/// stands there once for each.
pub async fn apply(connection: &Arc<Connection>, form: &Query) -> Outcomes {
    let revoke = form.get("action") == Some("revoke");
    match asked(connection, form, revoke).await {
        Ok((management, change)) => {
            let mut items = Vec::new();
            for grant in change.grants {
                let made = one(
                    connection,
                    &management,
                    &change.catalog,
                    &change.role,
                    &grant,
                    revoke,
                );
                items.push((grant.privilege.clone(), made.await.err()));
            }
            Outcomes {
                revoked: revoke,
                items,
                refused: None,
            }
        }
        Err(refused) => Outcomes {
            revoked: revoke,
            items: Vec::new(),
            refused: Some(refused),
        },
    }
}

struct Asked {
    catalog: String,
    role: String,
    grants: Vec<Grant>,
}

async fn asked(
    connection: &Arc<Connection>,
    form: &Query,
    revoke: bool,
) -> Result<(Management, Asked), String> {
    let management = connection.management().map_err(|error| error.message)?;
    let object = read_object(form, "", connection.warehouse.as_deref())
        .ok_or("The form names no object: open it again from the object’s page.")?;
    let catalog = object
        .catalog()
        .ok_or("Only what lies in a catalog takes grants.")?
        .to_owned();
    let role = form
        .get("role")
        .ok_or("The form names no catalog role: choose one.")?
        .to_owned();
    let grant = |privilege: &str| Grant {
        object: object.clone(),
        privilege: privilege.to_owned(),
    };
    let grants: Vec<Grant> = form.all("privilege").map(grant).collect();
    if grants.is_empty() {
        return Err("No privilege was chosen.".into());
    }
    if let Some(reason) = connection.refuses_changes() {
        return Err(reason);
    }
    if revoke && form.get("typed") != Some(role.as_str()) {
        let managing = grants
            .iter()
            .filter(|grant| guard::manages(&grant.privilege));
        let ends: Vec<Change> = managing
            .map(|grant| Change::Grant {
                catalog: catalog.clone(),
                catalog_role: role.clone(),
                grant: grant.clone(),
            })
            .collect();
        if !ends.is_empty()
            && let Some(why) = guard::own_last_path(connection, &management, &ends).await
        {
            return Err(format!("{why} Type {role} to revoke it anyway."));
        }
    }
    Ok((
        management,
        Asked {
            catalog,
            role,
            grants,
        },
    ))
}

async fn one(
    connection: &Arc<Connection>,
    management: &Management,
    catalog: &str,
    role: &str,
    grant: &Grant,
    revoke: bool,
) -> Result<(), String> {
    let (api, catalog, role) = (management.clone(), catalog.to_owned(), role.to_owned());
    let object = described(&catalog, &role, &grant.object, &grant.privilege);
    let resource = GrantResource::of(grant);
    let call = async move {
        let resource =
            resource.ok_or_else(|| Error::invalid("This kind of object takes no grants."))?;
        match revoke {
            true => api.revoke_grant(&catalog, &role, &resource).await,
            false => api.add_grant(&catalog, &role, &resource).await,
        }
    };
    let operation = match revoke {
        true => "revokeGrantFromCatalogRole",
        false => "addGrantToCatalogRole",
    };
    connection
        .change(operation, object, call)
        .await
        .map_err(|error| match error.hint {
            Some(hint) => format!("{} {hint}", error.message),
            None => error.message,
        })
}

/// How the log names a grant.
pub(super) fn described(catalog: &str, role: &str, object: &Object, privilege: &str) -> String {
    format!("{privilege} on {object} for catalog role {catalog}.{role}")
}
