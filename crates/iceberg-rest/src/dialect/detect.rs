use super::Dialect;
use crate::types::CatalogConfig;

/// What a server is, from its address and its `GET /v1/config`.
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
        Dialect::Nessie
    } else if prefix.to_ascii_lowercase().starts_with("arn%3aaws") || prefix.starts_with("arn:aws")
    {
        Dialect::S3Tables
    } else if prefix.starts_with("catalogs/") {
        Dialect::Unity
    } else if has_endpoint("polaris/v1") {
        Dialect::Polaris
    } else if is_uuid(prefix)
        && (config.get("idempotency-key-lifetime").is_some() || path(url).ends_with("/catalog"))
    {
        Dialect::Lakekeeper
    } else if config.get("namespace-separator") == Some("%2E") {
        Dialect::Generic
    } else {
        from_url(url).unwrap_or(Dialect::Generic)
    }
}

/// A guess from the address alone, for questions that come before a warehouse is chosen.
pub fn from_url(url: &str) -> Option<Dialect> {
    let path = path(url);
    if host(url).starts_with("s3tables.") {
        Some(Dialect::S3Tables)
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
