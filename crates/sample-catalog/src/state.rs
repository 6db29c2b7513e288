//! Everything that one server keeps.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde_json::Value;

use crate::{
    Options,
    ident::Ident,
    polaris::Realm,
    problem::Problem,
    repeats::Repeats,
    store::{Warehouse, Warehouses},
};

pub(crate) struct State {
    pub options: Options,
    pub warehouses: Warehouses,
    /// Empty but for Polaris.
    pub realm: Realm,
    /// Nessie only: oldest first, of every reference whose history was looked at or written on.
    pub commits: HashMap<String, Vec<Commit>>,
    pub repeats: Repeats,
    /// Tables and views, by warehouse, whose one refusal on demand is behind them.
    pub refused: HashSet<(String, Ident)>,
}

/// One step of the history of a reference of Nessie.
pub(crate) struct Commit {
    pub hash: String,
    pub timestamp_ms: i64,
    pub message: String,
    pub operations: Vec<KeyChange>,
}

/// What a commit did to one key.
pub(crate) struct KeyChange {
    pub key: Vec<String>,
    /// `None` where it was deleted.
    pub content: Option<Arc<Value>>,
}

impl State {
    pub fn new(options: &Options, warehouses: Warehouses, realm: Realm) -> Self {
        Self {
            options: options.clone(),
            warehouses,
            realm,
            commits: HashMap::new(),
            repeats: Repeats::default(),
            refused: HashSet::new(),
        }
    }

    pub fn warehouse(&mut self, key: &str) -> Result<&mut Warehouse, Problem> {
        let found = self.warehouses.get_mut(key);
        found.ok_or_else(|| Problem::NoSuchWarehouse(key.to_owned()))
    }
}
