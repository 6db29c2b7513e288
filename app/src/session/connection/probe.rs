use std::time::{Duration, Instant, SystemTime};

use iceberg_rest::{Dialect, Error};

use super::Connection;

/// What the last look at a connection saw.
#[derive(Clone, Debug)]
pub struct Probe {
    pub at: SystemTime,
    pub latency: Duration,
    pub outcome: Result<Dialect, Error>,
    pub version: Option<String>,
    /// Names, where the server can tell them.
    pub warehouses: Vec<String>,
}

impl Connection {
    /// The last look; `None` until the first has ended.
    pub fn probed(&self) -> Option<Probe> {
        self.probe.read().ok().and_then(|probe| probe.clone())
    }

    /// Whether a look is under way.
    pub fn is_probing(&self) -> bool {
        self.probing.available_permits() == 0
    }

    /// Whether nothing can be browsed before a warehouse is chosen.
    pub fn wants_warehouse(&self) -> bool {
        let needs = |dialect: Dialect| dialect.profile().needs_warehouse;
        self.warehouse.is_none() && self.known_dialect().is_some_and(needs)
    }

    /// Looks whether the server answers, and as what, unless somebody is looking already; the home
    /// page shows the last look.
    pub async fn probe(&self) {
        let Ok(_looking) = self.probing.try_acquire() else {
            return;
        };
        // Asked for its configuration without a warehouse, such a server refuses.
        let mut probe = match self.known_dialect().filter(|_| self.wants_warehouse()) {
            Some(dialect) => self.look_for_warehouses(dialect).await,
            None => None,
        };
        if probe.is_none() {
            probe = Some(self.look_at_config().await);
        }
        if let Ok(mut state) = self.probe.write() {
            *state = probe;
        }
    }

    /// `None` where the server names none.
    async fn look_for_warehouses(&self, dialect: Dialect) -> Option<Probe> {
        let started = Instant::now();
        let warehouses = self.warehouses().await;
        let latency = started.elapsed();
        if warehouses.is_empty() {
            return None;
        }
        Some(Probe {
            at: SystemTime::now(),
            latency,
            outcome: Ok(dialect),
            version: self.server.version().await,
            warehouses,
        })
    }

    async fn look_at_config(&self) -> Probe {
        let started = Instant::now();
        let client = self.server.connect(self.warehouse.as_deref(), None).await;
        let latency = started.elapsed();
        let warehouses = match &client {
            Ok(_) => self.warehouses().await,
            Err(_) => Vec::new(),
        };
        Probe {
            at: SystemTime::now(),
            latency,
            outcome: client.map(|client| client.dialect()),
            version: self.server.version().await,
            warehouses,
        }
    }

    async fn warehouses(&self) -> Vec<String> {
        let listing = self.server.list_warehouses().await;
        listing
            .map(|list| list.items.into_iter().map(|found| found.name).collect())
            .unwrap_or_default()
    }
}
