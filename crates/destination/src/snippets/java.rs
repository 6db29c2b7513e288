//! Spark and Flink: Iceberg's Java library with settings of its own.

use super::{Engine, Snippet};
use crate::keys::*;
use crate::kind::Auth;
use crate::quoting::{arg, sql};

/// The Iceberg that they are told to fetch.
const ICEBERG_VERSION: &str = "1.10.2";

impl Snippet<'_> {
    fn java(&self) -> Vec<(String, String)> {
        let mut all = self.common();
        if self.file.auth() == Auth::OAuth2 {
            all.push(("rest.auth.type".into(), "oauth2".into()));
        }
        if self.file.auth() == Auth::SigV4 {
            all.extend(self.signing_keys("rest.access-key-id", "rest.secret-access-key"));
        }
        if self.asks_for_keys() {
            let name = "header.X-Iceberg-Access-Delegation";
            all.push((name.into(), "vended-credentials".into()));
        }
        if self.file.is_set(S3_ENDPOINT) {
            all.push(("s3.path-style-access".into(), "true".into()));
        }
        all.extend(self.storage());
        if self.file.is_set(REGION) {
            all.push(("client.region".into(), self.value(REGION)));
        }
        // Without one, Iceberg chooses by each table's location.
        if let Some(store) = self.store() {
            all.push(("io-impl".into(), store.io().into()));
        }
        all
    }

    pub(super) fn spark(&self) -> String {
        let lake = |name: &str| match name {
            "" => "spark.sql.catalog.lake".to_owned(),
            name => format!("spark.sql.catalog.lake.{name}"),
        };
        let mut settings = vec![
            (
                "spark.sql.extensions".to_owned(),
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions".to_owned(),
            ),
            (lake(""), "org.apache.iceberg.spark.SparkCatalog".to_owned()),
            (lake("type"), "rest".to_owned()),
        ];
        let java = self.java().into_iter();
        settings.extend(java.map(|(name, value)| (lake(&name), value)));
        let mut lines: Vec<String> = settings
            .iter()
            .map(|(name, value)| format!("  --conf {}", arg(&format!("{name}={value}"))))
            .collect();
        if let Some(names) = self.table(Engine::Spark) {
            let at = self.version(|id| format!(" VERSION AS OF {id}"));
            let query = format!("SELECT * FROM lake.{names}{at} LIMIT 10");
            lines.push(format!("  -e {}", arg(&query)));
        }
        let bundle = self.store().map_or(Some("<BUNDLE>"), super::Store::bundle);
        let bundle = bundle.map(|name| format!(",org.apache.iceberg:{name}:{ICEBERG_VERSION}"));
        let hint = match self.store() {
            Some(_) => "",
            None => {
                "# <BUNDLE>: iceberg-aws-bundle, iceberg-gcp-bundle or iceberg-azure-bundle, by where the tables lie\n"
            }
        };
        format!(
            "{hint}spark-sql \\\n  --packages org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:{ICEBERG_VERSION}{} \\\n{}\n",
            bundle.unwrap_or_default(),
            lines.join(" \\\n")
        )
    }

    pub(super) fn flink(&self) -> String {
        let mut lines = vec![
            ("type".to_owned(), "iceberg".to_owned()),
            ("catalog-type".to_owned(), "rest".to_owned()),
        ];
        lines.extend(self.java());
        let lines: Vec<String> = lines
            .iter()
            .map(|(name, value)| format!("  {} = {}", sql(name), sql(value)))
            .collect();
        let read = self.table(Engine::Flink).map_or_else(
            || "SHOW DATABASES".to_owned(),
            |names| {
                let at = self.version(|id| format!(" /*+ OPTIONS('snapshot-id'='{id}') */"));
                format!("SELECT * FROM {names}{at} LIMIT 10")
            },
        );
        format!(
            "CREATE CATALOG lake WITH (\n{}\n);\nUSE CATALOG lake;\n{read};\n",
            lines.join(",\n")
        )
    }
}
