use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    layouts::{connection::ConnectionLayout, console::ConsoleLayout},
    pages::home::HomePage,
};

/// Providers and the whole route tree.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| format!("{title} · Crowsnest") />
        <Router>
            <Routes fallback=|| "Not found">
                <ParentRoute path=path!("") view=ConsoleLayout ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage />
                    <ParentRoute path=path!("/c/:connection") view=ConnectionLayout>
                        <Route path=path!("") view=|| "connection" />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
