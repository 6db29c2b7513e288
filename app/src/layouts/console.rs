use leptos::prelude::*;
use leptos_router::components::Outlet;
use model::paths;

use crate::{
    components::{changes::ChangesOfVisit, signed_in::SignedIn, theme::Preferences},
    ui::icon::Icon,
};

/// The bar at the top of every page.
#[component]
pub fn ConsoleLayout() -> impl IntoView {
    view! {
        <Bar />
        <Outlet />
        <p id="arrived" class="sr-only" aria-live="polite"></p>
    }
}

#[component]
pub fn Bar() -> impl IntoView {
    view! {
        <a class="sr-only focus:not-sr-only btn btn-sm absolute z-50" href="#main" rel="external">"Skip to content"</a>
        <header class="flex items-center h-12 px-3 gap-2 border-b border-base-300 bg-base-100 sticky top-0 z-30 print:hidden">
            <a href=paths::HOME class="flex items-center gap-2 font-semibold shrink-0">
                <img src="/favicon.svg" alt="" width="22" height="22" />
                <span class="max-sm:sr-only">"Crowsnest"</span>
            </a>
            <form method="get" action=paths::SEARCH role="search" aria-label="All catalogs" class="grow max-w-120 mx-auto max-sm:hidden">
                <input
                    type="search"
                    name="q"
                    class="input input-sm w-full"
                    aria-label="Search"
                    aria-keyshortcuts="/ Control+K"
                    placeholder="Search tables, views, namespaces…  /"
                    autocomplete="off"
                    maxlength="200"
                />
            </form>
            <nav aria-label="Tools" class="flex justify-end gap-1 max-sm:grow">
                <a href=paths::SEARCH class="btn btn-ghost btn-sm px-2 sm:hidden">
                    <Icon name="icon-search" class="text-base" />
                    "Search"
                </a>
                <details class="sm:relative" data-menu="">
                    <summary class="btn btn-ghost btn-sm px-2">
                        <Icon name="icon-wrench" />
                        "Tools"
                        <Icon name="icon-chevron-down" />
                    </summary>
                    <div class="menu-panel sm:left-auto sm:right-0 sm:w-56">
                        <ul>
                            <li><a href=paths::DESTINATION>"OLake destination"</a></li>
                            <li><a href=paths::TROUBLESHOOTING>"Troubleshooting"</a></li>
                            <li><a href=paths::AUDIT>"Record of changes"</a></li>
                            <li><a href=paths::YOU>"You"</a></li>
                            <li class="noscript:hidden">
                                <button type="button" class="w-full text-left" data-keys="">"Keys " <kbd class="kbd kbd-sm">"?"</kbd></button>
                            </li>
                        </ul>
                    </div>
                </details>
            </nav>
            <ChangesOfVisit />
            <SignedIn />
            <Preferences />
        </header>
    }
}
