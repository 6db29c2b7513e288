use std::io;

use iceberg_rest::Auth;
use sample_catalog::{SampleAuth, SampleConnection};
use tokio::net::TcpListener;

use crate::config::Connection;

/// Starts the six sample catalogs on a free loopback port, for as long as the program runs.
pub async fn start() -> io::Result<Vec<Connection>> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, sample_catalog::all()).await });
    Ok(sample_catalog::connections(&base)
        .into_iter()
        .map(connection)
        .collect())
}

fn connection(sample: SampleConnection) -> Connection {
    let (auth_type, auth) = auth(sample.auth, &sample.url);
    Connection {
        name: sample.name,
        kind: sample.dialect.name().parse().ok(),
        url: sample.url,
        warehouse: Some(sample.warehouse),
        headers: Vec::new(),
        ca_pem: None,
        proxy: None,
        connect_timeout: None,
        limits: Default::default(),
        read_only: false,
        auth,
        auth_type,
    }
}

fn auth(sample: SampleAuth, url: &str) -> (&'static str, Auth) {
    match sample {
        SampleAuth::None => ("none", Auth::None),
        SampleAuth::Bearer { token } => ("bearer", Auth::Bearer(token.into())),
        SampleAuth::OAuth2 {
            client_id,
            client_secret,
            scope,
        } => (
            "oauth2",
            Auth::OAuth2 {
                client_id,
                client_secret: client_secret.into(),
                token_url: format!("{url}/v1/oauth/tokens"),
                scope: Some(scope),
            },
        ),
        SampleAuth::SigV4 {
            region,
            access_key_id,
            secret_access_key,
        } => (
            "sigv4",
            Auth::SigV4 {
                region,
                signing_name: "s3tables".into(),
                access_key_id,
                secret_access_key: secret_access_key.into(),
                session_token: None,
                double_encode_path: true,
            },
        ),
    }
}
