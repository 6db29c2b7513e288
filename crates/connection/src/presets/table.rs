//! The table of presets. Sources: each vendor's documentation of its Iceberg REST API.

use super::{Hint, Preset};
use crate::keys::*;

const OAUTH2_FIRST: &[&str] = &[
    "oauth2",
    "bearer",
    "person",
    "passed-on",
    "exchanged",
    "none",
];

/// All of them, in the order they are offered.
pub static PRESETS: [&Preset; 10] = [
    &POLARIS,
    &LAKEKEEPER,
    &NESSIE,
    &S3_TABLES,
    &UNITY,
    &GLUE,
    &BIGLAKE,
    &OPEN_CATALOG,
    &R2,
    &GENERIC,
];

pub(super) static POLARIS: Preset = Preset {
    id: "polaris",
    label: "Apache Polaris",
    says: "An Apache Polaris server of your own, with its principals and roles.",
    kind: "polaris",
    address: "https://<HOST>/api/catalog",
    example: "https://polaris.example.com/api/catalog",
    auth: OAUTH2_FIRST,
    first: &[NAME, URL, WAREHOUSE, CLIENT_ID, CLIENT_SECRET, SCOPE],
    says_of: &[
        hint(
            URL,
            "https://polaris.example.com/api/catalog",
            "Ends in /api/catalog; the port is 8181 unless it was changed.",
        ),
        hint(
            WAREHOUSE,
            "lakehouse",
            "The name of a catalog in Polaris, in the same case, not the bucket behind it; the page lists those that the principal may see.",
        ),
        hint(
            CLIENT_ID,
            "a1b2c3d4e5f60718",
            "That of a principal, as it was shown when the principal was made.",
        ),
        hint(
            SCOPE,
            "PRINCIPAL_ROLE:ALL",
            "PRINCIPAL_ROLE:ALL, or PRINCIPAL_ROLE: and the name of one role; without one Polaris refuses to sign in.",
        ),
        hint(
            HEADERS,
            "Polaris-Realm: POLARIS",
            "Polaris-Realm names the realm where the server has several.",
        ),
    ],
    defaults: &[(SCOPE, "PRINCIPAL_ROLE:ALL")],
};

pub(super) static LAKEKEEPER: Preset = Preset {
    id: "lakekeeper",
    label: "Lakekeeper",
    says: "A Lakekeeper server, which leaves signing in to an identity provider.",
    kind: "lakekeeper",
    address: "https://<HOST>/catalog",
    example: "https://lakekeeper.example.com/catalog",
    auth: OAUTH2_FIRST,
    first: &[
        NAME,
        URL,
        WAREHOUSE,
        CLIENT_ID,
        CLIENT_SECRET,
        TOKEN_URL,
        SCOPE,
    ],
    says_of: &[
        hint(
            URL,
            "https://lakekeeper.example.com/catalog",
            "Ends in /catalog; /ui is the web page, and /management the other API.",
        ),
        hint(
            WAREHOUSE,
            "demo",
            "The name that the warehouse has in Lakekeeper, or project-id/name where it is of another project.",
        ),
        hint(
            TOKEN_URL,
            "https://idp.example.com/realms/iceberg/protocol/openid-connect/token",
            "The identity provider's: Lakekeeper gives no tokens of its own.",
        ),
        hint(SCOPE, "lakekeeper", ""),
        hint(
            HEADERS,
            "x-project-id: 00000000-0000-0000-0000-000000000000",
            "x-project-id names the project where it is not the default one.",
        ),
    ],
    defaults: &[],
};

pub(super) static NESSIE: Preset = Preset {
    id: "nessie",
    label: "Project Nessie",
    says: "A Nessie server, whose branches and tags are chosen in the page.",
    kind: "nessie",
    address: "https://<HOST>:19120/iceberg",
    example: "http://nessie.example.com:19120/iceberg",
    auth: &[
        "none",
        "oauth2",
        "bearer",
        "person",
        "passed-on",
        "exchanged",
    ],
    first: &[NAME, URL, WAREHOUSE],
    says_of: &[
        hint(
            URL,
            "http://nessie.example.com:19120/iceberg",
            "Its path is /iceberg, without a branch: that is chosen in the page.",
        ),
        hint(
            WAREHOUSE,
            "warehouse",
            "A name or location from nessie.catalog.warehouses; the server's default one unless told.",
        ),
        hint(
            TOKEN_URL,
            "",
            "The identity provider's: Nessie gives no tokens of its own.",
        ),
    ],
    defaults: &[],
};

pub(super) static S3_TABLES: Preset = Preset {
    id: "s3-tables",
    label: "Amazon S3 Tables",
    says: "A table bucket of Amazon S3, over its own Iceberg REST endpoint.",
    kind: "s3-tables",
    address: "https://s3tables.<REGION>.amazonaws.com/iceberg",
    example: "https://s3tables.eu-central-1.amazonaws.com/iceberg",
    auth: &["sigv4", "person"],
    first: &[
        NAME,
        URL,
        WAREHOUSE,
        REGION,
        ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        ROLE_ARN,
    ],
    says_of: &[
        hint(
            URL,
            "https://s3tables.eu-central-1.amazonaws.com/iceberg",
            "Follows from the region of the table bucket.",
        ),
        hint(
            WAREHOUSE,
            "arn:aws:s3tables:eu-central-1:111122223333:bucket/analytics",
            "The ARN of the table bucket.",
        ),
        hint(REGION, "eu-central-1", "The region of the table bucket."),
        hint(SIGNING_NAME, "s3tables", "Always s3tables."),
    ],
    defaults: &[(SIGNING_NAME, "s3tables")],
};

pub(super) static UNITY: Preset = Preset {
    id: "unity",
    label: "Unity Catalog",
    says: "Unity Catalog of a Databricks workspace, or the open-source server.",
    kind: "unity",
    address: "https://<WORKSPACE>/api/2.1/unity-catalog/iceberg-rest",
    example: "https://workspace.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
    auth: &[
        "bearer",
        "oauth2",
        "person",
        "passed-on",
        "exchanged",
        "none",
    ],
    first: &[
        NAME,
        URL,
        WAREHOUSE,
        TOKEN,
        CLIENT_ID,
        CLIENT_SECRET,
        TOKEN_URL,
        SCOPE,
    ],
    says_of: &[
        hint(
            URL,
            "https://workspace.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
            "The workspace's own host name, with /api/2.1/unity-catalog/iceberg-rest.",
        ),
        hint(
            WAREHOUSE,
            "main",
            "The name of a catalog, as it stands at the top of Catalog Explorer.",
        ),
        hint(
            TOKEN,
            "dapi…",
            "A personal access token, made under Settings, Developer.",
        ),
        hint(
            TOKEN_URL,
            "https://workspace.cloud.databricks.com/oidc/v1/token",
            "On the host of the workspace.",
        ),
        hint(SCOPE, "all-apis", "all-apis for a service principal."),
    ],
    defaults: &[],
};

pub(super) static GLUE: Preset = Preset {
    id: "glue",
    label: "AWS Glue",
    says: "The Data Catalog of an AWS account, over Glue's Iceberg REST endpoint.",
    kind: "generic",
    address: "https://glue.<REGION>.amazonaws.com/iceberg",
    example: "https://glue.eu-central-1.amazonaws.com/iceberg",
    auth: &["sigv4", "person"],
    first: &[
        NAME,
        URL,
        WAREHOUSE,
        REGION,
        ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        ROLE_ARN,
    ],
    says_of: &[
        hint(
            URL,
            "https://glue.eu-central-1.amazonaws.com/iceberg",
            "Follows from the region of the Data Catalog.",
        ),
        hint(
            WAREHOUSE,
            "111122223333",
            "The account's number; with a colon and a name for a catalog within it, such as 111122223333:s3tablescatalog/analytics.",
        ),
        hint(SIGNING_NAME, "glue", "Always glue."),
    ],
    defaults: &[(SIGNING_NAME, "glue")],
};

pub(super) static BIGLAKE: Preset = Preset {
    id: "biglake",
    label: "Google BigLake",
    says: "The Iceberg REST catalog of BigLake metastore, for tables in Cloud Storage.",
    kind: "generic",
    address: "https://biglake.googleapis.com/iceberg/v1/restcatalog",
    example: "https://biglake.googleapis.com/iceberg/v1/restcatalog",
    auth: &["bearer", "person", "passed-on"],
    first: &[NAME, URL, WAREHOUSE, HEADERS, TOKEN],
    says_of: &[
        hint(
            WAREHOUSE,
            "gs://lakehouse-bucket",
            "The bucket that the catalog is named after, as gs://bucket.",
        ),
        hint(
            HEADERS,
            "x-goog-user-project: my-project",
            "x-goog-user-project names the project that is billed: Google refuses calls without it.",
        ),
        hint(
            TOKEN,
            "ya29.…",
            "An access token of Google's, which lasts an hour; with passed-on whoever signed in by Google brings a new one.",
        ),
    ],
    defaults: &[(URL, "https://biglake.googleapis.com/iceberg/v1/restcatalog")],
};

pub(super) static OPEN_CATALOG: Preset = Preset {
    id: "open-catalog",
    label: "Snowflake Open Catalog",
    says: "Apache Polaris as Snowflake runs it, with its principals and roles.",
    kind: "polaris",
    address: "https://<ORGANIZATION>-<ACCOUNT>.snowflakecomputing.com/polaris/api/catalog",
    example: "https://acme-open.snowflakecomputing.com/polaris/api/catalog",
    auth: &["oauth2", "bearer", "person", "passed-on", "exchanged"],
    first: &[NAME, URL, WAREHOUSE, CLIENT_ID, CLIENT_SECRET, SCOPE],
    says_of: &[
        hint(
            URL,
            "https://acme-open.snowflakecomputing.com/polaris/api/catalog",
            "Organization and account of Open Catalog, with /polaris/api/catalog.",
        ),
        hint(
            WAREHOUSE,
            "lakehouse",
            "The name of a catalog in Open Catalog, in the same case.",
        ),
        hint(
            CLIENT_ID,
            "",
            "That of a service connection, as it was shown when the connection was made.",
        ),
        hint(
            SCOPE,
            "PRINCIPAL_ROLE:ALL",
            "PRINCIPAL_ROLE:ALL, or PRINCIPAL_ROLE: and the name of one role.",
        ),
    ],
    defaults: &[(SCOPE, "PRINCIPAL_ROLE:ALL")],
};

pub(super) static R2: Preset = Preset {
    id: "r2",
    label: "Cloudflare R2 Data Catalog",
    says: "The catalog that Cloudflare keeps for a bucket of R2.",
    kind: "generic",
    address: "https://catalog.cloudflarestorage.com/<ACCOUNT_ID>/<BUCKET>",
    example: "https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake",
    auth: &["bearer", "person"],
    first: &[NAME, URL, WAREHOUSE, TOKEN],
    says_of: &[
        hint(
            URL,
            "https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake",
            "The catalog URI that the bucket's settings show once the catalog is on.",
        ),
        hint(
            WAREHOUSE,
            "0123456789abcdef0123456789abcdef_lake",
            "The warehouse name of the same place: account and bucket, joined by an underscore.",
        ),
        hint(
            TOKEN,
            "",
            "A token of R2's API that may read the Data Catalog and the bucket.",
        ),
    ],
    defaults: &[],
};

pub(super) static GENERIC: Preset = Preset {
    id: "generic",
    label: "Iceberg REST",
    says: "Any other server that speaks the Iceberg REST specification.",
    kind: "generic",
    address: "https://<HOST>",
    example: "https://catalog.example.com",
    auth: &[
        "none",
        "bearer",
        "oauth2",
        "sigv4",
        "person",
        "passed-on",
        "exchanged",
    ],
    first: &[NAME, URL, WAREHOUSE],
    says_of: &[],
    defaults: &[],
};

const fn hint(key: &'static str, example: &'static str, help: &'static str) -> Hint {
    Hint { key, example, help }
}
