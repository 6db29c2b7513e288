mod grants;
mod holders;

use access::polaris::CATALOG_ADMIN;
use grants::Grants;
use holders::Holders;
use leptos::prelude::*;
use model::{
    format::counted,
    page::PolarisPage,
    paths::Place,
    polaris::{
        lists::{Listing, catalog},
        roles::CatalogRoleView,
    },
};

use super::{NewEntity, WhatIsLost, losing};
use crate::{
    api::polaris::catalog_roles::load_catalog_role,
    components::{
        entity::{Entity, EntityFacts, EntityPage},
        named::{each_named, use_named},
        page_header::{PageHeader, trail},
        properties::EntityProperties,
        removal::Danger,
    },
    location::use_place,
    pages::polaris::entity_list::EntityList,
    ui::{action::ActionLink, section::Section},
};

/// The catalogs, the catalog, and the list of its roles.
fn lists(place: &Place) -> [(&str, String); 3] {
    let name = catalog(place);
    [
        ("Catalogs", place.catalogs_path()),
        (name, place.catalog_path(name)),
        ("Roles", place.catalog_roles_path(name)),
    ]
}

/// The roles of one catalog.
#[component]
pub fn CatalogRoles() -> impl IntoView {
    let named = use_named(PolarisPage::CatalogRoles);
    move || {
        let (place, _) = named.get();
        let trail = trail(&place, &lists(&place)[..2]);
        view! {
            <PageHeader title="Catalog roles" noun="Polaris" crumbs=Signal::stored(trail) />
            <EntityList listing=Listing::CatalogRoles place />
        }
    }
}

#[component]
pub fn NewCatalogRole() -> impl IntoView {
    let place = use_place().get_untracked();
    let list = ("Roles", place.catalog_roles_path(catalog(&place)));
    view! {
        <NewEntity
            noun="catalog role"
            lead="It collects grants on objects of this catalog; principal roles hold it."
            place
            list
        />
    }
}

#[component]
pub fn CatalogRolePage() -> impl IntoView {
    each_named(
        PolarisPage::CatalogRole,
        |place, name| view! { <CatalogRole place name /> },
    )
}

#[component]
fn CatalogRole(place: Place, name: String) -> impl IntoView {
    let crumbs = trail(&place, &lists(&place));
    let edit = place.grants_path(&name, "t");
    view! {
        <EntityPage
            place
            name
            noun="Catalog role"
            crumbs
            ways=view! { <ActionLink icon="icon-key-round" href=edit text="Grant or revoke" /> }
            load=load_catalog_role
            let(view, entity)
        >
            <Content view entity />
        </EntityPage>
    }
}

#[component]
fn Content(view: CatalogRoleView, entity: Entity) -> impl IntoView {
    let dependents = dependents(&view);
    let stays = (entity.name == CATALOG_ADMIN)
        .then_some("catalog_admin belongs to every catalog: the server never deletes it.");
    let CatalogRoleView {
        entity: known,
        holders,
        grants,
        choices,
        lost,
    } = view;
    let place = entity.place.clone();
    view! {
        <EntityFacts entity=known.clone() />
        <Section title="Principal roles that hold it" clone:entity>
            <Holders holders choices entity />
        </Section>
        <Section title="Grants" clone:entity>
            <Grants grants place=entity.place.clone() role=entity.name.clone() />
        </Section>
        <EntityProperties known entity=entity.clone() />
        <Danger title="Delete this catalog role…" entity own=false button="Delete the catalog role" stays>
            <p>{dependents}</p>
            <WhatIsLost lost place />
        </Danger>
    }
}

fn dependents(view: &CatalogRoleView) -> String {
    let holders = losing(&view.holders, "principal role");
    let grants = match &view.grants {
        Ok(grants) => counted(grants.iter().map(|on| on.privileges.len()).sum(), "grant"),
        Err(_) => "its grants".into(),
    };
    format!("{holders} it, and {grants} go with it, at once. This cannot be undone.")
}
