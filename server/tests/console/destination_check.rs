//! The live check against the sample catalogs: well configured in each dialect, then wrong in the
//! ways that people get it wrong.

use std::net::SocketAddr;

use axum::{Router, response::Html, routing::get};
use backend::check::{Outcome, Report, Stage, check};
use destination::{Auth, Destination, Kind, Target, keys};
use sample_catalog::SampleAuth;
use tokio::net::TcpListener;

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// The destination for each sample catalog.
async fn samples() -> Vec<(Kind, Destination)> {
    let address = serve(sample_catalog::all()).await;
    sample_catalog::connections(&format!("http://{address}"))
        .into_iter()
        .map(|sample| {
            let kind = Kind::from_slug(sample.dialect.name()).unwrap();
            (kind, destination(kind, &sample))
        })
        .collect()
}

fn destination(kind: Kind, sample: &sample_catalog::SampleConnection) -> Destination {
    let auth = match sample.auth {
        SampleAuth::None => Auth::None,
        SampleAuth::Bearer { .. } => Auth::Token,
        SampleAuth::OAuth2 { .. } => Auth::OAuth2,
        SampleAuth::SigV4 { .. } => Auth::SigV4,
    };
    let mut file = Destination::new(kind, auth, Target::Classic);
    file.set(keys::URL, &sample.url);
    file.set(keys::WAREHOUSE, &sample.warehouse);
    file.set(keys::DATABASE, "sales");
    match &sample.auth {
        SampleAuth::None => {}
        SampleAuth::Bearer { token } => file.set(keys::TOKEN, token),
        SampleAuth::OAuth2 {
            client_id,
            client_secret,
            scope,
        } => {
            file.set(keys::CREDENTIAL, &format!("{client_id}:{client_secret}"));
            file.set(keys::SCOPE, scope);
        }
        SampleAuth::SigV4 {
            region,
            access_key_id,
            secret_access_key,
        } => {
            file.set(keys::REGION, region);
            file.set(keys::SIGNING_REGION, region);
            file.set(keys::ACCESS_KEY, access_key_id);
            file.set(keys::SECRET_KEY, secret_access_key);
        }
    }
    file.derive();
    file
}

async fn sample(kind: Kind) -> Destination {
    let found = samples()
        .await
        .into_iter()
        .find(|(known, _)| *known == kind);
    found.unwrap().1
}

fn failed(report: &Report) -> &Stage {
    let stage = report
        .stages
        .iter()
        .find(|stage| stage.outcome == Outcome::Failed);
    stage.unwrap_or_else(|| panic!("nothing failed: {report:#?}"))
}

/// Sets one key of a good file and says where the check ends, and with what.
async fn wrong(kind: Kind, key: &str, change: impl FnOnce(&str) -> String) -> (Stage, String) {
    let mut file = sample(kind).await;
    let before = match file.secret(key) {
        Some(secret) => secret.expose().to_owned(),
        None => file.text(key).to_owned(),
    };
    file.set(key, &change(&before));
    let stage = failed(&check(&file, None).await).clone();
    let advice = stage
        .advice
        .clone()
        .unwrap_or_else(|| panic!("no advice: {stage:?}"));
    (stage, format!("{} {}", advice.cause, advice.fix))
}

#[tokio::test]
async fn succeeds_in_every_dialect() {
    for (kind, file) in samples().await {
        let report = check(&file, None).await;
        assert!(report.is_ok(), "{kind}: {report:#?}");
        let opened = |name| {
            report
                .stages
                .iter()
                .any(|stage| stage.name == name && stage.outcome == Outcome::Ok)
        };
        assert!(
            opened("Open the warehouse") && opened("List namespaces"),
            "{kind}: {report:#?}"
        );
    }
}

#[tokio::test]
async fn says_that_creating_cannot_be_known() {
    let mut file = sample(Kind::Generic).await;
    file.set(keys::DATABASE, "not_there");
    let report = check(&file, None).await;
    let stage = report
        .stages
        .iter()
        .find(|stage| stage.name == "Find the default namespace")
        .unwrap();
    assert_eq!(stage.outcome, Outcome::Unknown);
    assert!(stage.found.contains("test_olake"));
}

#[tokio::test]
async fn wrong_port() {
    let unused = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let (stage, advice) = wrong(Kind::Polaris, keys::URL, |_| {
        format!("http://{unused}/api/catalog")
    })
    .await;
    assert_eq!(stage.name, "Connect");
    assert!(advice.contains("Nothing listens"), "{advice}");
}

#[tokio::test]
async fn wrong_path() {
    for (kind, path, expected) in [
        (Kind::Lakekeeper, "/lakekeeper/ui", "/catalog"),
        (Kind::Lakekeeper, "/lakekeeper/management", "/catalog"),
        (Kind::Lakekeeper, "", "/catalog"),
        (Kind::Polaris, "", "/api/catalog"),
        (Kind::Nessie, "/nessie/api/v2", "/iceberg"),
    ] {
        let (stage, advice) = wrong(kind, keys::URL, |url| {
            let host = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
            format!("{host}{path}")
        })
        .await;
        assert!(
            ["Open the warehouse", "Sign in"].contains(&stage.name.as_str()),
            "{kind} {path}: {stage:?}"
        );
        assert!(advice.contains(expected), "{kind} {path}: {advice}");
    }
}

#[tokio::test]
async fn wrong_warehouse() {
    let (stage, advice) = wrong(Kind::Polaris, keys::WAREHOUSE, |_| "s3://warehouse".into()).await;
    assert_eq!(stage.name, "Open the warehouse");
    assert!(advice.contains("name"), "{advice}");
    let (stage, advice) = wrong(Kind::Polaris, keys::WAREHOUSE, |_| "nowhere".into()).await;
    assert_eq!(stage.name, "Open the warehouse");
    assert!(advice.contains("catalog"), "{advice}");
    let (stage, _) = wrong(Kind::Lakekeeper, keys::WAREHOUSE, |_| "nowhere".into()).await;
    assert_eq!(stage.name, "Open the warehouse");
    let (stage, _) = wrong(Kind::Nessie, keys::WAREHOUSE, |_| "nowhere".into()).await;
    assert_eq!(stage.name, "Open the warehouse");
}

#[tokio::test]
async fn wrong_secret() {
    let (stage, advice) = wrong(Kind::Polaris, keys::CREDENTIAL, |_| {
        "root:CANARY-wrong".into()
    })
    .await;
    assert_eq!(stage.name, "Sign in");
    assert!(advice.contains("secret"), "{advice}");
    assert!(!format!("{stage:?}").contains("CANARY"));
}

#[tokio::test]
async fn wrong_scope() {
    let (stage, advice) = wrong(Kind::Polaris, keys::SCOPE, |_| "catalog".into()).await;
    assert_eq!(stage.name, "Sign in");
    assert!(advice.contains("PRINCIPAL_ROLE:ALL"), "{advice}");
}

#[tokio::test]
async fn wrong_region() {
    let (stage, advice) = wrong(Kind::S3Tables, keys::SIGNING_REGION, |_| "us-east-1".into()).await;
    assert!(
        ["Sign in", "Open the warehouse"].contains(&stage.name.as_str()),
        "{stage:?}"
    );
    assert!(advice.contains("region"), "{advice}");
}

#[tokio::test]
async fn a_server_that_speaks_html() {
    let page = || async { Html("<!doctype html><title>Sign in</title>") };
    let address = serve(Router::new().fallback(get(page))).await;
    let (stage, advice) = wrong(Kind::Generic, keys::URL, |_| format!("http://{address}")).await;
    assert_eq!(stage.name, "Open the warehouse");
    assert!(advice.contains("web page"), "{advice}");
}

#[tokio::test]
async fn addresses_that_are_never_called() {
    let (stage, _) = {
        let mut file = sample(Kind::Generic).await;
        file.set(keys::URL, "http://169.254.169.254/latest");
        let report = check(&file, None).await;
        (failed(&report).clone(), ())
    };
    assert_eq!(stage.name, "Resolve the host");
}

#[tokio::test]
async fn a_token_address_that_is_never_called() {
    let mut file = sample(Kind::Polaris).await;
    file.set(keys::OAUTH_URL, "http://169.254.169.254/token");
    let report = check(&file, None).await;
    assert_eq!(failed(&report).name, "Sign in");
}

/// A region becomes part of a host name, and must not become another.
#[tokio::test]
async fn a_region_that_would_choose_the_host() {
    for region in ["x@127.0.0.1:443/?", "evil.example/", "evil.example#"] {
        let mut file = Destination::new(Kind::Generic, Auth::None, Target::Classic);
        file.set(keys::URL, "http://127.0.0.1:9");
        file.set(keys::WAREHOUSE, "s3://lake");
        file.set(keys::REGION, region);
        file.set(keys::ACCESS_KEY, "AKID");
        file.set(keys::SECRET_KEY, "secret");
        let report = check(&file, None).await;
        let store = report.stages.last().unwrap();
        assert_eq!(store.outcome, Outcome::Failed, "{store:?}");
        assert!(
            store.found.contains("no name of an AWS region"),
            "{store:?}"
        );
    }
}

#[tokio::test]
async fn a_placeholder_is_not_called() {
    let mut file = sample(Kind::Generic).await;
    file.set(keys::URL, "http://<REST_ENDPOINT>:8181");
    let report = check(&file, None).await;
    assert!(failed(&report).found.contains("placeholder"));
}

/// OLake sets the signing name itself where `catalog_type` says s3tables.
#[tokio::test]
async fn the_typed_file_signs_for_s3_tables() {
    let mut file = sample(Kind::S3Tables).await;
    file.set_target(Target::Typed);
    file.set(keys::SIGNING_NAME, "");
    let report = check(&file, None).await;
    assert!(report.is_ok(), "{report:#?}");
}

#[tokio::test]
async fn the_verdict_tells_the_network_from_the_file() {
    let mut file = sample(Kind::Generic).await;
    file.set(keys::URL, "http://127.0.0.1:9");
    let verdict = check(&file, None).await.verdict();
    assert!(verdict.contains("failed from here"), "{verdict}");
    file.set(keys::URL, "http://<REST_ENDPOINT>:8181");
    let verdict = check(&file, None).await.verdict();
    assert!(verdict.contains("fail as well"), "{verdict}");
    let glue = r#"{"type": "ICEBERG", "writer": {"catalog_type": "glue", "iceberg_s3_path": "s3://lake"}}"#;
    let report = check(&Destination::import(glue.as_bytes()).unwrap(), None).await;
    assert!(report.is_ok(), "{report:#?}");
    assert!(
        report.verdict().contains("Nothing was tried"),
        "{report:#?}"
    );
}

#[tokio::test]
async fn what_was_typed_is_not_told_by_the_server_that_was_asked() {
    let refusal = r#"{"error": {"message": "known: CANARY-typed-key-1 and CANARY%2Dtyped%2Dtoken", "type": "CANARY-typed-key-1"}}"#;
    let router = Router::new().fallback(async move || (axum::http::StatusCode::FORBIDDEN, refusal));
    let address = serve(router).await;
    let mut file = Destination::new(Kind::Generic, Auth::Token, Target::Classic);
    file.set(keys::URL, &format!("http://{address}"));
    file.set(keys::WAREHOUSE, "s3://lake/db");
    file.set(keys::TOKEN, "CANARY-typed-token");
    file.set(keys::ACCESS_KEY, "CANARY-typed-id-1");
    file.set(keys::SECRET_KEY, "CANARY-typed-key-1");
    let report = format!("{:?}", check(&file, None).await);
    assert!(report.contains("known: "), "{report}");
    assert!(!report.contains("typed"), "{report}");
}
