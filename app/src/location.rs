//! What the current address says.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::paths::{Place, Query};

/// The place that the current address names. On the way to a page outside any connection, whose code
/// is still being loaded, it stays what it was.
pub fn use_place() -> Memo<Place> {
    let location = use_location();
    Memo::new(move |before: Option<&Place>| {
        // The server shows no page of an address that is too deep.
        let place =
            Place::read(&location.pathname.read(), &location.search.read()).unwrap_or_default();
        match before {
            Some(before) if place.connection.is_empty() => before.clone(),
            _ => place,
        }
    })
}

/// The current address's query, all of it.
pub fn use_query() -> Memo<Query> {
    let search = use_location().search;
    Memo::new(move |_| Query::parse(&search.read()))
}
