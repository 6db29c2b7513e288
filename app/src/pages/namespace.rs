use leptos::{prelude::*, reactive::computed::ScopedFuture};
use leptos_router::hooks::use_location;
use model::{
    names::{Counts, NameKind},
    open::Noun,
    page::{ChangePage, NamespaceTab, Page},
    paths::Place,
    section::Section,
};

use crate::{
    api::{names::load_counts, namespaces::load_namespace},
    components::{
        again::ask_again_while,
        change_links::ChangeLinks,
        connection::use_facts,
        done::Done,
        filtered_settings::FilteredSettings,
        links::ObjectLinks,
        locked::FormLink,
        names::NameList,
        page_header::{PageHeader, crumbs},
        reading::Reading,
        tabs::{Tab, Tabs},
    },
    location::{use_place, use_query},
    parts::part,
    resource::Resource,
};

part! {
    /// A namespace, or the top of a warehouse.
    namespace() {
        NamespacePage().into_any()
    }
}

/// What a namespace, or the top of a warehouse, holds.
#[component]
fn NamespacePage() -> impl IntoView {
    let (addressed, query) = (use_place(), use_query());
    let path = use_location().pathname;
    // Both keep their values while the address already names another page, and this one is about to go.
    let is_left = move || Page::parse(&path.read()) != Some(Page::Namespace);
    let place = Memo::new(move |before: Option<&Place>| match before {
        Some(before) if is_left() => before.clone(),
        _ => addressed.get(),
    });
    let shown = Memo::new(move |before| match before {
        Some(before) if is_left() => *before,
        _ => NamespaceTab::read(&query.read(), place.read().namespace.is_empty()),
    });
    let title = move || {
        let place = place.read();
        let top = || {
            place
                .warehouse
                .clone()
                .unwrap_or_else(|| place.connection.clone())
        };
        place.namespace.last().cloned().unwrap_or_else(top)
    };
    view! {
        <PageHeader
            title=Signal::derive(title)
            noun="Namespace"
            tab=Signal::derive(move || shown.get().label())
            crumbs=Signal::derive(move || crumbs(&place.read()))
        >
            <Changes place />
            <ObjectLinks place noun=Noun::Namespace />
        </PageHeader>
        <Done />
        {move || {
            let place = place.get();
            (!place.namespace.is_empty()).then(|| view! { <NamespaceTabs place shown /> })
        }}
        // Made anew for each namespace: another one's rows under this title would mislead.
        {move || {
            let place = Signal::stored(place.get());
            match shown.get().names() {
                Some(kind) => view! {
                    <Inside kind place />
                    <NameList kind place />
                    {(kind == NameKind::GenericTables).then(|| view! { <NewGenericTable place /> })}
                }.into_any(),
                None => view! { <Properties place /> }.into_any(),
            }
        }}
    }
}

/// Of the top of a warehouse, only what can be made there.
#[component]
fn Changes(place: Memo<Place>) -> impl IntoView {
    let changes = move || match place.read().namespace.is_empty() {
        true => ChangePage::TOP,
        false => ChangePage::NAMESPACE,
    };
    view! { <ChangeLinks place changes=Signal::derive(changes) /> }
}

/// What can be made of this kind.
#[component]
fn Inside(kind: NameKind, place: Signal<Place>) -> impl IntoView {
    let changes = match kind {
        NameKind::Tables => ChangePage::TABLES,
        NameKind::Views => ChangePage::VIEWS,
        NameKind::GenericTables | NameKind::Namespaces => return None,
    };
    Some(view! { <p class="flex flex-wrap gap-2 mt-3 if-there"><ChangeLinks place changes /></p> })
}

#[component]
fn NamespaceTabs(place: Place, shown: Memo<NamespaceTab>) -> impl IntoView {
    let asked = place.clone();
    let counts = Resource::new(|| (), move |()| load_counts(asked.clone()));
    ask_again_while(counts, |counts| counts.arriving);
    let facts = use_facts();
    view! {
        <Transition fallback=|| view! { <div class="h-10 border-b border-base-300"></div> }>
            {move || {
                let place = place.clone();
                Suspend::new(async move {
                    let facts = facts.await.ok();
                    // What is known is there before the tabs are, so that they need no boundary of their own; what
                    // comes later is put into them.
                    let _ = ScopedFuture::new_untracked(counts.into_future()).await;
                    let offers = |tab: &NamespaceTab| {
                        let offered = |section| facts.as_ref().is_some_and(|facts| facts.offers(section));
                        tab.section().is_none_or(offered)
                    };
                    let offered: Vec<_> = NamespaceTab::ALL.iter().copied().filter(offers).collect();
                    view! { <TabLine place shown offered counts /> }
                })
            }}
        </Transition>
    }
}

/// The tabs that are offered, and the one that is open.
#[component]
fn TabLine(
    place: Place,
    shown: Memo<NamespaceTab>,
    offered: Vec<NamespaceTab>,
    counts: Resource<Counts>,
) -> impl IntoView {
    let all = Signal::derive(move || -> Vec<NamespaceTab> {
        let has = |tab: &NamespaceTab| *tab == shown.get() || offered.contains(tab);
        NamespaceTab::ALL.iter().copied().filter(has).collect()
    });
    let counts = Signal::derive(move || {
        let counts = counts.get().and_then(Result::ok).unwrap_or_default();
        let count = |tab: &NamespaceTab| tab.names().and_then(|kind| counts.of(kind));
        let all = all.read();
        let counts = all.iter().map(count);
        counts.map(|count| count.map(str::to_owned)).collect()
    });
    let tabs = Signal::derive(move || {
        let tab = |tab: &NamespaceTab| Tab {
            label: tab.label(),
            href: place.namespace_tab_path(*tab),
            current: *tab == shown.get(),
        };
        all.read().iter().map(tab).collect::<Vec<_>>()
    });
    view! { <Tabs label="Namespace" tabs counts groups=vec![NamespaceTab::Properties.label()] /> }
}

/// The way to the form, where the connection is known to have it.
#[component]
fn NewGenericTable(place: Signal<Place>) -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let facts = facts.await.ok()?;
                let href = place.read_untracked().generic_table_new_path();
                facts.offers(Section::GenericTables).then(|| view! {
                    <p class="mt-2"><FormLink text="New generic table" href locked=facts.locked /></p>
                })
            })}
        </Transition>
    }
}

#[component]
fn Properties(place: Signal<Place>) -> impl IntoView {
    view! {
        <Reading ask=move || place.get() load=|place, _| load_namespace(place) let:namespace>
            <FilteredSettings
                settings=namespace.properties
                label="Properties of the namespace"
                nothing="This namespace has no properties."
            />
        </Reading>
    }
}
