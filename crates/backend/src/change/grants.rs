//! Grants privileges to a catalog role, or revokes them, one by one.

use std::sync::Arc;

use access::polaris::{self, Grant, Object as Named};
use iceberg_rest::Error;
use model::{
    access::{grants::Outcomes, loss::manages},
    batch::PartState,
    change::Object,
    error::{AppError, Kind},
    form::CONFIRM,
    format::counted,
    paths::{Query, read_object},
};
use vendors::polaris::{Management, types::GrantResource};

use super::{Change, guard};
use crate::{Catalog, confirm::not_of_another, once::new_id, place::barred};

/// What the form asks: `action` is `grant` or `revoke`, `role` and the object say where, `privilege`
/// stands there once for each. Done once, to its end, and told anew where the form is sent again.
pub async fn apply(connection: &Arc<Catalog>, form: Query) -> Outcomes {
    let (id, what) = (form.text("once"), form.pairs().to_vec());
    let revoked = revokes(&form);
    let making = make(connection.clone(), form);
    let told = connection.changes.grants.run(&id, what, making).await;
    let outcomes = told.outcome.unwrap_or_else(|error| Outcomes {
        revoked,
        refused: Some(error.message),
        ..Outcomes::default()
    });
    Outcomes {
        again: told.again,
        once: new_id(),
        ..outcomes
    }
}

fn revokes(form: &Query) -> bool {
    form.get("action") == Some("revoke")
}

/// Goes on after a refusal, since the next may be allowed; stops where nobody knows what happened: a
/// server that does not answer will not answer the next either.
async fn make(connection: Arc<Catalog>, form: Query) -> Result<Outcomes, AppError> {
    let revoke = revokes(&form);
    let asked = asked(&connection, &form, revoke).await;
    let (management, mut asked) = asked.map_err(|why| AppError::new(Kind::NotSent, why))?;
    let already = take_already(&management, &mut asked, revoke).await;
    let privileges = asked.grants.iter().map(|grant| grant.privilege.clone());
    let privileges: Vec<String> = privileges.collect();
    let mut states = vec![PartState::Untried; privileges.len()];
    if !privileges.is_empty() {
        let change = asked.change(revoke);
        let title = title(&asked, revoke);
        let running = connection.begin(change, title, privileges.clone());
        for (index, grant) in asked.grants.iter().enumerate() {
            let (catalog, role) = (&asked.catalog, &asked.role);
            let made = one(&connection, &management, catalog, role, grant, revoke).await;
            states[index] = made.as_ref().err().map_or(PartState::Done, PartState::from);
            running.set(index, states[index].clone());
            if matches!(states[index], PartState::Unknown(_)) {
                break;
            }
        }
    }
    Ok(Outcomes {
        revoked: revoke,
        items: privileges.into_iter().zip(states).collect(),
        already,
        ..Outcomes::default()
    })
}

/// Takes out the privileges that are as asked by now, and names them. A list that could not be read says
/// nothing.
async fn take_already(management: &Management, asked: &mut Asked, revoke: bool) -> Vec<String> {
    let Ok(held) = management.list_grants(&asked.catalog, &asked.role).await else {
        return Vec::new();
    };
    let held = held.into_iter();
    let held: Vec<Grant> = held
        .filter_map(|grant| grant.in_catalog(&asked.catalog))
        .collect();
    let is_so = |grant: &mut Grant| held.contains(grant) != revoke;
    let already = asked.grants.extract_if(.., is_so);
    already.map(|grant| grant.privilege).collect()
}

fn title(asked: &Asked, revoke: bool) -> String {
    let Asked {
        catalog,
        role,
        object,
        grants,
    } = asked;
    let privileges = counted(grants.len(), "privilege");
    match revoke {
        true => format!("Revoke {privileges} on {object} from {catalog}.{role}"),
        false => format!("Grant {privileges} on {object} to {catalog}.{role}"),
    }
}

struct Asked {
    catalog: String,
    role: String,
    object: Named,
    grants: Vec<Grant>,
}

impl Asked {
    /// All of it together.
    fn change(&self, revoke: bool) -> Change {
        let object = Object::grants(&self.catalog, &self.role, self.object.clone());
        Change::new(if revoke { "revoke" } else { "grant" }, object)
    }
}

async fn asked(
    connection: &Arc<Catalog>,
    form: &Query,
    revoke: bool,
) -> Result<(Management, Asked), String> {
    let management = connection.management().map_err(|error| error.message)?;
    let object = read_object(form, "", connection.spec.warehouse.as_deref())
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
    let asked = Asked {
        catalog,
        role,
        object,
        grants,
    };
    let permitted = connection.permit(&asked.change(revoke)).await;
    permitted.map_err(|refused| refused.message)?;
    if !revoke && let Some(why) = barred(connection, &asked.object).await {
        return Err(why);
    }
    if revoke {
        let typed = form.text(CONFIRM.name);
        let managing = asked
            .grants
            .iter()
            .filter(|grant| manages(&grant.privilege));
        let ends: Vec<_> = managing
            .map(|grant| polaris::Change::Grant {
                catalog: asked.catalog.clone(),
                catalog_role: asked.role.clone(),
                grant: grant.clone(),
            })
            .collect();
        let stays = async {
            not_of_another(&typed, &asked.role)?;
            guard::edges_stay(connection, &management, &ends, &asked.role, &typed).await
        };
        stays.await.map_err(|error: AppError| error.message)?;
    }
    Ok((management, asked))
}

async fn one(
    connection: &Arc<Catalog>,
    management: &Management,
    catalog: &str,
    role: &str,
    grant: &Grant,
    revoke: bool,
) -> Result<(), AppError> {
    let operation = match revoke {
        true => "revokeGrantFromCatalogRole",
        false => "addGrantToCatalogRole",
    };
    let change = Change::new(operation, Object::grant(catalog, role, grant.clone()));
    let (api, catalog, role) = (management.clone(), catalog.to_owned(), role.to_owned());
    let resource = GrantResource::of(grant);
    let call = async move {
        let resource =
            resource.ok_or_else(|| Error::invalid("This kind of object takes no grants."))?;
        match revoke {
            true => api.revoke_grant(&catalog, &role, &resource).await?,
            false => api.add_grant(&catalog, &role, &resource).await?,
        }
        Ok(())
    };
    connection.change(change, call).await
}
