//! An Iceberg REST catalog in memory, in the manner of one of six vendors.
//!
//! It is what Crowsnest shows before anything is connected, what it is developed against, and a second,
//! independent reading of the specification for its tests. Nothing is kept: a restart brings the seed back.
//!
//! # What it holds
//! Two warehouses, `lakehouse` and `lab`, under every dialect. Vendors with one level of plain names
//! (Unity, S3 Tables) hold the same tables in flattened namespaces: `sales.eu.retail` is `sales_eu_retail`.
//! Extra tables for measuring come with [`Options::tables`] and [`Options::snapshots`].
//!
//! Polaris also has principals, roles, grants and policies, and enforces them on every operation; the root
//! principal may do everything. [`Options::roles`] adds many. Secrets of seeded principals are random: reset
//! them to sign in as one.
//!
//! # Error states on demand
//! Loading a table or view of one of these names, in any namespace, or listing a namespace whose last level
//! has it, gives the error. So does each management or native call whose path names it. They stand in `lab`
//! below `faults`. Plain-name vendors spell them `err_403`.
//!
//! | name | answer |
//! |---|---|
//! | `err-401`, `err-403`, `err-404`, `err-409`, `err-500`, `err-503` | that status, with the specification's error body |
//! | `err-429` | 429 with `Retry-After: 7` |
//! | `err-502` | 502 with a proxy's HTML page |
//! | `err-slow` | the ordinary answer, after 6 s |
//! | `err-stall` | a good start, then nothing |
//! | `err-truncated` | a good start, then the connection breaks before `Content-Length` is reached |
//! | `err-huge` | 96 MiB |
//! | `err-html` | 200 with a sign-in page |
//! | `err-empty` | 200 with no body |
//! | `err-malformed` | 200 with broken JSON |
//!
//! A commit to a table or a view of one of these names, in any namespace, also within a transaction, goes wrong.
//! Nothing of the seed has such a name: create one. A table that is created or registered under such a name behind
//! `new-` goes wrong so, too: `new-commit-cut-after`.
//!
//! | name | what becomes of the commit, and of its answer |
//! |---|---|
//! | `commit-409-once` | the first one is refused as a conflict |
//! | `commit-500-after` | made, and answered with 500 |
//! | `commit-cut-before` | not made; the connection ends without an answer |
//! | `commit-cut-during` | made; the connection ends within the answer |
//! | `commit-cut-after` | made; the connection ends without an answer |
//! | `commit-slow` | made at once, and answered after 20 s |

#![expect(
    clippy::result_large_err,
    reason = "an answer that ends a request early is not carried far"
)]

mod ask;
mod connections;
mod dialect;
mod dialects;
mod faults;
mod ident;
mod objects;
mod operation;
mod options;
mod paging;
mod polaris;
mod problem;
mod repeats;
mod reply;
mod routes;
mod seed;
mod server;
mod sigv4;
mod state;
mod stock;
mod store;
mod subject;
mod vendor;

use std::sync::Arc;

use axum::{Router, extract::Request};

pub use connections::{SampleAuth, SampleConnection, connections};
pub use dialect::{Dialect, UnknownDialect};
pub use options::Options;
pub use stock::{Stock, StockNamespace, StockTable};

use server::Server;

/// One server, at its vendor's own base path below [`Options::mount`].
pub fn router(options: Options) -> Router {
    serve(Server::new(options))
}

/// The same, holding `stock` and nothing else.
pub fn router_with_stock(options: Options, stock: Vec<Stock>) -> Router {
    serve(Server::with_stock(options, stock))
}

fn serve(server: Server) -> Router {
    let server = Arc::new(server);
    Router::new().fallback(move |request: Request| async move { server.handle(request).await })
}

/// Six servers on one listener, each below `/<dialect>`: `/generic`, `/polaris`, … `/s3-tables`.
pub fn all() -> Router {
    let servers: Arc<[Server]> = Dialect::ALL
        .map(|dialect| {
            Server::new(Options {
                dialect,
                mount: format!("/{dialect}"),
                ..Options::default()
            })
        })
        .into();
    Router::new().fallback(move |request: Request| async move {
        let first = request.uri().path().split('/').nth(1).unwrap_or_default();
        match servers
            .iter()
            .find(|server| server.options.dialect.name() == first)
        {
            Some(server) => server.handle(request).await,
            None => reply::error(
                404,
                "NotFoundException",
                "The sample servers stand below /generic, /polaris and so on",
            ),
        }
    })
}
