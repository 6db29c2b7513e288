mod grants;
mod holders;

use grants::Grants;
use holders::Holders;
use leptos::{form::ActionForm, prelude::*};
use model::{
    format::{counted, visible},
    page::PolarisPage,
    paths::Place,
    polaris::{
        lists::{Listing, catalog},
        roles::CatalogRoleView,
    },
};

use super::NewEntity;
use crate::{
    api::polaris::{
        catalog_roles::{DeleteCatalogRole, load_catalog_role},
        principal_roles::{AssignCatalogRole, RevokeCatalogRole},
    },
    components::{
        back::Back,
        entity::EntityFacts,
        loaded::Changeable,
        locked::Locked,
        named::{each_named, use_named},
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
    let assign = ServerAction::<AssignCatalogRole>::new();
    let revoke = ServerAction::<RevokeCatalogRole>::new();
    let delete = ServerAction::<DeleteCatalogRole>::new();
    let refresh = RwSignal::new(0);
    let asked = (place.clone(), name.clone());
    let role = Resource::new(
        move || {
            (
                refresh.get(),
                assign.version().get(),
                revoke.version().get(),
            )
        },
        move |_| load_catalog_role(asked.0.clone(), asked.1.clone()),
    );
    let (once, set_once) = signal(String::new());
    let page = StoredValue::new(Owner::current().unwrap_or_default());
    let failed = move || {
        let failed = assign.value().get().and_then(Result::err);
        failed.or_else(|| revoke.value().get().and_then(Result::err))
    };
    let undeleted = Signal::derive(move || delete.value().get().and_then(Result::err));
    let posted = StoredValue::new(use_posted());
    let refused = posted.with_value(|posted| posted.error.clone());
    let crumbs = trail(&place, &lists(&place));
    let (title, edit) = (visible(&name), place.grants_path(&name, "t"));
    let (place, name) = (StoredValue::new(place), StoredValue::new(name));
    view! {
        <PageHeader title noun="Catalog role" crumbs=Signal::stored(crumbs)>
            <a class="link text-sm ml-auto" href=edit>"Grant or revoke"</a>
        </PageHeader>
        {refused.map(|error| view! { <Refusal error /> })}
        {move || failed().map(|error| view! { <Refusal error /> })}
        <Changeable resource=role let(read, locked)>
            {
                let view = StoredValue::new(read.data);
                set_once.set(read.once);
                let locked = StoredValue::new(locked);
                let dependents = view.with_value(dependents);
                view! {
                    <Locked reason=locked.get_value() />
                    <ReadAt moment=read.at refresh />
                    <EntityFacts entity=view.get_value().entity />
                    <Section title="Principal roles that hold it">
                        <Holders view=view.get_value() place=place.get_value() name=name.get_value() locked=locked.get_value() assign revoke once page=page.get_value() />
                    </Section>
                    <Section title="Grants">
                        <Grants grants=view.get_value().grants place=place.get_value() role=name.get_value() />
                    </Section>
                    <Section title="Properties">
                        <Part known=view.get_value().entity let:entity>
                            <PropertiesForm entity posted=posted.get_value() locked=locked.get_value() once />
                        </Part>
                    </Section>
                    <Danger title="Delete this catalog role…" locked=locked.get_value() failed=undeleted>
                        <p>{dependents}</p>
                        <ActionForm action=delete attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=place.get_value().to_string() />
                            <input type="hidden" name="name" value=name.get_value() />
                            <Press once />
                            <Confirm name=name.get_value() own=false button="Delete the catalog role" busy=delete.pending() />
                        </ActionForm>
                    </Danger>
                }
            }
        </Changeable>
    }
}

fn dependents(view: &CatalogRoleView) -> String {
    let holders = match &view.holders {
        Ok(holders) => counted(holders.len(), "principal role"),
        Err(_) => "An unknown number of principal roles".into(),
    };
    let grants = match &view.grants {
        Ok(grants) => counted(grants.iter().map(|on| on.privileges.len()).sum(), "grant"),
        Err(_) => "its grants".into(),
    };
    format!("{holders} lose it, and {grants} go with it, at once. This cannot be undone.")
}
