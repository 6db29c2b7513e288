use leptos::prelude::*;
use model::{
    format::visible,
    open::Noun,
    page::{ChangePage, ViewTab},
};

use crate::components::{
    change_links::ChangeLinks,
    done::Done,
    links::ObjectLinks,
    object::{PerObject, use_object_of, use_tab},
    page_header::{PageHeader, crumbs},
    tabs::{Tab, Tabs},
};

/// What all tabs of a view share.
#[component]
pub fn ViewLayout() -> impl IntoView {
    let place = use_object_of("v");
    let tab = use_tab();
    let tabs = Signal::derive(move || {
        let current = ViewTab::parse(&tab.read());
        let tabs = ViewTab::ALL.iter().copied();
        tabs.map(|tab| Tab {
            label: tab.label(),
            href: place.read().view_path(tab),
            current: current == Some(tab),
        })
        .collect::<Vec<_>>()
    });
    view! {
        <PageHeader
            title=Signal::derive(move || visible(place.read().object.as_deref().unwrap_or_default()))
            noun="View"
            tab=Signal::derive(move || ViewTab::parse(&tab.read()).map_or("", ViewTab::label))
            crumbs=Signal::derive(move || crumbs(&place.read()))
        >
            <ChangeLinks place changes=ChangePage::VIEW />
            <ObjectLinks place noun=Noun::View />
        </PageHeader>
        <Done />
        <Tabs label="View" tabs />
        <PerObject place />
    }
}
