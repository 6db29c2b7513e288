use std::{sync::Arc, time::SystemTime};

use iceberg_rest::{
    Client, Error, ErrorKind, Loaded, Operation, SnapshotsMode, TableIdent, types::LoadTableResult,
};
use moka::{Entry, ops::compute::Op};

use super::{Connection, FRESH, Read};

impl<T> Read<T> {
    fn is_fresh(&self) -> bool {
        self.at.elapsed().is_ok_and(|age| age < FRESH)
    }
}

impl Connection {
    /// A table's metadata, at most [`FRESH`] old unless `fresh` asks for now. What is older is
    /// asked for under its ETag, once for all who ask meanwhile.
    pub async fn table(
        &self,
        client: &Client,
        table: &TableIdent,
        snapshots: SnapshotsMode,
        fresh: bool,
    ) -> Result<Read<LoadTableResult>, Error> {
        let scope = self.scope(client.warehouse(), client.reference());
        let key = (scope, table.clone(), snapshots);
        let load = |kept: Option<Entry<_, Read<LoadTableResult>>>| async move {
            let kept = kept.map(Entry::into_value);
            if !fresh && kept.as_ref().is_some_and(Read::is_fresh) {
                return Ok(Op::Nop);
            }
            let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
            let read = match (client.load_table(table, snapshots, etag).await?, kept) {
                (
                    Loaded::Table {
                        result,
                        etag,
                        bytes_len,
                    },
                    _,
                ) => Read {
                    value: Arc::from(result),
                    at: SystemTime::now(),
                    etag,
                    bytes: bytes_len,
                },
                (Loaded::NotModified, Some(kept)) => Read {
                    at: SystemTime::now(),
                    ..kept
                },
                (Loaded::NotModified, None) => {
                    let why =
                        "The catalog answered “not modified” to a request without a condition.";
                    return Err(Error::new(
                        ErrorKind::Malformed,
                        Operation::LoadTable.route(),
                        why,
                    ));
                }
            };
            Ok(Op::Put(read))
        };
        let entry = self.tables.entry(key).and_try_compute_with(load).await?;
        entry.into_entry().map(Entry::into_value).ok_or_else(|| {
            let why = "What was read was lost before it could be shown.";
            Error::new(ErrorKind::Malformed, Operation::LoadTable.route(), why)
        })
    }

    /// A table's metadata as the catalog wrote it, at most [`FRESH`] old unless `fresh`.
    pub async fn raw_table(
        &self,
        client: &Client,
        table: &TableIdent,
        fresh: bool,
    ) -> Result<Read<String>, Error> {
        let scope = self.scope(client.warehouse(), client.reference());
        let key = (scope, table.clone());
        if fresh {
            self.raw_tables.invalidate(&key).await;
        }
        let load = async {
            let raw = client.load_table_raw(table).await?;
            Ok(Read {
                at: SystemTime::now(),
                etag: None,
                bytes: raw.metadata.len(),
                value: Arc::new(raw.metadata),
            })
        };
        self.raw_tables
            .try_get_with_by_ref(&key, load)
            .await
            .map_err(|error: Arc<Error>| (*error).clone())
    }
}
