//! The pages on which connections are made and changed.

use serde::{Deserialize, Serialize};

use crate::{
    connections::Health,
    destination::Stage,
    format::Moment,
    query::{Query, encode},
};

/// All connections, and how one is added.
pub const CONNECTIONS: &str = "/connections";
/// A new one.
pub const NEW_CONNECTION: &str = "/connections/new";
/// One that is there.
pub const EDIT_CONNECTION: &str = "/connections/edit";

/// Which form is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ConnectionAsk {
    /// The connection that is changed; `None`: a new one.
    pub name: Option<String>,
    /// The preset that a new one is filled in from.
    pub kind: Option<String>,
    /// The connection that a new one is filled in from.
    pub from: Option<String>,
}

impl ConnectionAsk {
    /// As the address of the page says it.
    pub fn read(query: &Query) -> Self {
        let owned = |key| query.get(key).map(str::to_owned);
        Self {
            name: owned("name"),
            kind: owned("kind"),
            from: owned("from"),
        }
    }
}

/// The address of the form of a connection.
pub fn edit_path(name: &str) -> String {
    format!("{EDIT_CONNECTION}?name={}", encode(name))
}

/// The address of the form of a new one, filled in from a preset.
pub fn new_path(kind: &str) -> String {
    format!("{NEW_CONNECTION}?kind={}", encode(kind))
}

/// The address of the form of a new one, filled in from one that is there.
pub fn copy_path(name: &str) -> String {
    format!("{NEW_CONNECTION}?from={}", encode(name))
}

/// What a form is filled in with. No secret is among it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionForm {
    /// Of the one that is there.
    pub name: Option<String>,
    /// Which version of it this is.
    pub version: String,
    /// Id of the preset that helps to fill it in.
    pub preset: String,
    /// What is set, by key; tables are lines of `name: value`.
    pub values: Vec<(String, String)>,
    /// Keys of secrets that are kept.
    pub kept: Vec<String>,
    /// Who may be named as those who use it.
    pub people: Vec<PersonChoice>,
    /// Nobody uses it.
    pub disabled: bool,
    /// What its last test found.
    pub tested: Option<Tested>,
    /// For the configuration of another Crowsnest.
    pub toml: String,
}

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChoice {
    /// Ours.
    pub id: String,
    /// For people.
    pub name: String,
    /// Uses the connection, whatever their role is.
    pub chosen: bool,
}

/// What a test of a connection found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// When it ended.
    pub at: Moment,
    /// In the order they were tried.
    pub stages: Vec<Stage>,
}

/// All connections, as an admin sees them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConnectionList {
    /// In order.
    pub rows: Vec<ConnectionRow>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionRow {
    /// What people call it.
    pub name: String,
    /// Address of its catalog; empty where it cannot be told.
    pub url: String,
    /// As whom its catalog is called, in a few words.
    pub acts: String,
    /// Who uses it, in a few words.
    pub audience: String,
    /// What the last look at it saw.
    pub health: Option<Health>,
    /// It is called as each person, and nobody looks at it besides.
    pub is_personal: bool,
    /// Where it was made.
    pub made: Made,
}

/// Where a connection was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Made {
    /// In the configuration: it is changed there.
    Configured,
    /// By Crowsnest itself, to look around in.
    Sample,
    /// Here.
    Here,
    /// Here, and nobody uses it.
    Disabled,
    /// Here, and it cannot be called as it is.
    Uncalled,
    /// Here, and somebody changed it in the database: nothing of it is used.
    Altered,
}

/// What was read from what another program is configured with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Names it when some of it is added.
    pub id: String,
    /// What it was written for.
    pub source: String,
    /// Its catalogs.
    pub found: Vec<FoundConnection>,
    /// Keys that belong to none of them, and why they are left.
    pub left: Vec<(String, String)>,
}

/// One catalog of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundConnection {
    /// What it will be called.
    pub name: String,
    /// What was taken, by the label of its key; of secrets only that they are there.
    pub taken: Vec<(String, String)>,
    /// Keys that were not, and why.
    pub left: Vec<(String, String)>,
    /// Why it cannot be added, where that is known.
    pub off: Option<String>,
}
