//! A catalog of Trino's Iceberg connector: a file below `etc/catalog`, or `CREATE CATALOG name USING iceberg WITH
//! (…)`. Source: Trino's pages on metastores and on its file systems.

use super::draft::Draft;
use super::left::{Left, shown};
use super::why::Why;
use super::words::{self, Means};
use super::{Catalogs, NotRead, Pair, bounded, properties, sql};
use crate::keys::{self, *};

const NAMES: &[(&str, Means)] = &[
    ("connector.name", Means::Said),
    ("iceberg.catalog.type", Means::Said),
    ("iceberg.rest-catalog.uri", Means::Key(URL)),
    ("iceberg.rest-catalog.warehouse", Means::Key(WAREHOUSE)),
    ("iceberg.rest-catalog.security", Means::AuthType),
    ("iceberg.rest-catalog.oauth2.token", Means::Key(TOKEN)),
    ("iceberg.rest-catalog.oauth2.credential", Means::Credential),
    ("iceberg.rest-catalog.oauth2.scope", Means::Key(SCOPE)),
    (
        "iceberg.rest-catalog.oauth2.server-uri",
        Means::Key(TOKEN_URL),
    ),
    ("iceberg.rest-catalog.sigv4-enabled", Means::Signs),
    (
        "iceberg.rest-catalog.signing-name",
        Means::Key(SIGNING_NAME),
    ),
    ("iceberg.rest-catalog.http-headers", Means::Headers),
    (
        "iceberg.rest-catalog.google-project-id",
        Means::Header("x-goog-user-project"),
    ),
    ("iceberg.rest-catalog.prefix", Means::Engine),
    // It signs with what opens the bucket.
    ("s3.region", Means::Signing(REGION)),
    ("s3.aws-access-key", Means::Signing(ACCESS_KEY_ID)),
    ("s3.aws-secret-key", Means::Signing(SECRET_ACCESS_KEY)),
    ("s3.iam-role", Means::Signing(ROLE_ARN)),
    ("s3.role-session-name", Means::Signing(ROLE_SESSION_NAME)),
    ("s3.external-id", Means::Signing(EXTERNAL_ID)),
    ("s3.sts.endpoint", Means::Signing(STS_ENDPOINT)),
];

const PREFIXES: &[(&str, Means)] = &[
    ("iceberg.rest-catalog.session", Means::Engine),
    ("iceberg.rest-catalog.oauth2.token-", Means::Engine),
    (
        "iceberg.rest-catalog.vended-credentials-enabled",
        Means::Engine,
    ),
    (
        "iceberg.rest-catalog.nested-namespace-enabled",
        Means::Engine,
    ),
    ("iceberg.rest-catalog.view-endpoints-enabled", Means::Engine),
    (
        "iceberg.rest-catalog.server-assigned-table-location-enabled",
        Means::Engine,
    ),
    (
        "iceberg.rest-catalog.case-insensitive-name-matching",
        Means::Engine,
    ),
    ("iceberg.rest-catalog.connection-timeout", Means::Engine),
    ("iceberg.rest-catalog.socket-timeout", Means::Engine),
    ("iceberg.catalog.", Means::Engine),
    ("iceberg.materialized-views.", Means::Engine),
    ("s3.", Means::Storage),
    ("gcs.", Means::Storage),
    ("azure.", Means::Storage),
    ("fs.", Means::Storage),
    ("hive.", Means::Storage),
    ("parquet.", Means::Engine),
    ("orc.", Means::Engine),
];

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let mut found = sql::catalogs(text);
    if found.is_empty() {
        let pairs = properties::read(text);
        let pairs = pairs.into_iter().map(|(key, value)| (key, Ok(value)));
        found.push((file_name(text).unwrap_or_default(), pairs.collect()));
    }
    bounded(found.iter().map(|(_, pairs)| pairs.len()).sum())?;
    let mut catalogs = Catalogs::default();
    for (name, pairs) in found {
        let stated = |key: &str| {
            let pair = pairs.iter().find(|(name, _)| name == key);
            pair.and_then(|(_, value)| value.as_deref().ok())
        };
        let is_rest = match stated("iceberg.catalog.type") {
            Some(kind) => kind.trim().eq_ignore_ascii_case("rest"),
            None => stated("iceberg.rest-catalog.uri").is_some(),
        };
        match is_rest {
            true => catalogs.drafts.push(draft(&name, pairs)),
            false => {
                let kind = stated("iceberg.catalog.type").or_else(|| stated("connector.name"));
                let kind = shown(kind.unwrap_or("hive_metastore"));
                catalogs.left.push(Left::new(&name, Why::NotRest(kind)));
            }
        }
    }
    Ok(catalogs)
}

fn draft(name: &str, pairs: Vec<Pair>) -> Draft {
    let mut draft = Draft::new(name);
    for (key, value) in pairs {
        match words::find(NAMES, PREFIXES, &key) {
            Some(means) => draft.take(&key, means, value),
            None if key.starts_with("iceberg.") && !key.starts_with("iceberg.rest-catalog.") => {
                draft.leave(&key, Why::Engine);
            }
            None => {
                let near = keys::nearest(&key, NAMES.iter().map(|(known, _)| *known));
                draft.unknown(&key, near);
            }
        }
    }
    draft
}

/// A remark may say what the file is called, which is the catalog's name.
fn file_name(text: &str) -> Option<String> {
    let remarks = text
        .lines()
        .filter(|line| line.trim_start().starts_with('#'));
    let mut words = remarks.flat_map(|line| line.split_whitespace());
    words.find_map(|word| {
        let path = word
            .trim_end_matches([':', ',', '.'])
            .strip_suffix(".properties")?;
        Some(path.rsplit('/').next()?.to_owned())
    })
}
