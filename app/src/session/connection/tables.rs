use std::sync::Arc;

use iceberg_rest::{
    Client, Error, ErrorKind, Loaded, Operation, SnapshotsMode, TableIdent, types::LoadTableResult,
};
use moka::{Entry, ops::compute::Op};

use super::{Connection, Read, seen_through};

impl Connection {
    /// A table's metadata, at most [`FRESH`](super::FRESH) old unless `fresh` asks for now. What is
    /// older is asked for under its ETag, once for all who ask meanwhile.
    pub async fn table(
        &self,
        client: &Client,
        table: &TableIdent,
        snapshots: SnapshotsMode,
        fresh: bool,
    ) -> Result<Read<LoadTableResult>, Error> {
        let scope = self.scope(client.warehouse(), client.reference());
        let (client, table, tables) = (client.clone(), table.clone(), self.tables.clone());
        let key = (scope, table.clone(), snapshots);
        let entry = seen_through(async move {
            let load = |kept: Option<Entry<_, Read<LoadTableResult>>>| async move {
                let kept = kept.map(Entry::into_value);
                let holds = |kept: &Read<_>| kept.is_news() || !fresh && kept.is_fresh();
                if kept.as_ref().is_some_and(holds) {
                    return Ok(Op::Nop);
                }
                load_table(&client, &table, snapshots, kept)
                    .await
                    .map(Op::Put)
            };
            tables.entry(key).and_try_compute_with(load).await
        });
        let read = entry.await?.into_entry().map(Entry::into_value);
        read.map(Read::receive).ok_or_else(|| {
            let why = "What was read was lost before it could be shown.";
            Error::new(ErrorKind::Malformed, Operation::LoadTable.route(), why)
        })
    }

    /// A table's metadata as the catalog wrote it, at most [`FRESH`](super::FRESH) old unless `fresh`.
    pub async fn raw_table(
        &self,
        client: &Client,
        table: &TableIdent,
        fresh: bool,
    ) -> Result<Read<String>, Error> {
        let scope = self.scope(client.warehouse(), client.reference());
        let key = (scope, table.clone());
        if fresh
            && let Some(kept) = self.raw_tables.get(&key).await
            && !kept.is_news()
        {
            self.raw_tables.invalidate(&key).await;
        }
        let (client, raw_tables) = (client.clone(), self.raw_tables.clone());
        let read = seen_through(async move {
            let load = async {
                let raw = client.load_table_raw(&key.1).await?;
                let bytes = raw.metadata.len();
                Ok(Read::new(Arc::new(raw.metadata), None, bytes))
            };
            raw_tables.try_get_with_by_ref(&key, load).await
        });
        read.await
            .map(Read::receive)
            .map_err(|error: Arc<Error>| (*error).clone())
    }
}

/// Loads a table, or learns that what was kept of it still holds.
async fn load_table(
    client: &Client,
    table: &TableIdent,
    snapshots: SnapshotsMode,
    kept: Option<Read<LoadTableResult>>,
) -> Result<Read<LoadTableResult>, Error> {
    let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
    match (client.load_table(table, snapshots, etag).await?, kept) {
        (
            Loaded::Table {
                result,
                etag,
                bytes_len,
            },
            _,
        ) => Ok(Read::new(Arc::from(result), etag, bytes_len)),
        (Loaded::NotModified, Some(kept)) => Ok(Read::new(kept.value, kept.etag, kept.bytes)),
        (Loaded::NotModified, None) => {
            let why = "The catalog answered “not modified” to a request without a condition.";
            let route = Operation::LoadTable.route();
            Err(Error::new(ErrorKind::Malformed, route, why))
        }
    }
}
