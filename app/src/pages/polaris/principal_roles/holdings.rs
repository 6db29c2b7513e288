use leptos::{form::ActionForm, prelude::*};
use model::{
    format::{counted, visible},
    polaris::Known,
};

use crate::{
    api::polaris::principal_roles::{AssignCatalogRole, RevokeCatalogRole},
    components::entity::Entity,
    components::{back::Back, part::Part, press::Press},
    pages::polaris::{RevokeRole, fields::Chooser},
    ui::{
        note::Empty,
        rows::rows,
        table::{Column::Text, TableFrame},
        text_field::TextField,
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
    assign: ServerAction<AssignCatalogRole>,
    revoke: ServerAction<RevokeCatalogRole>,
) -> impl IntoView {
    let Entity {
        place,
        name,
        locked,
        once,
        page,
        ..
    } = entity;
    let off = locked.is_some();
    let (at, holder, why) = (place.clone(), name.clone(), locked.clone());
    let partial = catalogs.as_ref().err().map(|error| {
        view! { <p class="text-sm my-1">"Of catalogs that could not be listed nothing is known: " {error.message.clone()}</p> }
    });
    let catalog = move |(catalog, roles): (String, Known<Vec<String>>)| {
        let (at, holder, why) = (at.clone(), holder.clone(), why.clone());
        let page = page.clone();
        let sheet = move |roles: Vec<String>| {
            let label = format!("Catalog roles in {catalog}");
            let row = move |role: String| {
                view! {
                    <tr>
                        <td><a class="link link-hover" href=at.catalog_path(&catalog)>{visible(&catalog)}</a></td>
                        <td><a class="link link-hover font-medium" href=at.catalog_role_path(&catalog, &role)>{visible(&role)}</a></td>
                        <td class="text-right">
                            <RevokeRole place=at.clone() catalog=catalog.clone() holder=holder.clone() role locked=why.clone() revoke once />
                        </td>
                    </tr>
                }
            };
            view! { <TableFrame label columns=&[Text("Catalog"), Text("Role"), Text("Change")]>{rows(page, roles, row)}</TableFrame> }
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
        <ActionForm action=assign attr:class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Back />
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="principal_role" value=name />
            <Press once />
            <Chooser label="Catalog" name="catalog" choices=catalogs except=Vec::new() />
            <TextField name="catalog_role" label="Catalog role" value=String::new() required=true />
            <button class="btn btn-sm" disabled=move || off || assign.pending().get() title=locked>"Assign"</button>
        </ActionForm>
    }
}
