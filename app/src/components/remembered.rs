//! How somebody likes lists and pages, where the server has to know it as well: a cookie of the console's own.
//! What is in it is read like an address: whoever wrote it can choose nothing that no link could.

use model::paths::Query;

const COOKIE: &str = "liked";

/// All that is remembered, as the query of an address.
pub fn remembered() -> Query {
    let all = cookies().unwrap_or_default();
    let own = all.split(';').find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE).then(|| Query::parse(value))
    });
    own.unwrap_or_default()
}

/// Remembers these in the place of what `key` was.
pub fn remember(key: &str, values: &[&str]) {
    let others = remembered().with(key, "");
    let query = values
        .iter()
        .fold(others, |query, value| query.and(key, value));
    let query = query.to_string();
    let query = query.trim_start_matches('?');
    let cookie = format!("{COOKIE}={query}; Path=/; Max-Age=31536000; SameSite=Lax");
    // A browser that refuses still changes this page.
    let document = leptos::prelude::document();
    let _ = js_sys::Reflect::set(&document, &"cookie".into(), &cookie.into());
}

#[cfg(feature = "ssr")]
fn cookies() -> Option<String> {
    use axum::http::{header, request::Parts};
    let parts = leptos::prelude::use_context::<Parts>()?;
    let cookies = parts.headers.get(header::COOKIE)?;
    Some(cookies.to_str().ok()?.to_owned())
}

#[cfg(not(feature = "ssr"))]
fn cookies() -> Option<String> {
    let document = leptos::prelude::document();
    let cookies = js_sys::Reflect::get(&document, &"cookie".into()).ok()?;
    cookies.as_string()
}
