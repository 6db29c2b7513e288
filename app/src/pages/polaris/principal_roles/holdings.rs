use leptos::prelude::*;
use model::{
    form::{CATALOG, CATALOG_ROLE, operation::ASSIGN},
    format::{counted, visible},
    polaris::Known,
};

use crate::{
    components::{
        entity::{Entity, EntityForm},
        field::FieldInput,
        part::Part,
    },
    pages::polaris::{RevokeRole, fields::Chooser},
    ui::{
        note::Empty,
        rows::rows,
        table::{Column::Text, TableFrame},
    },
};

/// The catalog roles that a principal role holds, by catalog.
#[component]
pub fn Holdings(
    holds: Vec<(String, Known<Vec<String>>)>,
    catalogs: Known<Vec<String>>,
    /// How many of them were not asked.
    unasked: usize,
    entity: Entity,
) -> impl IntoView {
    let (about, locked) = (entity.clone(), entity.locked.clone());
    let off = locked.is_some();
    let [in_catalog, role] = [CATALOG, CATALOG_ROLE].map(|field| entity.asked(ASSIGN, &field));
    let partial = catalogs.as_ref().err().map(|error| {
        view! { <p class="text-sm my-1">"Of catalogs that could not be listed nothing is known: " {error.message.clone()}</p> }
    });
    let catalog = move |(catalog, roles): (String, Known<Vec<String>>)| {
        let (about, page) = (about.clone(), about.page.clone());
        let sheet = move |roles: Vec<String>| {
            let label = format!("Catalog roles in {catalog}");
            let row = move |role: String| {
                let at = about.place.clone();
                view! {
                    <tr>
                        <td><a class="link link-hover" href=at.catalog_path(&catalog)>{visible(&catalog)}</a></td>
                        <td><a class="link link-hover font-medium" href=at.catalog_role_path(&catalog, &role)>{visible(&role)}</a></td>
                        <td class="text-right">
                            <RevokeRole entity=about.clone() catalog=catalog.clone() holder=about.name.clone() role />
                        </td>
                    </tr>
                }
            };
            view! { <TableFrame label columns=&[Text("Catalog"), Text("Role"), Text("Change")] class="[&_th:last-child]:text-right">{rows(page, roles, row)}</TableFrame> }
        };
        view! { <Part known=roles let:roles>{sheet(roles)}</Part> }
    };
    let none = holds.is_empty();
    let unasked = (unasked > 0).then(|| {
        let asked = catalogs.as_ref().map_or(0, Vec::len) - unasked;
        let unasked = counted(unasked, "catalog");
        view! {
            <p class="text-sm my-1">
                {format!("Only the first {asked} catalogs were asked, in order of name; {unasked} more were not. ")}
                "The roles of a catalog say who holds them."
            </p>
        }
    });
    view! {
        {partial}
        {unasked}
        {none.then(|| view! { <Empty>"It holds no catalog role that could be found. Assign one below."</Empty> })}
        {holds.into_iter().map(catalog).collect_view()}
        <EntityForm entity operation=ASSIGN class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Chooser label="Catalog" field=&CATALOG choices=catalogs except=Vec::new() typed=in_catalog />
            <FieldInput field=&CATALOG_ROLE value=role />
            <button class="btn btn-sm" disabled=off title=locked>"Assign"</button>
        </EntityForm>
    }
}
