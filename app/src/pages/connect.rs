use leptos::prelude::*;

use super::destination::Code;
use crate::{
    api::destination::list_snippets,
    components::{
        loaded::Loaded,
        page_header::{PageHeader, crumbs},
    },
    location::{use_place, use_query},
    ui::note::Note,
};

/// How engines connect to this catalog, placeholders in place of secrets.
#[component]
pub fn ConnectPage() -> impl IntoView {
    let place = use_place();
    let query = use_query();
    let snippets = Resource::new(
        move || (place.get(), query.read().text("snapshot")),
        |(place, snapshot)| list_snippets(place, snapshot),
    );
    view! {
        <PageHeader
            title="Connect an engine"
            noun="Settings"
            crumbs=Signal::derive(move || crumbs(&place.read()))
        />
        <p class="text-sm text-base-content/70 max-w-prose">
            "Fill in what stands in angle brackets. For OLake, the wizard goes through it step by step: "
            <a class="link" href=model::paths::DESTINATION>"make a destination"</a> "."
        </p>
        <Loaded resource=snippets let:snippets>
            {snippets
                .into_iter()
                .map(|snippet| view! {
                    <h2 class="text-base font-semibold mt-4">{snippet.engine.clone()}</h2>
                    {snippet.note.map(|note| view! { <Note>{note}</Note> })}
                    <Code text=snippet.text what=format!("settings for {}", snippet.engine) />
                })
                .collect_view()}
        </Loaded>
    }
}
