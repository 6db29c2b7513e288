use leptos::{form::ActionForm, prelude::*};
use model::{
    format::{counted, visible},
    page::PolarisPage,
    paths::Place,
    polaris::{Known, Own, roles::PrincipalView},
};

use crate::{
    api::polaris::principals::{
        AssignPrincipalRole, DeletePrincipal, UnassignPrincipalRole, load_principal,
    },
    components::{
        back::Back,
        entity::{About, Entity, EntityFacts, EntityPage, failed},
        named::each_named,
        page_header::trail,
        part::Part,
        press::Press,
        properties::EntityProperties,
        removal::{Confirm, Danger, Removal, RemoveButton},
    },
    pages::polaris::fields::Chooser,
    ui::{
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
    let assign = ServerAction::<AssignPrincipalRole>::new();
    let unassign = ServerAction::<UnassignPrincipalRole>::new();
    let delete = ServerAction::<DeletePrincipal>::new();
    let crumbs = trail(&place, &[("Principals", place.principals_path())]);
    let reach = place.reach_path(&name);
    view! {
        <EntityPage
            place
            name
            noun="Principal"
            crumbs
            ways=view! { <a class="link text-sm ml-auto" href=reach>"What it can reach"</a> }
            load=load_principal
            changes=vec![assign.into(), unassign.into()]
            let(view, entity)
        >
            <Content view entity assign unassign delete />
        </EntityPage>
    }
}

#[component]
fn Content(
    view: PrincipalView,
    entity: Entity,
    assign: ServerAction<AssignPrincipalRole>,
    unassign: ServerAction<UnassignPrincipalRole>,
    delete: ServerAction<DeletePrincipal>,
) -> impl IntoView {
    let dependents = dependents(&view);
    let PrincipalView {
        entity: known,
        client_id,
        own,
        roles,
        choices,
    } = view;
    let credentials = entity.place.credentials_path(&entity.name);
    view! {
        <EntityFacts entity=known.clone()>
            {client_id.map(|id| view! { <Fact name="Client id"><Copyable text=id what="client id" /></Fact> })}
            {(own == Own::Yes).then(|| view! { <Fact name="Used by"><Badge text="Crowsnest acts as it here" tone="badge-primary" /></Fact> })}
        </EntityFacts>
        <p class="mt-3"><a class="btn btn-sm" href=credentials>"Rotate or reset credentials"</a></p>
        <Section title="Principal roles" clone:entity>
            <Roles own roles choices entity assign unassign />
        </Section>
        <EntityProperties known entity=entity.clone() />
        <Danger title="Delete this principal…" locked=entity.locked.clone() failed=failed(delete)>
            <p>{dependents}</p>
            <ActionForm action=delete attr:class="grid gap-2">
                <About entity=entity.clone() />
                <Confirm name=entity.name own button="Delete the principal" busy=delete.pending() />
            </ActionForm>
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
    entity: Entity,
    assign: ServerAction<AssignPrincipalRole>,
    unassign: ServerAction<UnassignPrincipalRole>,
) -> impl IntoView {
    let Entity {
        place,
        name,
        locked,
        once,
        page,
        ..
    } = entity;
    let held = roles.clone().unwrap_or_default();
    let off = locked.is_some();
    let (at, who, why) = (place.clone(), name.clone(), locked.clone());
    let row = move |role: String| {
        let (place, name) = (at.clone(), who.clone());
        view! {
            <tr>
                <td><a class="link link-hover font-medium" href=place.principal_role_path(&role)>{visible(&role)}</a></td>
                <td class="text-right">
                    <Removal label=format!("Remove from {role}…") locked=why.clone()>
                        <p>{format!("{name} loses what {role} gives it, at once. It can be assigned again.")}</p>
                        <ActionForm action=unassign attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=place.to_string() />
                            <Press once names=model::change::Object::membership(&name, &role).to_string() />
                            <input type="hidden" name="principal" value=name />
                            <input type="hidden" name="role" value=role.clone() />
                            {match own {
                                Own::Yes | Own::Unknown => view! { <Confirm name=role own button="Remove the role" busy=unassign.pending() /> }.into_any(),
                                Own::No => view! { <RemoveButton button="Remove the role" busy=unassign.pending() /> }.into_any(),
                            }}
                        </ActionForm>
                    </Removal>
                </td>
            </tr>
        }
    };
    view! {
        <Part known=roles let:roles>
            {if roles.is_empty() {
                view! { <Empty>"It is in no principal role, so it can do nothing. Assign one below."</Empty> }.into_any()
            } else {
                view! {
                    <TableFrame label="Principal roles" columns=&[Text("Role"), Text("Change")]>{rows(page, roles, row)}</TableFrame>
                }.into_any()
            }}
        </Part>
        <ActionForm action=assign attr:class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Back />
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="principal" value=name />
            <Press once />
            <Chooser label="Assign a principal role" name="role" choices except=held />
            <button class="btn btn-sm" disabled=move || off || assign.pending().get() title=locked>"Assign"</button>
        </ActionForm>
    }
}
