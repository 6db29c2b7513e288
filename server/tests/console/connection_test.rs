//! The test of a connection: which stage what goes wrong is told at, and how long each takes.

use backend::{Registry, Spec, Ways};
use iceberg_rest::{Auth, TokenRequest};
use model::destination::{Outcome, Stage};
use sample_catalog::SampleAuth;
use tokio::net::TcpListener;

/// The stages of the sample's Polaris, whose token is asked for at `token_url`, or where it gives them.
async fn stages(token_url: Option<String>) -> Vec<Stage> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, sample_catalog::all()).await });
    let sample = sample_catalog::connections(&base)
        .into_iter()
        .find(|sample| sample.name.contains("polaris"))
        .unwrap();
    let SampleAuth::OAuth2 {
        client_id,
        client_secret,
        scope,
    } = sample.auth
    else {
        panic!("Polaris gives tokens");
    };
    let own = format!("{}/v1/oauth/tokens", sample.url);
    let spec = Spec {
        warehouse: Some(sample.warehouse),
        auth: Auth::OAuth2 {
            client_id,
            client_secret: client_secret.into(),
            token_url: token_url.unwrap_or(own),
            asks: TokenRequest {
                scope: Some(scope),
                ..TokenRequest::default()
            },
            subject: None,
        },
        ..Spec::new(sample.name, sample.url)
    };
    let registry = Registry::new(None, Ways::default()).unwrap();
    let name = spec.name.clone();
    registry.put(spec).unwrap();
    let catalog = registry.now().named(&name).unwrap();
    // Twice: whether a token is given is found out each time.
    catalog.test().await;
    catalog.test().await;
    catalog.tested().unwrap().stages
}

fn of<'a>(stages: &'a [Stage], name: &str) -> &'a Stage {
    let stage = stages.iter().find(|stage| stage.name == name);
    stage.unwrap_or_else(|| panic!("no {name}: {stages:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_stage_that_was_gone_has_its_time() {
    let stages = stages(None).await;
    for name in [
        "Resolve the host",
        "Connect",
        "Sign in",
        "Open the warehouse",
        "List namespaces",
        "Load a table",
    ] {
        let stage = of(&stages, name);
        assert_eq!(stage.outcome, Outcome::Ok, "{stage:?}");
        assert!(stage.found.ends_with(" ms."), "{stage:?}");
    }
    let gave = &of(&stages, "Sign in").found;
    assert!(
        gave.starts_with("The token endpoint gave a token."),
        "{gave}"
    );
    assert_eq!(of(&stages, "Encrypt").outcome, Outcome::Skipped);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_endpoint_that_fails_is_not_the_catalogs_fault() {
    // It listens, and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = silent.local_addr().unwrap();
    for token_url in [
        "http://127.0.0.1:1/token".to_owned(),
        "http://nowhere.invalid/token".to_owned(),
        format!("https://{at}/token"),
    ] {
        let stages = stages(Some(token_url.clone())).await;
        for name in ["Resolve the host", "Connect"] {
            assert_eq!(of(&stages, name).outcome, Outcome::Ok, "{token_url}");
        }
        let stage = of(&stages, "Sign in");
        assert_eq!(stage.outcome, Outcome::Failed, "{token_url}: {stage:?}");
        assert_eq!(stages.last().unwrap().name, "Sign in", "{token_url}");
    }
}
