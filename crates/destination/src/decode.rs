//! The file as OLake itself reads it, down to the properties that reach Iceberg.
//!
//! Source: `destination/iceberg/{config,java_client}.go` of OLake 0.9.4. Go's encoding/json finds
//! keys in any case, lets the last of several win, skips null and refuses wrong types.

use crate::catalog_type::{self, CatalogType};
use crate::destination::{Destination, TYPE};
use crate::keys::{self, KEYS, Key, Type};
use crate::kind::{Kind, Protocol};
use crate::release::Release;
use crate::secret::MASK;
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
        let row = config.validate(self.release())?;
        Ok(config.decoded(row))
    }
}

/// OLake's `Config`, as text: flags are "true" or absent.
struct Config(BTreeMap<&'static str, String>);

impl Config {
    fn read(entries: &[Entry]) -> Result<Self, Refused> {
        let mut values = BTreeMap::new();
        for entry in entries {
            let Some(Key { name, ty, .. }) = keys::find(&entry.key).filter(|key| key.is_read())
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

    /// The row of the catalog; Glue's where the file names none.
    fn catalog(&self, release: Release) -> Result<&'static CatalogType, Refused> {
        let stated = match self.get(keys::CATALOG_TYPE) {
            "" => "glue",
            stated => stated,
        };
        catalog_type::find(stated)
            .filter(|row| row.since <= release)
            .ok_or_else(|| {
                // Anything may have been pasted there.
                let word = stated.bytes().all(|b| b.is_ascii_alphabetic());
                Refused(format!(
                    "unsupported catalog_type: {}",
                    if word { stated } else { MASK }
                ))
            })
    }

    fn validate(&self, release: Release) -> Result<&'static CatalogType, Refused> {
        if self.get(keys::WAREHOUSE).is_empty() {
            return Err(Refused("s3_path is required".into()));
        }
        let row = self.catalog(release)?;
        match row.protocol.needs() {
            Some((key, message)) if self.get(key).is_empty() => Err(Refused(message.into())),
            _ => Ok(row),
        }
    }

    fn decoded(&self, row: &CatalogType) -> Decoded {
        let (mut properties, mut environment) = (BTreeMap::new(), BTreeMap::new());
        for key in KEYS.iter().filter(|key| key.is_read()) {
            let value = self.get(key.name);
            if let Some(variable) = key.variable
                && !value.is_empty()
            {
                environment.insert(variable, value.to_owned());
            }
            let read = key.protocol.is_none_or(|protocol| protocol == row.protocol);
            let Some(property) = key.property.filter(|_| read) else {
                continue;
            };
            // Flags always travel, empty values never.
            if key.ty == Type::Bool {
                properties.insert(property, self.is_true(key.name).to_string());
            } else if !value.is_empty() {
                properties.insert(property, value.to_owned());
            }
        }
        self.add_own(row, &mut properties);
        Decoded {
            properties,
            environment,
            identifier_fields: !self.is_true(keys::NO_IDENTIFIER) && row.kind != Some(Kind::Unity),
        }
    }

    /// What OLake sets itself.
    fn add_own(&self, row: &CatalogType, properties: &mut BTreeMap<&'static str, String>) {
        let io = match self.get(keys::WAREHOUSE).starts_with("gs://") {
            true => "org.apache.iceberg.gcp.gcs.GCSFileIO",
            false => "org.apache.iceberg.aws.s3.S3FileIO",
        };
        properties.insert("io-impl", io.into());
        let implementation = match row.protocol {
            Protocol::Rest => "org.apache.iceberg.rest.RESTCatalog",
            Protocol::Glue => "org.apache.iceberg.aws.glue.GlueCatalog",
            Protocol::Jdbc => "org.apache.iceberg.jdbc.JdbcCatalog",
            Protocol::Hive => "org.apache.iceberg.hive.HiveCatalog",
        };
        properties.insert("catalog-impl", implementation.into());
        properties
            .entry("catalog-name")
            .or_insert_with(|| keys::DEFAULT_CATALOG_NAME.into());
        if row.protocol == Protocol::Hive {
            properties.entry("clients").or_insert_with(|| "0".into());
        }
        if self.get(keys::S3_ENDPOINT).is_empty() {
            properties.remove("s3.ssl-enabled");
        } else {
            properties.insert("s3.path-style-access", "true".into());
        }
        if row.kind == Some(Kind::S3Tables) {
            properties.insert("rest.sigv4-enabled", "true".into());
            properties.insert("rest.signing-name", "s3tables".into());
        }
    }
}
