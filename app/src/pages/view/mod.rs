//! The tabs of a view.

mod overview;
mod properties;
mod schema;
mod sql;
mod versions;

use leptos::prelude::*;
use leptos_router::{
    MatchNestedRoutes,
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::layouts::view::ViewLayout;

#[component(transparent)]
pub fn ViewRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("v") view=ViewLayout>
            <Route path=path!("overview") view=overview::OverviewPage />
            <Route path=path!("sql") view=sql::SqlPage />
            <Route path=path!("schema") view=schema::SchemaTab />
            <Route path=path!("versions") view=versions::VersionsPage />
            <Route path=path!("properties") view=properties::PropertiesPage />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}
