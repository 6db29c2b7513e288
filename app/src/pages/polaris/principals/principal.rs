use leptos::{form::ActionForm, prelude::*};
use model::{
    format::{counted, visible},
    page::PolarisPage,
    paths::Place,
    polaris::{Own, roles::PrincipalView},
};

use crate::{
    api::polaris::principals::{
        AssignPrincipalRole, DeletePrincipal, UnassignPrincipalRole, load_principal,
    },
    components::{
        back::Back,
        entity::EntityFacts,
        loaded::Changeable,
        locked::Locked,
        named::each_named,
        page_header::{PageHeader, trail},
        part::Part,
        press::Press,
        properties::PropertiesForm,
        read_at::ReadAt,
        refusal::Refusal,
        removal::{Confirm, Danger, Removal, RemoveButton},
    },
    pages::polaris::fields::Chooser,
    posted::use_posted,
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
    let refresh = RwSignal::new(0);
    let asked = (place.clone(), name.clone());
    let principal = Resource::new(
        move || {
            (
                refresh.get(),
                assign.version().get(),
                unassign.version().get(),
            )
        },
        move |_| load_principal(asked.0.clone(), asked.1.clone()),
    );
    let (once, set_once) = signal(String::new());
    let page = StoredValue::new(Owner::current().unwrap_or_default());
    let failed = move || {
        let failed = assign.value().get().and_then(Result::err);
        failed.or_else(|| unassign.value().get().and_then(Result::err))
    };
    let undeleted = Signal::derive(move || delete.value().get().and_then(Result::err));
    let posted = StoredValue::new(use_posted());
    let refused = posted.with_value(|posted| posted.error.clone());
    let lists = [("Principals", place.principals_path())];
    let (crumbs, title) = (trail(&place, &lists), visible(&name));
    let reach = place.reach_path(&name);
    let (place, name) = (StoredValue::new(place), StoredValue::new(name));
    view! {
        <PageHeader title noun="Principal" crumbs=Signal::stored(crumbs)>
            <a class="link text-sm ml-auto" href=reach>"What it can reach"</a>
        </PageHeader>
        {refused.map(|error| view! { <Refusal error /> })}
        {move || failed().map(|error| view! { <Refusal error /> })}
        <Changeable resource=principal let(read, locked)>
            {
                let view = StoredValue::new(read.data);
                set_once.set(read.once);
                let locked = StoredValue::new(locked);
                let dependents = view.with_value(dependents);
                let credentials = place.get_value().credentials_path(&name.get_value());
                let client_id = view.get_value().client_id;
                let own = view.with_value(|view| view.own);
                view! {
                    <Locked reason=locked.get_value() />
                    <ReadAt moment=read.at refresh />
                    <EntityFacts entity=view.get_value().entity>
                        {client_id.map(|id| view! { <Fact name="Client id"><Copyable text=id what="client id" /></Fact> })}
                        {(own == Own::Yes).then(|| view! { <Fact name="Used by"><Badge text="Crowsnest acts as it here" tone="badge-primary" /></Fact> })}
                    </EntityFacts>
                    <p class="mt-3"><a class="btn btn-sm" href=credentials>"Rotate or reset credentials"</a></p>
                    <Section title="Principal roles">
                        <Roles view=view.get_value() place=place.get_value() name=name.get_value() locked=locked.get_value() assign unassign once page=page.get_value() />
                    </Section>
                    <Section title="Properties">
                        <Part known=view.get_value().entity let:entity>
                            <PropertiesForm entity posted=posted.get_value() locked=locked.get_value() once />
                        </Part>
                    </Section>
                    <Danger title="Delete this principal…" locked=locked.get_value() failed=undeleted>
                        <p>{dependents}</p>
                        <ActionForm action=delete attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=place.get_value().to_string() />
                            <input type="hidden" name="name" value=name.get_value() />
                            <Press once />
                            <Confirm name=name.get_value() own button="Delete the principal" busy=delete.pending() />
                        </ActionForm>
                    </Danger>
                }
            }
        </Changeable>
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
    view: PrincipalView,
    place: Place,
    name: String,
    locked: Option<String>,
    assign: ServerAction<AssignPrincipalRole>,
    unassign: ServerAction<UnassignPrincipalRole>,
    once: ReadSignal<String>,
    page: Owner,
) -> impl IntoView {
    let own = view.own;
    let held = view.roles.clone().unwrap_or_default();
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
                            <Press once names=format!("{name} ← {role}") />
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
        <Part known=view.roles let:roles>
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
            <Chooser label="Assign a principal role" name="role" choices=view.choices except=held />
            <button class="btn btn-sm" disabled=move || off || assign.pending().get() title=locked>"Assign"</button>
        </ActionForm>
    }
}
