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
    session::{Connection, once::new_id},
};

/// What the form asks: `action` is `grant` or `revoke`, `role` and the object say where, `privilege`
/// stands there once for each. Done once, to its end, and told anew where the form is sent again.
pub async fn apply(connection: &Arc<Connection>, form: Query) -> Outcomes {
    let (id, what) = (form.text("once"), form.pairs().to_vec());
    let own = connection.clone();
    let making = async move { Ok(make(&own, &form).await) };
    let told = connection.asked.grants.run(&id, what, making).await;
    let outcomes = told.outcome.unwrap_or_else(|error| Outcomes {
        refused: Some(error.message),
        ..Outcomes::default()
    });
    Outcomes {
        again: told.again,
        once: new_id(),
        ..outcomes
    }
}

async fn make(connection: &Arc<Connection>, form: &Query) -> Outcomes {
    let revoke = form.get("action") == Some("revoke");
    match asked(connection, form, revoke).await {
        Ok((management, change)) => {
            let (mut items, mut already) = (Vec::new(), Vec::new());
            let held = management.list_grants(&change.catalog, &change.role).await;
            let held = held.map(|held| {
                let held = held.into_iter();
                held.filter_map(|grant| grant.in_catalog(&change.catalog))
                    .collect::<Vec<_>>()
            });
            for grant in change.grants {
                // A list that could not be read says nothing.
                if held
                    .as_ref()
                    .is_ok_and(|held| held.contains(&grant) != revoke)
                {
                    already.push(grant.privilege);
                    continue;
                }
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
                already,
                ..Outcomes::default()
            }
        }
        Err(refused) => Outcomes {
            revoked: revoke,
            refused: Some(refused),
            ..Outcomes::default()
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
    let mut grants: Vec<Grant> = Vec::new();
    for grant in form.all("privilege").map(grant) {
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    if grants.is_empty() {
        return Err("No privilege was chosen.".into());
    }
    if let Some(reason) = connection.refuses_changes() {
        return Err(reason);
    }
    let typed = form.text("typed");
    if revoke && !typed.is_empty() && typed != role {
        return Err(super::press::other(&typed, &role).message);
    }
    if revoke && typed != role {
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
