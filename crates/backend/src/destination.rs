//! What the destination wizard starts from, and the check of what it made.

use std::sync::Arc;

use destination::{Around, Auth, Destination, Engine, Store, keys, snippet};
use iceberg_rest::{Dialect, SnapshotsMode, ident::encode_segment, secret};
use model::{
    destination::{Report, Snippet, Start},
    draft::Draft,
    error::AppError,
    paths::Place,
};

use crate::{Catalog, Session, check::often, reading};

/// The connections as drafts.
pub fn list_starts(session: &Session) -> Vec<Start> {
    let start = |connection: Arc<Catalog>| {
        let mut draft = Draft::new(connection.destination(None));
        draft.from = Some(connection.spec.name.clone());
        Start {
            connection: connection.spec.name.clone(),
            query: draft.query().to_string(),
        }
    };
    session.connections().map(start).collect()
}

/// Asks the catalog that a file names, read-only. The values are used once and not kept.
pub async fn check_destination(
    session: &Session,
    catalog: Option<String>,
    file: String,
    connection: Option<String>,
) -> Result<Report, AppError> {
    // It calls whatever address is typed.
    session
        .must_be(model::person::Role::Editor, "destination check")
        .await?;
    let file = crate::check::read(&file, catalog.as_deref())?;
    let connection = match connection {
        Some(name) => Some(session.connection(&name)?),
        None => None,
    };
    often::may(session.who())?;
    Ok(crate::check::check(&file, connection.as_deref()).await)
}

/// How engines connect to a connection's catalog, and read the table that the place names; placeholders stand for
/// secrets, and for whom the console itself signs in as.
/// `snapshot` is the id of one of its snapshots; what is no id stands for none.
pub async fn list_snippets(
    session: &Session,
    place: Place,
    snapshot: String,
) -> Result<Vec<Snippet>, AppError> {
    let connection = session.connection(&place.connection)?;
    let mut file = connection.destination(place.warehouse.as_deref());
    // Nessie's clients name a branch or tag in the address: without it they read the default one.
    let nessie = connection.known_dialect() == Some(Dialect::Nessie);
    if let Some(reference) = place.reference.as_deref().filter(|_| nessie) {
        let address = file.text(keys::URL).trim_end_matches('/');
        // The connection's own may name one already.
        let other = address.rsplit_once("/iceberg/");
        let address = match other.filter(|(server, _)| server.contains("://")) {
            Some((server, _)) => format!("{server}/iceberg/{}", encode_segment(reference)),
            None => format!("{address}/{}", encode_segment(reference)),
        };
        file.set(keys::URL, &address);
    }
    somebody_else(&mut file);
    let around = Around {
        snapshot: snapshot.parse().ok(),
        ..around(session, &connection, &place).await
    };
    let of = |engine: Engine| {
        Some(Snippet {
            engine: engine.name().into(),
            text: snippet(&file, engine, Some(&around))?,
            note: (engine == Engine::Olake)
                .then(|| of_olake(&around))
                .flatten(),
        })
    };
    Ok(Engine::ALL.into_iter().filter_map(of).collect())
}

/// Puts placeholders in the place of the console's own id and role. An id that is empty stays so.
fn somebody_else(file: &mut Destination) {
    let id = file.secret(keys::CREDENTIAL).map(|it| it.expose());
    let has_id = id.is_some_and(|credential| !credential.starts_with(':'));
    if file.auth() == Auth::OAuth2 {
        let credential = match has_id {
            true => "<CLIENT_ID>:<CLIENT_SECRET>",
            false => "<CLIENT_SECRET>",
        };
        file.set(keys::CREDENTIAL, credential);
    }
    let role = |word: &str| match word.rsplit_once(':') {
        Some((kind, name)) if kind.to_ascii_lowercase().ends_with("role") && name != "ALL" => {
            format!("{kind}:<ROLE>")
        }
        _ => word.to_owned(),
    };
    let scope: Vec<String> = file.text(keys::SCOPE).split(' ').map(role).collect();
    file.set(keys::SCOPE, &scope.join(" "));
}

/// What the connection and its catalog tell. A catalog that does not answer leaves it at what is configured.
async fn around(session: &Session, connection: &Catalog, place: &Place) -> Around {
    let client = session
        .load(async { Ok(reading::catalog(session, place).await?.1) })
        .await
        .ok();
    let location = match &place.object {
        Some(_) => {
            let read = reading::table(session, place, SnapshotsMode::Refs, false, |table, _| {
                table.metadata.location.clone()
            });
            read.await.ok().and_then(|read| read.data)
        }
        None => None,
    };
    let said = |key| client.as_ref().and_then(|client| client.config().get(key));
    let store = [
        location.as_deref(),
        said("default-base-location"),
        said("warehouse"),
        place.warehouse.as_deref(),
        connection.spec.warehouse.as_deref(),
    ]
    .into_iter()
    .flatten()
    .find_map(Store::of);
    let dialect = connection.known_dialect();
    let table = place
        .object
        .iter()
        .flat_map(|name| place.namespace.iter().chain([name]));
    Around {
        headers: connection.spec.headers.iter().map(header).collect(),
        store: store.or((dialect == Some(Dialect::S3Tables)).then_some(Store::S3)),
        table: table.cloned().collect(),
        snapshot: None,
        nested: dialect.is_none_or(|dialect| dialect.profile().nested),
    }
}

/// Words of a header's name that says where a call belongs, not by whom it is.
const PLACES: [&str; 7] = [
    "realm",
    "project",
    "tenant",
    "region",
    "catalog",
    "warehouse",
    "account",
];

/// A header as everybody may see it.
fn header((name, value): &(String, String)) -> (String, String) {
    let lower = name.to_ascii_lowercase();
    let is_place = lower.split(['-', '_']).any(|word| PLACES.contains(&word));
    let harmless = is_place && !secret::names_a_secret(name) && !secret::looks_like_a_key(value);
    let value = match harmless {
        true => value.clone(),
        false => format!("<{}>", name.to_ascii_uppercase().replace('-', "_")),
    };
    (name.clone(), value)
}

/// What OLake's file has no place for.
fn of_olake(around: &Around) -> Option<String> {
    let headers: Vec<&str> = around
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    if !headers.is_empty() {
        return Some(format!(
            "The connection sends the headers {}, for which this file has no place: OLake calls the catalog without them.",
            headers.join(", ")
        ));
    }
    let local = matches!(around.store, Some(Store::Local | Store::Hadoop));
    local.then(|| {
        "OLake writes to object stores, and this catalog keeps its tables in files.".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use destination::Target;

    use super::*;

    #[test]
    fn a_header_is_shown_where_it_says_where_and_hidden_where_it_says_who() {
        let shown = |name: &str, value: &str| header(&(name.to_owned(), value.to_owned())).1;
        assert_eq!(shown("Polaris-Realm", "prod"), "prod");
        assert_eq!(shown("x-goog-user-project", "p"), "p");
        assert_eq!(shown("X-Project-Id", "0b3c"), "0b3c");
        for (name, value) in [
            ("Authorization", "Bearer hush"),
            ("X-Api-Key", "hush"),
            ("Cookie", "hush"),
            ("X-Custom", "hush"),
            ("X-Project-Token", "hush"),
            ("X-Realm", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ] {
            let shown = shown(name, value);
            assert_eq!(
                shown,
                format!("<{}>", name.to_uppercase().replace('-', "_"))
            );
        }
    }

    #[test]
    fn snippets_name_nobody() {
        let of = |credential: &str, scope: &str| {
            let mut file =
                Destination::new(destination::Kind::Polaris, Auth::OAuth2, Target::Classic);
            file.set(keys::CREDENTIAL, credential);
            file.set(keys::SCOPE, scope);
            somebody_else(&mut file);
            let credential = file
                .secret(keys::CREDENTIAL)
                .map(|it| it.expose().to_owned());
            (
                credential.unwrap_or_default(),
                file.text(keys::SCOPE).to_owned(),
            )
        };
        let all = "PRINCIPAL_ROLE:ALL";
        let anybody = ("<CLIENT_ID>:<CLIENT_SECRET>".to_owned(), all.to_owned());
        assert_eq!(of("console:", all), anybody);
        let admin = of("console:", "PRINCIPAL_ROLE:console_admin catalog");
        assert_eq!(admin.1, "PRINCIPAL_ROLE:<ROLE> catalog");
        let horizon = of(":", "session:role:DUCK");
        assert_eq!(
            horizon,
            (
                "<CLIENT_SECRET>".to_owned(),
                "session:role:<ROLE>".to_owned()
            )
        );
        assert_eq!(of("console:", "lakekeeper").1, "lakekeeper");
    }
}
