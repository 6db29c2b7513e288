use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use model::{
    format::visible,
    open::Noun,
    page::Page,
    paths::{HOME, Place},
};

use crate::{
    components::{
        connection::{provide_facts, use_facts},
        tree::{NamespaceTree, width::WidthHandle},
    },
    layouts::menu::SectionMenu,
    location::use_place,
    parts::part,
};

part! {
    /// What all pages of a connection share; home does without it.
    connection_area() {
        ConnectionLayout().into_any()
    }
}

/// A connection's pages: the tree of its namespaces beside the page; above it, and folded, where
/// the screen is narrow.
#[component]
fn ConnectionLayout() -> impl IntoView {
    let place = use_place();
    provide_facts(place);
    let top = move || place.read().with_namespace(&[]);
    let warehouse = move || place.read().warehouse.clone();
    let reference = move || place.read().reference.clone();
    view! {
        <div class="relative lg:grid lg:grid-cols-[min(var(--tree,18rem),50vw)_minmax(0,1fr)]">
            <aside class="px-3 py-2 border-base-300 max-lg:border-b lg:border-r lg:sticky lg:top-12 lg:h-[calc(100dvh-3rem)] lg:overflow-y-auto">
                <input type="checkbox" id="tree-shown" class="peer sr-only lg:hidden" />
                <label for="tree-shown" class="btn btn-sm lg:hidden peer-focus-visible:outline-2 peer-focus-visible:outline-primary">
                    "Menu"
                </label>
                <div class="hidden peer-checked:block lg:block">
                    <Around place />
                    <SectionMenu />
                    <nav aria-label="Namespaces">
                    <p class="flex flex-wrap items-baseline gap-x-2 pt-1 pb-2 text-sm wrap-anywhere">
                        <a class="font-semibold link link-hover" href=move || top().connection_path()>
                            {move || place.read().connection.clone()}
                        </a>
                        {move || warehouse().map(|name| view! {
                            <a class="link link-hover" href=top().namespace_path()>{name}</a>
                        })}
                        {move || reference().map(|name| view! { <span class="text-base-content/70">"@ " {name}</span> })}
                    </p>
                    <NamespaceTree />
                    </nav>
                </div>
            </aside>
            <WidthHandle />
            <main id="main" tabindex="-1" class="p-4 min-w-0">
                <Outlet />
            </main>
        </div>
    }
}

/// Which warehouse is meant where the address names none, and the way to the same name in another catalog.
#[component]
fn Around(place: Memo<Place>) -> impl IntoView {
    let path = use_location().pathname;
    let noun = move || match Page::parse(&path.read()) {
        Some(Page::Table(_)) => Noun::Table,
        Some(Page::View(_)) => Noun::View,
        _ => Noun::Namespace,
    };
    let facts = use_facts();
    let others = move |others: Vec<String>| {
        let other = |name: String| {
            let shown = visible(&name);
            let href = move || place.read().elsewhere(&name, noun());
            view! { <li><a class="link link-hover" href=href>{shown}</a></li> }
        };
        view! {
            <details class="text-sm pb-1">
                <summary class="cursor-pointer">"Other catalogs"</summary>
                <ul class="pl-4 wrap-anywhere">
                    {others.into_iter().map(other).collect_view()}
                    <li><a class="link link-hover" href=HOME>"All connections"</a></li>
                </ul>
            </details>
        }
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let facts = facts.await.ok()?;
                let usual = facts.warehouse.filter(|_| place.read_untracked().warehouse.is_none());
                Some(view! {
                    {usual.map(|name| view! { <p class="text-xs text-base-content/70">"Warehouse " {visible(&name)} ", as configured"</p> })}
                    {(!facts.others.is_empty()).then(|| others(facts.others))}
                })
            })}
        </Transition>
    }
}
