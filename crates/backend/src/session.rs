use std::{future::Future, time::Duration};

use axum::http::{header, request::Parts};
use leptos::prelude::use_context;
use model::error::{AppError, Kind};

use crate::Session;

/// How long a page may wait for a catalog before it is sent without the data.
const PAGE_DEADLINE: Duration = Duration::from_secs(3);

/// The session of the request under way.
pub fn session() -> Result<Session, AppError> {
    use_context().ok_or_else(|| AppError::new(Kind::Console, "This request carries no session."))
}

/// Runs what a page reads. While a page renders, it gives up at the deadline and lets the browser
/// ask again; a call from the browser waits as long as the client's own limits allow.
pub async fn load<T>(reading: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    if !renders_a_page() {
        return reading.await;
    }
    tokio::time::timeout(PAGE_DEADLINE, reading)
        .await
        .unwrap_or_else(|_| {
            Err(
                AppError::new(Kind::StillWaiting, "The catalog has not answered yet.")
                    .hint("This page asks again by itself. Without JavaScript, reload it."),
            )
        })
}

fn renders_a_page() -> bool {
    use_context::<Parts>().is_some_and(|parts| !parts.uri.path().starts_with("/api/"))
}

/// A page elsewhere led the browser here.
pub(super) fn came_from_another_site() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let site = parts.headers.get("sec-fetch-site");
        site.is_some_and(|site| site != "same-origin" && site != "none")
    })
}

/// A reload asks the catalog, not what is kept from before.
pub(crate) fn reloaded() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        parts
            .headers
            .get(header::CACHE_CONTROL)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("no-cache") || value.contains("max-age=0"))
    })
}
