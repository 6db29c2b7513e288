use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, NestedRoute, SsrMode, StaticSegment,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};
use model::{page::Page, section::Section};

use crate::{
    layouts::{
        connection::ConnectionArea, console::ConsoleLayout, table::TableLayout, view::ViewLayout,
    },
    pages::{
        connection::ConnectionRoute,
        destination::{DestinationRoute, handover::provide_handover},
        home::HomePage,
        namespace::NamespaceRoute,
        not_found::NotFoundPage,
        open::OpenRoute,
        polaris::PolarisRoute,
        table::TableRoute,
        view::ViewRoute,
    },
};

/// Providers and the whole route tree.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_handover();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <ParentRoute path=path!("") view=ConsoleLayout ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/destination/:step?") view={Lazy::<DestinationRoute>::new()} />
                    <Route path=path!("/troubleshooting") view={Lazy::<DestinationRoute>::new()} />
                    <ParentRoute path=path!("/c/:connection") view={Lazy::<ConnectionArea>::new()}>
                        <ParentRoute path=StaticSegment(Page::TABLE) view=TableLayout>
                            <Route path=path!(":tab") view={Lazy::<TableRoute>::new()} />
                        </ParentRoute>
                        <ParentRoute path=StaticSegment(Page::VIEW) view=ViewLayout>
                            <Route path=path!(":tab") view={Lazy::<ViewRoute>::new()} />
                        </ParentRoute>
                        <Route path=path!("") view={Lazy::<ConnectionRoute>::new()} />
                        <Route path=StaticSegment(Page::Namespace.segment()) view={Lazy::<NamespaceRoute>::new()} />
                        <Route path=StaticSegment(Page::Open.segment()) view={Lazy::<OpenRoute>::new()} />
                        <Route path=StaticSegment(Page::Connect.segment()) view={Lazy::<ConnectionRoute>::new()} />
                        <SectionRoutes />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The pages of what only some catalogs have. Those of Polaris are one part of the code: see
/// [`PolarisRoute`].
#[component(transparent)]
fn SectionRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    let route = |page: &Page| {
        let view = Lazy::<PolarisRoute>::new();
        view! { <Route path=StaticSegment(page.segment()) view /> }.into_inner()
    };
    let pages = Section::ALL.iter().flat_map(|section| section.pages());
    let pages = pages.filter(|page| matches!(page, Page::Polaris(_)));
    let pages: Vec<_> = pages.map(route).collect();
    NestedRoute::new(path!(""), Outlet)
        .child(StaticVec::from(pages))
        .into_maybe_erased()
}
