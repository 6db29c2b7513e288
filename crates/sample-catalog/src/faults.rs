//! Error states on demand: loading a table, or listing a namespace, whose name is one of [`NAMES`].

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};

use crate::reply;

/// Every sentinel. Vendors with plain names spell them with an underscore (`err_403`).
pub(crate) const NAMES: [&str; 15] = [
    "err-401",
    "err-403",
    "err-404",
    "err-409",
    "err-429",
    "err-500",
    "err-502",
    "err-503",
    "err-slow",
    "err-stall",
    "err-truncated",
    "err-huge",
    "err-html",
    "err-empty",
    "err-malformed",
];

/// What a vendor's own objects are called whose removal is answered with an error: `err-kept`, and whatever
/// follows. Everything else about them goes as usual, so that there is something to remove.
const KEPT: &str = "err-kept";

/// How long `err-slow` waits before it answers.
const SLOW: Duration = Duration::from_secs(6);
/// `err-huge` sends this many bytes, more than anybody should read.
const HUGE_BYTES: usize = 96 << 20;
const CHUNK_BYTES: usize = 64 << 10;

/// The answer for `name`, when it is a sentinel that answers otherwise than usual.
pub(crate) async fn inject(name: &str) -> Option<Response> {
    let fault = name
        .strip_prefix("err-")
        .or_else(|| name.strip_prefix("err_"))?;
    Some(match fault {
        "401" => reply::error(401, "NotAuthorizedException", "The access token expired"),
        "403" => reply::error(403, "ForbiddenException", "You may not read this"),
        "404" => reply::error(
            404,
            "NoSuchTableException",
            "It was there when it was listed",
        ),
        "409" => reply::error(
            409,
            "CommitFailedException",
            "Somebody else changed it at the same time",
        ),
        "429" => {
            let mut response = reply::error(429, "TooManyRequestsException", "Slow down");
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, header::HeaderValue::from_static("7"));
            response
        }
        "500" => reply::error(500, "InternalServerError", "java.lang.NullPointerException"),
        "502" => (
            StatusCode::BAD_GATEWAY,
            [(header::CONTENT_TYPE, "text/html")],
            PROXY_PAGE,
        )
            .into_response(),
        "503" => reply::error(
            503,
            "ServiceUnavailableException",
            "The database is not reachable",
        ),
        "slow" => {
            tokio::time::sleep(SLOW).await;
            return None;
        }
        "stall" => broken(None, stream::pending()),
        "truncated" => broken(
            Some(4_096),
            stream::once(async {
                // Lets the start go out first.
                tokio::task::yield_now().await;
                Err(io::Error::from(io::ErrorKind::ConnectionReset))
            }),
        ),
        "huge" => huge(),
        "html" => (
            StatusCode::OK,
            [(header::CONTENT_TYPE, "text/html")],
            LOGIN_PAGE,
        )
            .into_response(),
        "empty" => StatusCode::OK.into_response(),
        "malformed" => (
            StatusCode::OK,
            [(header::CONTENT_TYPE, "application/json")],
            "{\"metadata\": {\"format-version\": }",
        )
            .into_response(),
        _ => return None,
    })
}

/// The answer to a request to remove something where one of `names` is kept.
pub(crate) fn keep<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<Response> {
    let kept = names.any(|name| name.starts_with(KEPT));
    kept.then(|| {
        reply::error(
            503,
            "ServiceUnavailableException",
            "The database is not reachable",
        )
    })
}

const LOGIN_PAGE: &str =
    "<!doctype html><title>Sign in</title><h1>Sign in to the company network</h1>";
const PROXY_PAGE: &str =
    "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

/// A good start, then `rest`; `length` is what the head promises.
fn broken<S>(length: Option<usize>, rest: S) -> Response
where
    S: stream::Stream<Item = io::Result<Bytes>> + Send + 'static,
{
    let start = stream::iter([Ok(Bytes::from_static(
        b"{\"metadata-location\":\"s3://acme-lab/",
    ))]);
    let mut response = Body::from_stream(start.chain(rest)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/json"),
    );
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    response
}

fn huge() -> Response {
    let chunk = Bytes::from(vec![b'x'; CHUNK_BYTES]);
    broken(
        None,
        stream::iter((0..HUGE_BYTES / CHUNK_BYTES).map(move |_| Ok(chunk.clone()))),
    )
}
