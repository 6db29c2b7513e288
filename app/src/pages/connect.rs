use leptos::prelude::*;
use model::destination::Snippet;

use super::destination::Code;
use crate::{
    api::destination::list_snippets,
    components::{
        loaded::Loaded,
        page_header::{PageHeader, crumbs},
        remembered::{remember, remembered},
    },
    location::{use_place, use_query},
    resource::Resource,
    ui::note::Note,
};

const ENGINE: &str = "engine";

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
            <Engines snippets />
        </Loaded>
    }
}

/// One of them is open: the one that was opened last in this browser.
#[component]
fn Engines(snippets: Vec<Snippet>) -> impl IntoView {
    let last = remembered().text(ENGINE);
    let known = snippets.iter().any(|snippet| snippet.engine == last);
    let engine = move |(at, snippet): (usize, Snippet)| {
        let name = snippet.engine.clone();
        let open = if known { name == last } else { at == 0 };
        view! {
            <details name=ENGINE open=open class="border-b border-base-300 py-2">
                <summary class="cursor-pointer" on:click=move |_| remember(ENGINE, &[&name])>
                    <h2 class="inline">{snippet.engine.clone()}</h2>
                </summary>
                {snippet.note.map(|note| view! { <Note>{note}</Note> })}
                <Code text=snippet.text what=format!("settings for {}", snippet.engine) />
            </details>
        }
    };
    snippets.into_iter().enumerate().map(engine).collect_view()
}
