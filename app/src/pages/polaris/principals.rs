pub mod credentials;
pub mod once;
pub mod principal;

use leptos::prelude::*;
use model::{form::ROTATE_FIRST, polaris::lists::Listing, posted::Posted};

use super::NewEntity;
use crate::{
    components::{
        field::FieldInput,
        page_header::{PageHeader, trail},
    },
    location::use_place,
    pages::polaris::entity_list::EntityList,
    posted::use_posted,
};

/// Who can sign in.
#[component]
pub fn Principals() -> impl IntoView {
    let place = use_place().get_untracked();
    view! {
        <PageHeader title="Principals" noun="Polaris" crumbs=Signal::stored(trail(&place, &[])) />
        <EntityList listing=Listing::Principals place />
    }
}

#[component]
pub fn NewPrincipal() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted = use_posted();
    if let Some(issued) = posted.outcome {
        return view! { <once::Once issued place /> }.into_any();
    }
    let list = ("Principals", place.principals_path());
    view! {
        <NewEntity
            noun="principal"
            lead="The server makes a client id and a secret for it. The answer to this form shows them, once."
            place
            list
        >
            <FieldInput field=&ROTATE_FIRST value=posted.value(&ROTATE_FIRST, "") />
        </NewEntity>
    }
    .into_any()
}
