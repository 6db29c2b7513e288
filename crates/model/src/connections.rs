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
