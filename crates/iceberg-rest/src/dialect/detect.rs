use percent_encoding::percent_decode_str;

use super::Dialect;
use crate::{aws, types::CatalogConfig};

/// What a server is, from its address and its `GET /v1/config`. One sign that others share decides nothing: a prefix
/// `catalogs/…` is Unity's and Glue's, a path `/catalog` is anybody's. Where unsure it is generic.
pub fn detect(url: &str, config: &CatalogConfig) -> Dialect {
    let prefix = config.prefix();
    let has_endpoint = |part: &str| {
        config
            .endpoints
            .iter()
            .flatten()
            .any(|entry| entry.contains(part))
    };
    if config.get("nessie.is-nessie-catalog") == Some("true") {
        return Dialect::Nessie;
    }
    if is_table_bucket(prefix) {
        return Dialect::S3Tables;
    }
    if has_endpoint("polaris/v1") {
        return Dialect::Polaris;
    }
    let keyed = config.idempotency_key_lifetime().is_some();
    if is_uuid(prefix) && (keyed || path(url).ends_with("/catalog")) {
        return Dialect::Lakekeeper;
    }
    match from_url(url) {
        // Lakekeeper's prefix is the warehouse's id.
        None | Some(Dialect::Lakekeeper) => Dialect::Generic,
        Some(_) if config.get("namespace-separator") == Some("%2E") => Dialect::Generic,
        Some(Dialect::Unity) if !prefix.is_empty() && !prefix.starts_with("catalogs/") => {
            Dialect::Generic
        }
        Some(dialect) => dialect,
    }
}

/// A guess from the address alone, for questions that come before a warehouse is chosen.
pub fn from_url(url: &str) -> Option<Dialect> {
    let (host, path) = (host(url).to_ascii_lowercase(), path(url));
    if aws::is_endpoint(&host, "s3tables") {
        Some(Dialect::S3Tables)
    } else if aws::is_endpoint(&host, "glue") {
        None
    } else if path.contains("/unity-catalog/") {
        Some(Dialect::Unity)
    } else if path.ends_with("/api/catalog") {
        Some(Dialect::Polaris)
    } else if path.ends_with("/catalog") {
        Some(Dialect::Lakekeeper)
    } else {
        None
    }
}

/// `arn:aws:s3tables:eu-west-1:1:bucket/b`, of any partition, encoded or not.
fn is_table_bucket(prefix: &str) -> bool {
    let prefix = percent_decode_str(prefix).decode_utf8_lossy();
    let mut parts = prefix.split(':');
    parts.next() == Some("arn")
        && parts
            .next()
            .is_some_and(|partition| partition.starts_with("aws"))
        && parts.next() == Some("s3tables")
}

fn after_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

fn host(url: &str) -> &str {
    after_scheme(url)
        .split(['/', ':'])
        .next()
        .unwrap_or_default()
}

fn path(url: &str) -> &str {
    let rest = after_scheme(url);
    rest.find('/')
        .map_or("", |at| rest[at..].trim_end_matches('/'))
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
}
