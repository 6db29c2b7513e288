//! Offboarding of a principal: what it leaves behind, and what would be done.

use access::polaris::Object as Named;
use iceberg_rest::Error;
use model::{
    access::{
        Collected,
        offboard::left::{Offboarding, Owned, OwnedTables, is_among, owner_key},
        onboard::Review,
        unlisted,
    },
    error::{AppError, Kind},
    page::TableTab,
    paths::{Place, Query},
};
use serde::{Deserialize, Serialize};
use vendors::polaris::types::Entity;

use crate::{
    Catalog, Session, blocking::blocking, catalog::Age, change::offboard::review,
    collected::collected, once::new_id, place::polaris,
};

/// What the collection of grants does not say.
#[derive(Default, Serialize, Deserialize)]
struct Around {
    owned: Vec<Owned>,
    federated: Vec<String>,
    unread: Vec<String>,
}

/// Whom to choose, or what the principal leaves behind.
pub async fn load_offboarding(
    session: &Session,
    place: Place,
    principal: String,
) -> Result<Collected<Offboarding>, AppError> {
    if principal.is_empty() {
        return collected(session, &place, Age::Any, |access| {
            Ok(Offboarding::choices(access))
        })
        .await;
    }
    let asked = (place.clone(), principal.clone());
    let around = session.seen_through(
        "owners",
        asked.0,
        asked.1,
        |session, place, principal| async move {
            let (_, api) = polaris(&session, &place)?;
            let (principals, roles, catalogs) = tokio::join!(
                api.list_principals(),
                api.list_principal_roles(),
                api.list_catalogs()
            );
            let mut around = Around::default();
            if let Ok(roles) = &roles {
                let federated = roles.iter().filter(|role| role.federated);
                around.federated = federated.map(|role| role.entity.name.clone()).collect();
            }
            around.add(&principal, "Principals", principals, |it| {
                (it.entity.clone(), |name| Named::Principal { name })
            });
            around.add(&principal, "Principal roles", roles, |it| {
                (it.entity.clone(), |name| Named::PrincipalRole { name })
            });
            around.add(&principal, "Catalogs", catalogs, |it| {
                (it.entity.clone(), |catalog| Named::Catalog { catalog })
            });
            Ok(around)
        },
    );
    let Around {
        owned,
        federated,
        unread,
    } = around.await?.data;
    let (connection, name) = (session.connection(&place.connection)?, principal.clone());
    let tables = blocking(move || owned_tables(&connection, &name)).await?;
    collected(session, &place, Age::Decision, |access| {
        let subject = Named::Principal {
            name: principal.clone(),
        };
        if let Some(why) = unlisted(access, &subject) {
            return Err(AppError::new(Kind::NotFound, why)
                .hint("It may have been deleted meanwhile, or its name is written differently.")
                .link("Choose a principal", place.offboard_path("")));
        }
        Ok(Offboarding {
            owned,
            unread,
            tables,
            ..Offboarding::new(access, &principal, &federated)
        })
    })
    .await
}

/// Nothing is read for it.
fn owned_tables(connection: &Catalog, principal: &str) -> OwnedTables {
    let all = connection.read_tables();
    let owned = all.iter().filter(|(_, facts)| {
        let owners = facts.owner();
        owners.is_some_and(|owners| is_among(owners, principal))
    });
    let page = |(place, _): (&Place, _)| (place.dotted(), place.table_path(TableTab::Overview));
    let mut first: Vec<_> = owned.map(page).collect();
    let owned = first.len();
    first.sort();
    first.truncate(OwnedTables::SHOWN);
    OwnedTables {
        first,
        owned,
        read: all.len(),
    }
}

/// The calls that offboarding comes to; makes none of them. `ask` is the query of the page's address.
pub async fn load_review(session: &Session, place: Place, ask: String) -> Result<Review, AppError> {
    let read = session.seen_through(
        "offboarding",
        place,
        ask,
        |session, place, ask| async move {
            let connection = session.connection(&place.connection)?;
            review(&connection, &Query::parse(&ask)).await
        },
    );
    Ok(Review {
        once: new_id(),
        ..read.await?.data
    })
}

impl Around {
    /// Whatever in the list names the principal as its owner, but for itself.
    fn add<T>(
        &mut self,
        principal: &str,
        what: &str,
        list: Result<Vec<T>, Error>,
        of: impl Fn(&T) -> (Entity, fn(String) -> Named),
    ) {
        let items = match list {
            Ok(items) => items,
            Err(error) => {
                let why = AppError::from(error).message;
                return self.unread.push(format!("{what}: {why}"));
            }
        };
        for (entity, object) in items.iter().map(of) {
            let key = owner_key(&entity.properties, principal).map(str::to_owned);
            let object = object(entity.name);
            let itself = matches!(&object, Named::Principal { name } if name == principal);
            self.owned
                .extend(key.filter(|_| !itself).map(|key| Owned { object, key }));
        }
    }
}
