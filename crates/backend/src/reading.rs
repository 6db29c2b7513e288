use std::sync::Arc;

use iceberg_rest::{
    Client, Dialect, Error, ErrorKind, Hint, InvalidName, Namespace, SnapshotsMode, TableIdent,
    ViewIdent,
    types::{LoadTableResult, LoadViewResult},
};
use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    schema::SchemaPage,
    section::Section,
};
use serde::{Serialize, de::DeserializeOwned};
use vendors::polaris::CatalogService;

use crate::{
    Catalog, Session, blocking::blocking, listing::ListKind, reads, separator::separator_note,
};

/// The connection that a place names, and its client for the warehouse and reference there.
pub async fn catalog(session: &Session, place: &Place) -> Result<(Arc<Catalog>, Client), AppError> {
    let connection = session.connection(&place.connection)?;
    let client = connection
        .client(place.warehouse.as_deref(), place.reference.as_deref())
        .await;
    match client {
        Err(error) if connection.is_unchosen(place.warehouse.as_deref(), &error) => {
            Err(unchosen(&connection))
        }
        client => Ok((connection, client?)),
    }
}

fn unchosen(connection: &Catalog) -> AppError {
    let name = &connection.spec.name;
    let (message, hint, link) = match connection.may_not_list() {
        false => (
            format!("The connection {name} names no warehouse, and its server has no default one."),
            "Choose one on the connection’s page, or set the connection’s `warehouse`.",
            "Choose a warehouse",
        ),
        true => (
            format!(
                "This identity may not list the warehouses of this server, and the connection {name} names none."
            ),
            "Type the name of one on the connection’s page, or set the connection’s `warehouse`.",
            "Type the name of a warehouse",
        ),
    };
    AppError::new(Kind::Unchosen, message)
        .hint(hint)
        .link(link, Place::connection(name).connection_path())
}

pub fn table_ident(place: &Place) -> Result<TableIdent, AppError> {
    Namespace::try_new(&place.namespace)
        .and_then(|namespace| TableIdent::try_new(namespace, object(place)))
        .map_err(|invalid| unnamed(&invalid, "table"))
}

pub fn view_ident(place: &Place) -> Result<ViewIdent, AppError> {
    Namespace::try_new(&place.namespace)
        .and_then(|namespace| ViewIdent::try_new(namespace, object(place)))
        .map_err(|invalid| unnamed(&invalid, "view"))
}

fn object(place: &Place) -> &str {
    place.object.as_deref().unwrap_or_default()
}

/// No catalog has an object of that name, and none is asked for it.
fn unnamed(invalid: &InvalidName, noun: &str) -> AppError {
    let message = format!("This address names no {noun}: {invalid}.");
    AppError::new(Kind::NotFound, message).hint(format!(
        "Choose a {noun} in its namespace, or open it by its full name."
    ))
}

/// Reads a table, and makes of it what the page shows. `fresh`, or a reload, asks
/// the catalog now.
pub async fn table<T>(
    session: &Session,
    place: &Place,
    snapshots: SnapshotsMode,
    fresh: bool,
    show: impl FnOnce(&LoadTableResult, Dialect) -> T + Send + 'static,
) -> Result<Read<T>, AppError>
where
    T: Send + 'static,
{
    session
        .load(async {
            let (connection, client) = catalog(session, place).await?;
            let ident = table_ident(place)?;
            let table = connection.table(&client, &ident, snapshots, fresh || session.reloaded());
            let table = of_table(session, table.await, place, &client).await?;
            let (at, dialect) = (table.at.into(), client.dialect());
            let notes = notes(&table.value.oddities);
            let data = match table.is_large() {
                true => blocking(move || show(&table.value, dialect)).await?,
                false => show(&table.value, dialect),
            };
            Ok(Read { data, at, notes })
        })
        .await
}

/// What `read` makes of all snapshots; of a table that is too large with all of them, of those at its branches and
/// tags, and the error that says so.
pub async fn all_or_refs<T, F: Future<Output = Result<T, AppError>>>(
    read: impl Fn(SnapshotsMode) -> F,
) -> Result<(T, Option<AppError>), AppError> {
    match read(SnapshotsMode::All).await {
        Err(error) if error.kind == Kind::TooLarge => match read(SnapshotsMode::Refs).await {
            Ok(some) => Ok((some, Some(error))),
            Err(_) => Err(error),
        },
        all => Ok((all?, None)),
    }
}

/// The schema that was asked for by its id, if by any, is there.
pub fn there(
    read: Read<Option<SchemaPage>>,
    place: &Place,
    schema: &str,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    if schema.is_empty() || read.data.is_some() {
        return Ok(read);
    }
    let message = format!(
        "The metadata of {} holds no schema {schema}.",
        place.dotted()
    );
    Err(AppError::new(Kind::NotFound, message)
        .hint("The Schema tab without a choice in its address shows the current one, and which others there are."))
}

/// Reads a table's metadata as text.
pub async fn raw_table(
    session: &Session,
    place: &Place,
    snapshots: SnapshotsMode,
    fresh: bool,
) -> Result<reads::Read<String>, AppError> {
    session
        .load(async {
            let (connection, client) = catalog(session, place).await?;
            let ident = table_ident(place)?;
            let fresh = fresh || session.reloaded();
            let table = connection.raw_table(&client, &ident, snapshots, fresh);
            of_table(session, table.await, place, &client).await
        })
        .await
}

/// Reads a view, and makes of it `what` the page shows, as it `asked`.
pub async fn view<A, T>(
    session: &Session,
    what: &'static str,
    place: Place,
    asked: A,
    show: impl FnOnce(&LoadViewResult, &A) -> T + Send + 'static,
) -> Result<Read<T>, AppError>
where
    A: Serialize + Send + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let read: Read<(T, Vec<String>)> = session
        .seen_through(what, place, asked, |session, place, asked| async move {
            let (_, client) = catalog(&session, &place).await?;
            let view = client
                .load_view(&view_ident(&place)?)
                .await
                .map_err(|error| named(error, &client, &place, "view"))?;
            blocking(move || (show(&view, &asked), notes(&view.oddities))).await
        })
        .await?;
    Ok(read.with_notes())
}

/// What of a catalog's answer is left out, for people.
pub fn notes(oddities: &[String]) -> Vec<String> {
    let said = oddities.join(", ");
    let note = format!(
        "The catalog's answer is not quite what it should be: {said}. What cannot be read is left out; of what stands twice the last is shown."
    );
    (!oddities.is_empty()).then_some(note).into_iter().collect()
}

async fn of_table<T>(
    session: &Session,
    loaded: Result<T, Error>,
    place: &Place,
    client: &Client,
) -> Result<T, AppError> {
    match loaded {
        Ok(table) => Ok(table),
        Err(error) => Err(no_table(session, error, place, client).await),
    }
}

/// Like [`named`], with a way to what is too large to be read here. Polaris calls tables of other formats tables
/// too where it speaks of grants, so links may lead here for one.
async fn no_table(session: &Session, error: Error, place: &Place, client: &Client) -> AppError {
    let unsaid = error.kind == ErrorKind::NotFound && !error.says_it_is_missing();
    if unsaid && error.hint() != Some(Hint::Metadata) && lists(session, place, client).await {
        let error = AppError::from(error.with_hint(Hint::Metadata));
        return unreadable(error, place, "table");
    }
    let error = named(error, client, place, "table");
    if error.kind == Kind::TooLarge {
        return error
            .hint("The limit keeps one table from filling the memory. A download is given on as it arrives.")
            .link("Download the metadata", place.metadata_path());
    }
    if error.kind != Kind::NotFound || !Section::GenericTables.is_of(client.dialect()) {
        return error;
    }
    let Ok(namespace) = Namespace::try_new(&place.namespace) else {
        return error;
    };
    let name = object(place);
    let look = session.seen_through(
        "another format",
        place.clone(),
        (),
        |session, place, ()| async move {
            let (_, client) = catalog(&session, &place).await?;
            let found = CatalogService::new(client)
                .load_generic_table(&namespace, object(&place))
                .await;
            Ok(found.is_ok())
        },
    );
    match look.await.map(|found| found.data) {
        Ok(true) => error
            .saying(format!(
                "{} is a generic table: it has no Iceberg metadata.",
                place.dotted()
            ))
            .hint("Its own page shows what the catalog knows of it.")
            .link("Open the generic table", place.generic_table_path(name)),
        _ => error,
    }
}

/// Whether the list of its namespace, as far as it has come, holds a table.
async fn lists(session: &Session, place: &Place, client: &Client) -> bool {
    let connection = session.connection(&place.connection);
    let (Ok(connection), Ok(namespace)) = (connection, Namespace::try_new(&place.namespace)) else {
        return false;
    };
    let list = connection.list(client, ListKind::Tables(namespace), false);
    let names = list.so_far().await.names;
    names.iter().any(|name| name == object(place))
}

/// Says which object it is about: catalogs name it in words of their own, or not at all.
pub fn named(error: Error, client: &Client, place: &Place, noun: &str) -> AppError {
    match error.hint() {
        Some(Hint::Metadata) => unreadable(error.into(), place, noun),
        Some(Hint::Gone | Hint::Hidden) => {
            let other = if noun == "table" { "view" } else { "table" };
            let else_ = format!(", or it is a {other}. Its namespace lists what there is.");
            missing(&error, client, place, noun, &else_)
        }
        _ => error.into(),
    }
}

/// The object is there: what fails is the catalog's own reading of it.
fn unreadable(error: AppError, place: &Place, noun: &str) -> AppError {
    let name = place.dotted();
    let told = format!(
        "The catalog cannot read the metadata of the {noun} {name}. {}",
        error.message
    );
    AppError {
        kind: Kind::Upstream,
        ..error.saying(told)
    }
}

/// Says which object is missing, as far as that is known: some catalogs call missing what they do not show.
/// `rest` ends the sentence of what may have become of it.
pub fn missing(error: &Error, client: &Client, place: &Place, noun: &str, rest: &str) -> AppError {
    let name = place.dotted();
    let connection = match &place.reference {
        Some(reference) => format!("{} at {reference}", place.connection),
        None => place.connection.clone(),
    };
    let elsewhere = match client.dialect() {
        Dialect::Nessie => " here, or be on another branch",
        _ => "",
    };
    let (message, hint) = match client.hides() {
        true => (
            format!("The connection {connection} shows no {noun} {name}."),
            format!("It was dropped, renamed, or hidden from this identity{rest}"),
        ),
        false => (
            format!("There is no {noun} {name} on the connection {connection}."),
            format!("It may have been dropped or renamed{elsewhere}{rest}"),
        ),
    };
    let separator = client.config().separator();
    let splits = separator.visible().is_some_and(|text| {
        let mut levels = place.namespace.iter();
        levels.any(|level| level.contains(text))
    });
    let note = separator_note(&separator).filter(|_| splits);
    let hint = match note {
        Some(note) => format!("{note} {hint}"),
        None => hint,
    };
    // Where they may be about something else, the catalog's own words are told too.
    let message = match error.said && !error.says_it_is_missing() {
        true => format!("{message} The catalog says: {}", error.message),
        false => message,
    };
    AppError::from(error.clone()).saying(message).hint(hint)
}
