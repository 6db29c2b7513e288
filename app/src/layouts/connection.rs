use leptos::prelude::*;
use leptos_router::components::Outlet;

/// A connection's pages: the tree of its namespaces beside the page.
#[component]
pub fn ConnectionLayout() -> impl IntoView {
    view! {
        <div class="lg:grid lg:grid-cols-[18rem_1fr]">
            <aside class="border-r border-base-300"></aside>
            <main id="main" class="p-4 min-w-0">
                <Outlet />
            </main>
        </div>
    }
}
