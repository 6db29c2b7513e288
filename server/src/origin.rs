//! Refuses what a page of another origin makes a browser send.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use model::paths::FROM_A_PAGE;
use url::Url;

use crate::{fault, sign_in::bearer};

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
/// can set it, then `Origin`. Without both, only reads pass. A server function wants its own header besides.
pub async fn same_origin(State(trusted): State<Trusted>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let function = request.uri().path().starts_with("/api/");
    if function && !called(request.headers()) {
        return fault::refused(
            request.uri().path(),
            StatusCode::FORBIDDEN,
            "This is no call of a page of Crowsnest",
            "Nothing was asked or changed. A program sends a token of its own, or the header `X-Crowsnest: 1` where nobody signs in.",
        );
    }
    let linked = safe && !function && follows_a_link(request.headers());
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

/// By our own code, or by a program that brings a token of ours: no browser adds either for a page elsewhere.
fn called(headers: &HeaderMap) -> bool {
    headers.contains_key(FROM_A_PAGE) || bearer(headers).is_some()
}

/// `None`: the request does not say.
fn ours(headers: &HeaderMap, trusted: &Trusted) -> Option<bool> {
    let said = |name: HeaderName| Some(headers.get(name)?.to_str().unwrap_or_default());
    let origin = said(header::ORIGIN);
    if origin.is_some() && origin == trusted.0.as_deref() {
        return Some(true);
    }
    match (said(SEC_FETCH_SITE), origin) {
        (Some("same-origin"), _) | (Some("none"), None) => Some(true),
        // By hand is from no page: what names one contradicts itself.
        (None | Some("none"), Some(origin)) => {
            let host = said(header::HOST).filter(|host| !host.is_empty())?;
            let of = origin.strip_prefix("http://");
            Some(of.or_else(|| origin.strip_prefix("https://")) == Some(host))
        }
        (Some(_), _) => Some(false),
        (None, None) => None,
    }
}
