//! The way to the catalog's server: an address, a connection, TLS.

use std::time::{Duration, Instant};

use destination::{Destination, Kind, has_placeholder, keys, url::Url};
use iceberg_rest::{
    Auth, Client, Dialect, Error, ErrorKind, Limits, Operation, Route, Server, Settings,
    Unreachable, Way,
};
use model::destination::Outcome;
use secrecy::SecretString;

use super::{REACH, SIGN_IN, Stages, advice, login};
use crate::outbound;

/// A person waits for this.
const LIMITS: Limits = Limits {
    body_bytes: 4 * 1024 * 1024,
    table_bytes: 4 * 1024 * 1024,
    silence: Duration::from_secs(15),
    read_time: Duration::from_secs(15),
    change_time: Duration::from_secs(15),
    token_time: Duration::from_secs(5),
    list_time: Duration::from_secs(15),
    list_pages: 3,
    list_bytes: 4 * 1024 * 1024,
    list_items: 1000,
};

/// Asks the typed address for anything, without credentials; then there is a server to sign in to.
pub async fn typed(file: &Destination, stages: &mut Stages) -> Option<Server> {
    let url = file.text(keys::URL).trim();
    if file.kind().is_none() {
        stages.add(
            REACH[0],
            Outcome::Skipped,
            "Not tried: this is no REST catalog; Crowsnest does not speak to it.",
        );
        return None;
    }
    let holds = [
        keys::URL,
        keys::WAREHOUSE,
        keys::OAUTH_URL,
        keys::SIGNING_REGION,
    ]
    .into_iter()
    .find(|key| has_placeholder(file.text(key)));
    if url.is_empty() || holds.is_some() {
        let found = match holds {
            Some(key) => format!("{key} still holds a placeholder."),
            None => "The file names no REST catalog.".into(),
        };
        let about = [holds.unwrap_or(keys::URL)];
        let advice = advice::of_file(file, &about).or_else(|| advice::of_doubt(file, &about));
        stages.add_with(REACH[0], Outcome::Failed, found, advice);
        return None;
    }
    let server = |auth| {
        Server::new(
            outbound::typed()?,
            Settings {
                dialect: file.kind().map(dialect_of),
                auth,
                limits: LIMITS,
                masked: secrets(file),
                ..Settings::new(url)
            },
        )
    };
    let anonymous = match server(Auth::None) {
        Ok(server) => server,
        Err(error) => {
            reached(file, url, Some(&error), None, stages)?;
            return None;
        }
    };
    connected(
        file,
        &anonymous,
        Some(file.text(keys::WAREHOUSE).trim()),
        stages,
    )
    .await?;
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
            stages.fail(SIGN_IN, &error, advice);
            None
        }
    }
}

/// All that was typed in secret: a server that was asked before may know what this call does not send.
fn secrets(file: &Destination) -> Vec<SecretString> {
    keys::KEYS
        .iter()
        .filter_map(|key| Some(file.secret(key.name)?.expose()))
        .chain(file.secrets())
        .map(Into::into)
        .collect()
}

/// The first call, and how long its parts took.
pub struct Connected {
    pub outcome: Result<Client, Error>,
    /// Of the request for a token, or for keys; `None` where there was none.
    pub sign_in: Option<Duration>,
    /// Of `GET /v1/config`, and of a connection for it.
    pub config: Duration,
}

/// The first call, which tells of the way to the server. What came of it beyond that is for the stages that follow.
pub async fn connected(
    file: &Destination,
    server: &Server,
    warehouse: Option<&str>,
    stages: &mut Stages,
) -> Option<Connected> {
    let (way, connected) = tokio::join!(server.way(), connect(server, warehouse));
    let error = connected.outcome.as_ref().err();
    reached(file, server.address(), error, way, stages)?;
    Some(connected)
}

/// The first call alone.
pub async fn connect(server: &Server, warehouse: Option<&str>) -> Connected {
    let begun = Instant::now();
    let asked = server.sign_in().await;
    let sign_in = asked.then(|| begun.elapsed());
    let begun = Instant::now();
    Connected {
        outcome: server.connect(warehouse, None).await,
        sign_in,
        config: begun.elapsed(),
    }
}

/// Whether it was a token that was not given, or keys.
pub fn is_of_credentials(error: &Error) -> bool {
    [Operation::GetToken.route(), Route::AWS_CREDENTIALS]
        .iter()
        .any(|route| route.template == error.path_template)
}

/// Resolve, connect, encrypt: told by how far the first call came, and timed where the way was gone by itself.
fn reached(
    file: &Destination,
    url: &str,
    error: Option<&Error>,
    way: Option<Way>,
    stages: &mut Stages,
) -> Option<()> {
    let failed = match error {
        // Said of who gives credentials, which may be another host.
        Some(error) if is_of_credentials(error) => match way {
            Some(_) => None,
            None => {
                for name in REACH {
                    stages.add(name, Outcome::Skipped, "Not asked: signing in comes first.");
                }
                return Some(());
            }
        },
        Some(error) if error.status.is_none() => match error.kind {
            ErrorKind::Unreachable(Unreachable::Untold) => Some((0, error)),
            // What went wrong came behind it.
            _ if way.is_some() => None,
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
            stages.fail(name, error, advice::by_hand(file, false, about));
            return None;
        }
        let (found, took) = match stage {
            0 => (
                format!("{host} has an address that may be called."),
                way.map(|way| way.resolve),
            ),
            1 => (
                "Something answers there.".to_owned(),
                way.map(|way| way.connect),
            ),
            _ if !parsed.is_some_and(|url| url.is_https()) => {
                let found = "Not used: the address begins with http://.";
                stages.add(name, Outcome::Skipped, found);
                continue;
            }
            _ => (
                match stages.is_of_connection {
                    true => "The certificate is trusted.".to_owned(),
                    false => "The certificate is trusted here. OLake's Java has a list of its own."
                        .to_owned(),
                },
                way.and_then(|way| way.encrypt),
            ),
        };
        stages.add(name, Outcome::Ok, found);
        if let Some(took) = took {
            stages.took(took);
        }
    }
    Some(())
}

pub fn dialect_of(kind: Kind) -> Dialect {
    match kind {
        Kind::Generic => Dialect::Generic,
        Kind::Lakekeeper => Dialect::Lakekeeper,
        Kind::Nessie => Dialect::Nessie,
        Kind::S3Tables => Dialect::S3Tables,
        Kind::Unity => Dialect::Unity,
        Kind::Polaris => Dialect::Polaris,
    }
}
