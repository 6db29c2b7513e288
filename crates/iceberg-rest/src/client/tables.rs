use std::collections::BTreeMap;

use reqwest::header::{HeaderValue, IF_NONE_MATCH};
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use url::Url;

use super::{Client, Pager, Pieces, Write, unity};
use crate::{
    decode,
    error::Error,
    ident::{Namespace, TableIdent, encode_segment},
    listing::Listing,
    operation::Operation,
    types::LoadTableResult,
};

/// Which snapshots a table is loaded with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SnapshotsMode {
    /// Those that branches and tags point at. Servers may send all nevertheless.
    Refs,
    /// All that have not expired.
    All,
}

/// A table, or the news that there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Loaded {
    /// The ETag that was sent still holds.
    NotModified,
    /// The table, anew.
    Table {
        /// What the server answered.
        result: Box<LoadTableResult>,
        /// To be sent back as it is. Some servers send the same for both modes: keep them apart.
        etag: Option<String>,
        /// Length of the answer after decompression.
        bytes_len: usize,
    },
}

/// Table metadata as the server wrote it, without the `config` and credentials around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawTable {
    /// URI of the metadata file.
    pub metadata_location: Option<String>,
    /// JSON, byte for byte.
    pub metadata: String,
}

/// What a table begins with: `CreateTableRequest` of the specification, but for its name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NewTable {
    /// Where its files go; the server chooses where it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// A schema as JSON. Servers may give its fields other ids.
    pub schema: Value,
    /// A partition spec as JSON; unpartitioned where it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition_spec: Option<Value>,
    /// A sort order as JSON; unsorted where it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub write_order: Option<Value>,
    /// `format-version` is one of them.
    pub properties: BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Create<'a> {
    name: &'a str,
    // S3 Tables wants it to be said.
    stage_create: bool,
    #[serde(flatten)]
    new: &'a NewTable,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Register<'a> {
    name: &'a str,
    metadata_location: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    overwrite: bool,
}

/// What a table or a view is called, and what it is to be called.
#[derive(Serialize)]
pub(super) struct Rename<'a, T> {
    pub source: &'a T,
    pub destination: &'a T,
}

impl Client {
    /// `GET /v1/{prefix}/namespaces/{namespace}/tables`.
    pub async fn list_tables(&self, namespace: &Namespace) -> Result<Listing<TableIdent>, Error> {
        self.tables_pager(namespace)?.collect().await
    }

    /// [`Client::list_tables`], page by page.
    pub fn tables_pager(&self, namespace: &Namespace) -> Result<Pager<TableIdent>, Error> {
        let path = format!("{}/tables", self.namespace_path(namespace)?);
        let lies_in = self.lies_in(namespace);
        Ok(Pager::of(self, path, "")
            .keeping(move |table: &TableIdent| lies_in(table.namespace.levels()))
            .with_native(unity::tables(self, namespace)))
    }

    /// `HEAD /v1/{prefix}/namespaces/{namespace}/tables/{table}`, or `GET` where `HEAD` is not to be trusted.
    pub async fn table_exists(&self, table: &TableIdent) -> Result<bool, Error> {
        self.exists(
            Operation::TableExists,
            Operation::LoadTable,
            &self.table_path(table)?,
        )
        .await
    }

    /// `GET /v1/{prefix}/namespaces/{namespace}/tables/{table}?snapshots=`.
    ///
    /// `if_none_match` is an ETag of the same table in the same mode.
    pub async fn load_table(
        &self,
        table: &TableIdent,
        mode: SnapshotsMode,
        if_none_match: Option<&str>,
    ) -> Result<Loaded, Error> {
        let operation = Operation::LoadTable;
        let mut headers = self.delegation();
        headers.extend(
            if_none_match.and_then(|etag| Some((IF_NONE_MATCH, HeaderValue::from_str(etag).ok()?))),
        );
        let received = self
            .read(operation, self.table_address(table, mode)?, &headers)
            .await?;
        if received.status == 304 {
            return Ok(Loaded::NotModified);
        }
        let (bytes_len, etag) = (received.body.len(), received.headers.etag.clone());
        Ok(Loaded::Table {
            result: received
                .understood(move |response| {
                    decode::table(operation.route(), response).map(Box::new)
                })
                .await?,
            bytes_len,
            etag,
        })
    }

    /// [`Client::load_table`], its metadata as text.
    pub async fn load_table_raw(
        &self,
        table: &TableIdent,
        snapshots: SnapshotsMode,
    ) -> Result<RawTable, Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Raw {
            metadata_location: Option<String>,
            metadata: Box<RawValue>,
        }
        let operation = Operation::LoadTable;
        let received = self
            .read(
                operation,
                self.table_address(table, snapshots)?,
                &self.delegation(),
            )
            .await?;
        let raw: Raw = received.json(operation.route()).await?;
        Ok(RawTable {
            metadata_location: raw.metadata_location,
            metadata: Box::<str>::from(raw.metadata).into(),
        })
    }

    /// The answer to [`Client::load_table`] with all snapshots, however long it is, as it arrives: with the `config`
    /// and credentials around the metadata.
    pub async fn load_table_pieces(&self, table: &TableIdent) -> Result<Pieces, Error> {
        let address = self.table_address(table, SnapshotsMode::All)?;
        let route = Operation::LoadTable.route();
        self.server()
            .pieces(route, address, &self.delegation())
            .await
    }

    /// `POST /v1/{prefix}/namespaces/{namespace}/tables`: made at once, not staged. Fails for a name that no address
    /// of this server could hold afterwards.
    pub fn create_table(&self, table: &TableIdent, new: &NewTable) -> Result<Write, Error> {
        self.table_path(table)?;
        let path = format!("{}/tables", self.namespace_path(&table.namespace)?);
        let body = Create {
            name: table.name(),
            stage_create: false,
            new,
        };
        self.change(Operation::CreateTable, &path, Some(&body))
    }

    /// `POST /v1/{prefix}/namespaces/{namespace}/register`: a table from a metadata file that is there. `overwrite`
    /// replaces the table that has its name: not all servers know that, and it goes along where it is asked for alone.
    pub fn register_table(
        &self,
        table: &TableIdent,
        metadata_location: &str,
        overwrite: bool,
    ) -> Result<Write, Error> {
        self.table_path(table)?;
        let path = format!("{}/register", self.namespace_path(&table.namespace)?);
        let body = Register {
            name: table.name(),
            metadata_location,
            overwrite,
        };
        self.change(Operation::RegisterTable, &path, Some(&body))
    }

    /// `DELETE /v1/{prefix}/namespaces/{namespace}/tables/{table}?purgeRequested=`, which is always said: servers take
    /// its absence for either.
    pub fn drop_table(&self, table: &TableIdent, purge: bool) -> Result<Write, Error> {
        let path = format!("{}?purgeRequested={purge}", self.table_path(table)?);
        self.change(Operation::DropTable, &path, None::<&()>)
    }

    /// `POST /v1/{prefix}/tables/rename`, into another namespace where the new name says so. Lakekeeper answers 404
    /// where the name is taken. Fails for a name that no address of this server could hold afterwards.
    pub fn rename_table(
        &self,
        source: &TableIdent,
        destination: &TableIdent,
    ) -> Result<Write, Error> {
        self.table_path(destination)?;
        let body = Rename {
            source,
            destination,
        };
        self.change(Operation::RenameTable, "/tables/rename", Some(&body))
    }

    pub(super) fn table_path(&self, table: &TableIdent) -> Result<String, Error> {
        Ok(format!(
            "{}/tables/{}",
            self.namespace_path(&table.namespace)?,
            encode_segment(table.name())
        ))
    }

    fn table_address(&self, table: &TableIdent, mode: SnapshotsMode) -> Result<Url, Error> {
        let snapshots = match mode {
            SnapshotsMode::Refs => "refs",
            SnapshotsMode::All => "all",
        };
        self.address(&format!(
            "{}?snapshots={snapshots}",
            self.table_path(table)?
        ))
    }
}
