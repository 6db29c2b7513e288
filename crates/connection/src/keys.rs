//! Every setting of a connection that may be filled in in a browser. Not among them is what reads the server's own
//! files, environment or identity: `ca_file`, `…_file`, `…_env`, `auth.credentials`, `auth.profile` and
//! `auth.web_identity_…`.

mod key;
mod table;

pub use key::{Group, Input, Key};
pub use table::KEYS;

/// What pages call it.
pub const NAME: &str = "name";
/// Whose reading of the specification the server follows.
pub const KIND: &str = "kind";
/// Address of the Iceberg REST API, without `/v1`.
pub const URL: &str = "url";
/// The warehouse to open first.
pub const WAREHOUSE: &str = "warehouse";
/// Sent with every call to the catalog's own address.
pub const HEADERS: &str = "headers";
/// The least role that sees and uses it.
pub const ROLE: &str = "role";
/// Who does besides, by ids of a store: it stands in no file.
pub const PEOPLE: &str = "people";
/// No change is offered or accepted.
pub const READ_ONLY: &str = "read_only";
/// HTTP proxy to call through.
pub const PROXY: &str = "proxy";
/// One of [`AUTH_TYPES`].
pub const AUTH_TYPE: &str = "auth.type";
/// Bearer token.
pub const TOKEN: &str = "auth.token";
/// OAuth 2 client.
pub const CLIENT_ID: &str = "auth.client_id";
/// Secret of that client.
pub const CLIENT_SECRET: &str = "auth.client_secret";
/// Token endpoint.
pub const TOKEN_URL: &str = "auth.token_url";
/// Scopes, separated by spaces.
pub const SCOPE: &str = "auth.scope";
/// Whom the token is for.
pub const AUDIENCE: &str = "auth.audience";
/// The URI that the token is for (RFC 8707).
pub const RESOURCE: &str = "auth.resource";
/// More fields of the token request.
pub const FIELDS: &str = "auth.fields";
/// AWS region in the signature.
pub const REGION: &str = "auth.region";
/// AWS service in the signature.
pub const SIGNING_NAME: &str = "auth.signing_name";
/// AWS access key.
pub const ACCESS_KEY_ID: &str = "auth.access_key_id";
/// The key's secret half.
pub const SECRET_ACCESS_KEY: &str = "auth.secret_access_key";
/// Third part of temporary keys.
pub const SESSION_TOKEN: &str = "auth.session_token";
/// A role to assume with the keys.
pub const ROLE_ARN: &str = "auth.role_arn";
/// What the role's trust policy asks for.
pub const EXTERNAL_ID: &str = "auth.external_id";
/// What CloudTrail calls the role's session.
pub const ROLE_SESSION_NAME: &str = "auth.role_session_name";
/// Where the role is assumed.
pub const STS_ENDPOINT: &str = "auth.sts_endpoint";
/// AWS signs a path encoded once more; on unless told.
pub const DOUBLE_ENCODE_PATH: &str = "auth.double_encode_path";

/// Ways to sign in, with what people call them, as [`AUTH_TYPE`] offers them.
pub const AUTH_TYPES: [(&str, &str); 7] = [
    ("none", "No sign-in"),
    ("bearer", "Bearer token"),
    ("oauth2", "OAuth 2 client credentials"),
    ("sigv4", "AWS keys (SigV4)"),
    ("person", "Each person signs in with their own"),
    ("passed-on", "The access token of whoever signed in"),
    ("exchanged", "Whoever signed in, by token exchange"),
];

/// Roles of people, from the least, as [`ROLE`] offers them.
pub const ROLES: [(&str, &str); 3] = [
    ("viewer", "Everybody"),
    ("editor", "Editors and admins"),
    ("admin", "Admins"),
];

/// Kinds of catalogs, with what people call them, as [`KIND`] offers them.
pub const KINDS: [(&str, &str); 7] = [
    ("auto", "Find out"),
    ("polaris", "Apache Polaris"),
    ("lakekeeper", "Lakekeeper"),
    ("nessie", "Nessie"),
    ("s3-tables", "Amazon S3 Tables"),
    ("unity", "Unity Catalog"),
    ("generic", "Iceberg REST"),
];

/// The row of this name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Below this two names are not thought to be the same word.
const ALIKE: f64 = 0.85;
/// Longest name, in bytes, that is compared with others.
const LONGEST: usize = 64;

/// The one of `known` that `wrong` most looks like.
pub(crate) fn nearest(
    wrong: &str,
    known: impl IntoIterator<Item = &'static str>,
) -> Option<&'static str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wrong, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
