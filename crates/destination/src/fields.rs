//! The form: which fields matter for a catalog and a way to sign in, and what to say beside them.

use crate::keys::*;
use crate::kind::{Auth, Kind, Target};

/// One input of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key of the file, which is the input's name.
    pub key: &'static str,
    /// Where it stands in the form.
    pub group: Group,
    /// What the input is called.
    pub label: &'static str,
    /// A value of the right shape, with placeholders.
    pub sample: &'static str,
    /// What it means and why it matters.
    pub help: &'static str,
    /// OLake or the catalog fails without it.
    pub required: bool,
    /// Masked, and never in a URL.
    pub secret: bool,
    /// Set by the catalog or the way to sign in; shown, not asked for.
    pub locked: bool,
}

/// The fields to ask for, in the order to ask. A flag's key is of [`Type::Bool`].
pub fn fields(kind: Kind, auth: Auth, target: Target) -> Vec<Field> {
    KEYS.iter()
        .filter(|key| match key.group {
            Group::SignIn(needed) => needed == auth,
            _ => asks(kind, target, key),
        })
        .filter_map(|key| field(kind, key))
        .collect()
}

/// Whether a file for this catalog can do with the key, however OLake signs in.
fn asks(kind: Kind, target: Target, key: &Key) -> bool {
    let fits = match (key.name, kind) {
        (NO_IDENTIFIER, _) => kind == Kind::Unity && target == Target::Classic,
        (S3_ENDPOINT, Kind::S3Tables) => false,
        (S3_ENDPOINT | REGION | ACCESS_KEY | SECRET_KEY | PROFILE, Kind::Unity) => false,
        // Lakekeeper hands storage settings to its clients; the later form asks for none.
        (S3_ENDPOINT | ACCESS_KEY | SECRET_KEY | PROFILE, Kind::Lakekeeper) => {
            target == Target::Classic
        }
        _ => true,
    };
    fits && key.belongs_to(target)
}

fn field(kind: Kind, key: &Key) -> Option<Field> {
    let label = match key.name {
        WAREHOUSE => kind.warehouse_label(),
        _ => key.label?,
    };
    let required = match key.name {
        URL | WAREHOUSE | TOKEN | OAUTH_URL | CREDENTIAL | SIGNING_NAME | SIGNING_REGION
        | SIGV4 => true,
        SCOPE => kind == Kind::Polaris,
        REGION => !matches!(kind, Kind::Lakekeeper | Kind::Unity),
        NO_IDENTIFIER => kind == Kind::Unity,
        _ => false,
    };
    let locked = match key.name {
        SIGV4 => true,
        SIGNING_NAME => kind == Kind::S3Tables,
        NO_IDENTIFIER => kind == Kind::Unity,
        _ => false,
    };
    Some(Field {
        key: key.name,
        group: key.group,
        label,
        sample: own_sample(kind, key.name).unwrap_or(key.sample),
        help: own_help(kind, key.name).unwrap_or(key.help),
        required,
        secret: key.secret,
        locked,
    })
}

/// What a key is called in the form; the key itself if it has no field.
pub fn label(key: &'static str) -> &'static str {
    find(key).and_then(|known| known.label).unwrap_or(key)
}

/// A value of the right shape for a key of this catalog, with placeholders.
pub(crate) fn sample(kind: Kind, key: &str) -> &'static str {
    own_sample(kind, key).unwrap_or_else(|| find(key).map_or("", |known| known.sample))
}

/// Where the sample of a catalog is another than that of the key.
fn own_sample(kind: Kind, key: &str) -> Option<&'static str> {
    Some(match (kind, key) {
        (Kind::Generic, URL) => "http://<REST_ENDPOINT>:8181",
        (Kind::Lakekeeper, URL) => "http://<LAKEKEEPER_ENDPOINT>:8181/catalog",
        (Kind::Nessie, URL) => "http://<REST_ENDPOINT>:19120/iceberg/",
        (Kind::S3Tables, URL) => "https://s3tables.<REGION>.amazonaws.com/iceberg",
        (Kind::Unity, URL) => {
            "https://<DATABRICK_WORKSPACE_URL>/api/2.1/unity-catalog/iceberg-rest"
        }
        (Kind::Polaris, URL) => "http://<REST_ENDPOINT>:8181/api/catalog",
        (Kind::Generic | Kind::Nessie, WAREHOUSE) => "s3://<BUCKET_NAME>",
        (Kind::Lakekeeper, WAREHOUSE) => "<WAREHOUSE_NAME>",
        (Kind::S3Tables, WAREHOUSE) => {
            "arn:aws:s3tables:<REGION>:<ACCOUNT_ID>:bucket/<BUCKET_NAME>"
        }
        (Kind::Unity, WAREHOUSE) => "<CATALOG_NAME>",
        (Kind::Polaris, WAREHOUSE) => "<POLARIS_CATALOG_NAME>",
        (Kind::Generic, DATABASE) => "<ICEBERG_DB>",
        (Kind::Lakekeeper, DATABASE) => "<ICEBERG_DATABASE>",
        (Kind::S3Tables | Kind::Unity, DATABASE) => "<NAMESPACE>",
        (Kind::Generic, S3_ENDPOINT) => "http://<S3_ENDPOINT>:9090",
        (Kind::Nessie, S3_ENDPOINT) => "http://<S3_ENDPOINT>:9000/",
        (Kind::S3Tables, REGION) => "<REGION>",
        (Kind::Polaris, REGION) => "<S3_REGION>",
        (Kind::Nessie, ACCESS_KEY) => "<S3_ACCESS_KEY>",
        (Kind::Nessie, SECRET_KEY) => "<S3_SECRET_KEY>",
        (Kind::Unity, TOKEN) => "<DATABRICK_USER_PERSONAL_ACCESS_TOKEN>",
        (Kind::Unity, OAUTH_URL) => "https://<DATABRICK_WORKSPACE_URL>/oidc/v1/token",
        (Kind::Polaris, OAUTH_URL) => "http://<REST_ENDPOINT>:8181/api/catalog/v1/oauth/tokens",
        (Kind::Polaris, CREDENTIAL) => "<olake_user_client_id>:<olake_user_client_secret>",
        (Kind::Polaris, SCOPE) => "PRINCIPAL_ROLE:ALL",
        (Kind::Unity, SCOPE) => "all-apis",
        (Kind::S3Tables, SIGNING_NAME) => "s3tables",
        _ => return None,
    })
}

/// Where a catalog has a word of its own to say.
fn own_help(kind: Kind, key: &str) -> Option<&'static str> {
    Some(match (kind, key) {
        (Kind::Generic, URL) => "Where OLake reaches the catalog, without /v1 at the end.",
        (Kind::Lakekeeper, URL) => {
            "Ends in /catalog; /ui is the web page, /management the other API."
        }
        (Kind::Nessie, URL) => {
            "Its path is /iceberg; add a branch, as in /iceberg/dev, to write to another than the default one."
        }
        (Kind::S3Tables, URL) => "Follows from the region of the table bucket.",
        (Kind::Unity, URL) => {
            "Follows from the host name of the workspace, the one with its id in it."
        }
        (Kind::Polaris, URL) => "Ends in /api/catalog; the port is 8181.",
        (Kind::Generic, WAREHOUSE) => "The location that the server keeps its tables under.",
        (Kind::Lakekeeper, WAREHOUSE) => {
            "The name given to the warehouse in Lakekeeper, not the bucket behind it."
        }
        (Kind::Nessie, WAREHOUSE) => {
            "A location or name from nessie.catalog.warehouses; the slash at the end does not matter."
        }
        (Kind::S3Tables, WAREHOUSE) => "The ARN as the S3 console shows it under Table buckets.",
        (Kind::Unity, WAREHOUSE) => {
            "The name at the top of the tree in Catalog Explorer, such as main or workspace."
        }
        (Kind::Polaris, WAREHOUSE) => {
            "The name of the catalog in Polaris, in the same case; not the bucket behind it."
        }
        (Kind::Polaris, REGION) => "The same one in Polaris, in the bucket and here.",
        (Kind::S3Tables, REGION) => "The region of the table bucket, the same in all four places.",
        (Kind::Lakekeeper, REGION) => "Not needed if the warehouse in Lakekeeper has one.",
        (Kind::Unity, TOKEN) => {
            "A personal access token, made under Settings, Developer, Access tokens; it begins with dapi."
        }
        (Kind::Unity, OAUTH_URL) => "On the same host as the workspace.",
        (Kind::Polaris, OAUTH_URL) => {
            "The catalog's address and /v1/oauth/tokens, unless an identity provider issues the tokens."
        }
        (Kind::Polaris, CREDENTIAL) => {
            "Those of the principal made for OLake, not of root. Joined as id:secret."
        }
        (Kind::Polaris, SCOPE) => {
            "PRINCIPAL_ROLE:ALL, or PRINCIPAL_ROLE: and the name of a role. Without one Polaris refuses to sign in."
        }
        (Kind::Unity, SCOPE) => "all-apis for a service principal.",
        (Kind::S3Tables, SIGNING_NAME) => "Always s3tables.",
        _ => return None,
    })
}
