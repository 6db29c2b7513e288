use leptos::prelude::*;
use model::format::visible;

use crate::components::{
    object::{PerObject, use_object_of, use_tab},
    page_header::{PageHeader, crumbs},
    polaris::ObjectLinks,
    tabs::{Tab, Tabs},
};

const TABS: [(&str, &str); 5] = [
    ("overview", "Overview"),
    ("sql", "SQL"),
    ("schema", "Schema"),
    ("versions", "Versions"),
    ("properties", "Properties"),
];

/// What all tabs of a view share.
#[component]
pub fn ViewLayout() -> impl IntoView {
    let place = use_object_of("v");
    let tab = use_tab();
    let tabs = Signal::derive(move || {
        TABS.iter()
            .map(|(name, label)| Tab {
                label,
                href: place.read().view_path(name),
                current: *tab.read() == *name,
            })
            .collect::<Vec<_>>()
    });
    view! {
        <PageHeader
            title=Signal::derive(move || visible(place.read().object.as_deref().unwrap_or_default()))
            noun="View"
            crumbs=Signal::derive(move || crumbs(&place.read()))
        >
            <ObjectLinks place key="v" />
        </PageHeader>
        <Tabs label="View" tabs />
        <PerObject place />
    }
}
