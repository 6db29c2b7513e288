use std::sync::{Arc, LazyLock};

use iceberg_rest::{
    Client, Error, ErrorKind, Loaded, Operation, SnapshotsMode, TableIdent, types::LoadTableResult,
};

use super::{Catalog, KEPT};
use crate::reads::{FRESH, Read, Reads, Scope};

/// What a table takes in memory is about so many times its JSON: it is mostly short texts.
const UNPACKED: usize = 4;

type TableKey = (Scope, TableIdent, SnapshotsMode);

static TABLES: LazyLock<Reads<TableKey, LoadTableResult, Error>> =
    LazyLock::new(|| Reads::new(FRESH, KEPT, 192 * 1024 * 1024));
static RAW_TABLES: LazyLock<Reads<(Scope, TableIdent), String, Error>> =
    LazyLock::new(|| Reads::new(FRESH, FRESH, 96 * 1024 * 1024));

impl Catalog {
    /// A table's metadata, at most [`FRESH`] old unless `fresh` asks for now. What is older is asked for
    /// under its ETag, once for all who ask meanwhile.
    pub async fn table(
        &self,
        client: &Client,
        table: &TableIdent,
        snapshots: SnapshotsMode,
        fresh: bool,
    ) -> Result<Read<LoadTableResult>, Error> {
        let scope = self.scope(client.warehouse(), client.reference());
        let (client, table) = (client.clone(), table.clone());
        let key = (scope, table.clone(), snapshots);
        let load = |kept| load_table(client, table, snapshots, kept);
        TABLES.get(key, fresh, load).await
    }

    /// A table's metadata as the catalog wrote it, at most [`FRESH`] old unless `fresh`.
    pub async fn raw_table(
        &self,
        client: &Client,
        table: &TableIdent,
        fresh: bool,
    ) -> Result<Read<String>, Error> {
        let scope = self.scope(client.warehouse(), client.reference());
        let (client, table) = (client.clone(), table.clone());
        let key = (scope, table.clone());
        let load = |_| async move {
            let raw = client.load_table_raw(&table).await?;
            let bytes = raw.metadata.len();
            Ok::<_, Error>(Read::new(Arc::new(raw.metadata), None, bytes))
        };
        RAW_TABLES.get(key, fresh, load).await
    }
}

/// Loads a table, or learns that what was kept of it still holds.
async fn load_table(
    client: Client,
    table: TableIdent,
    snapshots: SnapshotsMode,
    kept: Option<Read<LoadTableResult>>,
) -> Result<Read<LoadTableResult>, Error> {
    let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
    match (client.load_table(&table, snapshots, etag).await?, kept) {
        (
            Loaded::Table {
                result,
                etag,
                bytes_len,
            },
            _,
        ) => Ok(Read::new(Arc::from(result), etag, UNPACKED * bytes_len)),
        (Loaded::NotModified, Some(kept)) => Ok(Read::new(kept.value, kept.etag, kept.bytes)),
        (Loaded::NotModified, None) => {
            let why = "The catalog answered “not modified” to a request without a condition.";
            let route = Operation::LoadTable.route();
            Err(Error::new(ErrorKind::Malformed, route, why))
        }
    }
}
