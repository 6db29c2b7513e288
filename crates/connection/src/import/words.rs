//! What properties of an Iceberg catalog mean: those of Iceberg's Java library, which Spark and Flink hand on, and
//! of PyIceberg, which are nearly the same. Sources: `CatalogProperties`, `OAuth2Properties`, `AuthProperties` and
//! `AwsProperties` of Iceberg, and PyIceberg's page on configuration.

use crate::keys::*;

/// What a word of another program means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// This key.
    Key(&'static str),
    /// Client id and secret, joined by a colon.
    Credential,
    /// Headers as `name: value, name: value`.
    Headers,
    /// The header of this name.
    Header(&'static str),
    /// Whether calls are signed.
    Signs,
    /// How to sign in, in the program's own words.
    AuthType,
    /// This key where calls are signed; the object store's otherwise.
    Signing(&'static str),
    /// It says that the catalog is a REST catalog.
    Said,
    /// It is about the object store.
    Storage,
    /// It is about the program.
    Engine,
    /// It names a file.
    File,
    /// A way to sign in that is not here, with what to do.
    NoSuchSignIn(&'static str),
}

pub(super) const NO_PASSWORD: &str = "it takes a token, a client or AWS keys";
pub(super) const NO_GOOGLE: &str =
    "use type bearer with an access token, or passed-on where people sign in by Google";
pub(super) const NO_ENTRA: &str = "use type oauth2 with the tenant's token endpoint";

/// Names of properties.
pub(super) const ICEBERG: &[(&str, Means)] = &[
    ("uri", Means::Key(URL)),
    ("warehouse", Means::Key(WAREHOUSE)),
    ("token", Means::Key(TOKEN)),
    ("credential", Means::Credential),
    ("oauth2-server-uri", Means::Key(TOKEN_URL)),
    ("scope", Means::Key(SCOPE)),
    ("audience", Means::Key(AUDIENCE)),
    ("resource", Means::Key(RESOURCE)),
    ("rest.auth.type", Means::AuthType),
    ("rest.sigv4-enabled", Means::Signs),
    ("rest.signing-region", Means::Key(REGION)),
    ("rest.signing-name", Means::Key(SIGNING_NAME)),
    ("rest.access-key-id", Means::Key(ACCESS_KEY_ID)),
    ("rest.secret-access-key", Means::Key(SECRET_ACCESS_KEY)),
    ("rest.session-token", Means::Key(SESSION_TOKEN)),
    ("client.region", Means::Signing(REGION)),
    ("client.access-key-id", Means::Signing(ACCESS_KEY_ID)),
    (
        "client.secret-access-key",
        Means::Signing(SECRET_ACCESS_KEY),
    ),
    ("client.session-token", Means::Signing(SESSION_TOKEN)),
    ("auth.type", Means::AuthType),
    ("auth.oauth2.client_id", Means::Key(CLIENT_ID)),
    ("auth.oauth2.client_secret", Means::Key(CLIENT_SECRET)),
    ("auth.oauth2.token_url", Means::Key(TOKEN_URL)),
    ("auth.oauth2.scope", Means::Key(SCOPE)),
    ("auth.oauth2.refresh_margin", Means::Engine),
    ("auth.oauth2.expires_in", Means::Engine),
    ("auth.google.credentials_path", Means::File),
    ("rest.authorization-url", Means::Key(TOKEN_URL)),
    ("ssl.cabundle", Means::File),
    ("ssl.client.cert", Means::File),
    ("ssl.client.key", Means::File),
    ("type", Means::Said),
    ("catalog-type", Means::Said),
    ("catalog-impl", Means::Said),
    ("py-catalog-impl", Means::Said),
    ("io-impl", Means::Storage),
    ("py-io-impl", Means::Storage),
    ("hadoop-conf-dir", Means::Storage),
    ("prefix", Means::Engine),
    ("clients", Means::Engine),
    ("cache-enabled", Means::Engine),
    ("default-namespace", Means::Engine),
    ("default-database", Means::Engine),
    ("property-version", Means::Engine),
    ("snapshot-loading-mode", Means::Engine),
    ("nested-namespace-separator", Means::Engine),
    ("token-refresh-enabled", Means::Engine),
    ("token-exchange-enabled", Means::Engine),
    ("token-expires-in-ms", Means::Engine),
    ("rest-metrics-reporting-enabled", Means::Engine),
    ("metrics-reporter-impl", Means::Engine),
    ("view-endpoints-supported", Means::Engine),
    ("downcast-ns-timestamp-to-us-on-write", Means::Engine),
];

/// Beginnings of properties.
pub(super) const ICEBERG_PREFIXES: &[(&str, Means)] = &[
    ("s3.", Means::Storage),
    ("gcs.", Means::Storage),
    ("adls.", Means::Storage),
    ("adlfs.", Means::Storage),
    ("oss.", Means::Storage),
    ("hdfs.", Means::Storage),
    ("hf.", Means::Storage),
    ("fs.", Means::Storage),
    ("hadoop.", Means::Storage),
    ("client.", Means::Storage),
    ("aws.", Means::Storage),
    ("gcp.", Means::Storage),
    ("glue.", Means::Engine),
    ("dynamodb.", Means::Engine),
    ("encryption.", Means::Engine),
    ("rest.auth.basic.", Means::NoSuchSignIn(NO_PASSWORD)),
    ("auth.basic.", Means::NoSuchSignIn(NO_PASSWORD)),
    ("auth.google.", Means::NoSuchSignIn(NO_GOOGLE)),
    ("gcp.auth.", Means::NoSuchSignIn(NO_GOOGLE)),
    ("auth.entra.", Means::NoSuchSignIn(NO_ENTRA)),
    ("rest.client.", Means::Engine),
    ("rest.", Means::Engine),
    ("cache.", Means::Engine),
    ("io.manifest.", Means::Engine),
    ("table-default.", Means::Engine),
    ("table-override.", Means::Engine),
    ("view-default.", Means::Engine),
    ("view-override.", Means::Engine),
    ("write.", Means::Engine),
    ("read.", Means::Engine),
];

/// The meaning of a name: its own row, or that of the longest beginning.
pub(super) fn find(
    names: &[(&'static str, Means)],
    prefixes: &[(&'static str, Means)],
    name: &str,
) -> Option<Means> {
    let own = names.iter().find(|(known, _)| *known == name);
    let begins = || {
        prefixes
            .iter()
            .filter(|(known, _)| name.starts_with(known))
            .max_by_key(|(known, _)| known.len())
    };
    own.or_else(begins).map(|(_, means)| *means)
}
