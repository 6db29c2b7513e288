//! Calls through a proxy.

use iceberg_rest::{Error, ErrorKind, Hint, HttpOptions, Server, Unreachable, http_client};
use tokio::net::TcpListener;

use crate::server::{config, raw, send, serve, settings, status};

fn through(proxy: &str, url: &str) -> Result<Server, Error> {
    let options = HttpOptions {
        proxy: Some(proxy.to_owned()),
        guard: iceberg_rest::Guard::Usual,
        ..HttpOptions::default()
    };
    Server::new(http_client(options)?, settings(url))
}

async fn failure(proxy: &str, url: &str) -> Error {
    let server = through(proxy, url).unwrap();
    server.connect(None, None).await.err().unwrap()
}

#[tokio::test]
async fn the_guard_judges_before_the_proxy_is_asked() {
    let proxy = serve(|_| config("p")).await;
    for url in [
        "http://metadata.google.internal/",
        "http://metadata.google.internal./",
        "http://169.254.169.254/",
        "http://[::ffff:0:a9fe:a9fe]/",
        "http://[fec0::1]/",
    ] {
        let refused = through(&proxy.url, url).err().map(|error| error.kind);
        assert_eq!(refused, Some(ErrorKind::Blocked), "{url}");
    }
    assert!(proxy.seen().is_empty());
    // A name that only the proxy can resolve goes to it.
    let server = through(&proxy.url, "http://catalog.invalid").unwrap();
    server.connect(None, None).await.unwrap();
    assert_eq!(proxy.targets(), ["http://catalog.invalid/v1/config"]);
}

#[tokio::test]
async fn a_failing_proxy_is_named() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", address.local_addr().unwrap());
    drop(address);
    let wants_password = raw(|mut stream| async move {
        send(
            &mut stream,
            b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
        )
        .await;
    })
    .await;
    let refuses = raw(|mut stream| async move {
        send(&mut stream, b"HTTP/1.1 403 Forbidden\r\n\r\n").await;
    })
    .await;
    let breaks = raw(|stream| async move { drop(stream) }).await;
    for (proxy, words, hint) in [
        (nobody, "at the proxy's address", Hint::Proxy),
        (
            "http://proxy.invalid:3128".into(),
            "The proxy was not found",
            Hint::Proxy,
        ),
        (
            format!("http://{wants_password}"),
            "a user and a password",
            Hint::ProxyPassword,
        ),
        (
            format!("http://{refuses}"),
            "The proxy does not connect",
            Hint::ProxyRefuses,
        ),
        (format!("http://{breaks}"), "through the proxy", Hint::Proxy),
    ] {
        let error = failure(&proxy, "https://localhost").await;
        assert_eq!(
            error.kind,
            ErrorKind::Unreachable(Unreachable::Other),
            "{error}"
        );
        assert!(error.message.contains(words), "{error}");
        assert_eq!(error.hint(), Some(hint), "{error}");
    }
    let plain = serve(|_| status(407, "")).await;
    let error = failure(&plain.url, "http://catalog.invalid").await;
    assert_eq!(error.hint(), Some(Hint::ProxyPassword), "{error}");
    // What answers without a word of a catalog's may be the proxy.
    let plain = serve(|_| status(503, "")).await;
    let error = failure(&plain.url, "http://catalog.invalid").await;
    assert_eq!(error.hint(), Some(Hint::Gateway), "{error}");
}
