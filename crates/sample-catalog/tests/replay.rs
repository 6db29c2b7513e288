//! The sample in a vendor's dialect, held to what a real server of that vendor answered.
//!
//! Requests are replayed in recorded order against a seed made here; statuses, JSON keys and values must be
//! the same, but for what a server makes up. Differences kept on purpose stand in `replay/differences.json` with their reasons.

#[path = "replay/callers.rs"]
mod callers;
#[path = "replay/exchange.rs"]
mod exchange;
#[path = "replay/run.rs"]
mod run;
#[path = "replay/shape.rs"]
mod shape;
#[path = "replay/sign.rs"]
mod sign;
#[path = "replay/signing.rs"]
mod signing;
#[path = "replay/substitute.rs"]
mod substitute;
mod support;
#[path = "replay/worlds.rs"]
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use exchange::Exchange;
use run::{Report, Request, replay, replay_watched};
use sample_catalog::{Dialect, Options, SampleAuth, connections, router_with_stock};
use serde::Deserialize;
use substitute::Substitutes;
use support::Answer;

/// Differences of one recording that have one reason.
#[derive(Deserialize)]
struct Kept {
    reason: String,
    exchanges: BTreeSet<String>,
}

/// Prints the count; fails on a difference that is not listed, and on a listed one that is none.
fn settle(name: &str, report: &Report) {
    let all: BTreeMap<String, Vec<Kept>> =
        serde_json::from_str(include_str!("replay/differences.json"))
            .expect("the list of differences");
    let kept = all.get(name).map_or(&[][..], Vec::as_slice);
    let listed: BTreeSet<&String> = kept.iter().flat_map(|kept| &kept.exchanges).collect();
    let Report {
        others,
        compared,
        by_status,
        differences,
    } = report;
    println!(
        "{name}: {compared} exchanges replayed ({by_status} by status alone), {} differ on purpose, {others} of other APIs left out",
        differences.len(),
    );
    for kept in kept {
        println!("  {} because {}", kept.exchanges.len(), kept.reason);
    }
    let unlisted: Vec<_> = differences
        .iter()
        .filter(|(exchange, _)| !listed.contains(exchange))
        .collect();
    let stale: Vec<_> = listed
        .iter()
        .filter(|exchange| !differences.contains_key(**exchange))
        .collect();
    let lines: Vec<String> = unlisted
        .iter()
        .map(|(exchange, found)| format!("{exchange}: {found}"))
        .collect();
    assert!(
        unlisted.is_empty(),
        "{} unlisted differences:\n{}",
        unlisted.len(),
        lines.join("\n")
    );
    assert!(
        stale.is_empty(),
        "listed, but no longer different: {stale:#?}"
    );
}

#[tokio::test]
async fn unity() {
    let options = Options {
        dialect: Dialect::Unity,
        ..Options::default()
    };
    let server = router_with_stock(options, worlds::unity());
    let mut known = Substitutes::default();
    let report = replay(
        &server,
        "unity-0.6.0",
        "/api/2.1/unity-catalog/iceberg",
        &mut known,
        &|_, _| (),
    )
    .await;
    settle("unity-0.6.0", &report);
}

#[tokio::test]
async fn unity_with_authorization() {
    let options = Options {
        dialect: Dialect::Unity,
        authorization: true,
        ..Options::default()
    };
    let server = router_with_stock(options, worlds::unity_with_authorization());
    let mut known = Substitutes::default();
    // The recording masks tokens; its answers tell whose they were.
    let prepare = |recorded: &Exchange, request: &mut Request| {
        let token = match recorded.status {
            Some(401) => return,
            Some(403) => "sample-unity-user-token",
            _ => "sample-unity-token",
        };
        request
            .headers
            .iter_mut()
            .for_each(|(_, value)| *value = value.replace("<token>", token));
    };
    let name = "unity-0.6.0-authorization";
    let report = replay(
        &server,
        name,
        "/api/2.1/unity-catalog/iceberg",
        &mut known,
        &prepare,
    )
    .await;
    settle(name, &report);
}

#[tokio::test]
async fn lakekeeper() {
    let options = Options {
        dialect: Dialect::Lakekeeper,
        ..Options::default()
    };
    let server = router_with_stock(options, worlds::lakekeeper());
    let mut known = Substitutes::default();
    let report = replay(
        &server,
        "lakekeeper-0.13.3",
        "/catalog",
        &mut known,
        &|_, _| (),
    )
    .await;
    settle("lakekeeper-0.13.3", &report);
}

#[tokio::test]
async fn s3_tables() {
    let options = Options {
        dialect: Dialect::S3Tables,
        ..Options::default()
    };
    let server = router_with_stock(
        options,
        vec![worlds::bare("analytics", "file:///data/analytics", &[])],
    );
    let mut known = Substitutes::default();
    let arn = "arn:aws:s3tables:eu-central-1:111122223333:bucket/analytics";
    let prefix = arn.replace(':', "%3A").replace('/', "%2F");
    // RustFS names a warehouse plainly where AWS wants the ARN of a bucket.
    let prepare = |recorded: &Exchange, request: &mut Request| {
        request.path = request
            .path
            .replace("/v1/analytics/", &format!("/v1/{prefix}/"));
        request.path = request
            .path
            .replace("warehouse=analytics", &format!("warehouse={arn}"));
        sign::sign(recorded, request);
    };
    let report = replay(&server, "rustfs-1.0.1", "/iceberg", &mut known, &prepare).await;
    settle("rustfs-1.0.1", &report);
}

#[tokio::test]
async fn polaris() {
    let options = Options {
        dialect: Dialect::Polaris,
        ..Options::default()
    };
    let server = router_with_stock(options, Vec::new());
    let sample = connections("")
        .into_iter()
        .find(|one| one.dialect == Dialect::Polaris);
    let Some(SampleAuth::OAuth2 {
        client_id,
        client_secret,
        ..
    }) = sample.map(|one| one.auth)
    else {
        panic!("Polaris wants a client");
    };
    let callers = callers::Callers::new(client_id, client_secret);
    let mut known = Substitutes::default();
    let prepare = |recorded: &Exchange, request: &mut Request| callers.prepare(recorded, request);
    let watch = |request: &Request, answer: &Answer| callers.watch(request, answer);
    let name = "polaris-1.7.0";
    let report = replay_watched(&server, name, "/", &mut known, &prepare, &watch).await;
    settle(name, &report);
}
