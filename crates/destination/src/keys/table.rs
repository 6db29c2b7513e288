//! The table of keys.

use super::key::{Group, Key};
use super::*;
use crate::kind::{Auth, Protocol, Target};
use crate::release::Release;

const CATALOG: Group = Group::Catalog;
const OAUTH2: Group = Group::SignIn(Auth::OAuth2);
const SIGNED: Group = Group::SignIn(Auth::SigV4);
const STORAGE: Group = Group::Storage;
const OTHER: Group = Group::Other;

const KEY_PAIR: &str = "Both or neither: without them OLake uses the role of its machine.";

/// All of them, by group, in the order of the form; a file has them in the same order but for what
/// its catalog's published example does otherwise.
///
/// Source: `destination/iceberg/{config,java_client}.go` of OLake 0.9.4.
pub static KEYS: [Key; 51] = [
    Key::text(CATALOG, CATALOG_TYPE),
    Key::flag(CATALOG, NORMALIZATION)
        .unread()
        .until(Release::V0_1_0)
        .target(Target::Classic),
    Key::text(CATALOG, URL)
        .of(Protocol::Rest)
        .property("uri")
        .input("REST catalog URI", "", ""),
    Key::text(CATALOG, WAREHOUSE)
        .property("warehouse")
        .input("Warehouse", "", ""),
    Key::text(CATALOG, DATABASE)
        .target(Target::Classic)
        .input(
            "Default namespace (legacy)",
            "<DATABASE_NAME>",
            "Used only where streams.json names no destination_database, which discover has written since OLake 0.2.0.",
        ),
    Key::text(CATALOG, CATALOG_NAME)
        .since(Release::V0_3_5)
        .target(Target::Typed)
        .property("catalog-name")
        .input(
            "Catalog name",
            DEFAULT_CATALOG_NAME,
            "How Iceberg calls the catalog in its logs. Lower-case letters and underscores.",
        ),
    Key::flag(CATALOG, "glue_additional_config")
        .since(Release::V0_3_17)
        .of(Protocol::Glue),
    Key::text(CATALOG, "glue_catalog_id")
        .since(Release::V0_3_17)
        .of(Protocol::Glue),
    Key::text(CATALOG, "glue_endpoint")
        .since(Release::V0_3_17)
        .of(Protocol::Glue),
    Key::secret(CATALOG, "glue_access_key")
        .since(Release::V0_3_17)
        .of(Protocol::Glue),
    Key::secret(CATALOG, "glue_secret_key")
        .since(Release::V0_3_17)
        .of(Protocol::Glue),
    Key::text(CATALOG, "glue_region")
        .since(Release::V0_3_17)
        .of(Protocol::Glue),
    // A JDBC URL may carry `?password=`.
    Key::secret(CATALOG, JDBC_URL)
        .of(Protocol::Jdbc)
        .property("uri"),
    Key::text(CATALOG, "jdbc_username")
        .of(Protocol::Jdbc)
        .property("jdbc.user"),
    Key::secret(CATALOG, "jdbc_password")
        .of(Protocol::Jdbc)
        .property("jdbc.password"),
    Key::text(CATALOG, HIVE_URL)
        .of(Protocol::Hive)
        .property("uri"),
    Key::int(CATALOG, HIVE_CLIENTS)
        .of(Protocol::Hive)
        .property("clients"),
    Key::flag(CATALOG, "hive_sasl_enabled")
        .of(Protocol::Hive)
        .property("hive.metastore.sasl.enabled"),
    Key::secret(CATALOG, "gcp_service_account_json").since(Release::V0_9_1),
    Key::text(CATALOG, "gcp_auth_scopes").since(Release::V0_9_1),
    Key::text(CATALOG, "gcp_project_id").since(Release::V0_9_1),
    // Horizon's; hearsay.
    Key::text(CATALOG, "snowflake_workload_identity_provider")
        .since(Release::V0_10_0)
        .of(Protocol::Rest)
        .property("header.X-Snowflake-Workload-Identity-Provider"),
    Key::secret(Group::SignIn(Auth::Token), TOKEN)
        .since(Release::V0_1_4)
        .of(Protocol::Rest)
        .property("token")
        .input(
            "Bearer token",
            "<TOKEN>",
            "Sent with every request as it is; it is not renewed when it expires.",
        ),
    Key::text(OAUTH2, OAUTH_URL)
        .since(Release::V0_1_4)
        .of(Protocol::Rest)
        .property("oauth2-server-uri")
        .input(
            "OAuth2 token endpoint",
            "<OAUTH2_SERVER_URI>",
            "Where the client id and secret are exchanged for a token.",
        ),
    Key::text(OAUTH2, AUTH_TYPE)
        .since(Release::V0_1_4)
        .of(Protocol::Rest)
        .property("rest.auth.type"),
    Key::secret(OAUTH2, CREDENTIAL)
        .since(Release::V0_1_4)
        .of(Protocol::Rest)
        .property("credential")
        .input(
            "Client ID and secret",
            "<CLIENT_ID>:<CLIENT_SECRET>",
            "Joined as id:secret.",
        ),
    Key::text(OAUTH2, SCOPE)
        .since(Release::V0_1_4)
        .of(Protocol::Rest)
        .property("scope")
        .input(
            "OAuth2 scopes",
            "<OAUTH2_SCOPES>",
            "Separated by spaces; the identity provider names them.",
        ),
    Key::text(SIGNED, SIGNING_NAME)
        .of(Protocol::Rest)
        .property("rest.signing-name")
        .input(
            "SigV4 service",
            "execute-api",
            "The name that AWS knows the service by: glue, execute-api, s3tables.",
        ),
    Key::text(SIGNED, SIGNING_REGION)
        .of(Protocol::Rest)
        .property("rest.signing-region")
        .input(
            "SigV4 region",
            "<REGION>",
            "The region that the request is signed for: that of the catalog.",
        ),
    Key::flag(SIGNED, SIGV4)
        .of(Protocol::Rest)
        .property("rest.sigv4-enabled")
        .input(
            "Sign with SigV4",
            "true",
            "A JSON true; as a string OLake refuses the file.",
        ),
    Key::text(STORAGE, S3_ENDPOINT)
        .property("s3.endpoint")
        .input(
            "S3 endpoint",
            "http://<S3_ENDPOINT>:9000",
            "For S3-compatible stores only; leave it empty for AWS. The API's port, not the web console's.",
        ),
    Key::text(STORAGE, REGION)
        .property("s3.region")
        .variable("AWS_REGION")
        .input(
            "AWS region",
            "<AWS_REGION>",
            "The region of the bucket; S3-compatible stores mostly take us-east-1.",
        ),
    Key::secret(STORAGE, ACCESS_KEY)
        .property("s3.access-key-id")
        .variable("AWS_ACCESS_KEY_ID")
        .input("AWS access key", "<AWS_ACCESS_KEY>", KEY_PAIR),
    Key::secret(STORAGE, SECRET_KEY)
        .property("s3.secret-access-key")
        .variable("AWS_SECRET_ACCESS_KEY")
        .input("AWS secret key", "<AWS_SECRET_KEY>", KEY_PAIR),
    Key::secret(STORAGE, SESSION_TOKEN).variable("AWS_SESSION_TOKEN"),
    Key::text(STORAGE, PROFILE)
        .variable("AWS_PROFILE")
        .input(
            "AWS profile",
            "default",
            "A profile of ~/.aws in OLake's container, in place of keys. With neither, OLake takes the role of its machine or the keys in its environment: temporary ones, too, belong there.",
        ),
    Key::flag(STORAGE, S3_PATH_STYLE).property("s3.path-style-access"),
    Key::flag(STORAGE, S3_USE_SSL).property("s3.ssl-enabled"),
    Key::flag(Group::Tables, NO_IDENTIFIER)
        .since(Release::V0_1_4)
        .input(
            "Disable identifier fields",
            "true",
            "Unity's managed tables take no identifier fields, so rows are appended only.",
        ),
    Key::flag(Group::Tables, ARROW)
        .since(Release::V0_3_7)
        .target(Target::Typed)
        .property("arrow-writer-enabled")
        .input(
            "Write through Arrow",
            "",
            "Faster for large loads; OLake 0.3.7 and later.",
        ),
    Key::text(OTHER, "sink_jar_path"),
    Key::text(OTHER, "sink_rpc_server_host"),
    Key::int(OTHER, "grpc_port").unread(),
    Key::flag(OTHER, "debug_mode").unread(),
    // In OLake's documentation.
    Key::text(OTHER, "rest_auth_uri").meaning(OAUTH_URL),
    Key::secret(OTHER, "rest_credential").meaning(CREDENTIAL),
    Key::text(OTHER, "rest_scope").meaning(SCOPE),
    // Names that the parallel between keys invites.
    Key::secret(OTHER, "rest_token").meaning(TOKEN),
    Key::text(OTHER, "rest_catalog_uri").meaning(URL),
    Key::secret(OTHER, "aws_access_key_id").meaning(ACCESS_KEY),
    Key::secret(OTHER, "aws_secret_access_key").meaning(SECRET_KEY),
];
