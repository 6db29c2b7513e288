//! What a catalog role holds, read and changed.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::{
        access::{
            Collected,
            grants::{Beginning, Desk},
            loss::Losses,
        },
        batch::Batch,
    },
    paths::Place,
};

#[cfg(feature = "ssr")]
use {
    super::access::object_of,
    crate::{
        error::Kind,
        paths::Query,
        session::{collected, load, own_principal, session},
    },
    access::polaris::{Change, Grant},
    iceberg_rest::ErrorKind,
};

/// The catalogs to choose from, or the roles of the one that is chosen.
#[server(prefix = "/api", endpoint = "grants-begin", input = GetUrl)]
pub async fn load_beginning(place: Place) -> Result<Beginning, AppError> {
    load(async {
        let management = session()?.connection(&place.connection)?.management()?;
        let listed = match &place.warehouse {
            Some(catalog) => {
                let roles = management.list_catalog_roles(catalog).await;
                roles.map(|roles| {
                    let names = roles.into_iter().map(|role| role.entity.name);
                    let mut roles: Vec<String> = names.collect();
                    roles.sort();
                    Beginning {
                        roles,
                        ..Beginning::default()
                    }
                })
            }
            None => {
                let catalogs = management.list_catalogs().await;
                catalogs.map(|catalogs| Beginning {
                    catalogs: catalogs
                        .into_iter()
                        .map(|catalog| catalog.entity.name)
                        .collect(),
                    ..Beginning::default()
                })
            }
        };
        match listed {
            Err(error) if error.kind == ErrorKind::Forbidden => Ok(Beginning {
                unlisted: Some(error.message.clone()),
                ..Beginning::default()
            }),
            listed => Ok(listed?),
        }
    })
    .await
}

/// One catalog role and one object. `ask` is the query of the page's address.
#[server(prefix = "/api", endpoint = "grants", input = GetUrl)]
pub async fn load_desk(place: Place, ask: String) -> Result<Desk, AppError> {
    load(async {
        let connection = session()?.connection(&place.connection)?;
        let (object, query) = (object_of(&place, &ask)?, Query::parse(&ask));
        let catalog = object.catalog().unwrap_or_default();
        let role = query.text("role");
        let grants = connection.management()?.list_grants(catalog, &role).await?;
        let grants: Vec<_> = grants
            .into_iter()
            .filter_map(|grant| grant.in_catalog(catalog))
            .collect();
        Ok(Desk {
            read_only: connection.refuses_changes(),
            once: crate::session::once::new_id(),
            ..Desk::new(object, role, &grants, &query)
        })
    })
    .await
}

/// The change of what the role holds on the object that is under way, or what came of the last one.
#[server(prefix = "/api", endpoint = "grants-last", input = GetUrl)]
pub async fn load_last(place: Place, ask: String) -> Result<Option<Batch>, AppError> {
    use crate::change::grants::subject;
    let query = Query::parse(&ask);
    let (Some(role), Ok(object)) = (query.get("role"), object_of(&place, &ask)) else {
        return Ok(None);
    };
    let connection = session()?.connection(&place.connection)?;
    let subject = subject(&connection.name, role, &object);
    Ok(connection.batches.last(&subject).await)
}

/// What revoking the privilege `revoke` of `ask` takes away.
#[server(prefix = "/api", endpoint = "losses", input = GetUrl)]
pub async fn load_losses(place: Place, ask: String) -> Result<Collected<Losses>, AppError> {
    load(async {
        let (object, query) = (object_of(&place, &ask)?, Query::parse(&ask));
        let connection = session()?.connection(&place.connection)?;
        let own = own_principal(&connection).await;
        let change = revoked(object, &query)?;
        collected(&place, |access| {
            Ok(Losses::new(access, &[change], own.as_deref()))
        })
        .await
    })
    .await
}

#[cfg(feature = "ssr")]
fn revoked(object: access::polaris::Object, query: &Query) -> Result<Change, AppError> {
    let nothing = || AppError::new(Kind::NotFound, "This address names no grant.");
    Ok(Change::Grant {
        catalog: object.catalog().ok_or_else(nothing)?.to_owned(),
        catalog_role: query.text("role"),
        grant: Grant {
            object,
            privilege: query.get("revoke").ok_or_else(nothing)?.to_owned(),
        },
    })
}

/// The policies of a namespace, by name.
#[server(prefix = "/api", endpoint = "policy-names", input = GetUrl)]
pub async fn load_policy_names(place: Place) -> Result<Vec<String>, AppError> {
    load(async {
        let (_, service) = super::polaris::reading::catalog_service(&place).await?;
        let namespace = iceberg_rest::Namespace::try_new(&place.namespace)
            .map_err(iceberg_rest::Error::from)?;
        Ok(service.list_policies(&namespace, None).await?.items)
    })
    .await
}
