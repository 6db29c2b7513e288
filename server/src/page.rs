//! Pages, as the application renders them.

use std::pin::Pin;

use app::shell;
use axum::{extract::Request, http::request::Parts, response::Response};
use leptos::{nonce::Nonce, prelude::*};
use leptos_axum::render_app_async_with_context;

use crate::{origin, site};

/// Renders whatever page the request's address names, with more in its context.
pub fn page(
    more: impl Fn() + Clone + Send + Sync + 'static,
) -> impl Fn(Request) -> Pin<Box<dyn Future<Output = Response> + Send>> + Clone + Send + Sync {
    render_app_async_with_context(
        move || {
            head();
            more();
        },
        document,
    )
}

pub fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("crowsnest").build()
}

pub fn document() -> impl IntoView {
    shell(site::assets(), options(), referrer())
}

/// Over plain HTTP from another machine, browsers say where a form comes from by its origin alone,
/// and under the header's policy not even that.
fn referrer() -> Option<&'static str> {
    let parts = use_context::<Parts>()?;
    (!parts.headers.contains_key(origin::SEC_FETCH_SITE)).then_some("same-origin")
}

/// What the document's head needs: a nonce for scripts and styles of the page, and where its code comes from.
pub fn head() {
    provide_context(site::parts());
    let of_request = |parts: &Parts| parts.extensions.get::<Nonce>().cloned();
    if let Some(nonce) = with_context(of_request).flatten() {
        provide_context(nonce);
    }
}
