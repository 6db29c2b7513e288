pub mod catalog;
pub mod edit;
mod groups;
pub mod new;

use leptos::prelude::*;

use crate::{
    components::{
        page_header::PageHeader,
        polaris::{EntityList, trail},
    },
    model::polaris::lists::Listing,
    paths::use_place,
};

/// Where tables go whose creator says nothing else; every catalog has one.
const BASE: &str = "default-base-location";

/// The catalogs of the server.
#[component]
pub fn Catalogs() -> impl IntoView {
    let place = use_place().get_untracked();
    view! {
        <PageHeader title="Catalogs" noun="Polaris" crumbs=Signal::stored(trail(&place, &[])) />
        <EntityList listing=Listing::Catalogs place />
    }
}
