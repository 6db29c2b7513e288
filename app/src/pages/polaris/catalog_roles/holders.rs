use leptos::prelude::*;
use model::{
    form::{PRINCIPAL_ROLE, operation::ASSIGN},
    format::visible,
    polaris::{Known, lists::catalog},
};

use crate::{
    components::{
        entity::{Entity, EntityForm},
        part::Part,
    },
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
) -> impl IntoView {
    let held = holders.clone().unwrap_or_default();
    let (about, page, locked) = (entity.clone(), entity.page.clone(), entity.locked.clone());
    let off = locked.is_some();
    let typed = entity.asked(ASSIGN, &PRINCIPAL_ROLE);
    let here = catalog(&entity.place).to_owned();
    let row = move |holder: String| {
        view! {
            <tr>
                <td><a class="link link-hover font-medium" href=about.place.principal_role_path(&holder)>{visible(&holder)}</a></td>
                <td class="text-right">
                    <RevokeRole entity=about.clone() catalog=here.clone() holder role=about.name.clone() />
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
                    <TableFrame label="Principal roles" columns=&[Text("Principal role"), Text("Change")] class="[&_th:last-child]:text-right">{rows(page, holders, row)}</TableFrame>
                }.into_any()
            }}
        </Part>
        <EntityForm entity operation=ASSIGN class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Chooser label="Assign to a principal role" field=&PRINCIPAL_ROLE choices except=held typed />
            <button class="btn btn-sm" disabled=off title=locked>"Assign"</button>
        </EntityForm>
    }
}
