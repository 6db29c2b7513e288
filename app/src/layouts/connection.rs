use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{
    components::{connection::provide_facts, tree::width::WidthHandle},
    layouts::later::{Later, Piece},
    location::use_place,
    parts::part,
    ui::icon::Icon,
};

part! {
    /// What all pages of a connection share; home does without it.
    connection_area() {
        ConnectionLayout().into_any()
    }
}

/// A connection's pages: where they are above them; the ways through it and the tree of its namespaces beside
/// them, or above and folded, where the screen is narrow.
#[component]
fn ConnectionLayout() -> impl IntoView {
    let place = use_place();
    provide_facts(place);
    view! {
        <div class="relative lg:grid lg:grid-cols-[min(var(--tree,18rem),50vw)_minmax(0,1fr)] lg:grid-rows-[auto_1fr] print:block">
            <Later piece=Piece::Bar place />
            <aside class="border-base-300 max-lg:border-b lg:border-r lg:sticky lg:top-12 lg:h-[calc(100dvh-3rem)] lg:col-start-1 lg:row-start-1 lg:row-span-2 print:hidden">
                <div class="px-3 py-2 lg:h-full lg:overflow-y-auto" data-pane="">
                <input type="checkbox" id="tree-shown" class="peer sr-only lg:hidden" />
                <label for="tree-shown" class="btn btn-sm lg:hidden peer-focus-visible:outline-2 peer-focus-visible:outline-primary">
                    <Icon name="icon-menu" />
                    "Menu"
                </label>
                <div class="hidden peer-checked:block lg:block">
                    <Later piece=Piece::Beside place />
                </div>
                </div>
                <WidthHandle />
            </aside>
            <main id="main" tabindex="-1" class="p-4 min-w-0 max-w-420 lg:col-start-2">
                <Outlet />
            </main>
        </div>
    }
}
