use leptos::{form::ActionForm, prelude::*};
use model::{
    format::visible,
    polaris::{Known, lists::catalog},
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
    },
};

/// The principal roles that hold a catalog role.
#[component]
pub fn Holders(
    holders: Known<Vec<String>>,
    choices: Known<Vec<String>>,
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
    let held = holders.clone().unwrap_or_default();
    let off = locked.is_some();
    let (at, role, why) = (place.clone(), name.clone(), locked.clone());
    let catalog = catalog(&place).to_owned();
    let here = catalog.clone();
    let row = move |holder: String| {
        view! {
            <tr>
                <td><a class="link link-hover font-medium" href=at.principal_role_path(&holder)>{visible(&holder)}</a></td>
                <td class="text-right">
                    <RevokeRole place=at.clone() catalog=here.clone() holder role=role.clone() locked=why.clone() revoke once />
                </td>
            </tr>
        }
    };
    view! {
        <Part known=holders let:holders>
            {if holders.is_empty() {
                view! { <Empty>"No principal role holds it, so its grants reach nobody. Assign it below."</Empty> }.into_any()
            } else {
                view! {
                    <TableFrame label="Principal roles" columns=&[Text("Principal role"), Text("Change")]>{rows(page, holders, row)}</TableFrame>
                }.into_any()
            }}
        </Part>
        <ActionForm action=assign attr:class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Back />
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="catalog" value=catalog />
            <input type="hidden" name="catalog_role" value=name />
            <Press once />
            <Chooser label="Assign to a principal role" name="principal_role" choices except=held />
            <button class="btn btn-sm" disabled=move || off || assign.pending().get() title=locked>"Assign"</button>
        </ActionForm>
    }
}
