//! How other engines connect to the same catalog. Secrets are placeholders.

mod around;
mod duckdb;
mod java;
mod trino;

use crate::commands;
use crate::destination::Destination;
use crate::keys::*;
use crate::kind::{Auth, Kind};
use crate::render::{Secrets, placeholder, quote};

pub use around::{Around, Store};

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

/// The settings for one engine, with what is known `around` the file of a catalog that is there already; `None`
/// for a catalog that is no REST catalog.
pub fn snippet(file: &Destination, engine: Engine, around: Option<&Around>) -> Option<String> {
    let kind = file.kind()?;
    let snippet = Snippet { file, kind, around };
    Some(match engine {
        Engine::PyIceberg => snippet.pyiceberg(),
        Engine::Spark => snippet.spark(),
        Engine::Trino => snippet.trino(),
        Engine::DuckDb => snippet.duckdb(),
        Engine::Flink => snippet.flink(),
        Engine::Olake => file.render(Secrets::Placeholder),
    })
}

/// What a snippet is made from.
struct Snippet<'a> {
    file: &'a Destination,
    kind: Kind,
    around: Option<&'a Around>,
}

impl Snippet<'_> {
    fn value(&self, key: &'static str) -> String {
        commands::value(self.file, self.kind, key)
    }

    /// `None` where the catalog is called without one.
    fn warehouse(&self) -> Option<String> {
        let is_set = self.file.is_set(WAREHOUSE);
        match self.kind {
            // Without one, Glue means the account of whoever asks.
            Kind::Generic if !is_set && self.file.text(SIGNING_NAME) == "glue" => {
                Some("<AWS_ACCOUNT_ID>".to_owned())
            }
            Kind::Generic if !is_set && self.around.is_some() => None,
            _ => Some(self.value(WAREHOUSE)),
        }
    }

    fn headers(&self) -> &[(String, String)] {
        self.around.map_or(&[], |around| &around.headers)
    }

    /// Where tables lie. What OLake writes lies in S3.
    fn store(&self) -> Option<Store> {
        match self.around {
            Some(around) => around.store,
            None => Some(Store::S3),
        }
    }

    /// The catalog is to hand out keys to the storage: there are no others.
    fn asks_for_keys(&self) -> bool {
        self.around.is_some()
            && self.store().is_none_or(Store::has_keys)
            && self.file.auth() != Auth::SigV4
            && ![ACCESS_KEY, S3_ENDPOINT]
                .iter()
                .any(|key| self.file.is_set(key))
    }

    /// What an engine has to be told to read the snapshot that is meant; nothing for the current one.
    fn version(&self, said: impl Fn(i64) -> String) -> String {
        let snapshot = self.around.and_then(|around| around.snapshot);
        snapshot.map(said).unwrap_or_default()
    }

    /// The table in an engine's own words, below the catalog.
    fn table(&self, engine: Engine) -> Option<String> {
        let (name, levels) = self.around?.table.split_last()?;
        let quoted = |mark: char, name: &str| {
            let name = name.replace(mark, &format!("{mark}{mark}"));
            format!("{mark}{name}{mark}")
        };
        Some(match engine {
            Engine::PyIceberg => {
                let names: Vec<String> = levels
                    .iter()
                    .chain([name])
                    .map(|name| quote(name))
                    .collect();
                format!("({})", names.join(", "))
            }
            Engine::Spark => {
                let names = levels.iter().chain([name]).map(|name| quoted('`', name));
                names.collect::<Vec<_>>().join(".")
            }
            // One database for each namespace, whatever its depth.
            Engine::Flink => format!("{}.{}", quoted('`', &levels.join(".")), quoted('`', name)),
            Engine::Trino | Engine::DuckDb => {
                format!("{}.{}", quoted('"', &levels.join(".")), quoted('"', name))
            }
            Engine::Olake => return None,
        })
    }

    /// Properties that Iceberg's Java library and PyIceberg share.
    fn common(&self) -> Vec<(String, String)> {
        let mut all = vec![("uri", self.value(URL))];
        all.extend(self.warehouse().map(|warehouse| ("warehouse", warehouse)));
        match self.file.auth() {
            Auth::Token => all.push(("token", placeholder(self.file, TOKEN))),
            Auth::OAuth2 => {
                all.push(("credential", placeholder(self.file, CREDENTIAL)));
                all.push(("oauth2-server-uri", self.value(OAUTH_URL)));
                if self.file.is_set(SCOPE) {
                    all.push(("scope", self.value(SCOPE)));
                }
            }
            Auth::SigV4 => {
                all.push(("rest.sigv4-enabled", "true".into()));
                all.push(("rest.signing-name", self.value(SIGNING_NAME)));
                all.push(("rest.signing-region", self.value(SIGNING_REGION)));
            }
            Auth::None => {}
        }
        let all = all
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        let headers = self.headers().iter();
        let headers = headers.map(|(name, value)| (format!("header.{name}"), value.clone()));
        all.chain(headers).collect()
    }

    /// Access to the object store, where the catalog does not hand it out.
    fn storage(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        if self.file.is_set(S3_ENDPOINT) {
            all.push(("s3.endpoint".to_owned(), self.value(S3_ENDPOINT)));
        }
        for (name, key) in [
            ("s3.access-key-id", ACCESS_KEY),
            ("s3.secret-access-key", SECRET_KEY),
        ] {
            if self.file.is_set(key) {
                all.push((name.to_owned(), placeholder(self.file, key)));
            }
        }
        all
    }

    /// What requests are signed with; without keys, the engine's own default applies.
    fn signing_keys(&self, id: &str, secret: &str) -> Vec<(String, String)> {
        [(id, ACCESS_KEY), (secret, SECRET_KEY)]
            .into_iter()
            .filter(|(_, key)| self.file.is_set(key))
            .map(|(name, key)| (name.to_owned(), placeholder(self.file, key)))
            .collect()
    }

    fn pyiceberg(&self) -> String {
        let mut lines = self.common();
        lines.extend(self.storage());
        if self.file.is_set(REGION) {
            lines.push(("s3.region".into(), self.value(REGION)));
        }
        if self.file.auth() == Auth::SigV4 {
            lines.extend(self.signing_keys("client.access-key-id", "client.secret-access-key"));
        }
        let lines: String = lines
            .iter()
            .map(|(name, value)| format!("    {}: {},\n", quote(name), quote(value)))
            .collect();
        let read = self.table(Engine::PyIceberg).map_or_else(
            || "catalog.list_namespaces()".to_owned(),
            |names| {
                let at = self.version(|id| format!("snapshot_id={id}, "));
                format!("catalog.load_table({names}).scan({at}limit=10).to_arrow()")
            },
        );
        format!(
            "from pyiceberg.catalog.rest import RestCatalog\n\ncatalog = RestCatalog(\"lake\", **{{\n{lines}}})\nprint({read})\n"
        )
    }
}
