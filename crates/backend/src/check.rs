//! A live check of a destination: reads only, keeps nothing, tells the stage that fails.

mod advice;
mod catalog;
mod login;
mod outbound;
mod reach;
mod store;

use destination::Destination;
use iceberg_rest::{Error, ErrorKind};
use model::error::{AppError, Kind};

use crate::Catalog;

pub use model::destination::{Advice, Outcome, Report, Stage};

/// The stages of the way to the catalog, in order.
const REACH: [&str; 3] = ["Resolve the host", "Connect", "Encrypt"];
const SIGN_IN: &str = "Sign in";
const CONFIG: &str = "Open the warehouse";
const NAMESPACES: &str = "List namespaces";
const NAMESPACE: &str = "Find the default namespace";
const STORE: &str = "Reach the object store";

/// Tries what OLake would do before it writes. With a connection, the catalog is asked at that
/// connection's own address and with its credentials; the file says warehouse and namespace.
pub async fn check(file: &Destination, connection: Option<&Catalog>) -> Report {
    let mut stages = Stages(Vec::new());
    if catalog::check(file, connection, &mut stages)
        .await
        .is_none()
    {
        stages.skip_rest();
    }
    store::check(file, &mut stages).await;
    Report { stages: stages.0 }
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
struct Stages(Vec<Stage>);

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
        self.0.push(Stage {
            name: name.into(),
            outcome,
            found: found.into(),
            only_here: false,
            advice,
        });
    }

    /// A call that failed.
    fn fail(&mut self, name: &str, error: &Error, advice: Option<Advice>) {
        self.add_with(name, Outcome::Failed, error.message.clone(), advice);
        if let Some(stage) = self.0.last_mut() {
            stage.only_here = matches!(
                error.kind,
                ErrorKind::Unreachable(_) | ErrorKind::TimedOut | ErrorKind::Blocked
            );
        }
    }

    fn skip_rest(&mut self) {
        for name in REACH
            .into_iter()
            .chain([SIGN_IN, CONFIG, NAMESPACES, NAMESPACE])
        {
            if !self.0.iter().any(|stage| stage.name == name) {
                self.add(
                    name,
                    Outcome::Skipped,
                    "Not tried: it needs an earlier step.",
                );
            }
        }
    }
}
