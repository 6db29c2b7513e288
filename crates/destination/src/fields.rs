//! The form: which fields matter for a catalog and a way to sign in, and what to say beside them.

use crate::keys::*;
use crate::kind::{Auth, Kind, Target};

/// One input of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key of the file, which is the input's name.
    pub key: &'static str,
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
    let mut keys = vec![URL, WAREHOUSE];
    if target == Target::Classic {
        keys.push(DATABASE);
    } else {
        keys.push(CATALOG_NAME);
    }
    keys.extend_from_slice(match auth {
        Auth::None => &[],
        Auth::Token => &[TOKEN],
        Auth::OAuth2 => &[OAUTH_URL, CREDENTIAL, SCOPE],
        Auth::SigV4 => &[SIGNING_NAME, SIGNING_REGION, SIGV4],
    });
    keys.extend_from_slice(match kind {
        Kind::Unity => &[],
        Kind::S3Tables => &[REGION, ACCESS_KEY, SECRET_KEY],
        // Lakekeeper hands storage settings to its clients; the later form asks for none.
        Kind::Lakekeeper if target == Target::Typed => &[REGION],
        _ => &[S3_ENDPOINT, REGION, ACCESS_KEY, SECRET_KEY],
    });
    match (kind, target) {
        (Kind::Unity, Target::Classic) => keys.push(NO_IDENTIFIER),
        (_, Target::Typed) => keys.push(ARROW),
        _ => {}
    }
    keys.into_iter().map(|key| field(kind, key)).collect()
}

fn field(kind: Kind, key: &'static str) -> Field {
    let region_required = matches!(
        kind,
        Kind::Generic | Kind::Nessie | Kind::Polaris | Kind::S3Tables
    );
    let required = match key {
        URL | WAREHOUSE | TOKEN | OAUTH_URL | CREDENTIAL | SIGNING_NAME | SIGNING_REGION
        | SIGV4 => true,
        SCOPE => kind == Kind::Polaris,
        REGION => region_required,
        NO_IDENTIFIER => kind == Kind::Unity,
        _ => false,
    };
    let locked = match key {
        SIGV4 => true,
        SIGNING_NAME => kind == Kind::S3Tables,
        NO_IDENTIFIER => kind == Kind::Unity,
        _ => false,
    };
    Field {
        key,
        label: if key == WAREHOUSE {
            kind.warehouse_label()
        } else {
            label(key)
        },
        sample: sample(kind, key),
        help: help(kind, key),
        required,
        secret: find(key).is_some_and(|known| known.secret),
        locked,
    }
}

/// What a key is called in the form; the key itself if it has no field.
pub fn label(key: &'static str) -> &'static str {
    match key {
        URL => "REST catalog URI",
        WAREHOUSE => "Warehouse",
        DATABASE => "Default namespace (legacy)",
        CATALOG_NAME => "Catalog name",
        S3_ENDPOINT => "S3 endpoint",
        REGION => "AWS region",
        ACCESS_KEY => "AWS access key",
        SECRET_KEY => "AWS secret key",
        TOKEN => "Bearer token",
        OAUTH_URL => "OAuth2 token endpoint",
        CREDENTIAL => "Client ID and secret",
        SCOPE => "OAuth2 scopes",
        SIGNING_NAME => "SigV4 service",
        SIGNING_REGION => "SigV4 region",
        SIGV4 => "Sign with SigV4",
        NO_IDENTIFIER => "Disable identifier fields",
        ARROW => "Write through Arrow",
        other => other,
    }
}

pub(crate) fn sample(kind: Kind, key: &str) -> &'static str {
    match (kind, key) {
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
        (Kind::Nessie | Kind::Polaris, DATABASE) => "<DATABASE_NAME>",
        (Kind::S3Tables | Kind::Unity, DATABASE) => "<NAMESPACE>",
        (_, CATALOG_NAME) => "olake_iceberg",
        (Kind::Generic, S3_ENDPOINT) => "http://<S3_ENDPOINT>:9090",
        (Kind::Nessie, S3_ENDPOINT) => "http://<S3_ENDPOINT>:9000/",
        (_, S3_ENDPOINT) => "http://<S3_ENDPOINT>:9000",
        (Kind::S3Tables, REGION) | (_, SIGNING_REGION) => "<REGION>",
        (Kind::Polaris, REGION) => "<S3_REGION>",
        (_, REGION) => "<AWS_REGION>",
        (Kind::Nessie, ACCESS_KEY) => "<S3_ACCESS_KEY>",
        (Kind::Nessie, SECRET_KEY) => "<S3_SECRET_KEY>",
        (_, ACCESS_KEY) => "<AWS_ACCESS_KEY>",
        (_, SECRET_KEY) => "<AWS_SECRET_KEY>",
        (Kind::Unity, TOKEN) => "<DATABRICK_USER_PERSONAL_ACCESS_TOKEN>",
        (_, TOKEN) => "<TOKEN>",
        (Kind::Unity, OAUTH_URL) => "https://<DATABRICK_WORKSPACE_URL>/oidc/v1/token",
        (Kind::Polaris, OAUTH_URL) => "http://<REST_ENDPOINT>:8181/api/catalog/v1/oauth/tokens",
        (_, OAUTH_URL) => "<OAUTH2_SERVER_URI>",
        (Kind::Polaris, CREDENTIAL) => "<olake_user_client_id>:<olake_user_client_secret>",
        (_, CREDENTIAL) => "<CLIENT_ID>:<CLIENT_SECRET>",
        (Kind::Polaris, SCOPE) => "PRINCIPAL_ROLE:ALL",
        (Kind::Unity, SCOPE) => "all-apis",
        (_, SCOPE) => "<OAUTH2_SCOPES>",
        (Kind::S3Tables, SIGNING_NAME) => "s3tables",
        (_, SIGNING_NAME) => "execute-api",
        (_, SIGV4 | NO_IDENTIFIER) => "true",
        _ => "",
    }
}

fn help(kind: Kind, key: &str) -> &'static str {
    match (kind, key) {
        (Kind::Generic, URL) => "Where OLake reaches the catalog, without /v1 at the end.",
        (Kind::Lakekeeper, URL) => {
            "Ends in /catalog; /ui is the web page, /management the other API."
        }
        (Kind::Nessie, URL) => {
            "Begins with /iceberg; add a branch, as in /iceberg/dev, to write to another than the default one."
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
        (_, DATABASE) => {
            "Used only where streams.json names no destination_database, which discover has written since OLake 0.2.0."
        }
        (_, CATALOG_NAME) => {
            "How Iceberg calls the catalog in its logs. Lower-case letters and underscores."
        }
        (_, S3_ENDPOINT) => {
            "For S3-compatible stores only; leave it empty for AWS. The API's port, not the web console's."
        }
        (Kind::Polaris, REGION) => "The same one in Polaris, in the bucket and here.",
        (Kind::S3Tables, REGION) => "The region of the table bucket, the same in all four places.",
        (Kind::Lakekeeper, REGION) => "Not needed if the warehouse in Lakekeeper has one.",
        (_, REGION) => "The region of the bucket; S3-compatible stores mostly take us-east-1.",
        (_, ACCESS_KEY | SECRET_KEY) => {
            "Both or neither: without them OLake uses the role of its machine."
        }
        (Kind::Unity, TOKEN) => {
            "A personal access token, made under Settings, Developer, Access tokens; it begins with dapi."
        }
        (_, TOKEN) => "Sent with every request as it is; it is not renewed when it expires.",
        (Kind::Unity, OAUTH_URL) => "On the same host as the workspace.",
        (Kind::Polaris, OAUTH_URL) => {
            "The catalog's address and /v1/oauth/tokens, unless an identity provider issues the tokens."
        }
        (_, OAUTH_URL) => "Where the client id and secret are exchanged for a token.",
        (Kind::Polaris, CREDENTIAL) => {
            "Those of the principal made for OLake, not of root. Joined as id:secret."
        }
        (_, CREDENTIAL) => "Joined as id:secret.",
        (Kind::Polaris, SCOPE) => {
            "PRINCIPAL_ROLE:ALL, or PRINCIPAL_ROLE: and the name of a role. Without one Polaris refuses to sign in."
        }
        (Kind::Unity, SCOPE) => "all-apis for a service principal.",
        (_, SCOPE) => "Separated by spaces; the identity provider names them.",
        (Kind::S3Tables, SIGNING_NAME) => "Always s3tables.",
        (_, SIGNING_NAME) => "The name that AWS knows the service by: glue, execute-api, s3tables.",
        (_, SIGNING_REGION) => "The region that the request is signed for: that of the catalog.",
        (_, SIGV4) => "A JSON true; as a string OLake refuses the file.",
        (_, NO_IDENTIFIER) => {
            "Unity's managed tables take no identifier fields, so rows are appended only."
        }
        (_, ARROW) => "Faster for large loads; OLake 0.3.7 and later.",
        _ => "",
    }
}
