//! Which catalog, sign-in and target a file is for.

use crate::catalog_type;
use crate::destination::Destination;
use crate::keys::{self, Group, KEYS};
use crate::kind::{Auth, Kind, Target};
use crate::url::Url;
use crate::value::Value;

/// Works out catalog, sign-in and target from the keys; what was chosen stays.
pub(crate) fn choices(file: &mut Destination) {
    file.kind = file.kind.or_else(|| kind(file));
    file.auth = match auth(file) {
        Auth::None => file.auth,
        found => found,
    };
    file.target = target(file);
}

fn kind(file: &Destination) -> Option<Kind> {
    let stated = file.text(keys::CATALOG_TYPE).trim().to_ascii_lowercase();
    match catalog_type::find(&stated) {
        Some(row) if row.kind == Some(Kind::Generic) => Some(from_values(file)),
        Some(row) => row.kind,
        // OLake takes an empty `catalog_type` for Glue; only a REST address shows that it is none.
        None if stated.is_empty() && !file.is_set(keys::URL) => None,
        None => Some(from_values(file)),
    }
}

/// Tells the vendor of a `rest` catalog by its address, warehouse and scope.
fn from_values(file: &Destination) -> Kind {
    let text = file.text(keys::URL).trim().to_ascii_lowercase();
    let warehouse = file.text(keys::WAREHOUSE).trim().to_ascii_lowercase();
    let url = Url::parse(&text).ok();
    let host = url.map_or("", |url| url.host);
    let path = url.map_or("", |url| url.trimmed_path());
    let port = url.and_then(|url| url.port);

    let is_arn = warehouse.starts_with("arn:") && warehouse.contains(":s3tables:");
    if is_arn || host.starts_with("s3tables.") || file.text(keys::SIGNING_NAME) == "s3tables" {
        Kind::S3Tables
    } else if path.contains("/unity-catalog") || host.contains("databricks") {
        Kind::Unity
    } else if host.starts_with("glue.") {
        Kind::Generic
    } else if path.ends_with("/api/catalog")
        || path.contains("/api/management")
        || file.text(keys::SCOPE).contains("PRINCIPAL_ROLE:")
    {
        Kind::Polaris
    } else if port == Some(19120) || path == "/iceberg" || path.starts_with("/iceberg/") {
        Kind::Nessie
    } else if path.ends_with("/catalog") || path == "/ui" || path.starts_with("/management") {
        Kind::Lakekeeper
    } else {
        // No path to tell by: a host named after its program is the last hint.
        [Kind::Lakekeeper, Kind::Nessie, Kind::Polaris]
            .into_iter()
            .find(|kind| host.contains(kind.slug()))
            .unwrap_or(Kind::Generic)
    }
}

fn auth(file: &Destination) -> Auth {
    let stated = file.text(keys::AUTH_TYPE).to_ascii_lowercase();
    // A scheme says what it says; every other key of a way to sign in shows that it is meant.
    let shown = |auth| {
        KEYS.iter()
            .filter(|key| key.group == Group::SignIn(auth) && key.name != keys::AUTH_TYPE)
            .any(|key| file.is_set(key.name))
    };
    let no_sigv4 = file
        .entry(keys::SIGV4)
        .is_some_and(|entry| entry.value == Value::Bool(false));
    if stated == "sigv4" || file.is_true(keys::SIGV4) || (!no_sigv4 && shown(Auth::SigV4)) {
        Auth::SigV4
    } else if file.is_set(keys::CREDENTIAL) {
        Auth::OAuth2
    } else if file.is_set(keys::TOKEN) {
        Auth::Token
    } else if stated.contains("oauth") || shown(Auth::OAuth2) {
        Auth::OAuth2
    } else {
        match file.kind() {
            Some(Kind::S3Tables) => Auth::SigV4,
            Some(Kind::Polaris) => Auth::OAuth2,
            Some(Kind::Unity) => Auth::Token,
            _ => Auth::None,
        }
    }
}

fn target(file: &Destination) -> Target {
    match catalog_type::find(file.text(keys::CATALOG_TYPE)).and_then(|row| row.kind) {
        None | Some(Kind::Generic) => Target::Classic,
        Some(_) => Target::Typed,
    }
}
