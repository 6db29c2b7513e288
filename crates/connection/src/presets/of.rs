//! Whose server an address belongs to.

use super::Preset;
use super::aws::{GLUE, S3_TABLES};
use super::biglake::BIGLAKE;
use super::generic::GENERIC;
use super::lakekeeper::LAKEKEEPER;
use super::nessie::NESSIE;
use super::polaris::{OPEN_CATALOG, POLARIS};
use super::r2::R2;
use super::unity::UNITY;
use crate::Settings;
use crate::keys;
use destination::derive;
use url::Url;

/// Databricks' workspaces, private links and government clouds among them.
const DATABRICKS: [&str; 6] = [
    ".databricks.com",
    ".azuredatabricks.net",
    ".databricks.azure.us",
    ".databricks.azure.cn",
    ".databricks.us",
    ".databricks.mil",
];
const SNOWFLAKE: [&str; 2] = [".snowflakecomputing.com", ".snowflakecomputing.cn"];
/// Nessie's port.
const NESSIE_PORT: u16 = 19120;

pub(super) fn of(settings: &Settings) -> &'static Preset {
    let stated = settings.text(keys::KIND).filter(|kind| *kind != "auto");
    let found = by_address(settings);
    match (stated, found) {
        (Some(kind), Some(found)) if found.kind == kind => found,
        (Some(kind), _) => Preset::find(kind).unwrap_or(&GENERIC),
        (None, Some(found)) => found,
        (None, None) => &GENERIC,
    }
}

/// What nobody else has settles it; a path or a port that others may have comes last.
fn by_address(settings: &Settings) -> Option<&'static Preset> {
    let url = Url::parse(settings.text(keys::URL)?.trim()).ok()?;
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let path = url.path().trim_end_matches('/');
    let asks = settings.text(keys::SCOPE).unwrap_or_default();
    let ends = |ends: &[&str]| ends.iter().any(|end| host.ends_with(end));
    match derive::endpoint(&host) {
        Some(("s3tables", _)) => return Some(&S3_TABLES),
        Some(("glue", _)) => return Some(&GLUE),
        _ => {}
    }
    if ends(&SNOWFLAKE) && path.contains("/polaris/api/catalog") {
        // An account of Snowflake's own has the same address, and its roles.
        return match asks.contains("session:role:") {
            true => None,
            false => Some(&OPEN_CATALOG),
        };
    }
    if host == "biglake.googleapis.com" {
        return Some(&BIGLAKE);
    }
    if host == "catalog.cloudflarestorage.com" {
        return Some(&R2);
    }
    if is_databricks(&host) || path.contains("/unity-catalog") {
        return Some(&UNITY);
    }
    // Of names within names the innermost is the server's: nessie.polaris-team.example.com.
    let named = host.split('.').find_map(|label| {
        let vendors = [&POLARIS, &NESSIE, &LAKEKEEPER];
        vendors.into_iter().find(|preset| label.contains(preset.id))
    });
    if asks.contains("PRINCIPAL_ROLE:") {
        return Some(&POLARIS);
    }
    if named.is_some() {
        return named;
    }
    if url.port() == Some(NESSIE_PORT) {
        return Some(&NESSIE);
    }
    match path {
        _ if path.ends_with("/api/catalog") => Some(&POLARIS),
        _ if path.ends_with("/catalog") => Some(&LAKEKEEPER),
        _ => None,
    }
}

/// A workspace of Databricks.
pub(super) fn is_databricks(host: &str) -> bool {
    DATABRICKS.iter().any(|end| host.ends_with(end))
}
