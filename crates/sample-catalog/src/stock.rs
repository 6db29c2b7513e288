//! A seed given from outside, in place of the ordinary one.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;

use crate::store::{Contents, Document, Table, Warehouse};

/// One warehouse to start with.
#[derive(Clone, Debug)]
pub struct Stock {
    /// Name of the warehouse.
    pub name: String,
    /// Its location; tables are created below it, and ids derive from it.
    pub location: String,
    /// Properties of the warehouse itself, for vendors that show them.
    pub properties: BTreeMap<String, String>,
    /// Namespaces in order, parents first.
    pub namespaces: Vec<StockNamespace>,
}

/// One namespace to start with.
#[derive(Clone, Debug, Default)]
pub struct StockNamespace {
    /// Its levels.
    pub levels: Vec<String>,
    /// Its properties.
    pub properties: BTreeMap<String, String>,
    /// Its tables by name, in order.
    pub tables: Vec<(String, StockTable)>,
    /// Metadata of its views by name, in order (Iceberg view spec).
    pub views: Vec<(String, Value)>,
}

/// One table to start with.
#[derive(Clone, Debug)]
pub enum StockTable {
    /// A table with this metadata (Iceberg spec, appendix C).
    Iceberg(Value),
    /// A table of another format: Unity counts it when it cuts a list, and does not show it.
    Other,
    /// A table that is listed and does not load.
    Unreadable {
        /// HTTP status of the answer.
        status: u16,
        /// `type` in its body.
        kind: &'static str,
        /// `message` in its body.
        message: String,
    },
}

impl Stock {
    pub(crate) fn warehouse(self) -> Warehouse {
        let mut warehouse = Warehouse::new(&self.name, self.location.clone(), self.location);
        warehouse.properties = self.properties;
        for namespace in self.namespaces {
            let StockNamespace {
                levels,
                properties,
                tables,
                views,
            } = namespace;
            let home = format!("{}/{}", warehouse.home, levels.join("/"));
            let tables = tables
                .into_iter()
                .map(|(name, table)| (name.clone(), table.stored(&home, &name)));
            let views = views.into_iter().map(|(name, metadata)| {
                (name.clone(), Arc::new(document(&home, &name, &metadata)))
            });
            let contents = Contents {
                properties,
                tables: tables.collect(),
                views: views.collect(),
            };
            warehouse.put_namespace(levels, contents);
        }
        warehouse
    }
}

impl StockTable {
    fn stored(self, home: &str, name: &str) -> Table {
        match self {
            StockTable::Iceberg(metadata) => {
                Table::Stored(Arc::new(document(home, name, &metadata)))
            }
            StockTable::Other => Table::Other,
            StockTable::Unreadable {
                status,
                kind,
                message,
            } => Table::Unreadable {
                status,
                kind,
                message,
            },
        }
    }
}

fn document(home: &str, name: &str, metadata: &Value) -> Document {
    let location = format!("{home}/{name}/metadata/00000-stock.metadata.json");
    Document {
        location,
        json: metadata.to_string().into(),
    }
}
