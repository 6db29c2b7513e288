//! Everything that one server keeps.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use time::OffsetDateTime;

use crate::{
    Options, dialect::Dialect, dialects::Commit, ident::Ident, polaris::Realm, problem::Problem,
    repeats::Repeats, stock::Stock, store::Warehouse, vendor::Vendor,
};

/// Warehouses by the key that `Vendor::locate` finds.
pub(crate) type Warehouses = IndexMap<String, Warehouse>;

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

impl State {
    /// The ordinary seed.
    pub fn seeded(vendor: &dyn Vendor, options: &Options) -> Self {
        let warehouses = vendor.stock(options);
        let realm = match options.dialect {
            Dialect::Polaris => Realm::seeded(options, &warehouses),
            _ => Realm::bare([].iter()),
        };
        Self::new(options, warehouses, realm)
    }

    pub fn stocked(vendor: &dyn Vendor, options: &Options, stock: Vec<Stock>) -> Self {
        let warehouses = vendor.shelve(stock.into_iter().map(Stock::warehouse).collect());
        let realm = Realm::bare(warehouses.values());
        Self::new(options, warehouses, realm)
    }

    fn new(options: &Options, warehouses: Warehouses, realm: Realm) -> Self {
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

/// The time of day, in milliseconds.
pub(crate) fn now_ms() -> i64 {
    let nanos = OffsetDateTime::now_utc().unix_timestamp_nanos();
    i64::try_from(nanos / 1_000_000).unwrap_or(i64::MAX)
}
