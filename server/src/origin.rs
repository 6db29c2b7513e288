//! Refuses what a page of another origin makes a browser send.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The origin of `public_url`: behind a proxy the host of a request may be another.
#[derive(Clone)]
pub struct Trusted(Option<String>);

impl Trusted {
    pub fn new(public_url: Option<&Url>) -> Self {
        Self(public_url.map(|url| url.origin().ascii_serialization()))
    }
}

/// Guards what changes something, and server functions whatever their method. A browser says where
/// a request comes from: `Sec-Fetch-Site` first, since no page can set it, then `Origin`. Without
/// both, only reads pass.
pub async fn same_origin(State(trusted): State<Trusted>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let guarded = !safe || request.uri().path().starts_with("/api/");
    if !guarded || ours(request.headers(), &trusted).unwrap_or(safe) {
        return next.run(request).await;
    }
    let text = "Refused: this request does not come from a page of Crowsnest. A program sends Origin with the address of Crowsnest.\n";
    (StatusCode::FORBIDDEN, text).into_response()
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
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return Some(site == "same-origin" || site == "none");
    }
    let origin = origin?;
    let host = headers.get(header::HOST)?.to_str().unwrap_or_default();
    Some(
        !host.is_empty()
            && (origin == format!("http://{host}") || origin == format!("https://{host}")),
    )
}
