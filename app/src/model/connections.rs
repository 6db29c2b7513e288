use serde::{Deserialize, Serialize};

use crate::{error::AppError, format::Moment};

/// A connection on the home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionCard {
    pub name: String,
    pub url: String,
    /// As configured, or as detected.
    pub kind: Option<String>,
    pub auth: String,
    pub read_only: bool,
    pub warehouse: Option<String>,
    /// `None` until the first look at it has ended.
    pub health: Option<Health>,
}

/// What the last look at a connection saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Health {
    pub at: Moment,
    pub latency_ms: u64,
    pub problem: Option<AppError>,
    pub version: Option<String>,
    pub warehouses: Vec<String>,
}

#[cfg(feature = "ssr")]
impl From<&crate::session::Connection> for ConnectionCard {
    fn from(connection: &crate::session::Connection) -> Self {
        let probe = connection.probed();
        let detected = probe.as_ref().and_then(|probe| probe.outcome.as_ref().ok());
        Self {
            name: connection.name.clone(),
            url: connection.url.clone(),
            kind: connection
                .kind
                .or(detected.copied())
                .map(|kind| kind.to_string()),
            auth: connection.auth.into(),
            read_only: connection.read_only,
            warehouse: connection.warehouse.clone(),
            health: probe.map(|probe| Health {
                at: probe.at.into(),
                latency_ms: u64::try_from(probe.latency.as_millis()).unwrap_or(u64::MAX),
                problem: probe.outcome.err().map(AppError::from),
                version: probe.version,
                warehouses: probe.warehouses,
            }),
        }
    }
}
