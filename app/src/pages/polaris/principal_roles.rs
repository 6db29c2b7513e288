mod holdings;
mod members;

use access::polaris::{Object, SERVICE_ADMIN};
use holdings::Holdings;
use leptos::prelude::*;
use members::Members;
use model::{
    form::FEDERATED,
    format::counted,
    page::PolarisPage,
    paths::Place,
    polaris::{lists::Listing, roles::PrincipalRoleView},
    posted::Posted,
};

use super::{NewEntity, WhatIsLost, losing};
use crate::{
    api::polaris::principal_roles::load_principal_role,
    components::{
        entity::{Entity, EntityFacts, EntityPage},
        field::FieldInput,
        named::each_named,
        page_header::{PageHeader, trail},
        properties::EntityProperties,
        removal::Danger,
    },
    location::use_place,
    pages::polaris::entity_list::EntityList,
    posted::use_posted,
    ui::{action::ActionLink, section::Section},
};

/// What principals are put into.
#[component]
pub fn PrincipalRoles() -> impl IntoView {
    let place = use_place().get_untracked();
    view! {
        <PageHeader title="Principal roles" noun="Polaris" crumbs=Signal::stored(trail(&place, &[])) />
        <EntityList listing=Listing::PrincipalRoles place />
    }
}

#[component]
pub fn NewPrincipalRole() -> impl IntoView {
    let place = use_place().get_untracked();
    let list = ("Principal roles", place.principal_roles_path());
    let posted: Posted = use_posted();
    view! {
        <NewEntity
            noun="principal role"
            lead="Principals are put into it, and it holds catalog roles: a team, a job, a service."
            place
            list
        >
            <FieldInput field=&FEDERATED value=posted.value(&FEDERATED, "") />
        </NewEntity>
    }
}

#[component]
pub fn PrincipalRolePage() -> impl IntoView {
    each_named(
        PolarisPage::PrincipalRole,
        |place, name| view! { <PrincipalRole place name /> },
    )
}

#[component]
fn PrincipalRole(place: Place, name: String) -> impl IntoView {
    let crumbs = trail(&place, &[("Principal roles", place.principal_roles_path())]);
    let graph = place.graph_of(&Object::PrincipalRole { name: name.clone() });
    view! {
        <EntityPage
            place
            name
            noun="Principal role"
            crumbs
            ways=view! { <ActionLink icon="icon-waypoints" href=graph text="Graph" /> }
            load=load_principal_role
            let(view, entity)
        >
            <Content view entity />
        </EntityPage>
    }
}

#[component]
fn Content(view: PrincipalRoleView, entity: Entity) -> impl IntoView {
    let dependents = dependents(&view);
    let stays = (entity.name == SERVICE_ADMIN)
        .then_some("service_admin belongs to the server, which never deletes it.");
    let PrincipalRoleView {
        entity: known,
        members,
        own,
        holds,
        catalogs,
        unasked,
        choices,
        lost,
    } = view;
    let place = entity.place.clone();
    let federated = known.as_ref().is_ok_and(|known| known.federated);
    view! {
        <EntityFacts entity=known.clone() />
        <Section title="Principals in it" clone:entity>
            <Members own members choices federated entity />
        </Section>
        <Section title="Catalog roles that it holds" clone:entity>
            <Holdings holds catalogs unasked entity />
        </Section>
        <EntityProperties known entity=entity.clone() />
        <Danger title="Delete this principal role…" entity own button="Delete the principal role" stays>
            <p>{dependents}</p>
            <WhatIsLost lost place />
        </Danger>
    }
}

fn dependents(view: &PrincipalRoleView) -> String {
    let members = losing(&view.members, "principal");
    let roles = view
        .holds
        .iter()
        .filter_map(|(_, roles)| roles.as_ref().ok());
    let roles = counted(roles.map(Vec::len).sum(), "catalog role");
    format!("{members} what it gives, at once: {roles} as far as is known. This cannot be undone.")
}
