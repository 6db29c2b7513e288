//! The sample catalog alone, for development and measuring.

use clap::Parser;
use sample_catalog::{Dialect, Options, UnknownDialect};
use tokio::net::TcpListener;

/// An Iceberg REST catalog in memory, on loopback.
#[derive(Parser)]
struct Flags {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8181)]
    port: u16,
    /// generic, polaris, nessie, lakekeeper, unity or s3-tables.
    #[arg(long, default_value = "generic", value_parser = |name: &str| name.parse::<Dialect>().map_err(|error: UnknownDialect| error.to_string()))]
    dialect: Dialect,
    /// Extra tables in the namespace `scale_tables`.
    #[arg(long, default_value_t = 0)]
    tables: usize,
    /// Snapshots of the extra table `scale_history.events`.
    #[arg(long, default_value_t = 0)]
    snapshots: usize,
    /// Polaris: extra catalog roles in the catalog `lakehouse`.
    #[arg(long, default_value_t = 0)]
    roles: usize,
    /// Polaris: a token is good for so many seconds.
    #[arg(long, default_value_t = Options::default().token_seconds)]
    token_seconds: u64,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let Flags {
        port,
        dialect,
        tables,
        snapshots,
        roles,
        token_seconds,
    } = Flags::parse();
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!(
        "sample catalog ({dialect}) at http://{}{}",
        listener.local_addr()?,
        dialect.base_path()
    );
    axum::serve(
        listener,
        sample_catalog::router(Options {
            dialect,
            tables,
            snapshots,
            roles,
            token_seconds,
            ..Options::default()
        }),
    )
    .await
}
