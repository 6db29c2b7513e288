use leptos::prelude::*;
use model::{
    names::{Arrival, NameKind},
    page::NamespaceTab,
    paths::Place,
};

use super::Listed;
use crate::{components::read_at::ReadAt, location::use_query, resource::Resource};

/// How much there is, whether that is all, and what to do where there is nothing.
#[component]
pub fn Summary(
    kind: NameKind,
    names: Resource<Listed>,
    place: Signal<Place>,
    refresh: RwSignal<u32>,
) -> impl IntoView {
    let query = use_query();
    move || {
        let read = names.get()?.ok()?;
        let filtered = query.read().get("q").is_some();
        let nothing = (read.data.total == 0)
            .then(|| view! { <Nothing kind arrival=read.data.arrival.clone() hides=read.data.hides place /> });
        Some(view! {
            <div class="flex flex-wrap items-baseline gap-x-4 mt-2">
                <p class="text-sm" role="status">{read.data.sentence(kind, filtered)}</p>
                <ReadAt moment=read.at refresh />
            </div>
            {read.data.note.map(|note| view! { <p class="text-sm text-base-content/70">{note}</p> })}
            {nothing}
        })
    }
}

#[component]
fn Nothing(kind: NameKind, arrival: Arrival, hides: bool, place: Signal<Place>) -> impl IntoView {
    let place = place.get_untracked();
    let noun = kind.noun();
    let (title, text) = match arrival {
        Arrival::Arriving | Arrival::Queued => return ().into_any(),
        Arrival::Unsupported(reason) => (format!("No {noun}s here"), reason),
        // The reason stands above.
        Arrival::Capped(_) => (
            format!("No {noun}s could be listed"),
            "Whether there are any is not known.".to_owned(),
        ),
        Arrival::Complete if hides => (
            format!("No {noun}s to see here"),
            format!("The catalog answered with an empty list. Catalogs may leave out what the caller may not see, so others may see more. A {noun} that an engine creates here appears after a refresh."),
        ),
        Arrival::Complete if place.namespace.is_empty() => (
            "No namespaces yet".into(),
            "The catalog answered with an empty list. What an engine creates here appears after a refresh.".into(),
        ),
        Arrival::Complete => (
            format!("No {noun}s in this namespace"),
            format!("A {noun} that an engine creates here appears after a refresh."),
        ),
    };
    let children = (kind == NameKind::Tables && !place.namespace.is_empty())
        .then(|| view! { <a class="btn btn-sm" href=place.namespace_tab_path(NamespaceTab::Namespaces)>"Child namespaces"</a> });
    view! {
        <section class="my-6 max-w-prose">
            <h2>{title}</h2>
            <p class="my-1 text-sm wrap-anywhere">{text}</p>
            <p class="flex flex-wrap gap-2 mt-3">
                {children}
                {(kind != NameKind::GenericTables).then(|| view! {
                    <a class="btn btn-sm" href=place.open_path()>"Open by full name"</a>
                })}
            </p>
        </section>
    }
    .into_any()
}
