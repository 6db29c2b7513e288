//! Headers that tell the browser what a page of ours may do.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use leptos::nonce::Nonce;

const HEADERS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), xr-spatial-tracking=(), clipboard-read=(), clipboard-write=(self)",
    ),
    // Browsers without `frame-ancestors` know this one.
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Sets the headers on every answer, whatever it is, and keeps answers out of caches unless they
/// say otherwise. The request carries the [`Nonce`] that scripts of this answer bear.
pub async fn headers(mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    let policy = policy(&nonce);
    request.extensions_mut().insert(nonce);
    let mut response = next.run(request).await;
    apply(response.headers_mut(), &policy);
    response
}

fn apply(headers: &mut HeaderMap, policy: &str) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

/// Scripts run by nonce and what they import; the package compiles WASM; nothing comes from
/// elsewhere. `cargo leptos watch` reloads pages through a socket on port 3001.
fn policy(nonce: &Nonce) -> String {
    let reload = if cfg!(debug_assertions) {
        " ws://127.0.0.1:3001"
    } else {
        ""
    };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'{reload}; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}
