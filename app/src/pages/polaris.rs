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
use model::{
    access::lost::Lost,
    change::Object,
    form::{CATALOG, CATALOG_ROLE, NAME, PRINCIPAL_ROLE, operation::REVOKE},
    format::{counted, plural, visible},
    page::PolarisPage,
    paths::Place,
    polaris::Known,
    posted::Posted,
};

use super::{access, not_found::NoSuchTab};
use crate::{
    components::{
        entity::{Entity, EntityForm},
        locked::Lockable,
        moment::MomentText,
        page_header::{PageHeader, trail},
        properties::PropertyFields,
        refusal::Refusal,
        removal::{ConfirmOnly, IF_LAST_WAY, Removal, RemoveButton},
    },
    pages::polaris::fields::NameField,
    parts::parts,
    posted::use_posted,
};

parts! {
    PolarisPage or NoSuchTab;
    catalog_pages {
        Catalogs => catalogs::Catalogs,
        Catalog => catalogs::catalog::CatalogPage,
    }
    catalog_forms {
        NewCatalog => catalogs::new::NewCatalog,
        EditCatalog => catalogs::edit::EditCatalogPage,
    }
    principal_lists {
        Principals => principals::Principals,
        NewPrincipal => principals::NewPrincipal,
    }
    principal_pages {
        Principal => principals::principal::PrincipalPage,
        Credentials => principals::credentials::CredentialsPage,
    }
    role_lists {
        PrincipalRoles => principal_roles::PrincipalRoles,
        NewPrincipalRole => principal_roles::NewPrincipalRole,
        CatalogRoles => catalog_roles::CatalogRoles,
        NewCatalogRole => catalog_roles::NewCatalogRole,
    }
    principal_role_pages { PrincipalRole => principal_roles::PrincipalRolePage, }
    catalog_role_pages { CatalogRole => catalog_roles::CatalogRolePage, }
    policy_lists {
        Policies => policies::PoliciesPage,
        NewPolicy => policies::NewPolicy,
    }
    policy_pages { Policy => policies::policy::PolicyPage, }
    generic_table_pages {
        GenericTables => generic_tables::GenericTables,
        GenericTable => generic_tables::table::GenericTablePage,
        NewGenericTable => generic_tables::NewGenericTable,
    }
    access_pages {
        Access => access::overview::AccessPage,
        Who => access::who::WhoPage,
        Reach => access::reach::ReachPage,
    }
    explain_pages { Explain => access::explain::ExplainPage, }
    grant_pages { Grants => access::grants::GrantsPage, }
    graph_pages { Graph => access::graph::GraphPage, }
    onboard_pages { Onboard => access::onboard::OnboardPage, }
    offboard_pages { Offboard => access::offboard::OffboardPage, }
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

/// Who loses what when something goes, a line for each object behind a fold.
#[component]
fn WhatIsLost(lost: Lost, place: Place) -> impl IntoView {
    let Lost {
        sentence,
        lines,
        at,
    } = lost;
    let link = if at.is_some() {
        "Access"
    } else {
        "Collect them"
    };
    view! {
        <p>
            {sentence} " "
            {at.map(|moment| view! { "By grants that were collected " <MomentText moment /> ": " })}
            <a class="link" href=place.access_path()>{link}</a>
        </p>
        {(!lines.is_empty()).then(|| view! {
            <details>
                <summary class="cursor-pointer">{counted(lines.len(), "loss")}</summary>
                <ul class="list-disc pl-5 wrap-anywhere">
                    {lines.into_iter().map(|line| view! { <li>{visible(&line)}</li> }).collect_view()}
                </ul>
            </details>
        })}
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
    view! {
        <Removal label=format!("Revoke {role} from {holder}…") locked=entity.locked.clone() open>
            <p>{format!("Who is in {holder} loses what {role} gives in {catalog}, at once. It can be assigned again.")}</p>
            <EntityForm entity operation=REVOKE names>
                <input type="hidden" name=CATALOG.name value=catalog />
                <input type="hidden" name=PRINCIPAL_ROLE.name value=holder />
                <input type="hidden" name=CATALOG_ROLE.name value=role.clone() />
                <ConfirmOnly only=IF_LAST_WAY name=role typed />
                <RemoveButton button="Revoke the role" />
            </EntityForm>
        </Removal>
    }
}
