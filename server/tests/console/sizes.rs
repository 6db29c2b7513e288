//! What a long history may cost the browser that shows it.

use crate::support::{NOT_YET, ask_while, console};
use sample_catalog::Options;
use tokio::net::TcpListener;

/// For 50 000 snapshots, which differ from these by digits: a page holds 200 of either.
const BUDGET: usize = 200 * 1024;

#[tokio::test]
async fn a_page_of_10_000_snapshots_stays_small() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let catalog = sample_catalog::router(Options {
        snapshots: 10_000,
        ..Options::default()
    });
    tokio::spawn(async move { axum::serve(listener, catalog).await });
    let console = console(&format!(
        "[[connection]]\nname = \"long\"\nurl = \"{url}\"\n"
    ));
    let path = "/c/long/t/snapshots?ns=scale_history&t=events";
    // A busy machine reads them for longer than a page waits.
    let page = ask_while(&console, path, NOT_YET).await;
    assert!(page.body.contains("of 10\u{202f}000 snapshots"));
    assert!(page.body.len() <= BUDGET, "{} bytes", page.body.len());
}
