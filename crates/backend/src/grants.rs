//! What a catalog role holds, read and changed.

use access::polaris::{Change, Grant};
use iceberg_rest::{ErrorKind, Listing};
use model::{
    access::{
        Collected,
        grants::{Beginning, Desk, Pick, Picks},
        loss::Losses,
    },
    batch::Batch,
    change::Object,
    error::{AppError, Kind},
    format::count,
    names::{Arrival, NameKind, NamesAsk, PAGE},
    paths::{Place, Query},
};

use crate::{
    Session,
    access::object_of,
    catalog::Age,
    collected::collected,
    entity::names,
    names::load_names,
    once::new_id,
    own::own_principal,
    place::{barred, catalog_service, polaris, unlisted},
};

/// The catalogs to choose from, or the roles of the one that is chosen.
pub async fn load_beginning(session: &Session, place: Place) -> Result<Beginning, AppError> {
    let read = session.seen_through(
        "roles to choose from",
        place,
        (),
        |session, place, ()| async move {
            let (_, management) = polaris(&session, &place)?;
            let listed = match &place.warehouse {
                Some(catalog) => {
                    let roles = management.list_catalog_roles(catalog).await;
                    let roles = names(roles, |role| &role.entity).await;
                    roles.map(|roles| Beginning {
                        roles,
                        ..Beginning::default()
                    })
                }
                None => {
                    let catalogs = management.list_catalogs().await;
                    let catalogs = names(catalogs, |catalog| &catalog.entity).await;
                    catalogs.map(|catalogs| Beginning {
                        catalogs,
                        ..Beginning::default()
                    })
                }
            };
            match listed {
                Err(error) if error.kind == Kind::Forbidden => Ok(Beginning {
                    unlisted: Some(error.message),
                    ..Beginning::default()
                }),
                listed => listed,
            }
        },
    );
    Ok(read.await?.data)
}

/// One catalog role and one object. `ask` is the query of the page's address.
pub async fn load_desk(session: &Session, place: Place, ask: String) -> Result<Desk, AppError> {
    let read = session.seen_through("grants", place, ask, |session, place, ask| async move {
        let connection = session.connection(&place.connection)?;
        let (object, query) = (object_of(&session, &place, &ask)?, Query::parse(&ask));
        let catalog = object.catalog().unwrap_or_default();
        let role = query.text("role");
        let management = connection.management()?;
        let (grants, barred) = tokio::join!(
            management.list_grants(catalog, &role),
            barred(&connection, &object)
        );
        let desk = match grants {
            Ok(grants) => {
                let all = grants.len();
                let grants = grants.into_iter();
                let grants: Vec<_> = grants.filter_map(|it| it.in_catalog(catalog)).collect();
                Desk {
                    odd: all - grants.len(),
                    ..Desk::new(object, role, &grants, &query)
                }
            }
            Err(error) if says_no(&error) => {
                let why = unlisted(error.into());
                Desk::new(object, role, &[], &query).unread(why)
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Desk { barred, ..desk })
    });
    Ok(Desk {
        once: new_id(),
        ..read.await?.data
    })
}

/// The change of what the role holds on the object that is under way, or what came of the last one.
pub async fn load_last(
    session: &Session,
    place: Place,
    ask: String,
) -> Result<Option<Batch>, AppError> {
    let query = Query::parse(&ask);
    let (Some(role), Ok(object)) = (query.get("role"), object_of(session, &place, &ask)) else {
        return Ok(None);
    };
    let connection = session.connection(&place.connection)?;
    let grants = Object::grants(object.catalog().unwrap_or_default(), role, object.clone());
    Ok(connection.changes.batches.last(&grants))
}

/// What revoking the privilege `revoke` of `ask` takes away, or who gains what by granting each `privilege` of it.
pub async fn load_shifts(
    session: &Session,
    place: Place,
    ask: String,
) -> Result<Collected<Losses>, AppError> {
    let (object, query) = (object_of(session, &place, &ask)?, Query::parse(&ask));
    let Some(privilege) = query.get("revoke") else {
        let changes: Vec<_> = query
            .all("privilege")
            .map(|privilege| granted(object.clone(), &query, privilege))
            .collect::<Result<_, _>>()?;
        if changes.is_empty() {
            return Err(no_grant());
        }
        return collected(session, &place, Age::Decision, |access| {
            Ok(Losses::gained(access, &changes))
        })
        .await;
    };
    let change = granted(object, &query, privilege)?;
    let own = session.seen_through(
        "own principal",
        place.clone(),
        (),
        |session, place, ()| async move {
            let connection = session.connection(&place.connection)?;
            Ok(own_principal(&connection).await)
        },
    );
    let own = own.await?.data;
    collected(session, &place, Age::Decision, |access| {
        Ok(Losses::new(access, &[change], own.as_deref()))
    })
    .await
}

/// What a grant can be made on inside of `place`, by name.
pub async fn load_picks(session: &Session, place: Place, pick: Pick) -> Result<Picks, AppError> {
    let kind = match pick {
        Pick::Namespaces => NameKind::Namespaces,
        Pick::Tables => NameKind::Tables,
        Pick::Views => NameKind::Views,
        Pick::Policies => {
            let names = load_policy_names(session, place).await?;
            let note = names.completeness.capped();
            return Ok(Picks {
                names: names.items,
                note,
            });
        }
    };
    let ask = NamesAsk {
        count: PAGE,
        ..NamesAsk::default()
    };
    let names = load_names(session, place, kind, ask, false).await?.data;
    let left = names.matching.saturating_sub(names.names.len());
    let note = match &names.arrival {
        Arrival::Complete => {
            (left > 0).then(|| format!("and {} more: choose by name", count(left)))
        }
        Arrival::Unsupported(reason) => Some(reason.clone()),
        _ => Some(names.sentence(kind, false)),
    };
    Ok(Picks {
        names: names.names,
        note,
    })
}

/// The policies of a namespace, by name.
async fn load_policy_names(session: &Session, place: Place) -> Result<Listing<String>, AppError> {
    let read = session.seen_through("policy names", place, (), |session, place, ()| async move {
        let (_, service) = catalog_service(&session, &place).await?;
        let namespace = iceberg_rest::Namespace::try_new(&place.namespace)
            .map_err(iceberg_rest::Error::from)?;
        Ok(service.list_policies(&namespace, None).await?)
    });
    Ok(read.await?.data)
}

/// The server answers, and does not list them: a change needs no list.
fn says_no(error: &iceberg_rest::Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::Forbidden | ErrorKind::BadRequest | ErrorKind::ServerError
    )
}

/// The grant of `privilege` to the role that the query names.
fn granted(
    object: access::polaris::Object,
    query: &Query,
    privilege: &str,
) -> Result<Change, AppError> {
    let catalog = object.catalog().ok_or_else(no_grant)?.to_owned();
    Ok(Change::Grant {
        catalog,
        catalog_role: query.text("role"),
        grant: Grant {
            object,
            privilege: privilege.to_owned(),
        },
    })
}

fn no_grant() -> AppError {
    AppError::new(Kind::NotFound, "This address names no grant.")
}
