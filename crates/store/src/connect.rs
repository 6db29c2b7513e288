//! Connections to the database, and what is settled once for each.

use std::{str::FromStr, time::Duration};

use secrecy::ExposeSecret;
use sqlx::{
    AnyPool, ConnectOptions, Connection, Executor,
    any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers},
};

use crate::{Error, Place, file, random};

/// Most connections to the database at once, to read and to write each.
const CONNECTIONS: u32 = 4;
/// How long a question waits for a connection before the database counts as away.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// PostgreSQL waits without end for who went silent while holding a row, and may be set to another isolation than
/// the one that the queries are written for.
const SETTLED: &str = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';
    SET default_transaction_isolation = 'read committed'";

/// What may stand after the `?` of PostgreSQL's address, besides `options[…]`. The last two are known to others, and
/// nothing is lost without them.
const KNOWN: [&str; 20] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "connect_timeout",
    "target_session_attrs",
];

/// Connections to read with, and to write with.
pub(crate) struct Pools {
    pub reads: AnyPool,
    pub writes: AnyPool,
}

pub(crate) async fn connect(place: &Place) -> Result<Pools, Error> {
    install_default_drivers();
    let options = AnyPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE);
    Ok(match place {
        Place::Memory => {
            // The memory ends with its last connection, and one of which a user gives up may: this one has no user.
            // `file:` is what lets it have a name, for both to find.
            let name = random::handle()?;
            let address = address(&format!("sqlite://file%3A{name}?mode=memory"))?;
            let one = options
                .max_connections(1)
                .idle_timeout(None)
                .max_lifetime(None);
            let holds = one.clone().connect_with(address.clone()).await?;
            let one = one.after_connect(move |_, _| {
                let _ = &holds;
                Box::pin(async { Ok(()) })
            });
            let reads = clean(one).connect_with(address).await?;
            let writes = reads.clone();
            Pools { reads, writes }
        }
        Place::File(path) => {
            file::private(path)?;
            let address = address(&file::url(path)?)?;
            let failed = |error| file::of_file(path, error);
            // SQLite has one writer at a time: here they queue, and none is passed over.
            // Nobody else closes them: to ask each before it is used would be half of what a request waits for.
            let options = options.test_before_acquire(false);
            let one = clean(options.clone().max_connections(1));
            let writes = one.connect_with(address.clone()).await.map_err(failed)?;
            file::written_ahead(&writes).await.map_err(failed)?;
            let reads = clean(options).connect_lazy_with(address);
            Pools { reads, writes }
        }
        Place::Postgres(url) => {
            let address = address(url.expose_secret())?;
            // The driver would write what it does not know into the log, and a password may be mistyped there.
            for (name, _) in address.database_url.query_pairs() {
                if !KNOWN.contains(&&*name) && !name.starts_with("options[") {
                    return Err(Error::address());
                }
            }
            let settled = options.after_connect(|connection, _| {
                Box::pin(async move { connection.execute(SETTLED).await.map(|_| ()) })
            });
            let writes = settled.clone().connect_with(address.clone()).await?;
            let reads = settled.connect_lazy_with(address);
            Pools { reads, writes }
        }
    })
}

/// On a full disk SQLite ends a transaction by itself, and the driver takes the connection for one within it ever
/// after: such a one is not used again.
fn clean(options: AnyPoolOptions) -> AnyPoolOptions {
    options.after_release(|connection, _| {
        Box::pin(async move {
            if connection.is_in_transaction() {
                // Or its end is still under way.
                connection.ping().await?;
            }
            Ok(!connection.is_in_transaction())
        })
    })
}

/// Queries stand in no log: they are the same each time, and tell nothing of what went wrong.
fn address(url: &str) -> Result<AnyConnectOptions, Error> {
    Ok(AnyConnectOptions::from_str(url)?.disable_statement_logging())
}
