//! Pages about Polaris.

pub mod catalog_roles;
pub mod catalogs;
mod entity_list;
mod fields;
pub mod generic_tables;
pub mod policies;
pub mod principal_roles;
pub mod principals;

use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_location, lazy_route};
use model::{
    change::Object,
    form::{CATALOG, CATALOG_ROLE, CONFIRM, NAME, PRINCIPAL_ROLE, operation::REVOKE},
    format::{counted, plural},
    page::{Page, PolarisPage},
    paths::Place,
    polaris::{Known, Own, confirmation},
    posted::Posted,
};

use super::{access, not_found::NoSuchTab};
use crate::{
    components::{
        entity::{Entity, EntityForm},
        locked::Lockable,
        page_header::{PageHeader, trail},
        properties::PropertyFields,
        refusal::Refusal,
        removal::{Removal, RemoveButton},
    },
    pages::polaris::fields::NameField,
    posted::use_posted,
    ui::text_field::TextField,
};

/// The code of all these pages is fetched when the first of them is opened: in parts of its own
/// for each, what they share would come in more pieces than there are pages.
pub struct PolarisRoute;

#[lazy_route]
impl LazyRoute for PolarisRoute {
    fn data() -> Self {
        Self
    }

    fn view(PolarisRoute: Self) -> AnyView {
        let path = use_location().pathname.get_untracked();
        let Some(Page::Polaris(page)) = Page::parse(&path) else {
            return NoSuchTab().into_any();
        };
        match page {
            PolarisPage::Catalog => catalogs::catalog::CatalogPage().into_any(),
            PolarisPage::NewCatalog => catalogs::new::NewCatalog().into_any(),
            PolarisPage::EditCatalog => catalogs::edit::EditCatalogPage().into_any(),
            PolarisPage::Catalogs => catalogs::Catalogs().into_any(),
            PolarisPage::Policy => policies::policy::PolicyPage().into_any(),
            PolarisPage::NewPolicy => policies::NewPolicy().into_any(),
            PolarisPage::Policies => policies::PoliciesPage().into_any(),
            PolarisPage::PrincipalRole => principal_roles::PrincipalRolePage().into_any(),
            PolarisPage::NewPrincipalRole => principal_roles::NewPrincipalRole().into_any(),
            PolarisPage::PrincipalRoles => principal_roles::PrincipalRoles().into_any(),
            PolarisPage::Principal => principals::principal::PrincipalPage().into_any(),
            PolarisPage::NewPrincipal => principals::NewPrincipal().into_any(),
            PolarisPage::Credentials => principals::credentials::CredentialsPage().into_any(),
            PolarisPage::Principals => principals::Principals().into_any(),
            PolarisPage::CatalogRole => catalog_roles::CatalogRolePage().into_any(),
            PolarisPage::NewCatalogRole => catalog_roles::NewCatalogRole().into_any(),
            PolarisPage::CatalogRoles => catalog_roles::CatalogRoles().into_any(),
            PolarisPage::GenericTable => generic_tables::table::GenericTablePage().into_any(),
            PolarisPage::NewGenericTable => generic_tables::NewGenericTable().into_any(),
            PolarisPage::GenericTables => generic_tables::GenericTables().into_any(),
            PolarisPage::Explain => access::explain::ExplainPage().into_any(),
            PolarisPage::Grants => access::grants::GrantsPage().into_any(),
            PolarisPage::Graph => access::graph::GraphPage().into_any(),
            PolarisPage::Reach => access::reach::ReachPage().into_any(),
            PolarisPage::Onboard => access::onboard::OnboardPage().into_any(),
            PolarisPage::Access => access::overview::AccessPage().into_any(),
            PolarisPage::Who => access::who::WhoPage().into_any(),
        }
    }
}

/// The form for a principal or a role that is not there yet. `more` stands before its button.
#[component]
fn NewEntity(
    noun: &'static str,
    lead: &'static str,
    place: Place,
    /// The list that it will stand in.
    list: (&'static str, String),
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let posted: Posted = use_posted();
    let title = format!("New {noun}");
    view! {
        <PageHeader title=title.clone() noun="Polaris" crumbs=Signal::stored(trail(&place, &[(list.0, list.1)])) />
        <p class="text-sm text-base-content/70 max-w-prose">{lead}</p>
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <form method="post" action="" class="grid gap-4 my-3">
            <NameField value=posted.value(&NAME, "") />
            <PropertyFields properties=Vec::new() posted />
            {children.map(|children| children())}
            <Lockable let:locked>
                <p><button class="btn btn-sm btn-primary" disabled=locked.is_some() title=locked>{format!("Create {noun}")}</button></p>
            </Lockable>
        </form>
    }
}

/// How many lose what goes.
fn losing(holders: &Known<Vec<String>>, noun: &str) -> String {
    match holders {
        Ok(holders) if holders.len() == 1 => format!("1 {noun} loses"),
        Ok(holders) => format!("{} lose", counted(holders.len(), noun)),
        Err(_) => format!("An unknown number of {} lose", plural(0, noun)),
    }
}

/// Takes a catalog role from a principal role; the page is about one of them.
#[component]
fn RevokeRole(
    entity: Entity,
    catalog: String,
    /// The principal role.
    holder: String,
    role: String,
) -> impl IntoView {
    let names = Object::assignment(&holder, &catalog, &role).to_string();
    let (open, typed) = (entity.opens(&names), entity.typed(&names));
    let expected = confirmation(&role, Own::Yes);
    view! {
        <Removal label=format!("Revoke {role} from {holder}…") locked=entity.locked.clone() open>
            <p>{format!("Who is in {holder} loses what {role} gives in {catalog}, at once. It can be assigned again.")}</p>
            <EntityForm entity operation=REVOKE names>
                <input type="hidden" name=CATALOG.name value=catalog />
                <input type="hidden" name=PRINCIPAL_ROLE.name value=holder />
                <input type="hidden" name=CATALOG_ROLE.name value=role />
                <TextField
                    name=CONFIRM.name
                    label=CONFIRM.label
                    value=typed
                    help=format!("Only if it is Crowsnest’s own last way to manage access: type “{expected}”.")
                />
                <RemoveButton button="Revoke the role" />
            </EntityForm>
        </Removal>
    }
}
