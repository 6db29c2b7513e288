use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode, StaticSegment,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{ParentRoute, Route, Router, Routes},
    path,
};
use model::{
    page::{ChangePage, Page, TableTab, ViewTab},
    section::Section,
};

use crate::{
    layouts::{
        connection::connection_area, console::ConsoleLayout, table::table_area, view::ViewLayout,
    },
    pages::{
        audit::audit,
        catalog_comparison::catalog_comparison,
        catalog_sign_in::catalog_sign_in,
        change,
        compare::compare,
        connection::connection,
        connections::connections,
        destination::{destination, handover::provide_handover},
        home::HomePage,
        namespace::namespace,
        not_found::{NoSuchTab, NotFoundPage},
        open::open,
        people::people,
        polaris,
        search::search,
        sign_in::sign_in,
        table, view,
        you::you,
    },
    parts::Part,
};

/// Providers and the whole route tree.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_handover();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view={sign_in()} ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=ConsoleLayout ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/destination/:step?") view={destination()} />
                    <Route path=path!("/search") view={search()} />
                    <Route path=path!("/sign-in/catalog") view={catalog_sign_in()} />
                    <Route path=path!("/you") view={you()} />
                    <Route path=path!("/people") view={people()} />
                    <Route path=path!("/connections/:form?") view={connections()} />
                    <Route path=path!("/audit") view={audit()} />
                    <Route path=path!("/compare") view={catalog_comparison()} />
                    <Route path=path!("/troubleshooting") view={destination()} />
                    <ParentRoute path=path!("/c/:connection") view={connection_area()}>
                        <ParentRoute path=StaticSegment(Page::TABLE) view={table_area()}>
                            <TableTabs />
                            <Route path=path!(":tab") view=NoSuchTab />
                        </ParentRoute>
                        <ParentRoute path=StaticSegment(Page::VIEW) view=ViewLayout>
                            <ViewTabs />
                            <Route path=path!(":tab") view=NoSuchTab />
                        </ParentRoute>
                        <Route path=path!("") view={connection()} />
                        <Route path=StaticSegment(Page::Namespace.segment()) view={namespace()} />
                        <Route path=StaticSegment(Page::Open.segment()) view={open()} />
                        <Route path=StaticSegment(Page::Connect.segment()) view={connection()} />
                        <Route path=StaticSegment(Page::Compare.segment()) view={compare()} />
                        <ChangePages />
                        <SectionPages />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

#[component(transparent)]
fn TableTabs() -> AnyNestedRoute {
    let tabs = TableTab::ALL.iter();
    side_by_side(tabs.map(|tab| (tab.slug(), table::view_of(*tab))))
}

#[component(transparent)]
fn ViewTabs() -> AnyNestedRoute {
    let tabs = ViewTab::ALL.iter();
    side_by_side(tabs.map(|tab| (tab.slug(), view::view_of(*tab))))
}

/// The pages that change what a catalog holds.
#[component(transparent)]
fn ChangePages() -> AnyNestedRoute {
    let pages = ChangePage::ALL.iter();
    side_by_side(pages.map(|page| (page.slug(), change::view_of(*page))))
}

/// The pages of what only some catalogs have.
#[component(transparent)]
fn SectionPages() -> AnyNestedRoute {
    let pages = Section::ALL.iter().flat_map(|section| section.pages());
    side_by_side(pages.filter_map(|page| match page {
        Page::Polaris(page) => Some((page.slug(), polaris::view_of(*page))),
        _ => None,
    }))
}

/// As many routes as there are, each at its segment.
fn side_by_side(views: impl Iterator<Item = (&'static str, Part)>) -> AnyNestedRoute {
    let route = |(segment, view)| view! { <Route path=StaticSegment(segment) view /> }.into_inner();
    let routes: Vec<_> = views.map(route).collect();
    StaticVec::from(routes).into_any_nested_route()
}
