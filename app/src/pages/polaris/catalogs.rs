pub mod catalog;
pub mod edit;
mod groups;
pub mod new;

use leptos::prelude::*;
use model::polaris::lists::Listing;

use crate::{
    components::page_header::{PageHeader, trail},
    location::use_place,
    pages::polaris::entity_list::EntityList,
};

/// The catalogs of the server.
#[component]
pub fn Catalogs() -> impl IntoView {
    let place = use_place().get_untracked();
    view! {
        <PageHeader title="Catalogs" noun="Polaris" crumbs=Signal::stored(trail(&place, &[])) />
        <EntityList listing=Listing::Catalogs place />
    }
}
