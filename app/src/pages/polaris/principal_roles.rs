mod holdings;
mod members;

use access::polaris::Object;
use holdings::Holdings;
use leptos::{form::ActionForm, prelude::*};
use members::Members;
use model::{
    format::{counted, visible},
    page::PolarisPage,
    paths::Place,
    polaris::{lists::Listing, roles::PrincipalRoleView},
};

use super::NewEntity;
use crate::{
    api::polaris::{
        principal_roles::{
            AssignCatalogRole, DeletePrincipalRole, RevokeCatalogRole, load_principal_role,
        },
        principals::{AssignPrincipalRole, UnassignPrincipalRole},
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
        removal::{Confirm, Danger},
    },
    location::use_place,
    pages::polaris::entity_list::EntityList,
    posted::use_posted,
    ui::section::Section,
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
    view! {
        <NewEntity
            noun="principal role"
            lead="Principals are put into it, and it holds catalog roles: a team, a job, a service."
            place
            list
        />
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
    let add = ServerAction::<AssignPrincipalRole>::new();
    let remove = ServerAction::<UnassignPrincipalRole>::new();
    let assign = ServerAction::<AssignCatalogRole>::new();
    let revoke = ServerAction::<RevokeCatalogRole>::new();
    let delete = ServerAction::<DeletePrincipalRole>::new();
    let refresh = RwSignal::new(0);
    let asked = (place.clone(), name.clone());
    let role = Resource::new(
        move || {
            let members = (add.version().get(), remove.version().get());
            (
                refresh.get(),
                members,
                assign.version().get(),
                revoke.version().get(),
            )
        },
        move |_| load_principal_role(asked.0.clone(), asked.1.clone()),
    );
    let (once, set_once) = signal(String::new());
    let page = StoredValue::new(Owner::current().unwrap_or_default());
    let failed = move || {
        let members = [add.value().get(), remove.value().get()];
        let holdings = [assign.value().get(), revoke.value().get()];
        let all = members.into_iter().chain(holdings).flatten();
        all.filter_map(Result::err).next()
    };
    let undeleted = Signal::derive(move || delete.value().get().and_then(Result::err));
    let posted = StoredValue::new(use_posted());
    let refused = posted.with_value(|posted| posted.error.clone());
    let lists = [("Principal roles", place.principal_roles_path())];
    let (crumbs, title) = (trail(&place, &lists), visible(&name));
    let graph = place.graph_of(&Object::PrincipalRole { name: name.clone() });
    let (place, name) = (StoredValue::new(place), StoredValue::new(name));
    view! {
        <PageHeader title noun="Principal role" crumbs=Signal::stored(crumbs)>
            <a class="link text-sm ml-auto" href=graph>"Graph"</a>
        </PageHeader>
        {refused.map(|error| view! { <Refusal error /> })}
        {move || failed().map(|error| view! { <Refusal error /> })}
        <Changeable resource=role let(read, locked)>
            {
                let view = StoredValue::new(read.data);
                set_once.set(read.once);
                let locked = StoredValue::new(locked);
                let dependents = view.with_value(dependents);
                let own = view.with_value(|view| view.own);
                view! {
                    <Locked reason=locked.get_value() />
                    <ReadAt moment=read.at refresh />
                    <EntityFacts entity=view.get_value().entity />
                    <Section title="Principals in it">
                        <Members view=view.get_value() place=place.get_value() name=name.get_value() locked=locked.get_value() add remove once page=page.get_value() />
                    </Section>
                    <Section title="Catalog roles that it holds">
                        <Holdings view=view.get_value() place=place.get_value() name=name.get_value() locked=locked.get_value() assign revoke once page=page.get_value() />
                    </Section>
                    <Section title="Properties">
                        <Part known=view.get_value().entity let:entity>
                            <PropertiesForm entity posted=posted.get_value() locked=locked.get_value() once />
                        </Part>
                    </Section>
                    <Danger title="Delete this principal role…" locked=locked.get_value() failed=undeleted>
                        <p>{dependents}</p>
                        <ActionForm action=delete attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=place.get_value().to_string() />
                            <input type="hidden" name="name" value=name.get_value() />
                            <Press once />
                            <Confirm name=name.get_value() own button="Delete the principal role" busy=delete.pending() />
                        </ActionForm>
                    </Danger>
                }
            }
        </Changeable>
    }
}

fn dependents(view: &PrincipalRoleView) -> String {
    let members = match &view.members {
        Ok(members) => counted(members.len(), "principal"),
        Err(_) => "An unknown number of principals".into(),
    };
    let roles = view
        .holds
        .iter()
        .filter_map(|(_, roles)| roles.as_ref().ok());
    let roles = counted(roles.map(Vec::len).sum(), "catalog role");
    format!(
        "{members} lose what it gives, at once: {roles} as far as is known. This cannot be undone."
    )
}
