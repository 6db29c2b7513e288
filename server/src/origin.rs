//! Refuses what a page of another origin makes a browser send.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use url::Url;

use crate::fault;

pub const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const SEC_PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");

/// The origin of `public_url`: behind a proxy the host of a request may be another.
#[derive(Clone)]
pub struct Trusted(Option<String>);

impl Trusted {
    pub fn new(public_url: Option<&Url>) -> Self {
        Self(public_url.map(|url| url.origin().ascii_serialization()))
    }
}

/// Lets through what our own pages send, and from elsewhere only a person who follows a link: a page
/// there may not have a browser fetch, embed or send anything here, as making an answer costs
/// something too. A browser says where a request comes from: `Sec-Fetch-Site` first, since no page
/// can set it, then `Origin`. Without both, only reads pass.
pub async fn same_origin(State(trusted): State<Trusted>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let linked =
        safe && !request.uri().path().starts_with("/api/") && follows_a_link(request.headers());
    if linked || ours(request.headers(), &trusted).unwrap_or(safe) {
        return next.run(request).await;
    }
    fault::refused(
        request.uri().path(),
        StatusCode::FORBIDDEN,
        "This does not come from a page of Crowsnest",
        "Nothing was asked or changed. Open the page in Crowsnest, and do it there. A program sends Origin with the address of Crowsnest.",
    )
}

/// The whole tab goes here, now, and not a frame of another page or a guess at what comes next.
fn follows_a_link(headers: &HeaderMap) -> bool {
    let is = |name, value: &str| headers.get(name).is_some_and(|said| said == value);
    is(SEC_FETCH_MODE, "navigate")
        && is(SEC_FETCH_DEST, "document")
        && !headers.contains_key(SEC_PURPOSE)
}

/// `None`: the request does not say.
fn ours(headers: &HeaderMap, trusted: &Trusted) -> Option<bool> {
    let origin = headers
        .get(header::ORIGIN)
        .map(|origin| origin.to_str().unwrap_or_default());
    if let (Some(origin), Some(trusted)) = (origin, &trusted.0)
        && origin == trusted
    {
        return Some(true);
    }
    match headers.get(SEC_FETCH_SITE) {
        Some(site) if site == "same-origin" => return Some(true),
        // By hand, and then from no page: what names one contradicts itself.
        Some(site) if site == "none" => {}
        Some(_) => return Some(false),
        None => {}
    }
    let by_hand = headers.contains_key(SEC_FETCH_SITE) && origin.is_none();
    if by_hand {
        return Some(true);
    }
    let origin = origin?;
    let host = headers.get(header::HOST)?.to_str().unwrap_or_default();
    Some(
        !host.is_empty()
            && (origin == format!("http://{host}") || origin == format!("https://{host}")),
    )
}
