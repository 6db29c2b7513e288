//! Which catalog, sign-in and target a file is for.

use crate::catalog_type;
use crate::derive;
use crate::destination::Destination;
use crate::keys::{self, Group, KEYS};
use crate::kind::{Auth, Kind, Target};
use crate::url::Url;
use crate::value::Value;

/// Works out catalog, sign-in and target from the keys; what was chosen stays.
pub(crate) fn choices(file: &mut Destination) {
    if file.kind.is_none() || file.guessed {
        (file.kind, file.guessed) = kind(file);
    }
    file.auth = match auth(file) {
        Auth::None => file.auth,
        found => found,
    };
    file.target = target(file);
}

/// The catalog, and whether that is a guess.
fn kind(file: &Destination) -> (Option<Kind>, bool) {
    let stated = file.text(keys::CATALOG_TYPE).trim().to_ascii_lowercase();
    let told = |(kind, guessed)| (Some(kind), guessed);
    match catalog_type::find(&stated) {
        Some(row) if row.kind == Some(Kind::Generic) => told(from_values(file)),
        Some(row) => (row.kind, false),
        // OLake takes an empty `catalog_type` for Glue; only a REST address shows that it is none.
        None if stated.is_empty() && !file.is_set(keys::URL) => (None, false),
        None => told(from_values(file)),
    }
}

/// Tells the vendor of a `rest` catalog by its address, warehouse and scope. What nobody else has settles it;
/// a path or a port that others may have too makes a guess.
fn from_values(file: &Destination) -> (Kind, bool) {
    let text = file.text(keys::URL).trim().to_ascii_lowercase();
    let warehouse = file.text(keys::WAREHOUSE).trim().to_ascii_lowercase();
    let url = Url::parse(&text).ok();
    let host = url.map_or("", |url| url.host);
    let path = url.map_or("", |url| url.trimmed_path());
    let port = url.and_then(|url| url.port);
    // Of names within names the innermost is the server's: `nessie.polaris-team.example.com`.
    let mut labels = host.split('.');
    let name = labels.find_map(|label| {
        let vendors = [Kind::Polaris, Kind::Nessie, Kind::Lakekeeper];
        vendors.into_iter().find(|kind| label.contains(kind.slug()))
    });
    let named = |kind: Kind| name == Some(kind);
    let token_path =
        Url::parse(file.text(keys::OAUTH_URL).trim()).map_or("", |url| url.trimmed_path());

    let is_arn = warehouse.starts_with("arn:") && warehouse.contains(":s3tables:");
    // Others that imitate S3 Tables sign for it too, and have warehouses with names.
    let signs = file.text(keys::SIGNING_NAME).trim() == "s3tables"
        && (url.is_none() || derive::is_aws(host));
    if is_arn || signs || url.is_some_and(|url| derive::region_of_s3_tables(url).is_some()) {
        (Kind::S3Tables, false)
    } else if derive::is_databricks(host) {
        (Kind::Unity, false)
    } else if path.contains("/unity-catalog") {
        (Kind::Unity, true)
    } else if derive::is_aws(host)
        || [
            "gravitino",
            "biglake",
            "googleapis.com",
            "fabric.microsoft.com",
        ]
        .iter()
        .any(|name| host.contains(name))
    {
        (Kind::Generic, false)
    } else if file.text(keys::SCOPE).contains("PRINCIPAL_ROLE:")
        || named(Kind::Polaris)
        || path.contains("/api/management")
        || token_path.ends_with("/api/catalog/v1/oauth/tokens")
    {
        (Kind::Polaris, false)
    } else if named(Kind::Nessie) || port == Some(19120) {
        (Kind::Nessie, false)
    } else if named(Kind::Lakekeeper) {
        (Kind::Lakekeeper, false)
    } else if path.ends_with("/api/catalog") {
        (Kind::Polaris, true)
    } else if path == "/iceberg" || path.starts_with("/iceberg/") {
        (Kind::Nessie, true)
    } else if path.ends_with("/catalog") || path == "/ui" || path.starts_with("/management") {
        (Kind::Lakekeeper, true)
    } else {
        (Kind::Generic, false)
    }
}

/// Whether Databricks' rules hold for a Unity catalog: not where the address is another's.
pub(crate) fn is_at_databricks(file: &Destination) -> bool {
    Url::parse(file.text(keys::URL).trim()).map_or(true, |url| derive::is_databricks(url.host))
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
            // A guess asks for nothing; Unity's open-source server takes anybody.
            Some(Kind::Polaris) if !file.guessed => Auth::OAuth2,
            Some(Kind::Unity) if is_at_databricks(file) => Auth::Token,
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
