use leptos::prelude::*;
use model::format::visible;

use crate::{
    api::tables::load_frame,
    components::{
        object::{PerObject, use_object_of, use_tab},
        page_header::{PageHeader, crumbs},
        polaris::ObjectLinks,
        tabs::{Tab, Tabs},
    },
};

const TABS: [(&str, &str); 10] = [
    ("overview", "Overview"),
    ("schema", "Schema"),
    ("partitions", "Partitions and sort"),
    ("snapshots", "Snapshots"),
    ("refs", "Branches and tags"),
    (HISTORY, "History"),
    ("properties", "Properties"),
    ("metadata-log", "Metadata log"),
    ("statistics", "Statistics"),
    ("raw", "Raw metadata"),
];

/// Only where the catalog keeps commits of its own.
const HISTORY: &str = "history";

/// What all tabs of a table share.
#[component]
pub fn TableLayout() -> impl IntoView {
    let place = use_object_of("t");
    let tab = use_tab();
    let scope = Memo::new(move |_| place.with(|place| place.with_namespace(&[])));
    let frame = Resource::new(move || scope.get(), load_frame);
    let tabs = move |has_commits: bool| {
        let tabs = Signal::derive(move || {
            let has = |name: &str| name != HISTORY || has_commits || *tab.read() == HISTORY;
            let tabs = TABS.iter().filter(|(name, _)| has(name));
            tabs.map(|(name, label)| Tab {
                label,
                href: place.read().table_path(name),
                current: *tab.read() == *name,
            })
            .collect::<Vec<_>>()
        });
        view! { <Tabs label="Table" tabs /> }
    };
    view! {
        <PageHeader
            title=Signal::derive(move || visible(place.read().object.as_deref().unwrap_or_default()))
            noun="Table"
            crumbs=Signal::derive(move || crumbs(&place.read()))
        >
            <ObjectLinks place key="t" />
            <a class="link text-sm ml-auto" href=move || place.read().connect_path()>"Connect an engine"</a>
        </PageHeader>
        <Transition fallback=move || tabs(false)>
            {move || Suspend::new(async move {
                tabs(frame.await.is_ok_and(|frame| frame.has_commits))
            })}
        </Transition>
        <PerObject place />
    }
}
