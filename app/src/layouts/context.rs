//! Where the page is, from the catalog down to the object, with the ways to the same place in another.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    connections::Facts,
    format::visible,
    page::Page,
    paths::{HOME, Place},
    section::Section,
};

use super::switcher::{Choices, Kind, Menu, Switcher};
use crate::{
    components::{connection::use_facts, lasting::Lasting},
    location::use_query,
};

/// Where the page is, and what it shows of that.
#[derive(Clone, Copy)]
pub struct Here {
    pub place: Memo<Place>,
    pub page: Memo<Page>,
}

impl Here {
    /// Where another warehouse or reference is chosen for the same names.
    pub fn choose(self) -> String {
        self.place.read().choose_path(self.page.get().noun())
    }
}

/// The context bar.
#[component]
pub fn ContextBar(place: Memo<Place>) -> impl IntoView {
    let (path, query) = (use_location().pathname, use_query());
    let page = Memo::new(move |before: Option<&Page>| {
        let page = Page::parse(&path.read()).map(|page| page.around(&query.read()));
        page.or(before.copied()).unwrap_or(Page::Connection)
    });
    let here = Here { place, page };
    let facts = use_facts();
    // Made here, not within what waits for the facts: the browser takes them over in order.
    let menus = [Kind::Warehouses, Kind::References].map(|kind| Menu::new(kind, place));
    let lasting = Lasting::default();
    let levels = move || {
        let lasting = lasting.clone();
        Suspend::new(async move {
            let facts = facts.await.ok();
            lasting.make(|| view! { <Levels facts here menus /> })
        })
    };
    view! {
        <nav aria-label="Place" class="relative px-4 py-1 min-h-9 text-sm border-b border-base-300 lg:col-start-2">
            <ol class="flex flex-wrap items-center [&>li+li]:before:content-['/'] [&>li+li]:before:mx-2 [&>li+li]:before:opacity-60">
                <Transition fallback=move || view! { <Levels facts=None here menus /> }>
                    {levels}
                </Transition>
            </ol>
        </nav>
    }
}

#[component]
fn Levels(facts: Option<Facts>, here: Here, menus: [Menu; 2]) -> impl IntoView {
    let Here { place, page } = here;
    let others = facts.clone().map(|facts| facts.others).unwrap_or_default();
    let other = move |name: String| {
        let shown = visible(&name);
        let other = Place::connection(name);
        let href = move || place.read().elsewhere(&other, page.get().noun());
        view! { <li><a href=href>{shown}</a></li> }
    };
    let (warehouse, has_references) = match &facts {
        Some(facts) => (usual(facts), facts.offers(Section::History)),
        None => (None, false),
    };
    let [warehouses, references] = menus;
    let reference = facts.and_then(|facts| Some((facts.reference?, "default")));
    view! {
        <Switcher
            icon="icon-server"
            what="catalogs"
            name=Signal::derive(move || visible(&place.read().connection))
            href=Signal::derive(move || Place::connection(place.read().connection.clone()).connection_path())
        >
            {(!others.is_empty()).then(|| view! { <ul>{others.into_iter().map(other).collect_view()}</ul> })}
            <a class="font-semibold" href=HOME>"All connections"</a>
        </Switcher>
        {warehouse.map(|usual| view! {
            <Level here menu=warehouses usual=Some(usual) />
        })}
        {has_references.then(|| view! { <Level here menu=references usual=reference /> })}
        {move || {
            let place = place.read();
            let name = |depth: usize| {
                let inside = place.with_namespace(&place.namespace[..depth]);
                (place.namespace[depth - 1].clone(), inside.namespace_path())
            };
            let mut names: Vec<_> = (1..=place.namespace.len()).map(name).collect();
            let object = place.object.clone().filter(|_| !names.is_empty());
            names.extend(object.map(|object| (object, place.shown_on(page.get().overview()))));
            let last = names.len();
            let name = |(at, (name, href)): (usize, (String, String))| {
                let current = (at + 1 == last).then_some("location");
                view! { <li class="wrap-anywhere"><a class="link link-hover aria-[current]:font-semibold" href=href aria-current=current>{visible(&name)}</a></li> }
            };
            names.into_iter().enumerate().map(name).collect_view()
        }}
    }
}

/// A warehouse or a reference: as the address says, else what it means where it says none.
#[component]
fn Level(here: Here, menu: Menu, usual: Option<(String, &'static str)>) -> impl IntoView {
    let Menu { kind, opened, .. } = menu;
    let place = here.place;
    let named = move || match kind {
        Kind::Warehouses => place.read().warehouse.clone(),
        Kind::References => place.read().reference.clone(),
    };
    let (name, note) = usual.unwrap_or_else(|| ("default".into(), ""));
    let fallback = name.clone();
    let shown = Signal::derive(move || visible(&named().unwrap_or_else(|| name.clone())));
    let note = Signal::derive(move || if named().is_none() { note } else { "" });
    view! {
        <Switcher
            icon=kind.icon()
            what=kind.what()
            name=shown
            note
            href=Signal::derive(move || place.read().with_namespace(&[]).namespace_path())
            opened
        >
            <Choices here menu usual=fallback />
            <a class="font-semibold" href=move || here.choose()>{format!("All {}", kind.what())}</a>
        </Switcher>
    }
}

/// The warehouse that an address without one means.
fn usual(facts: &Facts) -> Option<(String, &'static str)> {
    Some(match &facts.warehouse {
        Some(name) => (name.clone(), "configured"),
        None if facts.wants_warehouse => ("no warehouse chosen".into(), ""),
        None => ("default warehouse".into(), ""),
    })
}
