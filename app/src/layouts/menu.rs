use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{connections::Facts, paths::Place, section::Section};

use crate::components::connection::use_facts;

/// The ways into what the connection's catalog has beyond namespaces.
#[component]
pub fn SectionMenu() -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let facts = facts.await.ok()?;
                let offered = Section::MENU.iter().any(|section| facts.offers(*section));
                offered.then(|| view! { <Links facts /> })
            })}
        </Transition>
    }
}

#[component]
fn Links(facts: Facts) -> impl IntoView {
    let path = use_location().pathname;
    let place = Place::connection(facts.name.clone());
    let link = move |section: Section| {
        let href = place.section_path(section);
        let own = href.clone();
        let current = move || path.with(|path| *path == own).then_some("page");
        view! {
            <li>
                <a
                    href=href
                    aria-current=current
                    class="block px-2 py-1 rounded-field hover:bg-base-200 aria-[current=page]:bg-base-200 aria-[current=page]:font-semibold"
                >
                    {section.label()}
                </a>
            </li>
        }
    };
    let sections = Section::MENU
        .into_iter()
        .filter(|section| facts.offers(*section));
    view! {
        <nav aria-label="Access control" class="text-sm pb-2 mb-2 border-b border-base-300">
            <ul class="grid grid-cols-2 gap-x-1">{sections.map(link).collect_view()}</ul>
        </nav>
    }
}
