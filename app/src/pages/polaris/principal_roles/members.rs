use leptos::prelude::*;
use model::{
    change::Object,
    form::{
        PRINCIPAL,
        operation::{PUT_IN, TAKE_OUT},
    },
    format::visible,
    own::Own,
    polaris::Known,
};

use crate::{
    components::{
        entity::{Entity, EntityForm},
        part::Part,
        removal::{ConfirmOnly, Removal, RemoveButton},
    },
    pages::polaris::fields::Chooser,
    ui::{
        note::Empty,
        rows::rows,
        table::{Column::Text, TableFrame},
    },
};

/// The principals in a role: taking one out, and putting another in.
#[component]
pub fn Members(
    /// Whether Crowsnest acts as one of them.
    own: Own,
    members: Known<Vec<String>>,
    choices: Known<Vec<String>>,
    /// It is known from an identity provider.
    federated: bool,
    entity: Entity,
) -> impl IntoView {
    let held = members.clone().unwrap_or_default();
    let (about, page, locked) = (entity.clone(), entity.page.clone(), entity.locked.clone());
    let off = locked.is_some();
    let typed = entity.asked(PUT_IN, &PRINCIPAL);
    let row = move |principal: String| {
        let (entity, role) = (about.clone(), about.name.clone());
        let names = Object::membership(&principal, &role).to_string();
        let (open, typed) = (entity.opens(&names), entity.typed(&names));
        let only = match own {
            Own::No => None,
            Own::Unknown => {
                Some("Crowsnest cannot tell which principal it acts as, and it may be this one")
            }
            Own::Yes => Some("Only for the principal that Crowsnest acts as"),
        };
        view! {
            <tr>
                <td><a class="link link-hover font-medium" href=entity.place.principal_path(&principal)>{visible(&principal)}</a></td>
                <td class="text-right">
                    <Removal label=format!("Take out {principal}…") locked=entity.locked.clone() open>
                        <p>{format!("{principal} loses what {role} gives it, at once. It can be put in again.")}</p>
                        <EntityForm entity operation=TAKE_OUT names>
                            <input type="hidden" name=PRINCIPAL.name value=principal />
                            {only.map(|only| view! { <ConfirmOnly only name=role typed /> })}
                            <RemoveButton button="Take it out" />
                        </EntityForm>
                    </Removal>
                </td>
            </tr>
        }
    };
    view! {
        <Part known=members let:members>
            {if members.is_empty() {
                view! {
                    <Empty>
                        {match federated {
                            false => "Nobody is in it. Put a principal in below.",
                            true => "The server lists nobody in it. Its identity provider may name it in tokens: who is in it is unknown here.",
                        }}
                    </Empty>
                }.into_any()
            } else {
                view! {
                    <TableFrame label="Principals" columns=&[Text("Principal"), Text("Change")] class="[&_th:last-child]:text-right">{rows(page, members, row)}</TableFrame>
                }.into_any()
            }}
        </Part>
        <EntityForm entity operation=PUT_IN class="flex flex-wrap items-end gap-2 mt-2 text-sm">
            <Chooser label="Put a principal in" field=&PRINCIPAL choices except=held typed />
            <button class="btn btn-sm" disabled=off title=locked>"Put in"</button>
        </EntityForm>
    }
}
