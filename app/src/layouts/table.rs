use leptos::prelude::*;
use model::{
    connections::Facts,
    format::visible,
    open::Noun,
    page::{ChangePage, Page, TableTab},
    section::Section,
};

use crate::{
    components::{
        change_links::{ChangeLinks, LikeLink},
        connection::use_facts,
        done::Done,
        links::ObjectLinks,
        object::{PerObject, use_object_of, use_tab},
        page_header::{PageHeader, crumbs},
        tabs::{Tab, Tabs},
    },
    parts::part,
    ui::action::ActionLink,
};

part! {
    /// What all tabs of a table share.
    table_area() {
        TableLayout().into_any()
    }
}

#[component]
fn TableLayout() -> impl IntoView {
    let place = use_object_of("t");
    let tab = use_tab();
    let facts = use_facts();
    let tabs = move |facts: Option<Facts>| {
        let tabs = Signal::derive(move || {
            let current = TableTab::parse(&tab.read());
            let offered = |section| facts.as_ref().is_some_and(|facts| facts.offers(section));
            let has = |tab: &TableTab| {
                current == Some(*tab) || Section::of(Page::Table(*tab)).is_none_or(offered)
            };
            let tabs = TableTab::ALL.iter().copied().filter(has);
            tabs.map(|tab| Tab {
                label: tab.label(),
                href: place.read().table_path(tab),
                current: current == Some(tab),
            })
            .collect::<Vec<_>>()
        });
        view! { <Tabs label="Table" tabs groups=TableTab::GROUPS.map(TableTab::label).into() /> }
    };
    view! {
        <PageHeader
            title=Signal::derive(move || visible(place.read().object.as_deref().unwrap_or_default()))
            noun="Table"
            tab=Signal::derive(move || TableTab::parse(&tab.read()).map_or("", TableTab::label))
            crumbs=Signal::derive(move || crumbs(&place.read()))
        >
            <ChangeLinks place changes=ChangePage::TABLE />
            <LikeLink place />
            <ActionLink
                icon="icon-git-compare"
                href=Signal::derive(move || place.read().compare_with_path())
                text="Compare…"
            />
            <ObjectLinks place noun=Noun::Table />
        </PageHeader>
        <Done />
        <Transition fallback=move || tabs(None)>
            {move || Suspend::new(async move { tabs(facts.await.ok()) })}
        </Transition>
        <PerObject place />
    }
}
