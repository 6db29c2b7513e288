//! What somebody typed who does not run the program: what is called of it, and what they are told of the rest.

use std::{sync::Arc, time::Duration};

use iceberg_rest::{
    Error, ErrorKind, Guard, Hint, HttpOptions, Limits, Reach, Server, Settings, Unreachable,
    http_client,
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;
use url::Url;

use crate::server::{config, serve, settings};

const QUICK: Duration = Duration::from_millis(300);

async fn called(url: &str, networks: &[&str], ports: &[u16]) -> Result<(), Error> {
    let networks = networks.iter().map(|text| text.parse().unwrap()).collect();
    let ports = ports.iter().map(|port| *port..=*port).collect();
    let options = HttpOptions {
        guard: Guard::Public(Reach { networks, ports }.into()),
        ..HttpOptions::default()
    };
    let limits = Limits {
        silence: QUICK,
        read_time: 2 * QUICK,
        ..Limits::default()
    };
    let settings = Settings {
        limits,
        ..settings(url)
    };
    Server::new(http_client(options)?, settings)?
        .connect(None, None)
        .await
        .map(drop)
}

fn port(url: &str) -> u16 {
    Url::parse(url).unwrap().port().unwrap()
}

#[tokio::test]
async fn what_is_not_allowed_is_not_called() {
    let mock = serve(|_| config("p")).await;
    let here = port(&mock.url);
    let (name, mapped) = (
        format!("http://localhost:{here}"),
        format!("http://[::ffff:127.0.0.1]:{here}"),
    );
    for (url, networks, ports) in [
        (&mock.url, &[][..], &[here][..]),
        (&mock.url, &["127.0.0.0/8"], &[]),
        (&mock.url, &["10.0.0.0/8"], &[here][..]),
        (&name, &[], &[here][..]),
        (&name, &["127.0.0.0/8", "::1/128"], &[]),
        (&mapped, &[], &[here][..]),
        (&mapped, &["::1/128"], &[here][..]),
    ] {
        let error = called(url, networks, ports).await.unwrap_err();
        assert_eq!(
            error.kind,
            ErrorKind::Unreachable(Unreachable::Untold),
            "{url}"
        );
    }
    assert!(mock.seen().is_empty());
    for url in [&mock.url, &name, &mapped] {
        let networks = ["127.0.0.0/8", "::1/128"];
        called(url, &networks, &[here][..]).await.unwrap();
    }
}

#[tokio::test]
async fn blocked_closed_and_silent_are_one_answer() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let [silent_at, closed_at] = [&silent, &closed].map(|at| at.local_addr().unwrap());
    drop(closed);
    let ports = [silent_at.port(), closed_at.port()];
    let mut told = Vec::new();
    for url in [
        format!("http://{silent_at}"),
        format!("http://{closed_at}"),
        "http://10.0.0.1:8181".into(),
        "https://10.0.0.1:22".into(),
        "https://169.254.169.254".into(),
        "http://metadata.google.internal".into(),
        "https://nothing.invalid".into(),
        // Public, without encryption.
        "http://9.9.9.9:8181".into(),
    ] {
        let error = called(&url, &["127.0.0.0/8"], &ports).await.unwrap_err();
        assert_eq!(error.hint(), Some(Hint::Reach), "{url}");
        told.push((error.kind, error.message.clone()));
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[tokio::test]
async fn the_way_is_timed_where_it_leads_there_and_may_be_gone() {
    let server = serve(|_| config("")).await;
    let way = |guard| {
        let options = HttpOptions {
            guard,
            ..HttpOptions::default()
        };
        Server::new(http_client(options).unwrap(), settings(&server.url))
    };
    let way_of = async |guard| way(guard).unwrap().way().await;
    let there = way_of(Guard::Usual).await.unwrap();
    assert_eq!(there.encrypt, None, "it is plain http");
    assert!(there.connect < Duration::from_secs(1));
    let nowhere = Guard::Public(Reach::default().into());
    assert_eq!(way_of(nowhere).await, None, "the guard refuses it");
}

/// For `localhost`, by itself, until the year 2126; its key is nobody else's.
const CERTIFICATE: &[u8] = include_bytes!("tls/localhost.crt");

/// A catalog on `localhost` by TLS, until the test ends.
async fn encrypted() -> String {
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/localhost.key")).unwrap();
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut asked = [0; 4096];
            if stream.read(&mut asked).await.is_ok_and(|read| read > 0) {
                let body = r#"{"defaults":{},"overrides":{}}"#;
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
                let length = body.len();
                let answer = format!("{head}content-length: {length}\r\n\r\n{body}");
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    });
    url
}

#[tokio::test]
async fn a_named_authority_is_trusted_by_calls_and_by_the_way_alike() {
    let url = encrypted().await;
    let server = |ca_pem: Option<Vec<u8>>| {
        let options = HttpOptions {
            ca_pem,
            ..HttpOptions::default()
        };
        Server::new(http_client(options).unwrap(), settings(&url)).unwrap()
    };
    let trusting = server(Some(CERTIFICATE.to_vec()));
    let way = trusting.way().await.unwrap();
    assert!(way.encrypt.is_some(), "{way:?}");
    trusting.connect(None, None).await.unwrap();
    let strange = server(None);
    assert_eq!(strange.way().await, None);
    let refused = strange.connect(None, None).await.err().unwrap();
    assert_eq!(refused.kind, ErrorKind::Unreachable(Unreachable::Tls));
    let nonsense = HttpOptions {
        ca_pem: Some(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec()),
        ..HttpOptions::default()
    };
    let unusable = http_client(nonsense).err().unwrap();
    assert!(unusable.message.contains("certificate"), "{unusable}");
}
