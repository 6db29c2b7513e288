use leptos::prelude::*;
use model::form::{DONE, operation::done};

use crate::location::use_query;

/// What was done just before, where the address says so.
#[component]
pub fn Done() -> impl IntoView {
    let query = use_query();
    let said = move || query.read().get(DONE).and_then(done);
    move || {
        said().map(|said| view! { <p class="alert alert-soft alert-success my-3 max-w-3xl text-sm" role="status">{said}</p> })
    }
}
