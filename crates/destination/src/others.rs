//! Files for catalogs that no form is made for: what their settings mean.

use crate::catalog_type;
use crate::destination::Destination;
use crate::keys::*;
use crate::kind::Protocol;

/// One setting of such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key of the file.
    pub key: &'static str,
    /// What it means.
    pub help: &'static str,
    /// OLake stops or fails without it.
    pub required: bool,
    /// The file has it.
    pub set: bool,
}

/// What people call the catalog of the file.
pub fn other_title(file: &Destination) -> &'static str {
    catalog_type::find(file.text(CATALOG_TYPE)).map_or("AWS Glue", |row| row.title)
}

/// The settings that OLake reads for the file's catalog, in the order of its own form.
pub fn other_settings(file: &Destination) -> Vec<Setting> {
    let row = catalog_type::find(file.text(CATALOG_TYPE));
    let protocol = row.map_or(Protocol::Glue, |row| row.protocol);
    let own: &[(&'static str, &'static str)] = match protocol {
        Protocol::Rest if row.is_some_and(|row| row.name == "horizon") => &HORIZON,
        Protocol::Glue => &GLUE,
        Protocol::Jdbc => &JDBC,
        Protocol::Hive => &HIVE,
        Protocol::Rest => &GOOGLE,
    };
    let required =
        |key: &str| key == WAREHOUSE || protocol.needs().is_some_and(|(needed, _)| needed == key);
    own.iter()
        .chain(
            STORE
                .iter()
                .filter(|(key, _)| own.iter().all(|(other, _)| other != key)),
        )
        .map(|(key, help)| Setting {
            key,
            help,
            required: required(key),
            set: file.is_set(key),
        })
        .collect()
}

const GLUE: [(&str, &str); 6] = [
    (
        "glue_additional_config",
        "true lets the settings below count; without it they are not read.",
    ),
    (
        "glue_catalog_id",
        "The account whose Glue catalog it is, if it is another one's.",
    ),
    (
        "glue_endpoint",
        "Another address of Glue: a private link, an emulator.",
    ),
    (
        "glue_region",
        "The region of Glue, if it is not that of the bucket.",
    ),
    ("glue_access_key", "Keys for Glue alone; both or neither."),
    ("glue_secret_key", "Keys for Glue alone; both or neither."),
];

const JDBC: [(&str, &str); 3] = [
    (
        JDBC_URL,
        "The database that holds the catalog: jdbc:postgresql://host:5432/database.",
    ),
    ("jdbc_username", "Its user, who may change schema and data."),
    ("jdbc_password", "The user's password."),
];

const HIVE: [(&str, &str); 3] = [
    (
        HIVE_URL,
        "The metastore: thrift://host:9083; several are separated by commas.",
    ),
    (
        HIVE_CLIENTS,
        "How many connections are kept to it: a whole number, such as 5.",
    ),
    (
        "hive_sasl_enabled",
        "true if the metastore wants SASL, as with Kerberos.",
    ),
];

const GOOGLE: [(&str, &str); 4] = [
    (URL, "The address of the catalog."),
    (
        "gcp_service_account_json",
        "The content of a service account's key, as a string.",
    ),
    (
        "gcp_auth_scopes",
        "Scopes of Google's sign-in, if others than the usual ones.",
    ),
    ("gcp_project_id", "The project that calls are billed to."),
];

/// As OLake's documentation has it; its code was not read.
const HORIZON: [(&str, &str); 9] = [
    (
        URL,
        "https://<ORG>-<ACCOUNT>.snowflakecomputing.com/polaris/api/catalog.",
    ),
    (WAREHOUSE, "The name of the database in Snowflake."),
    (
        AUTH_TYPE,
        "As the form calls it: Programmatic Access Token (PAT), Key-Pair Authentication, External OAuth, or Workload Identity Federation(WIF)/OIDC.",
    ),
    (
        CREDENTIAL,
        "The access token, the JWT signed with the key pair, or that of the workload: one text, without a client id.",
    ),
    (
        OAUTH_URL,
        "For a key pair: the address above and /v1/oauth/tokens.",
    ),
    (SCOPE, "session:role: and the role to take."),
    (
        TOKEN,
        "For External OAuth: the token that the provider gave.",
    ),
    (
        "snowflake_workload_identity_provider",
        "For a workload's identity: OIDC, AWS, AZURE or GCP, as Snowflake knows the user.",
    ),
    (
        REGION,
        "The region of the account, as SELECT CURRENT_REGION() tells. Snowflake hands out the keys to the store.",
    ),
];

const STORE: [(&str, &str); 8] = [
    (WAREHOUSE, "Where the tables are written: s3://bucket/path."),
    (REGION, "The region of the bucket."),
    (
        ACCESS_KEY,
        "Keys for the bucket, both or neither: without them OLake uses the role of its machine.",
    ),
    (SECRET_KEY, "Keys for the bucket, both or neither."),
    (
        PROFILE,
        "A profile of ~/.aws in OLake's container, in place of keys.",
    ),
    (
        S3_ENDPOINT,
        "The address of a store that is not AWS; the bucket then stands in the path.",
    ),
    (CATALOG_NAME, "How Iceberg calls the catalog in its logs."),
    (ARROW, "true writes through Arrow: faster for large loads."),
];
