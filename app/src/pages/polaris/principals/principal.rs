use leptos::prelude::*;
use model::{
    change::Object,
    form::{
        ROLE,
        operation::{ASSIGN, REVOKE},
    },
    format::{counted, visible},
    own::Own,
    page::PolarisPage,
    paths::Place,
    polaris::{Known, roles::PrincipalView},
};

use crate::{
    api::polaris::principals::load_principal,
    components::{
        entity::{Entity, EntityFacts, EntityForm, EntityPage},
        named::each_named,
        page_header::trail,
        part::Part,
        properties::EntityProperties,
        removal::{Confirm, Danger, Removal, RemoveButton},
    },
    pages::polaris::{WhatIsLost, fields::Chooser},
    ui::{
        action::ActionLink,
        badge::Badge,
        copy::Copyable,
        facts::Fact,
        note::Empty,
        rows::rows,
        section::Section,
        table::{Column::Text, TableFrame},
    },
};

/// One principal: what it is, and the roles that it has.
#[component]
pub fn PrincipalPage() -> impl IntoView {
    each_named(
        PolarisPage::Principal,
        |place, name| view! { <Principal place name /> },
    )
}

#[component]
fn Principal(place: Place, name: String) -> impl IntoView {
    let crumbs = trail(&place, &[("Principals", place.principals_path())]);
    let (reach, offboard) = (place.reach_path(&name), place.offboard_path(&name));
    view! {
        <EntityPage
            place
            name
            noun="Principal"
            crumbs
            ways=view! {
                <ActionLink icon="icon-route" href=reach text="What it can reach" />
                <ActionLink icon="icon-user-minus" href=offboard text="Offboard" />
            }
            load=load_principal
            let(view, entity)
        >
            <Content view entity />
        </EntityPage>
    }
}

#[component]
fn Content(view: PrincipalView, entity: Entity) -> impl IntoView {
    let dependents = dependents(&view);
    let PrincipalView {
        entity: known,
        client_id,
        own,
        roles,
        choices,
        lost,
    } = view;
    let federated = known.as_ref().is_ok_and(|known| known.federated);
    let foreign = federated.then(|| {
        "Polaris knows it from an identity provider: its roles, properties and credentials change there.".to_owned()
    });
    let mut changed = entity.clone();
    changed.locked = foreign.clone().or(changed.locked);
    let place = entity.place.clone();
    let (credentials, offboard) = (
        place.credentials_path(&entity.name),
        place.offboard_path(&entity.name),
    );
    view! {
        <EntityFacts entity=known.clone()>
            {client_id.map(|id| view! { <Fact name="Client id"><Copyable text=id what="client id" /></Fact> })}
            {(own == Own::Yes).then(|| view! { <Fact name="Used by"><Badge text="Crowsnest acts as it here" tone="badge-primary" /></Fact> })}
        </EntityFacts>
        <p class="mt-3">
            {match foreign {
                Some(reason) => view! { <button type="button" class="btn btn-sm" disabled title=reason>"Rotate or reset credentials"</button> }.into_any(),
                None => view! { <a class="btn btn-sm" href=credentials>"Rotate or reset credentials"</a> }.into_any(),
            }}
        </p>
        <Section title="Principal roles" clone:changed>
            <Roles own roles choices federated entity=changed />
        </Section>
        <EntityProperties known entity=changed />
        <Danger title="Delete this principal…" entity own button="Delete the principal">
            <p>{dependents}</p>
            <WhatIsLost lost place />
            <p>"With what nobody else uses then: "<a class="link" href=offboard>"Offboard it"</a></p>
        </Danger>
    }
}

fn dependents(view: &PrincipalView) -> String {
    let roles = match &view.roles {
        Ok(roles) => format!("It leaves {}", counted(roles.len(), "principal role")),
        Err(_) => "Its roles are unknown".into(),
    };
    format!(
        "{roles}, and its credentials end at once: whatever signs in with them stops working. This cannot be undone."
    )
}

#[component]
fn Roles(
    own: Own,
    roles: Known<Vec<String>>,
    choices: Known<Vec<String>>,
    /// It is known from an identity provider.
    federated: bool,
    entity: Entity,
) -> impl IntoView {
    let held = roles.clone().unwrap_or_default();
    let (about, page, locked) = (entity.clone(), entity.page.clone(), entity.locked.clone());
    let off = locked.is_some();
    let typed = entity.asked(ASSIGN, &ROLE);
    let row = move |role: String| {
        let (entity, name) = (about.clone(), about.name.clone());
        let names = Object::membership(&name, &role).to_string();
        let (open, typed) = (entity.opens(&names), entity.typed(&names));
        view! {
            <tr>
                <td><a class="link link-hover font-medium" href=entity.place.principal_role_path(&role)>{visible(&role)}</a></td>
                <td class="text-right">
                    <Removal label=format!("Remove from {role}…") locked=entity.locked.clone() open>
                        <p>{format!("{name} loses what {role} gives it, at once. It can be assigned again.")}</p>
                        <EntityForm entity operation=REVOKE names>
                            <input type="hidden" name=ROLE.name value=role.clone() />
                            {match own {
                                Own::Yes | Own::Unknown => view! { <Confirm name=role own typed button="Remove the role" /> }.into_any(),
                                Own::No => view! { <RemoveButton button="Remove the role" /> }.into_any(),
                            }}
                        </EntityForm>
                    </Removal>
                </td>
            </tr>
        }
    };
    view! {
        <Part known=roles let:roles>
            {if roles.is_empty() {
                view! {
                    <Empty>
                        {match federated {
                            false => "It is in no principal role, so it can do nothing. Assign one below.",
                            true => "The server lists no principal role of it. Its identity provider may name some in its tokens: what it can do is unknown here.",
                        }}
                    </Empty>
                }.into_any()
            } else {
                view! {
                    <TableFrame label="Principal roles" columns=&[Text("Role"), Text("Change")] class="[&_th:last-child]:text-right">{rows(page, roles, row)}</TableFrame>
                }.into_any()
            }}
        </Part>
        <EntityForm entity operation=ASSIGN class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Chooser label="Assign a principal role" field=&ROLE choices except=held typed />
            <button class="btn btn-sm" disabled=off title=locked>"Assign"</button>
        </EntityForm>
    }
}
