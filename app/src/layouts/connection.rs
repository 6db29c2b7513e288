use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{
    components::{connection::provide_facts, tree::NamespaceTree},
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
        <div class="lg:grid lg:grid-cols-[18rem_minmax(0,1fr)]">
            <aside class="px-3 py-2 border-base-300 max-lg:border-b lg:border-r lg:sticky lg:top-12 lg:h-[calc(100dvh-3rem)] lg:overflow-y-auto">
                <input type="checkbox" id="tree-shown" class="peer sr-only lg:hidden" />
                <label for="tree-shown" class="btn btn-sm lg:hidden peer-focus-visible:outline-2 peer-focus-visible:outline-primary">
                    "Menu"
                </label>
                <div class="hidden peer-checked:block lg:block">
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
            <main id="main" tabindex="-1" class="p-4 min-w-0">
                <Outlet />
            </main>
        </div>
    }
}
