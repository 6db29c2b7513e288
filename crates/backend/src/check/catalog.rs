//! The catalog: signed in to, opened, listed.

use std::time::Duration;

use destination::{Destination, has_placeholder, keys};
use iceberg_rest::{Client, Completeness, Dialect, ErrorKind, Namespace, dialect};
use model::destination::Outcome;

use super::{
    CONFIG, NAMESPACE, NAMESPACES, SIGN_IN, Stages, advice,
    reach::{Connected, connect, connected, dialect_of, is_of_credentials, typed},
};
use crate::Catalog;

/// `None`: a stage failed, and those after it cannot be tried.
pub async fn check(
    file: &Destination,
    connection: Option<&Catalog>,
    stages: &mut Stages,
) -> Option<()> {
    let warehouse = file.text(keys::WAREHOUSE).trim();
    let connected = match connection {
        Some(connection) => connected(file, &connection.server, Some(warehouse), stages).await?,
        None => connect(&typed(file, stages).await?, Some(warehouse)).await,
    };
    let client = opened(file, connection, connected, stages)?;
    namespaces(file, &client, stages).await?;
    default_namespace(file, &client, stages).await;
    Some(())
}

/// Token and `GET /v1/config?warehouse=`.
pub fn opened(
    file: &Destination,
    connection: Option<&Catalog>,
    connected: Connected,
    stages: &mut Stages,
) -> Option<Client> {
    let error = match connected.outcome {
        Ok(client) => {
            signed_in(file, connection, connected.sign_in, stages);
            let detected = dialect::detect(client.server().address(), client.config());
            let expected = file.kind().map(dialect_of);
            let differs = detected != Dialect::Generic
                && expected.is_some_and(|kind| kind != Dialect::Generic && kind != detected);
            if differs {
                let found = format!("It opens, but it looks like {}.", detected.profile().title);
                stages.add(CONFIG, Outcome::Warning, found);
            } else {
                stages.add(
                    CONFIG,
                    Outcome::Ok,
                    "GET /v1/config answers for this warehouse.",
                );
            }
            stages.took(connected.config);
            return Some(client);
        }
        Err(error) => error,
    };
    if is_of_credentials(&error) {
        let about = &[keys::SCOPE, keys::OAUTH_URL, keys::CREDENTIAL];
        let about = advice::of_call(file, &error, about);
        stages.fail(SIGN_IN, &error, advice::by_hand(file, true, about));
        return None;
    }
    let about: &[&str] = match error.kind {
        ErrorKind::Unauthenticated | ErrorKind::Forbidden => &[
            keys::SIGNING_REGION,
            keys::SIGNING_NAME,
            keys::TOKEN,
            keys::CREDENTIAL,
            keys::SCOPE,
            keys::REGION,
            keys::WAREHOUSE,
        ],
        // What answers is no catalog: the warehouse was never looked at.
        ErrorKind::Malformed | ErrorKind::Unsupported | ErrorKind::Redirect => &[keys::URL],
        _ => &[keys::URL, keys::WAREHOUSE],
    };
    let about = advice::of_call(file, &error, about);
    let about = advice::by_hand(file, false, about);
    if error.kind == ErrorKind::Unauthenticated {
        stages.fail(SIGN_IN, &error, about);
    } else {
        signed_in(file, connection, connected.sign_in, stages);
        stages.fail(CONFIG, &error, about);
        stages.took(connected.config);
    }
    None
}

fn signed_in(
    file: &Destination,
    connection: Option<&Catalog>,
    took: Option<Duration>,
    stages: &mut Stages,
) {
    let auth = match connection {
        Some(connection) if connection.is_personal() => {
            return stages.add(
                SIGN_IN,
                Outcome::Ok,
                "As you are signed in to the connection.",
            );
        }
        Some(connection) => connection.destination(None).auth(),
        None => file.auth(),
    };
    match auth {
        destination::Auth::None => stages.add(
            SIGN_IN,
            Outcome::Skipped,
            "Not needed: no credentials are set.",
        ),
        destination::Auth::OAuth2 => {
            let found = match took {
                Some(_) => "The token endpoint gave a token.",
                None => "The token that was given before is still good.",
            };
            stages.add(SIGN_IN, Outcome::Ok, found)
        }
        destination::Auth::Token => {
            stages.add(SIGN_IN, Outcome::Ok, "The token goes with every request.")
        }
        destination::Auth::SigV4 => stages.add(SIGN_IN, Outcome::Ok, "Requests are signed."),
    }
    if let Some(took) = took {
        stages.took(took);
    }
}

/// Those at the top.
pub async fn namespaces(
    file: &Destination,
    client: &Client,
    stages: &mut Stages,
) -> Option<Vec<Namespace>> {
    match client.list_namespaces(None).await {
        Ok(list) => {
            let more = match list.completeness {
                Completeness::Complete => "",
                Completeness::Capped { .. } => " or more",
            };
            let found = format!("{}{more} at the top.", list.items.len());
            stages.add(NAMESPACES, Outcome::Ok, found);
            Some(list.items)
        }
        Err(error) => {
            let about = advice::of_error(file, &error);
            stages.fail(NAMESPACES, &error, about);
            None
        }
    }
}

async fn default_namespace(file: &Destination, client: &Client, stages: &mut Stages) {
    const CREATE: &str = "Whether it may be created shows only when OLake does so: its own check writes the table test_olake in the namespace test_olake and leaves both there.";
    let name = file.text(keys::DATABASE).trim();
    if name.is_empty() || has_placeholder(name) {
        return stages.add(
            NAMESPACE,
            Outcome::Unknown,
            format!("streams.json names the namespaces. {CREATE}"),
        );
    }
    let found = match Namespace::try_new([name]) {
        Ok(namespace) => client.namespace_exists(&namespace).await,
        Err(error) => Err(error.into()),
    };
    match found {
        Ok(true) => stages.add(NAMESPACE, Outcome::Ok, format!("{name} is there.")),
        Ok(false) => stages.add(
            NAMESPACE,
            Outcome::Unknown,
            format!("{name} is not there yet. {CREATE}"),
        ),
        Err(error) => {
            let about = advice::of_error(file, &error);
            stages.add_with(NAMESPACE, Outcome::Warning, error.message.clone(), about);
        }
    }
}
