//! The catalog: reached, signed in to, opened, listed.

use std::time::Duration;

use destination::{Destination, Kind, has_placeholder, keys, url::Url};
use iceberg_rest::{
    Auth, Client, Completeness, Dialect, Error, ErrorKind, HttpOptions, Limits, Namespace,
    Operation, Server, Settings, Unreachable, dialect, http_client,
};

use super::{CONFIG, NAMESPACE, NAMESPACES, REACH, SIGN_IN, Stages, advice, login};
use crate::{model::destination::Outcome, session::Connection};

/// A person waits for this.
const LIMITS: Limits = Limits {
    body_bytes: 4 * 1024 * 1024,
    call_time: Duration::from_secs(15),
    list_time: Duration::from_secs(15),
    list_pages: 3,
    list_items: 1000,
};

/// `None`: a stage failed, and those after it cannot be tried.
pub async fn check(
    file: &Destination,
    connection: Option<&Connection>,
    stages: &mut Stages,
) -> Option<()> {
    let warehouse = file.text(keys::WAREHOUSE).trim();
    let server = match connection {
        Some(connection) => connection.server.clone(),
        None => typed(file, stages).await?,
    };
    let outcome = server.connect(Some(warehouse), None).await;
    if connection.is_some() {
        reached(file, server.address(), outcome.as_ref().err(), stages)?;
    }
    let client = opened(file, outcome, stages)?;
    namespaces(file, &client, stages).await?;
    default_namespace(file, &client, stages).await;
    Some(())
}

/// Asks the typed address for anything, without credentials; then there is a server to sign in to.
async fn typed(file: &Destination, stages: &mut Stages) -> Option<Server> {
    let url = file.text(keys::URL).trim();
    let holds = [
        keys::URL,
        keys::WAREHOUSE,
        keys::OAUTH_URL,
        keys::SIGNING_REGION,
    ]
    .into_iter()
    .find(|key| has_placeholder(file.text(key)));
    if file.kind().is_none() || url.is_empty() || holds.is_some() {
        let found = match holds {
            Some(key) => format!("{key} still holds a placeholder."),
            None if url.is_empty() => "The file names no REST catalog.".into(),
            None => "This is no REST catalog; Crowsnest does not speak to it.".into(),
        };
        let advice = advice::of_file(file, &[holds.unwrap_or(keys::URL)]);
        stages.add_with(REACH[0], Outcome::Failed, found, advice);
        return None;
    }
    let server = |auth| {
        let http = http_client(HttpOptions {
            guard: true,
            ..HttpOptions::default()
        })?;
        Server::new(
            http,
            Settings {
                dialect: file.kind().map(dialect_of),
                auth,
                limits: LIMITS,
                ..Settings::new(url)
            },
        )
    };
    let anonymous = match server(Auth::None) {
        Ok(server) => server,
        Err(error) => {
            reached(file, url, Some(&error), stages)?;
            return None;
        }
    };
    let error = anonymous
        .connect(Some(file.text(keys::WAREHOUSE).trim()), None)
        .await
        .err();
    reached(file, url, error.as_ref(), stages)?;
    let auth = match login::auth(file) {
        Ok(auth) => auth,
        Err(login::Missing::Secret(what)) => {
            let advice = advice::of_file(file, &[keys::TOKEN, keys::CREDENTIAL]);
            stages.add_with(
                SIGN_IN,
                Outcome::Failed,
                format!("There is no {what} to sign in with."),
                advice,
            );
            return None;
        }
        Err(login::Missing::Role) => {
            stages.add(SIGN_IN, Outcome::Skipped, "Not tried: without keys OLake signs as the role of its machine, which is not this one.");
            return None;
        }
    };
    match server(auth) {
        Ok(server) => Some(server),
        Err(error) => {
            let advice =
                advice::of_file(file, &[keys::OAUTH_URL, keys::TOKEN, keys::SIGNING_REGION]);
            stages.add_with(SIGN_IN, Outcome::Failed, error.message.clone(), advice);
            None
        }
    }
}

/// Resolve, connect, encrypt: told by how far the first call came.
fn reached(
    file: &Destination,
    url: &str,
    error: Option<&Error>,
    stages: &mut Stages,
) -> Option<()> {
    let failed = match error {
        Some(error) if error.path_template == Operation::GetToken.route().template => {
            for name in REACH {
                stages.add(name, Outcome::Skipped, "Not asked: signing in comes first.");
            }
            return Some(());
        }
        Some(error) if error.status.is_none() => match error.kind {
            ErrorKind::Invalid | ErrorKind::Blocked | ErrorKind::Unreachable(Unreachable::Dns) => {
                Some((0, error))
            }
            ErrorKind::Unreachable(Unreachable::Tls) => Some((2, error)),
            _ => Some((1, error)),
        },
        _ => None,
    };
    let parsed = Url::parse(url).ok();
    let host = parsed.map_or("", |url| url.host);
    for (stage, name) in REACH.into_iter().enumerate() {
        if let Some((at, error)) = failed
            && at == stage
        {
            let about = advice::of_error(file, error);
            // Where the address itself is at fault, the file says more than the network.
            let about = match error.kind {
                ErrorKind::Invalid => advice::of_file(file, &[keys::URL]).or(about),
                _ => about,
            };
            stages.add_with(
                name,
                Outcome::Failed,
                error.message.clone(),
                advice::by_hand(file, false, about),
            );
            return None;
        }
        match stage {
            0 => stages.add(
                name,
                Outcome::Ok,
                format!("{host} has an address that may be called."),
            ),
            1 => stages.add(name, Outcome::Ok, "Something answers there."),
            _ if parsed.is_some_and(|url| url.is_https()) => stages.add(
                name,
                Outcome::Ok,
                "The certificate is trusted here. OLake's Java has a list of its own.",
            ),
            _ => stages.add(
                name,
                Outcome::Skipped,
                "Not used: the address begins with http://.",
            ),
        }
    }
    Some(())
}

/// Token and `GET /v1/config?warehouse=`.
fn opened(
    file: &Destination,
    outcome: Result<Client, Error>,
    stages: &mut Stages,
) -> Option<Client> {
    let error = match outcome {
        Ok(client) => {
            signed_in(file, stages);
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
            return Some(client);
        }
        Err(error) => error,
    };
    if error.path_template == Operation::GetToken.route().template {
        let about = advice::of_file(file, &[keys::SCOPE, keys::OAUTH_URL, keys::CREDENTIAL])
            .or_else(|| advice::of_error(file, &error));
        stages.add_with(
            SIGN_IN,
            Outcome::Failed,
            error.message.clone(),
            advice::by_hand(file, true, about),
        );
        return None;
    }
    let refused = matches!(
        error.kind,
        ErrorKind::Unauthenticated | ErrorKind::Forbidden
    );
    let about: &[&str] = if refused {
        &[
            keys::SIGNING_REGION,
            keys::SIGNING_NAME,
            keys::TOKEN,
            keys::CREDENTIAL,
            keys::SCOPE,
            keys::REGION,
            keys::WAREHOUSE,
        ]
    } else {
        &[keys::URL, keys::WAREHOUSE]
    };
    let about = advice::of_file(file, about).or_else(|| advice::of_error(file, &error));
    let about = advice::by_hand(file, false, about);
    if error.kind == ErrorKind::Unauthenticated {
        stages.add_with(SIGN_IN, Outcome::Failed, error.message.clone(), about);
    } else {
        signed_in(file, stages);
        stages.add_with(CONFIG, Outcome::Failed, error.message.clone(), about);
    }
    None
}

fn signed_in(file: &Destination, stages: &mut Stages) {
    match file.auth() {
        destination::Auth::None => stages.add(
            SIGN_IN,
            Outcome::Skipped,
            "Not needed: no credentials are set.",
        ),
        destination::Auth::OAuth2 => {
            stages.add(SIGN_IN, Outcome::Ok, "The token endpoint gave a token.")
        }
        destination::Auth::Token => {
            stages.add(SIGN_IN, Outcome::Ok, "The token goes with every request.")
        }
        destination::Auth::SigV4 => stages.add(SIGN_IN, Outcome::Ok, "Requests are signed."),
    }
}

async fn namespaces(file: &Destination, client: &Client, stages: &mut Stages) -> Option<()> {
    match client.list_namespaces(None).await {
        Ok(list) => {
            let more = match list.completeness {
                Completeness::Complete => "",
                Completeness::Capped { .. } => " or more",
            };
            let found = format!("{}{more} at the top.", list.items.len());
            stages.add(NAMESPACES, Outcome::Ok, found);
            Some(())
        }
        Err(error) => {
            let about = advice::of_error(file, &error);
            stages.add_with(NAMESPACES, Outcome::Failed, error.message.clone(), about);
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

fn dialect_of(kind: Kind) -> Dialect {
    match kind {
        Kind::Generic => Dialect::Generic,
        Kind::Lakekeeper => Dialect::Lakekeeper,
        Kind::Nessie => Dialect::Nessie,
        Kind::S3Tables => Dialect::S3Tables,
        Kind::Unity => Dialect::Unity,
        Kind::Polaris => Dialect::Polaris,
    }
}
