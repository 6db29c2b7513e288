use std::time::Duration;

use iceberg_rest::{
    Client, Completeness, ErrorKind, Hint, InvalidName, Namespace, Operation, Support, capability,
};
use model::{
    Read,
    error::AppError,
    format,
    names::{Arrival, Counts, NameKind, Names, NamesAsk},
    paths::Place,
    section::{Offer, Section},
};
use tokio::time::Instant;

use crate::{
    Catalog, Session,
    blocking::blocking,
    listing::{ListKind, ListState, Look},
    names::facts::Rows,
    reading::{self, catalog},
    separator::separator_note,
};

/// What a page's own render gives the lists beside the one it shows.
const ASIDE: Duration = Duration::from_millis(100);

pub async fn names(
    session: &Session,
    place: &Place,
    kind: NameKind,
    ask: &NamesAsk,
    fresh: bool,
) -> Result<Read<Names>, AppError> {
    let (connection, client) = catalog(session, place).await?;
    if fresh || session.reloaded() {
        client.forget_refusals();
    }
    if let Some(reason) = refusal(&connection, &client, place, kind) {
        let at = std::time::SystemTime::now().into();
        return Ok(Read::new(Names::unsupported(reason), at));
    }
    let list = list(&connection, &client, place, kind, fresh)?;
    let state = list.so_far().await;
    let data = match arrival(&state) {
        Ok(Arrival::Complete) if state.names.is_empty() && is_missing(session, place).await => {
            let none =
                iceberg_rest::Error::new(ErrorKind::NotFound, Operation::LoadNamespace.route(), "");
            return Err(missing(&none, &client, place));
        }
        Ok(arrival) => {
            let arrival = match arrival {
                Arrival::Capped(why) => Arrival::Capped(with_way(why, kind)),
                arrival => arrival,
            };
            let all = state.names.clone();
            let names = match kind {
                NameKind::Tables | NameKind::Views => {
                    let rows = Rows::new(kind, &connection, &client, namespace(place)?);
                    rows.names(all, arrival, ask, fresh).await?
                }
                NameKind::GenericTables | NameKind::Namespaces => {
                    let ask = ask.clone();
                    blocking(move || Names::new(&all, arrival, &ask)).await?
                }
            };
            Names {
                note: note(&client, kind),
                hides: client.hides(),
                ..names
            }
        }
        // The first call is what tells of servers that do not say what they can do.
        Err(error) if error.kind == ErrorKind::Unsupported && !is_everywhere(kind) => {
            match capability::refusal(Operation::ListViews, error) {
                Some(reason) => Names::unsupported(reason),
                None => Names::new(&[], Arrival::Capped(doubtful(error, kind)), ask),
            }
        }
        // Where one of its own warehouses has one level, a server of many kinds tells only now.
        Err(error) if error.hint() == Some(Hint::OneLevel) => {
            let told = AppError::from(error.clone());
            let reason = told.hint.unwrap_or_default();
            Names::unsupported(format!("{reason} {}", told.message))
        }
        Err(error)
            if !place.namespace.is_empty()
                && matches!(error.hint(), Some(Hint::Gone | Hint::Hidden)) =>
        {
            if is_everywhere(kind) || is_missing(session, place).await {
                return Err(missing(error, &client, place));
            }
            Names::new(&[], Arrival::Capped(doubtful(error, kind)), ask)
        }
        Err(error) => return Err(error.clone().into()),
    };
    Ok(Read::new(data, list.started().into()))
}

pub async fn counts(session: &Session, place: &Place) -> Result<Counts, AppError> {
    let (connection, client) = catalog(session, place).await?;
    let start = |kind| match refusal(&connection, &client, place, kind) {
        Some(_) => Ok(None),
        None => list(&connection, &client, place, kind, false).map(Some),
    };
    let tables = start(NameKind::Tables)?;
    let views = start(NameKind::Views)?;
    let generic_tables = match generic_tables(&connection, &client) {
        Offer::Yes => start(NameKind::GenericTables)?,
        Offer::No(_) | Offer::Unknown => None,
    };
    let namespaces = start(NameKind::Namespaces)?;
    let hides = client.hides();
    let (tables, views, generic_tables, namespaces) = tokio::join!(
        aside(tables),
        aside(views),
        aside(generic_tables),
        aside(namespaces)
    );
    let all = [&tables, &views, &generic_tables, &namespaces];
    let count = |state: &Option<ListState>| count(state.as_ref()?, hides);
    Ok(Counts {
        arriving: all.into_iter().flatten().any(|state| state.end.is_none()),
        tables: count(&tables),
        views: count(&views),
        generic_tables: count(&generic_tables),
        namespaces: count(&namespaces),
    })
}

/// Some catalogs answer with an empty list for a namespace that does not exist.
async fn is_missing(session: &Session, place: &Place) -> bool {
    let Ok(namespace) = Namespace::try_new(&place.namespace) else {
        return false;
    };
    let look = session.seen_through(
        "a namespace that is there",
        place.clone(),
        (),
        |session, place, ()| async move {
            let (_, client) = catalog(&session, &place).await?;
            Ok(client.namespace_exists(&namespace).await?)
        },
    );
    look.await.is_ok_and(|exists| !exists.data)
}

fn missing(error: &iceberg_rest::Error, client: &Client, place: &Place) -> AppError {
    reading::missing(
        error,
        client,
        place,
        "namespace",
        ". The tree shows what there is.",
    )
}

/// Why a list is cut, and the way to what is not in it.
fn with_way(why: String, kind: NameKind) -> String {
    let place = match kind {
        NameKind::Namespaces | NameKind::Tables | NameKind::Views => {
            "by its full name on the connection’s page"
        }
        NameKind::GenericTables => "by its name below the list of the section Generic tables",
    };
    let noun = kind.noun();
    format!("{why} A {noun} that is not among them opens {place}.")
}

/// What an answer that is no list leaves open.
fn doubtful(error: &iceberg_rest::Error, kind: NameKind) -> String {
    let (status, noun) = (error.status.unwrap_or_default(), kind.noun());
    format!(
        "The server answered {status} to the question for {noun}s. A server without {noun}s answers so, and so does a gateway before one that has them. Refresh asks again."
    )
}

/// Whether every catalog has such a list.
fn is_everywhere(kind: NameKind) -> bool {
    matches!(kind, NameKind::Tables | NameKind::Namespaces)
}

/// The lists that a namespace has, as far as is known without asking.
pub fn kinds_inside(connection: &Catalog, client: &Client) -> Vec<NameKind> {
    let inside = Place::default().with_namespace(&["inside".to_owned()]);
    let kinds = [
        NameKind::Namespaces,
        NameKind::Tables,
        NameKind::Views,
        NameKind::GenericTables,
    ];
    let has = |kind: &NameKind| refusal(connection, client, &inside, *kind).is_none();
    kinds.into_iter().filter(has).collect()
}

/// Why a list is not asked for.
fn refusal(connection: &Catalog, client: &Client, place: &Place, kind: NameKind) -> Option<String> {
    let profile = client.dialect().profile();
    if kind == NameKind::Namespaces && !place.namespace.is_empty() && !profile.nested {
        return Some(format!("{} has one level of namespaces.", profile.title));
    }
    if kind != NameKind::Namespaces && place.namespace.is_empty() {
        return Some(format!(
            "A {} stands in a namespace: choose one.",
            kind.noun()
        ));
    }
    let operation = match kind {
        NameKind::Tables => Operation::ListTables,
        NameKind::Views => Operation::ListViews,
        NameKind::Namespaces => Operation::ListNamespaces,
        NameKind::GenericTables => {
            return match generic_tables(connection, client) {
                Offer::No(reason) => Some(reason),
                // The call itself tells.
                Offer::Yes | Offer::Unknown => None,
            };
        }
    };
    match client.capabilities().support(operation) {
        // Lists of endpoints are not always whole, and every catalog has these.
        Support::No(reason) if !operation.is_core() => Some(reason),
        _ => None,
    }
}

/// Whether there is a list of generic tables.
pub fn generic_tables(connection: &Catalog, client: &Client) -> Offer {
    let endpoints = client.config().endpoints.as_deref();
    let (name, dialect) = (&connection.spec.name, connection.known_dialect());
    Section::GenericTables.offer(name, dialect, endpoints)
}

/// Which of the namespaces that are there no address can name.
fn note(client: &Client, kind: NameKind) -> Option<String> {
    let separator = client.config().separator();
    (kind == NameKind::Namespaces)
        .then(|| separator_note(&separator))
        .flatten()
}

/// As far as it came in a moment.
async fn aside(list: Option<Look>) -> Option<ListState> {
    Some(list?.by(Instant::now() + ASIDE).await)
}

/// Nothing where nobody can know: of a list that is empty for this identity.
fn count(state: &ListState, hides: bool) -> Option<String> {
    let number = format::count(state.names.len());
    match arrival(state).ok()? {
        Arrival::Complete => (!hides || !state.names.is_empty()).then_some(number),
        _ => (!state.names.is_empty()).then(|| format!("{number}+")),
    }
}

pub fn list(
    connection: &Catalog,
    client: &Client,
    place: &Place,
    kind: NameKind,
    fresh: bool,
) -> Result<Look, AppError> {
    let namespace = match place.namespace.is_empty() {
        true => None,
        false => Some(namespace(place)?),
    };
    let kind = ListKind::of(kind, namespace);
    let kind = kind.ok_or_else(|| iceberg_rest::Error::from(InvalidName::NoLevels))?;
    Ok(connection.list(client, kind, fresh))
}

pub fn namespace(place: &Place) -> Result<Namespace, AppError> {
    let namespace = Namespace::try_new(&place.namespace);
    Ok(namespace.map_err(iceberg_rest::Error::from)?)
}

pub fn arrival(state: &ListState) -> Result<Arrival, &iceberg_rest::Error> {
    match &state.end {
        None if !state.begun => Ok(Arrival::Queued),
        None => Ok(Arrival::Arriving),
        Some(Ok(Completeness::Complete)) => Ok(Arrival::Complete),
        Some(Ok(Completeness::Capped { reason })) => Ok(Arrival::Capped(reason.clone())),
        Some(Err(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests;
