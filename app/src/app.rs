use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    layouts::{connection::ConnectionLayout, console::ConsoleLayout},
    pages::{
        connect::ConnectPage, connection::ConnectionPage, destination::DestinationRoutes,
        home::HomePage, namespace::NamespacePage, not_found::NotFoundPage, open::OpenPage,
        table::TableRoutes, troubleshooting::TroubleshootingPage, view::ViewRoutes,
    },
};

/// Providers and the whole route tree.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| format!("{title} · Crowsnest") />
        <Router>
            <Routes fallback=NotFoundPage>
                <ParentRoute path=path!("") view=ConsoleLayout ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage />
                    <DestinationRoutes />
                    <Route path=path!("/troubleshooting") view=TroubleshootingPage />
                    <ParentRoute path=path!("/c/:connection") view=ConnectionLayout>
                        <TableRoutes />
                        <ViewRoutes />
                        <Route path=path!("") view=ConnectionPage />
                        <Route path=path!("ns") view=NamespacePage />
                        <Route path=path!("open") view=OpenPage />
                        <Route path=path!("connect") view=ConnectPage />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
