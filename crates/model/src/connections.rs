use serde::{Deserialize, Serialize};

use crate::{error::AppError, format::Moment, settings::Setting};

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
    /// Nothing can be browsed before one is chosen.
    pub wants_warehouse: bool,
    /// A look at it is under way.
    pub probing: bool,
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

/// What a catalog says about itself when it is connected to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionView {
    pub url: String,
    /// For people: `Apache Polaris`.
    pub kind: String,
    /// Set in the configuration, not found out from the catalog's answers.
    pub kind_configured: bool,
    pub auth: String,
    pub read_only: bool,
    pub warehouse: Option<String>,
    /// Nessie: the branch or tag that is shown.
    pub reference: Option<String>,
    /// As it stands in paths; may be empty.
    pub prefix: String,
    /// As it stands in paths: `%1F`.
    pub separator: String,
    /// Which names this cannot carry; a sentence.
    pub separator_note: Option<String>,
    pub defaults: Vec<Setting>,
    pub overrides: Vec<Setting>,
    /// Settings that were not followed, and why.
    pub ignored: Vec<(String, String)>,
    /// As sent; `None` where the catalog does not say.
    pub endpoints: Option<Vec<String>>,
    pub abilities: Vec<Ability>,
}

/// Whether one call works here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ability {
    /// Method and path template.
    pub call: String,
    /// `None`: the catalog does not say.
    pub works: Option<bool>,
    /// Why it does not work.
    pub reason: Option<String>,
}

/// Names to choose from: warehouses, or branches and tags.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    pub choices: Vec<Choice>,
    /// What an address without a choice means, where known.
    pub default: Option<String>,
    /// Why there are none, or not all.
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub name: String,
    /// A few words about it.
    pub detail: Option<String>,
}

pub use build::separator_note;

mod build {
    use backend::Connection;
    use iceberg_rest::{Client, Operation, Separator, Support};

    use super::*;
    use crate::settings::settings;

    impl From<&Connection> for ConnectionCard {
        fn from(connection: &Connection) -> Self {
            let probe = connection.probed();
            let detected = probe.as_ref().and_then(|probe| probe.outcome.as_ref().ok());
            Self {
                name: connection.name.clone(),
                url: connection.url.clone(),
                kind: connection
                    .kind
                    .or(detected.copied())
                    .map(|kind| kind.profile().title.to_owned()),
                auth: connection.auth.into(),
                read_only: connection.read_only,
                warehouse: connection.warehouse.clone(),
                wants_warehouse: connection.wants_warehouse(),
                probing: connection.is_probing(),
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

    impl ConnectionView {
        pub fn new(connection: &Connection, client: &Client) -> Self {
            let config = client.config();
            let ignored = client.ignored_overrides().iter();
            Self {
                url: connection.url.clone(),
                kind: client.dialect().profile().title.to_owned(),
                kind_configured: connection.kind.is_some(),
                auth: connection.auth.into(),
                read_only: connection.read_only,
                warehouse: client.warehouse().map(str::to_owned),
                reference: client.reference().map(str::to_owned),
                prefix: client.prefix().to_owned(),
                separator: config.separator().encoded().to_owned(),
                separator_note: separator_note(&config.separator()),
                defaults: settings(&config.defaults),
                overrides: settings(&config.overrides),
                ignored: ignored
                    .map(|ignored| (ignored.key.clone(), ignored.reason.to_owned()))
                    .collect(),
                endpoints: config.endpoints.clone(),
                abilities: abilities(client),
            }
        }
    }

    /// A dot stands in names as it is, so where it also stands between levels it cannot be told apart.
    pub fn separator_note(separator: &Separator) -> Option<String> {
        (separator.encoded() == "%2E").then(|| {
            "This server splits names at dots, so a namespace with a dot in its name cannot be addressed here.".to_owned()
        })
    }

    fn abilities(client: &Client) -> Vec<Ability> {
        let capabilities = client.capabilities();
        let ability = |operation: &Operation| {
            let (works, reason) = match capabilities.support(*operation) {
                Support::Yes => (Some(true), None),
                Support::No(reason) => (Some(false), Some(reason)),
                Support::Unknown => (None, None),
            };
            Ability {
                call: operation.route().to_string(),
                works,
                reason,
            }
        };
        Operation::ALL.iter().map(ability).collect()
    }
}
