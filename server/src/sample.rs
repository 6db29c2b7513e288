use std::io;

use backend::{Origin, Spec};
use iceberg_rest::{Auth, TokenRequest, auth::AwsKeys};
use sample_catalog::{SampleAuth, SampleConnection};
use tokio::net::TcpListener;

/// Starts the six sample catalogs on a free loopback port, for as long as the program runs.
pub async fn start() -> io::Result<Vec<Spec>> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, sample_catalog::all()).await });
    Ok(sample_catalog::connections(&base)
        .into_iter()
        .map(spec)
        .collect())
}

fn spec(sample: SampleConnection) -> Spec {
    Spec {
        kind: sample.dialect.name().parse().ok(),
        warehouse: Some(sample.warehouse),
        auth: auth(sample.auth, &sample.url),
        origin: Origin::Sample,
        ..Spec::new(sample.name, sample.url)
    }
}

fn auth(sample: SampleAuth, url: &str) -> Auth {
    match sample {
        SampleAuth::None => Auth::None,
        SampleAuth::Bearer { token } => Auth::Bearer(token.into()),
        SampleAuth::OAuth2 {
            client_id,
            client_secret,
            scope,
        } => Auth::OAuth2 {
            client_id,
            client_secret: client_secret.into(),
            token_url: format!("{url}/v1/oauth/tokens"),
            asks: TokenRequest {
                scope: Some(scope),
                ..TokenRequest::default()
            },
            subject: None,
        },
        SampleAuth::SigV4 {
            region,
            access_key_id,
            secret_access_key,
        } => Auth::SigV4 {
            region,
            signing_name: "s3tables".into(),
            credentials: AwsKeys {
                access_key_id,
                secret_access_key: secret_access_key.into(),
                session_token: None,
            }
            .into(),
            double_encode_path: true,
        },
    }
}
