use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    layouts::{
        connection::ConnectionLayout, console::ConsoleLayout, table::TableLayout, view::ViewLayout,
    },
    pages::{
        connect::ConnectPage,
        connection::ConnectionRoute,
        destination::{DestinationRoute, handover::provide_handover},
        home::HomePage,
        namespace::NamespaceRoute,
        not_found::NotFoundPage,
        open::OpenRoute,
        polaris::PolarisRoute,
        table::TableTab,
        view::ViewTab,
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
                    <ParentRoute path=path!("/c/:connection") view=ConnectionLayout>
                        <ParentRoute path=path!("t") view=TableLayout>
                            <Route path=path!(":tab") view={Lazy::<TableTab>::new()} />
                        </ParentRoute>
                        <ParentRoute path=path!("v") view=ViewLayout>
                            <Route path=path!(":tab") view={Lazy::<ViewTab>::new()} />
                        </ParentRoute>
                        <Route path=path!("") view={Lazy::<ConnectionRoute>::new()} />
                        <Route path=path!("ns") view={Lazy::<NamespaceRoute>::new()} />
                        <Route path=path!("open") view={Lazy::<OpenRoute>::new()} />
                        <Route path=path!("connect") view=ConnectPage />
                        <PolarisRoutes />
                        <AccessRoutes />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// What only Polaris has: who may do what, and its own kinds of objects.
#[component(transparent)]
fn PolarisRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
        <Route path=path!("catalogs") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("catalog") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("catalog-new") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("catalog-edit") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("principals") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("principal") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("principal-new") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("principal-credentials") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("principal-roles") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("principal-role") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("principal-role-new") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("catalog-roles") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("catalog-role") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("catalog-role-new") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("policies") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("policy") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("policy-new") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("generic-tables") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("generic-table") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("generic-table-new") view={Lazy::<PolarisRoute>::new()} />
        </ParentRoute>
    }
    .into_inner()
}

/// Who may do what on a Polaris, and why.
#[component(transparent)]
fn AccessRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
        <Route path=path!("access") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("who") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("reach") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("explain") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("grants") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("graph") view={Lazy::<PolarisRoute>::new()} />
        <Route path=path!("onboard") view={Lazy::<PolarisRoute>::new()} />
        </ParentRoute>
    }
    .into_inner()
}
