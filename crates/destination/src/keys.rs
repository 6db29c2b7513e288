//! Every key that OLake's Iceberg writer knows, or is believed to know.
//!
//! Source: `destination/iceberg/config.go` of OLake 0.9.4.

/// Which catalog; empty means AWS Glue to OLake.
pub const CATALOG_TYPE: &str = "catalog_type";
/// Iceberg property `catalog-name`; OLake 0.3.5 and later.
pub const CATALOG_NAME: &str = "catalog_name";
/// The warehouse: an S3 URI, an ARN or a name, as the catalog wants it.
pub const WAREHOUSE: &str = "iceberg_s3_path";
/// The namespace for streams without a `destination_database`.
pub const DATABASE: &str = "iceberg_db";
/// Iceberg property `uri`.
pub const URL: &str = "rest_catalog_url";
/// Secret. Iceberg property `token`.
pub const TOKEN: &str = "token";
/// Iceberg property `rest.auth.type`, passed through as it is.
pub const AUTH_TYPE: &str = "rest_auth_type";
/// Iceberg property `oauth2-server-uri`.
pub const OAUTH_URL: &str = "oauth2_uri";
/// Secret, `client_id:client_secret`. Iceberg property `credential`.
pub const CREDENTIAL: &str = "credential";
/// Scopes separated by spaces. Iceberg property `scope`, which defaults to `catalog`.
pub const SCOPE: &str = "scope";
/// Flag. Iceberg property `rest.sigv4-enabled`.
pub const SIGV4: &str = "rest_signing_v_4";
/// Iceberg property `rest.signing-name`, which defaults to `execute-api`.
pub const SIGNING_NAME: &str = "rest_signing_name";
/// Iceberg property `rest.signing-region`.
pub const SIGNING_REGION: &str = "rest_signing_region";
/// Flag: tables get no identifier field, so that upserts become appends.
pub const NO_IDENTIFIER: &str = "no_identifier_fields";
/// Iceberg property `s3.endpoint`; turns path-style access on.
pub const S3_ENDPOINT: &str = "s3_endpoint";
/// Flag. Iceberg property `s3.path-style-access`.
pub const S3_PATH_STYLE: &str = "s3_path_style";
/// Flag without effect: no Iceberg property reads it.
pub const S3_USE_SSL: &str = "s3_use_ssl";
/// Iceberg property `s3.region` and `AWS_REGION`.
pub const REGION: &str = "aws_region";
/// Secret. Iceberg property `s3.access-key-id` and `AWS_ACCESS_KEY_ID`.
pub const ACCESS_KEY: &str = "aws_access_key";
/// Secret. Iceberg property `s3.secret-access-key` and `AWS_SECRET_ACCESS_KEY`.
pub const SECRET_KEY: &str = "aws_secret_key";
/// Secret. `AWS_SESSION_TOKEN`.
pub const SESSION_TOKEN: &str = "aws_session_token";
/// `AWS_PROFILE`.
pub const PROFILE: &str = "aws_profile";
/// Flag. Iceberg property `arrow-writer-enabled`; OLake 0.3.7 and later.
pub const ARROW: &str = "arrow_writes";
/// Flag that is not read here since May 2025: it belongs to the streams.
pub const NORMALIZATION: &str = "normalization";
/// Address of a JDBC catalog; may carry a password.
pub const JDBC_URL: &str = "jdbc_url";
/// Address of a Hive metastore.
pub const HIVE_URL: &str = "hive_uri";
/// Whole number: size of the Hive client pool.
pub const HIVE_CLIENTS: &str = "hive_clients";

/// The JSON type a key must have; Go's decoder refuses the whole file for any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A string.
    Text,
    /// `true` or `false`, without quotation marks.
    Bool,
    /// A whole number.
    Int,
}

/// Who reads a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// OLake.
    Olake,
    /// Nobody: documented somewhere, parsed nowhere.
    Nobody {
        /// The key that was meant, if there is one.
        meant: Option<&'static str>,
    },
}

/// One known key of the `writer` object.
#[derive(Debug)]
pub struct Key {
    /// As OLake's documentation spells it.
    pub name: &'static str,
    /// What OLake accepts.
    pub ty: Type,
    /// Its value must not be shown.
    pub secret: bool,
    /// Whether OLake reads it.
    pub reader: Reader,
}

const fn text(name: &'static str) -> Key {
    Key {
        name,
        ty: Type::Text,
        secret: false,
        reader: Reader::Olake,
    }
}

const fn secret(name: &'static str) -> Key {
    Key {
        secret: true,
        ..text(name)
    }
}

const fn flag(name: &'static str) -> Key {
    Key {
        ty: Type::Bool,
        ..text(name)
    }
}

const fn unread(name: &'static str, ty: Type, secret: bool, meant: Option<&'static str>) -> Key {
    Key {
        name,
        ty,
        secret,
        reader: Reader::Nobody { meant },
    }
}

/// All of them, in no order that matters.
pub static KEYS: [Key; 50] = [
    text(CATALOG_TYPE),
    text(CATALOG_NAME),
    text(WAREHOUSE),
    text(DATABASE),
    text(URL),
    secret(TOKEN),
    text(AUTH_TYPE),
    text(OAUTH_URL),
    secret(CREDENTIAL),
    text(SCOPE),
    flag(SIGV4),
    text(SIGNING_NAME),
    text(SIGNING_REGION),
    flag(NO_IDENTIFIER),
    text(S3_ENDPOINT),
    flag(S3_PATH_STYLE),
    flag(S3_USE_SSL),
    text(REGION),
    secret(ACCESS_KEY),
    secret(SECRET_KEY),
    secret(SESSION_TOKEN),
    text(PROFILE),
    flag(ARROW),
    flag("glue_additional_config"),
    text("glue_catalog_id"),
    text("glue_endpoint"),
    secret("glue_access_key"),
    secret("glue_secret_key"),
    text("glue_region"),
    // A JDBC URL may carry `?password=`.
    secret(JDBC_URL),
    text("jdbc_username"),
    secret("jdbc_password"),
    text(HIVE_URL),
    Key {
        ty: Type::Int,
        ..text(HIVE_CLIENTS)
    },
    flag("hive_sasl_enabled"),
    secret("gcp_service_account_json"),
    text("gcp_auth_scopes"),
    text("gcp_project_id"),
    text("sink_jar_path"),
    text("sink_rpc_server_host"),
    unread(NORMALIZATION, Type::Bool, false, None),
    unread("grpc_port", Type::Int, false, None),
    unread("debug_mode", Type::Bool, false, None),
    unread("rest_auth_uri", Type::Text, false, Some(OAUTH_URL)),
    unread("rest_credential", Type::Text, true, Some(CREDENTIAL)),
    unread("rest_scope", Type::Text, false, Some(SCOPE)),
    // Names that the parallel between keys invites.
    unread("rest_token", Type::Text, true, Some(TOKEN)),
    unread("rest_catalog_uri", Type::Text, false, Some(URL)),
    unread("aws_access_key_id", Type::Text, true, Some(ACCESS_KEY)),
    unread("aws_secret_access_key", Type::Text, true, Some(SECRET_KEY)),
];

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

/// The known key that was probably meant: at most two letters away, and nothing nearer.
pub fn nearest(name: &str) -> Option<&'static str> {
    if name.len() < 4 || name.len() > 40 {
        return None;
    }
    let name = name.to_lowercase();
    KEYS.iter()
        .filter(|key| key.reader == Reader::Olake && key.name.len().abs_diff(name.len()) <= 2)
        .map(|key| (distance(&name, key.name), key.name))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
