//! A live check of a destination: reads only, keeps nothing, tells the stage that fails.

mod advice;
mod catalog;
pub(crate) mod connection;
mod login;
pub mod often;
mod reach;
mod store;

use std::time::Duration;

use destination::{Destination, Finding, Severity, hushed, keys, lint};
use iceberg_rest::{Error, ErrorKind};
use model::error::{AppError, Kind};

use crate::Catalog;

pub use model::destination::{Advice, Outcome, Report, Stage};

/// The stages of the way to the catalog, in order.
const REACH: [&str; 3] = ["Resolve the host", "Connect", "Encrypt"];
/// The file itself: what OLake does before it asks anybody.
const READ: &str = "Read the file";
const VALUES: &str = "Judge the values";
const SIGN_IN: &str = "Sign in";
const CONFIG: &str = "Open the warehouse";
const NAMESPACES: &str = "List namespaces";
const NAMESPACE: &str = "Find the default namespace";
const STORE: &str = "Reach the object store";

/// Tries what OLake would do before it writes. With a connection, the catalog is asked at that
/// connection's own address and with its credentials; the file says warehouse and namespace.
pub async fn check(file: &Destination, connection: Option<&Catalog>) -> Report {
    let mut stages = Stages {
        all: Vec::new(),
        is_of_connection: false,
    };
    let errors = errors(file, connection.is_some());
    if let Err(refused) = file.decode() {
        let found = format!("OLake stops before it asks any catalog: {refused}.");
        let advice = errors.first().map(advice::of_finding);
        stages.add_with(READ, Outcome::Failed, found, advice);
    }
    let complete = catalog::check(file, connection, &mut stages)
        .await
        .is_some();
    if !complete {
        stages.skip_rest();
    }
    let failed = |stage: &Stage| stage.outcome == Outcome::Failed;
    if let Some(worst) = errors.first()
        && !stages.all.iter().any(failed)
    {
        let found = match errors.len() {
            1 => format!("{} stands against it.", worst.key),
            count => format!("{} and {} more stand against it.", worst.key, count - 1),
        };
        stages.add_with(
            VALUES,
            Outcome::Failed,
            found,
            Some(advice::of_finding(worst)),
        );
    }
    store::check(file, &mut stages).await;
    stages.hush(file);
    Report {
        stages: stages.all,
        complete,
    }
}

/// What the file alone shows to be wrong. A connection has an address and a sign-in of its own.
fn errors(file: &Destination, connection: bool) -> Vec<Finding> {
    let brought = [
        keys::URL,
        keys::OAUTH_URL,
        keys::TOKEN,
        keys::CREDENTIAL,
        keys::SCOPE,
        keys::AUTH_TYPE,
    ];
    lint(file)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter(|finding| !connection || !brought.iter().any(|key| keys::same(key, &finding.key)))
        .collect()
}

/// Reads a file that is to be checked; `catalog` is what a person said it is for.
pub fn read(text: &str, catalog: Option<&str>) -> Result<Destination, AppError> {
    let mut file = Destination::import(text.as_bytes())
        .map_err(|error| AppError::new(Kind::NotSent, error.to_string()))?;
    if let Some(kind) = catalog.and_then(destination::Kind::from_slug)
        && file.kind() != Some(kind)
    {
        file.set_kind(kind);
    }
    Ok(file)
}

/// What has been tried so far.
struct Stages {
    all: Vec<Stage>,
    /// Of a connection, not of a file for OLake: what is known of such files says nothing of it.
    is_of_connection: bool,
}

impl Stages {
    fn add(&mut self, name: &str, outcome: Outcome, found: impl Into<String>) {
        self.add_with(name, outcome, found, None);
    }

    fn add_with(
        &mut self,
        name: &str,
        outcome: Outcome,
        found: impl Into<String>,
        advice: Option<Advice>,
    ) {
        self.all.push(Stage {
            name: name.into(),
            outcome,
            found: found.into(),
            only_here: false,
            advice,
        });
    }

    /// A call that failed.
    fn fail(&mut self, name: &str, error: &Error, advice: Option<Advice>) {
        let advice = match self.is_of_connection {
            true => advice::of_connection(error),
            false => advice,
        };
        self.add_with(name, Outcome::Failed, error.message.clone(), advice);
        if let Some(stage) = self.all.last_mut() {
            stage.only_here = matches!(
                error.kind,
                ErrorKind::Unreachable(_) | ErrorKind::TimedOut | ErrorKind::Blocked
            );
        }
    }

    /// Says of the last stage how long it took.
    fn took(&mut self, took: Duration) {
        if let Some(last) = self.all.last_mut() {
            let took = match took.as_millis() {
                0 => "Less than 1".to_owned(),
                took => took.to_string(),
            };
            last.found = format!("{} {took} ms.", last.found);
        }
    }

    /// What stands in the wrong place of the file is told by name, or by the server, like any other value.
    fn hush(&mut self, file: &Destination) {
        let secrets = file.secrets();
        for stage in &mut self.all {
            stage.found = hushed(&stage.found, &secrets);
            if let Some(advice) = &mut stage.advice {
                for text in [&mut advice.cause, &mut advice.fix, &mut advice.command] {
                    *text = hushed(text, &secrets);
                }
            }
        }
    }

    fn skip_rest(&mut self) {
        for name in REACH
            .into_iter()
            .chain([SIGN_IN, CONFIG, NAMESPACES, NAMESPACE])
        {
            if !self.all.iter().any(|stage| stage.name == name) {
                self.add(
                    name,
                    Outcome::Skipped,
                    "Not tried: it needs an earlier step.",
                );
            }
        }
    }
}
