use leptos::{form::ActionForm, prelude::*};
use model::{
    format::visible,
    polaris::{Known, Own, confirmation},
};

use crate::{
    api::polaris::principals::{AssignPrincipalRole, UnassignPrincipalRole},
    components::entity::Entity,
    components::{
        back::Back,
        part::Part,
        press::Press,
        removal::{Removal, RemoveButton},
    },
    pages::polaris::fields::Chooser,
    ui::{
        note::Empty,
        rows::rows,
        table::{Column::Text, TableFrame},
        text_field::TextField,
    },
};

/// The principals in a role: taking one out, and putting another in.
#[component]
pub fn Members(
    /// Whether Crowsnest acts as one of them.
    own: Own,
    members: Known<Vec<String>>,
    choices: Known<Vec<String>>,
    entity: Entity,
    add: ServerAction<AssignPrincipalRole>,
    remove: ServerAction<UnassignPrincipalRole>,
) -> impl IntoView {
    let Entity {
        place,
        name,
        locked,
        once,
        page,
        ..
    } = entity;
    let held = members.clone().unwrap_or_default();
    let off = locked.is_some();
    let (at, role, why) = (place.clone(), name.clone(), locked.clone());
    let row = move |principal: String| {
        let only = match own {
            Own::No => None,
            Own::Unknown => {
                Some("Crowsnest cannot tell which principal it acts as, and it may be this one")
            }
            Own::Yes => Some("Only for the principal that Crowsnest acts as"),
        };
        let typed = confirmation(&role, own);
        let (at, role) = (at.clone(), role.clone());
        view! {
            <tr>
                <td><a class="link link-hover font-medium" href=at.principal_path(&principal)>{visible(&principal)}</a></td>
                <td class="text-right">
                    <Removal label=format!("Take out {principal}…") locked=why.clone()>
                        <p>{format!("{principal} loses what {role} gives it, at once. It can be put in again.")}</p>
                        <ActionForm action=remove attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=at.to_string() />
                            <Press once names=model::change::Object::membership(&principal, &role).to_string() />
                            <input type="hidden" name="principal" value=principal />
                            <input type="hidden" name="role" value=role.clone() />
                            {only.map(|only| view! {
                                <TextField
                                    name="confirm"
                                    label="Confirm"
                                    value=String::new()
                                    help=format!("{only}: type “{typed}”.")
                                />
                            })}
                            <RemoveButton button="Take it out" busy=remove.pending() />
                        </ActionForm>
                    </Removal>
                </td>
            </tr>
        }
    };
    view! {
        <Part known=members let:members>
            {if members.is_empty() {
                view! { <Empty>"Nobody is in it. Put a principal in below."</Empty> }.into_any()
            } else {
                view! {
                    <TableFrame label="Principals" columns=&[Text("Principal"), Text("Change")]>{rows(page, members, row)}</TableFrame>
                }.into_any()
            }}
        </Part>
        <ActionForm action=add attr:class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Back />
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="role" value=name />
            <Press once />
            <Chooser label="Put a principal in" name="principal" choices except=held />
            <button class="btn btn-sm" disabled=move || off || add.pending().get() title=locked>"Put in"</button>
        </ActionForm>
    }
}
