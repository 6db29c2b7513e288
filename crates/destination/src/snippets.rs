//! How other engines connect to the same catalog. Secrets are placeholders.

mod duckdb;
mod trino;

use crate::commands::value;
use crate::destination::Destination;
use crate::keys::*;
use crate::kind::{Auth, Kind};
use crate::quoting::{arg, sql};
use crate::render::{Secrets, placeholder, quote};

/// An engine that reads Iceberg through a REST catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The Python library.
    PyIceberg,
    /// `spark-sql` of Apache Spark.
    Spark,
    /// A Trino catalog file.
    Trino,
    /// DuckDB's iceberg extension.
    DuckDb,
    /// Flink's SQL client.
    Flink,
    /// This very file, as a template.
    Olake,
}

impl Engine {
    /// In the order they are shown.
    pub const ALL: [Engine; 6] = [
        Engine::PyIceberg,
        Engine::Spark,
        Engine::Trino,
        Engine::DuckDb,
        Engine::Flink,
        Engine::Olake,
    ];

    /// What people call it.
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
        Engine::Trino => trino::snippet(file, kind),
        Engine::DuckDb => duckdb::snippet(file, kind),
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
    lines.extend(storage(file, kind));
    if file.is_set(REGION) {
        lines.push(("s3.region", value(file, kind, REGION)));
    }
    if file.auth() == Auth::SigV4 {
        lines.extend(signing_keys(
            file,
            "client.access-key-id",
            "client.secret-access-key",
        ));
    }
    let lines: String = lines
        .iter()
        .map(|(name, value)| format!("    {}: {},\n", quote(name), quote(value)))
        .collect();
    format!(
        "from pyiceberg.catalog.rest import RestCatalog\n\ncatalog = RestCatalog(\"lake\", **{{\n{lines}}})\nprint(catalog.list_namespaces())\n"
    )
}

/// What requests are signed with; without keys, the engine's own default applies.
fn signing_keys(
    file: &Destination,
    id: &'static str,
    secret: &'static str,
) -> Vec<(&'static str, String)> {
    [(id, ACCESS_KEY), (secret, SECRET_KEY)]
        .into_iter()
        .filter(|(_, key)| file.is_set(key))
        .map(|(name, key)| (name, placeholder(file, key)))
        .collect()
}

/// Properties for Iceberg's Java library.
fn java(file: &Destination, kind: Kind) -> Vec<(&'static str, String)> {
    let mut all = common(file, kind);
    if file.auth() == Auth::OAuth2 {
        all.push(("rest.auth.type", "oauth2".into()));
    }
    if file.auth() == Auth::SigV4 {
        all.extend(signing_keys(
            file,
            "rest.access-key-id",
            "rest.secret-access-key",
        ));
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
        .map(|(name, value)| format!("  --conf {}", arg(&format!("{name}={value}"))))
        .collect();
    format!(
        "spark-sql \\\n  --packages org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:{ICEBERG_VERSION},org.apache.iceberg:iceberg-aws-bundle:{ICEBERG_VERSION} \\\n{}\n",
        lines.join(" \\\n")
    )
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
