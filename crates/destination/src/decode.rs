//! The file as OLake itself reads it, down to the properties that reach Iceberg.
//!
//! Source: `destination/iceberg/{config,java_client}.go` of OLake 0.9.4. Go's encoding/json finds
//! keys in any case, lets the last of several win, skips null and refuses wrong types.

use crate::destination::{Destination, TYPE};
use crate::keys::{self, Key, Reader, Type};
use crate::kind::{Kind, Target};
use crate::value::{Entry, Value};
use std::collections::BTreeMap;
use std::fmt;

/// What OLake would hand to Iceberg.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Iceberg catalog properties, secrets among them.
    pub properties: BTreeMap<&'static str, String>,
    /// Environment variables of the process that writes.
    pub environment: BTreeMap<&'static str, String>,
    /// Tables get the identifier field `_olake_id`, which upserts need.
    pub identifier_fields: bool,
}

/// Names only: values may be secret.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded")
            .field("properties", &self.properties.keys())
            .field("environment", &self.environment.keys())
            .field("identifier_fields", &self.identifier_fields)
            .finish()
    }
}

/// Why OLake would stop, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Destination {
    /// What OLake makes of the file, or why it stops before it reaches a catalog.
    pub fn decode(&self) -> Result<Decoded, Refused> {
        let stated = self
            .envelope
            .iter()
            .rev()
            .find(|entry| keys::same(&entry.key, "type"));
        if !matches!(stated.map(|entry| &entry.value), Some(Value::Text(text)) if text == TYPE) {
            return Err(Refused("invalid destination type has been passed".into()));
        }
        if self
            .envelope
            .iter()
            .any(|entry| keys::same(&entry.key, "writer"))
            && self.slot.is_none()
        {
            return Err(Refused("failed to unmarshal iceberg config".into()));
        }
        let config = Config::read(&self.writer)?;
        config.validate()?;
        Ok(config.decoded())
    }
}

/// OLake's `Config`, as text: flags are "true" or absent.
struct Config(BTreeMap<&'static str, String>);

impl Config {
    fn read(entries: &[Entry]) -> Result<Self, Refused> {
        let mut values = BTreeMap::new();
        for entry in entries {
            let Some(Key {
                name,
                ty,
                reader: Reader::Olake,
                ..
            }) = keys::find(&entry.key)
            else {
                continue;
            };
            let value = match (&entry.value, ty) {
                (Value::Text(text), Type::Text) => text.clone(),
                (Value::Secret(secret), Type::Text) => secret.expose().to_owned(),
                (Value::Bool(on), Type::Bool) => {
                    if *on {
                        "true".into()
                    } else {
                        String::new()
                    }
                }
                (Value::Json(json), Type::Int) if json.as_str().parse::<i64>().is_ok() => {
                    json.as_str().to_owned()
                }
                (Value::Json(json), _) if json.is_null() => continue,
                (_, ty) => {
                    let ty = match ty {
                        Type::Text => "string",
                        Type::Bool => "bool",
                        Type::Int => "int",
                    };
                    return Err(Refused(format!(
                        "json: cannot unmarshal into Go struct field Config.{name} of type {ty}"
                    )));
                }
            };
            values.insert(*name, value);
        }
        Ok(Self(values))
    }

    fn get(&self, key: &'static str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    fn is_true(&self, key: &'static str) -> bool {
        self.get(key) == "true"
    }

    fn catalog_type(&self) -> &str {
        match self.get(keys::CATALOG_TYPE) {
            "" => "glue",
            stated => stated,
        }
    }

    fn is(&self, kind: Kind) -> bool {
        self.catalog_type() == kind.catalog_type(Target::Typed)
    }

    fn validate(&self) -> Result<(), Refused> {
        let need = |key: &'static str, message: &str| {
            if self.get(key).is_empty() {
                Err(Refused(message.to_owned()))
            } else {
                Ok(())
            }
        };
        need(keys::WAREHOUSE, "s3_path is required")?;
        match self.catalog_type() {
            "glue" => Ok(()),
            "jdbc" => need(
                keys::JDBC_URL,
                "jdbc_url is required when using JDBC catalog",
            ),
            "hive" => need(
                keys::HIVE_URL,
                "hive_uri is required when using Hive catalog",
            ),
            "rest" | "lakekeeper" | "nessie" | "s3tables" | "unity" | "polaris" | "biglake" => {
                need(
                    keys::URL,
                    "rest_catalog_url is required when using REST catalog",
                )
            }
            other => Err(Refused(format!("unsupported catalog_type: {other}"))),
        }
    }

    fn decoded(&self) -> Decoded {
        let mut properties = BTreeMap::new();
        let name = self.get(keys::CATALOG_NAME);
        let endpoint = self.get(keys::S3_ENDPOINT);
        let path_style = !endpoint.is_empty() || self.is_true(keys::S3_PATH_STYLE);
        let io = match self.get(keys::WAREHOUSE).starts_with("gs://") {
            true => "org.apache.iceberg.gcp.gcs.GCSFileIO",
            false => "org.apache.iceberg.aws.s3.S3FileIO",
        };
        let always = [
            (
                "catalog-name",
                if name.is_empty() {
                    "olake_iceberg"
                } else {
                    name
                }
                .to_owned(),
            ),
            ("warehouse", self.get(keys::WAREHOUSE).to_owned()),
            ("io-impl", io.to_owned()),
            ("s3.path-style-access", path_style.to_string()),
            (
                "arrow-writer-enabled",
                self.is_true(keys::ARROW).to_string(),
            ),
        ];
        properties.extend(always);
        self.catalog(&mut properties);
        if !endpoint.is_empty() {
            properties.insert("s3.ssl-enabled", self.is_true(keys::S3_USE_SSL).to_string());
        }
        self.copy(
            &mut properties,
            &[
                ("s3.endpoint", keys::S3_ENDPOINT),
                ("s3.region", keys::REGION),
                ("s3.access-key-id", keys::ACCESS_KEY),
                ("s3.secret-access-key", keys::SECRET_KEY),
            ],
        );
        let mut environment = BTreeMap::new();
        self.copy(
            &mut environment,
            &[
                ("AWS_REGION", keys::REGION),
                ("AWS_ACCESS_KEY_ID", keys::ACCESS_KEY),
                ("AWS_SECRET_ACCESS_KEY", keys::SECRET_KEY),
                ("AWS_SESSION_TOKEN", keys::SESSION_TOKEN),
                ("AWS_PROFILE", keys::PROFILE),
            ],
        );
        let identifier_fields = !(self.is_true(keys::NO_IDENTIFIER) || self.is(Kind::Unity));
        Decoded {
            properties,
            environment,
            identifier_fields,
        }
    }

    fn catalog(&self, properties: &mut BTreeMap<&'static str, String>) {
        let implementation = match self.catalog_type() {
            "glue" => "org.apache.iceberg.aws.glue.GlueCatalog",
            "jdbc" => {
                let from = [
                    ("uri", keys::JDBC_URL),
                    ("jdbc.user", "jdbc_username"),
                    ("jdbc.password", "jdbc_password"),
                ];
                self.copy(properties, &from);
                "org.apache.iceberg.jdbc.JdbcCatalog"
            }
            "hive" => {
                self.copy(properties, &[("uri", keys::HIVE_URL)]);
                let clients = self.get(keys::HIVE_CLIENTS);
                properties.insert(
                    "clients",
                    if clients.is_empty() { "0" } else { clients }.to_owned(),
                );
                properties.insert(
                    "hive.metastore.sasl.enabled",
                    self.is_true("hive_sasl_enabled").to_string(),
                );
                "org.apache.iceberg.hive.HiveCatalog"
            }
            _ => {
                self.rest(properties);
                "org.apache.iceberg.rest.RESTCatalog"
            }
        };
        properties.insert("catalog-impl", implementation.to_owned());
    }

    fn rest(&self, properties: &mut BTreeMap<&'static str, String>) {
        self.copy(
            properties,
            &[
                ("uri", keys::URL),
                ("token", keys::TOKEN),
                ("rest.auth.type", keys::AUTH_TYPE),
                ("oauth2-server-uri", keys::OAUTH_URL),
                ("credential", keys::CREDENTIAL),
                ("scope", keys::SCOPE),
                ("rest.signing-name", keys::SIGNING_NAME),
                ("rest.signing-region", keys::SIGNING_REGION),
            ],
        );
        let s3_tables = self.is(Kind::S3Tables);
        properties.insert(
            "rest.sigv4-enabled",
            (s3_tables || self.is_true(keys::SIGV4)).to_string(),
        );
        if s3_tables {
            properties.insert("rest.signing-name", "s3tables".into());
        }
    }

    /// Empty values do not travel.
    fn copy(
        &self,
        to: &mut BTreeMap<&'static str, String>,
        pairs: &[(&'static str, &'static str)],
    ) {
        for (name, key) in pairs {
            if !self.get(key).is_empty() {
                to.insert(name, self.get(key).to_owned());
            }
        }
    }
}
