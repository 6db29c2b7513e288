use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use iceberg_rest::{
    Client, Error, ErrorKind, Loaded, Operation, SnapshotsMode, TableIdent, types::LoadTableResult,
};

use model::paths::Place;

use super::{Catalog, KEPT};
use crate::{
    cache::{About, CACHE, Question, Scope},
    reads::{FRESH, Read, Reads},
};

/// A table whose metadata is kept.
pub struct KeptTable {
    pub place: Place,
    pub table: Arc<LoadTableResult>,
}

/// What a table takes in memory is about so many times its JSON: it is mostly short texts.
const UNPACKED: usize = 4;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Table(Scope, TableIdent, SnapshotsMode);

impl Question for Table {
    type Answer = Read<LoadTableResult>;
    const KEPT: Duration = KEPT;
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct RawTable(Scope, TableIdent, SnapshotsMode);

impl Question for RawTable {
    type Answer = Read<String>;
    const KEPT: Duration = FRESH;
}

static TABLES: LazyLock<Reads<Table, LoadTableResult, Error>> =
    LazyLock::new(|| Reads::new(FRESH).with_lasting(is_of_length));
static RAW_TABLES: LazyLock<Reads<RawTable, String, Error>> =
    LazyLock::new(|| Reads::new(FRESH).with_lasting(is_of_length));

/// What is too long is read as far as the limit, which takes its time, and is no shorter a moment later.
fn is_of_length(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::TooLarge { .. })
}

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
        let question = Table(scope, table.clone(), snapshots);
        let load = |kept| load_table(client, table, snapshots, kept);
        TABLES
            .get(self.grant(About::Content), question, fresh, load)
            .await
    }

    /// Tables whose metadata is kept, so many at most.
    pub fn opened_tables(&self, most: usize) -> Vec<KeptTable> {
        let grant = self.grant(About::Content);
        let opened =
            |(Table(scope, table, _), read): (Table, Arc<Read<LoadTableResult>>)| KeptTable {
                place: self.place_of(scope, &table),
                table: read.value.clone(),
            };
        let kept = CACHE.answers::<Table>(grant);
        kept.map(opened).take(most).collect()
    }

    /// Where a table of one of its warehouses and references stands.
    pub fn place_of(&self, scope: Scope, table: &TableIdent) -> Place {
        let own = self.spec.warehouse.as_ref();
        let warehouse = scope.warehouse.filter(|name| Some(name) != own);
        Place::connection(&self.spec.name)
            .with_warehouse(warehouse)
            .with_reference(scope.reference)
            .with_namespace(table.namespace.levels())
            .with_object(table.name())
    }

    /// A table's metadata as the catalog wrote it, at most [`FRESH`] old unless `fresh`.
    pub async fn raw_table(
        &self,
        client: &Client,
        table: &TableIdent,
        snapshots: SnapshotsMode,
        fresh: bool,
    ) -> Result<Read<String>, Error> {
        let scope = self.scope(client.warehouse(), client.reference());
        let (client, table) = (client.clone(), table.clone());
        let question = RawTable(scope, table.clone(), snapshots);
        let load = |_| async move {
            let raw = client.load_table_raw(&table, snapshots).await?;
            let bytes = raw.metadata.len();
            Ok::<_, Error>(Read::new(Arc::new(raw.metadata), None, bytes))
        };
        RAW_TABLES
            .get(self.grant(About::Content), question, fresh, load)
            .await
    }
}

/// A table as it is this moment: kept by nobody, and shared with nobody who asked before.
pub async fn table_now(
    client: &Client,
    table: &TableIdent,
    snapshots: SnapshotsMode,
) -> Result<Arc<LoadTableResult>, Error> {
    let read = load_table(client.clone(), table.clone(), snapshots, None);
    Ok(read.await?.value)
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

#[cfg(test)]
mod tests;
