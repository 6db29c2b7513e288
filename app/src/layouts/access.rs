use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::paths::Place;

use crate::{api::polaris::has_access, location::use_place};

/// The ways into access control, where the catalog server has it.
#[component]
pub fn AccessMenu() -> impl IntoView {
    let place = use_place();
    let connection = Memo::new(move |_| place.read().connection.clone());
    let shown = Resource::new(move || connection.get(), has_access);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                matches!(shown.await, Ok(true))
                    .then(|| view! { <Links place=Place::connection(connection.get_untracked()) /> })
            })}
        </Transition>
    }
}

#[component]
fn Links(place: Place) -> impl IntoView {
    let path = use_location().pathname;
    let link = move |(text, href): (&'static str, String)| {
        let own = href.clone();
        let current = move || path.with(|path| *path == own).then_some("page");
        view! {
            <li>
                <a
                    href=href
                    aria-current=current
                    class="block px-2 py-1 rounded-field hover:bg-base-200 aria-[current=page]:bg-base-200 aria-[current=page]:font-semibold"
                >
                    {text}
                </a>
            </li>
        }
    };
    let links = [
        ("Catalogs", place.catalogs_path()),
        ("Principals", place.principals_path()),
        ("Principal roles", place.principal_roles_path()),
        ("Access", place.access_path()),
        ("Graph", place.graph_path()),
        ("Onboard", place.onboard_path()),
    ];
    view! {
        <nav aria-label="Access control" class="text-sm pb-2 mb-2 border-b border-base-300">
            <ul class="grid grid-cols-2 gap-x-1">{links.map(link).collect_view()}</ul>
        </nav>
    }
}
