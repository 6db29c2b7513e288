//! A connection, tried stage by stage: reads only.

use std::time::{Duration, Instant};

use destination::Destination;
use iceberg_rest::{Auth, Client, Error, Namespace, Operation, SnapshotsMode};
use model::destination::{Advice, Outcome, Stage};
use tokio::time::timeout;

use super::{
    SIGN_IN, Stages, advice,
    catalog::{namespaces, opened},
    reach::connected,
};
use crate::Catalog;

/// For all of it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Namespaces that are looked into for a table.
const LOOKED_INTO: usize = 5;
const LOAD: &str = "Load a table";

/// What was found, in order.
pub async fn check(connection: &Catalog) -> Vec<Stage> {
    let mut stages = Stages {
        all: Vec::new(),
        is_of_connection: true,
    };
    if connection.is_personal() {
        let found = "Not tried: it is called as each person, once they sign in.";
        stages.add(SIGN_IN, Outcome::Skipped, found);
        return stages.all;
    }
    let file = connection.destination(None);
    if timeout(PATIENCE, tried(&file, connection, &mut stages))
        .await
        .is_err()
    {
        let found = format!("It was given up after {} s in all.", PATIENCE.as_secs());
        stages.add("Time", Outcome::Failed, found);
    }
    stages.all
}

async fn tried(file: &Destination, connection: &Catalog, stages: &mut Stages) -> Option<()> {
    // One that has no token yet: whether one is given is found out.
    let anew = connection.anew();
    let server = anew.unwrap_or_else(|_| connection.server.clone());
    let warehouse = connection.spec.warehouse.as_deref();
    let connected = connected(file, &server, warehouse, stages).await?;
    let derived = connected
        .outcome
        .as_ref()
        .is_err_and(|error| asks_below(connection, error));
    let Some(client) = opened(file, Some(connection), connected, stages) else {
        if let Some(stage) = stages.all.last_mut().filter(|_| derived) {
            let fix = format!(
                "The token endpoint follows from the connection's address: check that first, {}. Polaris' ends in /api/catalog.",
                connection.spec.url
            );
            stage.advice = Some(Advice {
                cause: String::new(),
                fix,
                command: String::new(),
                problem: None,
            });
        }
        return None;
    };
    let begun = Instant::now();
    let namespaces = namespaces(file, &client, stages).await;
    stages.took(begun.elapsed());
    let namespaces = namespaces?;
    let begun = Instant::now();
    table(file, &client, &namespaces, stages).await;
    stages.took(begun.elapsed());
    Some(())
}

/// Whether a token was asked for below the catalog's own address, where nothing that gives tokens answered.
fn asks_below(connection: &Catalog, error: &Error) -> bool {
    let below = match &connection.spec.auth {
        Auth::OAuth2 { token_url, .. } => token_url.starts_with(&connection.spec.url),
        _ => false,
    };
    let token = error.path_template == Operation::GetToken.route().template;
    below && token && (error.status.is_none() || !error.said)
}

/// The first table that is found.
async fn table(file: &Destination, client: &Client, namespaces: &[Namespace], stages: &mut Stages) {
    for namespace in namespaces.iter().take(LOOKED_INTO) {
        let found = match client.list_tables(namespace).await {
            Ok(list) => list.items,
            Err(error) => return stages.fail(LOAD, &error, advice::of_error(file, &error)),
        };
        let Some(table) = found.into_iter().next() else {
            continue;
        };
        return match client.load_table(&table, SnapshotsMode::Refs, None).await {
            Ok(_) => stages.add(LOAD, Outcome::Ok, format!("{table} is there.")),
            Err(error) => stages.fail(LOAD, &error, advice::of_error(file, &error)),
        };
    }
    let found = match namespaces.len() {
        0 => "There is no namespace yet.".to_owned(),
        _ => "There is no table in the namespaces that were looked into.".to_owned(),
    };
    stages.add(LOAD, Outcome::Skipped, found);
}
