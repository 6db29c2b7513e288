//! Where connections are made and changed.

mod form;
mod list;
mod paste;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::parts::part;
use form::FormPage;
use list::ListPage;

part! {
    /// All of them, a new one, one that is there.
    connections() {
        ConnectionsPage().into_any()
    }
}

#[component]
fn ConnectionsPage() -> impl IntoView {
    let params = use_params_map();
    move || match params.read().get("form").as_deref() {
        Some("new" | "edit") => view! { <FormPage /> }.into_any(),
        Some(_) => view! { <crate::pages::not_found::NotFoundPage /> }.into_any(),
        None => view! { <ListPage /> }.into_any(),
    }
}
