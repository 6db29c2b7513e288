//! Every key that OLake's Iceberg writer knows, or is believed to know: names for code that means
//! one of them, and in [`KEYS`] all that is known of each.

mod alias;
mod key;
mod table;

pub use key::{Group, Key, Type};
pub use table::KEYS;

/// Which catalog; empty means AWS Glue to OLake.
pub const CATALOG_TYPE: &str = "catalog_type";
/// How Iceberg calls the catalog.
pub const CATALOG_NAME: &str = "catalog_name";
/// The warehouse: an S3 URI, an ARN or a name, as the catalog wants it.
pub const WAREHOUSE: &str = "iceberg_s3_path";
/// The namespace for streams without a `destination_database`.
pub const DATABASE: &str = "iceberg_db";
/// Address of a REST catalog.
pub const URL: &str = "rest_catalog_url";
/// Bearer token.
pub const TOKEN: &str = "token";
/// The scheme to sign in with, passed to Iceberg as it is.
pub const AUTH_TYPE: &str = "rest_auth_type";
/// Token endpoint.
pub const OAUTH_URL: &str = "oauth2_uri";
/// `client_id:client_secret`.
pub const CREDENTIAL: &str = "credential";
/// Scopes separated by spaces; `catalog` to Iceberg if there are none.
pub const SCOPE: &str = "scope";
/// Flag: requests are signed.
pub const SIGV4: &str = "rest_signing_v_4";
/// The service to sign for; `execute-api` to Iceberg if there is none.
pub const SIGNING_NAME: &str = "rest_signing_name";
/// The region to sign for.
pub const SIGNING_REGION: &str = "rest_signing_region";
/// Flag: tables get no identifier field, so that upserts become appends.
pub const NO_IDENTIFIER: &str = "no_identifier_fields";
/// Address of an object store that is not AWS; turns path-style access on.
pub const S3_ENDPOINT: &str = "s3_endpoint";
/// Flag: the bucket stands in the path.
pub const S3_PATH_STYLE: &str = "s3_path_style";
/// Flag without effect: nothing in Iceberg reads its property.
pub const S3_USE_SSL: &str = "s3_use_ssl";
/// Region of the bucket.
pub const REGION: &str = "aws_region";
/// Access key id.
pub const ACCESS_KEY: &str = "aws_access_key";
/// Secret access key.
pub const SECRET_KEY: &str = "aws_secret_key";
/// Session token of temporary keys.
pub const SESSION_TOKEN: &str = "aws_session_token";
/// Profile of the AWS configuration.
pub const PROFILE: &str = "aws_profile";
/// Flag: rows are written through Arrow.
pub const ARROW: &str = "arrow_writes";
/// Flag that is not read here any more: it belongs to the streams.
pub const NORMALIZATION: &str = "normalization";
/// Address of a JDBC catalog; may carry a password.
pub const JDBC_URL: &str = "jdbc_url";
/// Address of a Hive metastore.
pub const HIVE_URL: &str = "hive_uri";
/// Whole number: size of the Hive client pool.
pub const HIVE_CLIENTS: &str = "hive_clients";

/// The name that OLake gives the catalog when none is set.
pub(crate) const DEFAULT_CATALOG_NAME: &str = "olake_iceberg";

/// The known key of this name, as OLake matches it: see [`same`].
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| same(key.name, name))
}

/// Whether OLake takes two spellings for the same key: Go's encoding/json folds case, including
/// the long s and the Kelvin sign.
pub fn same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    let fold = |c: char| match c {
        '\u{17F}' => 's',
        '\u{212A}' => 'k',
        other => other.to_ascii_lowercase(),
    };
    a.chars().map(fold).eq(b.chars().map(fold))
}

/// What OLake calls a key that other programs, or people, call by this name. The value tells addresses apart.
pub fn called(name: &str, value: &str) -> Option<&'static str> {
    alias::find(name, value)
}

/// The known key that was probably misspelt: one or two letters off, as its length allows.
pub fn nearest(name: &str) -> Option<&'static str> {
    if name.len() < 4 || name.len() > 40 {
        return None;
    }
    let name = name.to_lowercase();
    KEYS.iter()
        .filter(|key| key.is_read() && key.name.len().abs_diff(name.len()) <= 2)
        .map(|key| (strsim::osa_distance(&name, key.name), key.name))
        .filter(|(distance, near)| *distance <= if near.len() < 8 { 1 } else { 2 })
        .min()
        .map(|(_, name)| name)
}
