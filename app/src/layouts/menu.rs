use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    connections::Facts,
    page::Page,
    paths::Place,
    rail::Way,
    section::Section::{Access, Catalogs, Policies},
};

use crate::{
    components::{connection::use_facts, lasting::Lasting},
    ui::icon::Icon,
};

/// The ways through the connection, of which one leads to what is shown.
#[component]
pub fn Rail(place: Memo<Place>) -> impl IntoView {
    let facts = use_facts();
    let lasting = Lasting::default();
    let ways = move || {
        let lasting = lasting.clone();
        Suspend::new(async move {
            let facts = facts.await.ok()?;
            Some(lasting.make(|| view! { <Ways facts place /> }))
        })
    };
    view! { <Transition>{ways}</Transition> }
}

#[component]
fn Ways(facts: Facts, place: Memo<Place>) -> impl IntoView {
    let path = use_location().pathname;
    // On the way out of the connection it stays what it was.
    let page = Memo::new(move |before: Option<&Option<Page>>| {
        Page::parse(&path.read()).or(before.copied().flatten())
    });
    let line = move |way: Way| {
        let href = Memo::new(move |_| way.path(&place.read()));
        let current = move || {
            let page = page.get().filter(|page| Way::of(*page) == way)?;
            let begins = href.read().split('?').next() == Some(&*path.read());
            let whole = page == Page::Connection || place.read().namespace.is_empty();
            Some(if begins && whole { "page" } else { "true" })
        };
        let (row, icon) = match way.is_inside() {
            true => ("pl-5", None),
            false => ("col-span-2", Some(icon(way))),
        };
        view! {
            <li class=row>
                <a href=href aria-current=current class="marked">
                    {icon.map(|icon| view! { <Icon name=icon /> })}
                    {way.label()}
                </a>
            </li>
        }
    };
    let ways = Way::ALL.into_iter().filter(|way| way.is_of(&facts));
    view! {
        <nav aria-label="Sections" class="text-sm pb-2 mb-2 border-b border-base-300">
            <ul class="grid grid-cols-[minmax(7rem,auto)_1fr]">{ways.map(line).collect_view()}</ul>
        </nav>
    }
}

fn icon(way: Way) -> &'static str {
    match way {
        Way::Browse => "icon-folder-tree",
        Way::Section(Access) => "icon-shield-check",
        Way::Section(Policies) => "icon-scroll-text",
        Way::Section(Catalogs) => "icon-database",
        Way::Section(_) => "",
        Way::Engines => "icon-plug",
        Way::Settings => "icon-settings",
    }
}
