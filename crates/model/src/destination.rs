//! What a live check of a destination found, stage by stage.

use serde::{Deserialize, Serialize};

/// Stages in the order they were tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In order.
    pub stages: Vec<Stage>,
    /// The catalog was asked all that can be asked without writing.
    pub complete: bool,
}

impl Report {
    /// Nothing failed; a warning or something unknown may be left.
    pub fn is_ok(&self) -> bool {
        !self
            .stages
            .iter()
            .any(|stage| stage.outcome == Outcome::Failed)
    }

    /// What it means for OLake.
    pub fn verdict(&self) -> &'static str {
        let failed = |stage: &Stage| stage.outcome == Outcome::Failed;
        let skipped = |stage: &Stage| stage.outcome == Outcome::Skipped;
        if self
            .stages
            .iter()
            .any(|stage| failed(stage) && !stage.only_here)
        {
            "OLake would fail as well, for the reason given below."
        } else if !self.is_ok() {
            "It failed from here, for the reason given below. OLake's container has a network of its own and may reach what Crowsnest cannot."
        } else if self.stages.iter().all(skipped) {
            "Nothing was tried, for the reason given below. OLake's own check tells more."
        } else if !self.complete {
            "The catalog was not asked, for the reason given below. OLake's own check tells more."
        } else {
            "Nothing failed. OLake's own check also writes: it leaves a table test_olake in a namespace test_olake."
        }
    }
}

/// One step of the way to the catalog. No text in it holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// What was tried: `List namespaces`.
    pub name: String,
    /// How it went.
    pub outcome: Outcome,
    /// What was seen.
    pub found: String,
    /// It was the network between Crowsnest and the server: another machine may fare better.
    pub only_here: bool,
    /// What to do, where it did not go well.
    pub advice: Option<Advice>,
}

/// How a stage went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It went well.
    Ok,
    /// Something is odd, and OLake may do all the same.
    Warning,
    /// It does not work.
    Failed,
    /// Not tried, for the reason that the stage tells.
    Skipped,
    /// Cannot be found out without writing.
    Unknown,
}

impl Outcome {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Unknown => "unknown",
        }
    }
}

/// What to make of a stage that did not go well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Why, as far as can be told; empty where that stands in what was found.
    pub cause: String,
    /// What to change.
    pub fix: String,
    /// For a shell; empty where none helps.
    pub command: String,
    /// The entry of the troubleshooting page.
    pub problem: Option<String>,
}

/// How one engine connects to a catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// What connects: `PyIceberg`.
    pub engine: String,
    /// To be copied; holds no secret.
    pub text: String,
    /// What of the connection it has no place for; a sentence.
    pub note: Option<String>,
}

/// A connection to start a destination from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Its name.
    pub connection: String,
    /// A draft's query; holds no secret.
    pub query: String,
}
