use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    error::AppError,
    page::{Page, PolarisPage},
    paths::{Place, Query},
    polaris::{EntityView, Known},
};

use crate::{
    components::{
        failed::WayOut,
        moment::MomentText,
        page_header::{Crumb, crumbs},
    },
    ui::{
        badge::Badge,
        facts::{Fact, Facts},
        note::Note,
    },
};

/// The place and the `name=` of the page `page`. Keeps its value while the address already names
/// another page, and this one is about to go.
pub fn use_named(page: PolarisPage) -> Memo<(Place, String)> {
    let location = use_location();
    Memo::new(move |before: Option<&(Place, String)>| {
        let path = location.pathname.read();
        match before {
            Some(before) if Page::parse(&path) != Some(page.into()) => before.clone(),
            _ => {
                let search = location.search.read();
                (
                    Place::read(&path, &search).unwrap_or_default(),
                    Query::parse(&search).text("name"),
                )
            }
        }
    })
}

/// The page `page`, once for each object that the address comes to name: what was opened or typed for
/// one does not become another's.
pub fn each_named<V>(
    page: PolarisPage,
    view: impl Fn(Place, String) -> V + Clone + Send + 'static,
) -> impl IntoView
where
    V: IntoView + 'static,
{
    let named = use_named(page);
    view! {
        <For
            each=move || [named.get()]
            key=|(place, name)| (place.to_string(), name.clone())
            children=move |(place, name)| view(place, name)
        />
    }
}

/// From the connections to the list that an object stands in.
pub fn trail(place: &Place, lists: &[(&str, String)]) -> Vec<Crumb> {
    let mut trail = crumbs(&Place::connection(&place.connection));
    trail.extend(lists.iter().map(|(text, href)| Crumb {
        text: (*text).into(),
        href: href.clone(),
    }));
    trail
}

/// Why a form or a change was not accepted. On the server it also sets the page's status.
#[component]
pub fn Refusal(error: AppError) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::components::failed::set_status(error.status());
    let way = error.clone();
    view! {
        <section role="alert" class="alert alert-soft alert-warning my-3 max-w-3xl items-start" data-kind=format!("{:?}", error.kind)>
            <div class="grid gap-1 min-w-0 wrap-anywhere">
                <h2 class="font-semibold">{error.title()}</h2>
                <p>{error.message}</p>
                {error.hint.map(|hint| view! { <p>{hint}</p> })}
                {error.detail.map(|detail| view! {
                    <details class="text-sm">
                        <summary class="cursor-pointer">"Details"</summary>
                        <pre class="whitespace-pre-wrap mt-1">{detail}</pre>
                    </details>
                })}
                <WayOut error=way />
            </div>
        </section>
    }
}

/// Says why nothing can be changed here.
#[component]
pub fn Locked(reason: Option<String>) -> impl IntoView {
    reason.map(|reason| view! { <Note>{reason}</Note> })
}

/// A part of a page under its own heading.
#[component]
pub fn Section(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="mt-6 max-w-4xl">
            <h2 class="text-base font-semibold mb-1">{title}</h2>
            {children()}
        </section>
    }
}

/// What is known is shown; what was refused is said to be unknown, with the reason.
#[component]
pub fn Part<T, F, V>(known: Known<T>, children: F) -> impl IntoView
where
    T: 'static,
    F: FnOnce(T) -> V,
    V: IntoView + 'static,
{
    match known {
        Ok(known) => children(known).into_any(),
        Err(error) => view! {
            <p class="text-sm my-1"><Badge text="unknown" /> " " {error.message.clone()}</p>
            <WayOut error />
        }
        .into_any(),
    }
}

/// Version, dates and kind of an entity.
#[component]
pub fn EntityFacts(
    entity: Known<EntityView>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let facts = move |entity: EntityView| {
        view! {
            <Facts>
                {children.map(|children| children())}
                {entity.federated.then(|| view! { <Fact name="Known from">"an identity provider: it cannot be changed here"</Fact> })}
                {entity.created.map(|created| view! { <Fact name="Created"><MomentText moment=created /></Fact> })}
                {entity.changed.map(|changed| view! { <Fact name="Changed"><MomentText moment=changed /></Fact> })}
                {entity.version.map(|version| view! { <Fact name="Version"><span class="tabular-nums">{version}</span></Fact> })}
            </Facts>
        }
    };
    view! { <Part known=entity let:entity>{facts(entity)}</Part> }
}
