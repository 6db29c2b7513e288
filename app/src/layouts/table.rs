use leptos::prelude::*;
use model::{format::visible, page::TableTab};

use crate::{
    api::tables::load_frame,
    components::{
        links::ObjectLinks,
        object::{PerObject, use_object_of, use_tab},
        page_header::{PageHeader, crumbs},
        tabs::{Tab, Tabs},
    },
};

/// What all tabs of a table share.
#[component]
pub fn TableLayout() -> impl IntoView {
    let place = use_object_of("t");
    let tab = use_tab();
    let scope = Memo::new(move |_| place.with(|place| place.with_namespace(&[])));
    let frame = Resource::new(move || scope.get(), load_frame);
    let tabs = move |has_commits: bool| {
        let tabs = Signal::derive(move || {
            let current = TableTab::parse(&tab.read());
            // Only where the catalog keeps commits of its own.
            let has = |tab: &TableTab| {
                *tab != TableTab::History || has_commits || current == Some(TableTab::History)
            };
            let tabs = TableTab::ALL.iter().copied().filter(has);
            tabs.map(|tab| Tab {
                label: tab.label(),
                href: place.read().table_path(tab),
                current: current == Some(tab),
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
