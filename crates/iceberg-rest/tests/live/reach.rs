//! What somebody typed who does not run the program: what is called of it, and what they are told of the rest.

use std::time::Duration;

use iceberg_rest::{
    Error, ErrorKind, Guard, Hint, HttpOptions, Limits, Reach, Server, Settings, Unreachable,
    http_client,
};
use tokio::net::TcpListener;
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
