//! How other engines connect to the same catalog. Secrets are placeholders.

use crate::commands::value;
use crate::destination::Destination;
use crate::keys::*;
use crate::kind::{Auth, Kind};
use crate::render::{Secrets, placeholder, quote};

/// An engine that reads Iceberg through a REST catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    PyIceberg,
    Spark,
    Trino,
    DuckDb,
    Flink,
    Olake,
}

impl Engine {
    pub const ALL: [Engine; 6] = [
        Engine::PyIceberg,
        Engine::Spark,
        Engine::Trino,
        Engine::DuckDb,
        Engine::Flink,
        Engine::Olake,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Engine::PyIceberg => "PyIceberg",
            Engine::Spark => "Spark",
            Engine::Trino => "Trino",
            Engine::DuckDb => "DuckDB",
            Engine::Flink => "Flink SQL",
            Engine::Olake => "OLake",
        }
    }

    /// The language of the snippet, for highlighting.
    pub fn language(self) -> &'static str {
        match self {
            Engine::PyIceberg => "python",
            Engine::Spark => "bash",
            Engine::Trino => "properties",
            Engine::DuckDb | Engine::Flink => "sql",
            Engine::Olake => "json",
        }
    }
}

/// The Iceberg that Spark and Flink are told to fetch.
const ICEBERG_VERSION: &str = "1.10.2";

/// The settings for one engine; `None` for a catalog that is no REST catalog.
pub fn snippet(file: &Destination, engine: Engine) -> Option<String> {
    let kind = file.kind()?;
    Some(match engine {
        Engine::PyIceberg => pyiceberg(file, kind),
        Engine::Spark => spark(file, kind),
        Engine::Trino => trino(file, kind),
        Engine::DuckDb => duckdb(file, kind),
        Engine::Flink => flink(file, kind),
        Engine::Olake => file.render(Secrets::Placeholder),
    })
}

/// Properties that Iceberg's Java library and PyIceberg share.
fn common(file: &Destination, kind: Kind) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("uri", value(file, kind, URL)),
        ("warehouse", value(file, kind, WAREHOUSE)),
    ];
    match file.auth() {
        Auth::Token => all.push(("token", placeholder(file, TOKEN))),
        Auth::OAuth2 => {
            all.push(("credential", placeholder(file, CREDENTIAL)));
            all.push(("oauth2-server-uri", value(file, kind, OAUTH_URL)));
            if file.is_set(SCOPE) {
                all.push(("scope", value(file, kind, SCOPE)));
            }
        }
        Auth::SigV4 => {
            all.push(("rest.sigv4-enabled", "true".into()));
            all.push(("rest.signing-name", value(file, kind, SIGNING_NAME)));
            all.push(("rest.signing-region", value(file, kind, SIGNING_REGION)));
        }
        Auth::None => {}
    }
    all
}

/// Access to the object store, where the catalog does not hand it out.
fn storage(file: &Destination, kind: Kind) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    if file.is_set(S3_ENDPOINT) {
        all.push(("s3.endpoint", value(file, kind, S3_ENDPOINT)));
    }
    for (name, key) in [
        ("s3.access-key-id", ACCESS_KEY),
        ("s3.secret-access-key", SECRET_KEY),
    ] {
        if file.is_set(key) {
            all.push((name, placeholder(file, key)));
        }
    }
    all
}

fn pyiceberg(file: &Destination, kind: Kind) -> String {
    let mut lines = common(file, kind);
    if file.auth() == Auth::SigV4 && !file.is_set(ACCESS_KEY) {
        lines.push(("rest.access-key-id", placeholder(file, ACCESS_KEY)));
        lines.push(("rest.secret-access-key", placeholder(file, SECRET_KEY)));
    }
    lines.extend(storage(file, kind));
    if file.is_set(REGION) {
        lines.push(("s3.region", value(file, kind, REGION)));
    }
    let lines: String = lines
        .iter()
        .map(|(name, value)| format!("    {}: {},\n", quote(name), quote(value)))
        .collect();
    format!(
        "from pyiceberg.catalog.rest import RestCatalog\n\ncatalog = RestCatalog(\"lake\", **{{\n{lines}}})\nprint(catalog.list_namespaces())\n"
    )
}

/// Properties for Iceberg's Java library.
fn java(file: &Destination, kind: Kind) -> Vec<(&'static str, String)> {
    let mut all = common(file, kind);
    if file.auth() == Auth::OAuth2 {
        all.push(("rest.auth.type", "oauth2".into()));
    }
    if file.is_set(S3_ENDPOINT) {
        all.push(("s3.path-style-access", "true".into()));
    }
    all.extend(storage(file, kind));
    if file.is_set(REGION) {
        all.push(("client.region", value(file, kind, REGION)));
    }
    all.push(("io-impl", "org.apache.iceberg.aws.s3.S3FileIO".into()));
    all
}

fn spark(file: &Destination, kind: Kind) -> String {
    let mut settings = vec![
        (
            "spark.sql.extensions".to_owned(),
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions".to_owned(),
        ),
        (
            "spark.sql.catalog.lake".to_owned(),
            "org.apache.iceberg.spark.SparkCatalog".to_owned(),
        ),
        ("spark.sql.catalog.lake.type".to_owned(), "rest".to_owned()),
    ];
    settings.extend(
        java(file, kind)
            .into_iter()
            .map(|(name, value)| (format!("spark.sql.catalog.lake.{name}"), value)),
    );
    let lines: Vec<String> = settings
        .iter()
        .map(|(name, value)| format!("  --conf {}", crate::shell::arg(&format!("{name}={value}"))))
        .collect();
    format!(
        "spark-sql \\\n  --packages org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:{ICEBERG_VERSION},org.apache.iceberg:iceberg-aws-bundle:{ICEBERG_VERSION} \\\n{}\n",
        lines.join(" \\\n")
    )
}

fn trino(file: &Destination, kind: Kind) -> String {
    let mut lines = vec![
        ("connector.name", "iceberg".to_owned()),
        ("iceberg.catalog.type", "rest".to_owned()),
        ("iceberg.rest-catalog.uri", value(file, kind, URL)),
        (
            "iceberg.rest-catalog.warehouse",
            value(file, kind, WAREHOUSE),
        ),
    ];
    match file.auth() {
        Auth::Token => {
            lines.push(("iceberg.rest-catalog.security", "OAUTH2".into()));
            lines.push((
                "iceberg.rest-catalog.oauth2.token",
                placeholder(file, TOKEN),
            ));
        }
        Auth::OAuth2 => {
            lines.push(("iceberg.rest-catalog.security", "OAUTH2".into()));
            lines.push((
                "iceberg.rest-catalog.oauth2.credential",
                placeholder(file, CREDENTIAL),
            ));
            lines.push((
                "iceberg.rest-catalog.oauth2.server-uri",
                value(file, kind, OAUTH_URL),
            ));
            if file.is_set(SCOPE) {
                lines.push((
                    "iceberg.rest-catalog.oauth2.scope",
                    value(file, kind, SCOPE),
                ));
            }
        }
        Auth::SigV4 => {
            lines.push(("iceberg.rest-catalog.security", "SIGV4".into()));
            lines.push((
                "iceberg.rest-catalog.signing-name",
                value(file, kind, SIGNING_NAME),
            ));
            lines.push((
                "iceberg.rest-catalog.view-endpoints-enabled",
                "false".into(),
            ));
        }
        Auth::None => {}
    }
    lines.push(("fs.native-s3.enabled", "true".into()));
    if file.is_set(REGION) {
        lines.push(("s3.region", value(file, kind, REGION)));
    }
    if file.is_set(S3_ENDPOINT) {
        lines.push(("s3.endpoint", value(file, kind, S3_ENDPOINT)));
        lines.push(("s3.path-style-access", "true".into()));
    }
    for (name, key) in [
        ("s3.aws-access-key", ACCESS_KEY),
        ("s3.aws-secret-key", SECRET_KEY),
    ] {
        if file.is_set(key) {
            lines.push((name, placeholder(file, key)));
        }
    }
    lines
        .iter()
        .map(|(name, value)| format!("{name}={}\n", property(value)))
        .collect()
}

/// A value in a Java properties file.
fn property(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

fn sql(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn flink(file: &Destination, kind: Kind) -> String {
    let mut lines = vec![
        ("type", "iceberg".to_owned()),
        ("catalog-type", "rest".to_owned()),
    ];
    lines.extend(java(file, kind));
    let lines: Vec<String> = lines
        .iter()
        .map(|(name, value)| format!("  '{name}' = {}", sql(value)))
        .collect();
    format!(
        "CREATE CATALOG lake WITH (\n{}\n);\nUSE CATALOG lake;\nSHOW DATABASES;\n",
        lines.join(",\n")
    )
}

fn duckdb(file: &Destination, kind: Kind) -> String {
    let mut out = "INSTALL iceberg; LOAD iceberg;\nINSTALL httpfs; LOAD httpfs;\n".to_owned();
    let mut options = vec!["TYPE iceberg".to_owned()];
    let mut secret = Vec::new();
    match file.auth() {
        Auth::None => options.push("AUTHORIZATION_TYPE 'none'".into()),
        Auth::Token => secret.push(format!("TOKEN {}", sql(&placeholder(file, TOKEN)))),
        Auth::OAuth2 => {
            let credential = placeholder(file, CREDENTIAL);
            let (id, hidden) = credential.split_once(':').unwrap_or(("", &credential));
            secret.push(format!("CLIENT_ID {}", sql(id)));
            secret.push(format!("CLIENT_SECRET {}", sql(hidden)));
            secret.push(format!(
                "OAUTH2_SERVER_URI {}",
                sql(&value(file, kind, OAUTH_URL))
            ));
            if file.is_set(SCOPE) {
                secret.push(format!("OAUTH2_SCOPE {}", sql(&value(file, kind, SCOPE))));
            }
        }
        Auth::SigV4 if kind == Kind::S3Tables => options.push("ENDPOINT_TYPE s3_tables".into()),
        Auth::SigV4 => options.push("AUTHORIZATION_TYPE 'sigv4'".into()),
    }
    if !secret.is_empty() {
        options.push("SECRET lake_login".into());
        out.push_str(&format!(
            "CREATE SECRET lake_login (\n  TYPE iceberg,\n  {}\n);\n",
            secret.join(",\n  ")
        ));
    }
    if file.is_set(ACCESS_KEY) || file.is_set(S3_ENDPOINT) || file.auth() == Auth::SigV4 {
        out.push_str(&duckdb_storage(file, kind));
    }
    // The endpoint type of S3 Tables knows its address.
    if kind != Kind::S3Tables {
        options.push(format!(
            "ENDPOINT {}",
            sql(value(file, kind, URL).trim_end_matches('/'))
        ));
    }
    let warehouse = sql(&value(file, kind, WAREHOUSE));
    out.push_str(&format!(
        "ATTACH {warehouse} AS lake (\n  {}\n);\nSHOW ALL TABLES;\n",
        options.join(",\n  ")
    ));
    out
}

fn duckdb_storage(file: &Destination, kind: Kind) -> String {
    let mut lines = vec![
        "TYPE s3".to_owned(),
        format!("KEY_ID {}", sql(&placeholder(file, ACCESS_KEY))),
        format!("SECRET {}", sql(&placeholder(file, SECRET_KEY))),
        format!("REGION {}", sql(&value(file, kind, REGION))),
    ];
    if file.is_set(S3_ENDPOINT) {
        let endpoint = value(file, kind, S3_ENDPOINT);
        let (scheme, host) = endpoint.split_once("://").unwrap_or(("https", &endpoint));
        lines.push(format!("ENDPOINT {}", sql(host.trim_end_matches('/'))));
        lines.push("URL_STYLE 'path'".into());
        lines.push(format!("USE_SSL {}", scheme == "https"));
    }
    format!(
        "CREATE SECRET lake_storage (\n  {}\n);\n",
        lines.join(",\n  ")
    )
}
