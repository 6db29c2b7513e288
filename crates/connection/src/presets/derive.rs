//! What follows from what is filled in already.

use super::Preset;
use super::aws::{GLUE, S3_TABLES};
use super::unity::UNITY;
use crate::Settings;
use crate::keys;
use destination::derive;
use url::Url;

/// Fills in region and address of AWS from one another, and the token endpoint of a workspace.
pub(super) fn derive(preset: &Preset, settings: &mut Settings) {
    if preset.id == S3_TABLES.id {
        signed("s3tables", settings);
    } else if preset.id == GLUE.id {
        signed("glue", settings);
    } else if preset.id == UNITY.id && settings.auth_type() == "oauth2" {
        workspace(settings);
    }
}

fn signed(service: &str, settings: &mut Settings) {
    let host = host(settings).unwrap_or_default();
    let region = settings
        .text(keys::REGION)
        .or_else(|| derive::endpoint(&host).map(|(_, region)| region))
        .or_else(|| derive::region_of_table_bucket(settings.text(keys::WAREHOUSE)?))
        .filter(|region| derive::is_region(region))
        .map(str::to_owned);
    let Some(region) = region else {
        return;
    };
    if settings.get(keys::URL).is_none() {
        let _ = settings.set(keys::URL, derive::iceberg_url(service, &region));
    }
    if settings.get(keys::REGION).is_none() {
        let _ = settings.set(keys::REGION, region);
    }
}

/// Databricks' own: a server of the open-source catalog has none.
fn workspace(settings: &mut Settings) {
    let host = host(settings).filter(|host| super::of::is_databricks(host));
    if let (Some(host), None) = (host, settings.get(keys::TOKEN_URL)) {
        let _ = settings.set(keys::TOKEN_URL, format!("https://{host}/oidc/v1/token"));
    }
}

fn host(settings: &Settings) -> Option<String> {
    let url = Url::parse(settings.text(keys::URL)?.trim()).ok()?;
    Some(url.host_str()?.to_ascii_lowercase())
}
