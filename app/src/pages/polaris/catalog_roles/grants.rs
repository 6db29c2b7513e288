use leptos::prelude::*;
use model::{
    format::visible,
    page::{TableTab, ViewTab},
    paths::Place,
    polaris::{Known, roles::Granted},
};

use crate::{
    components::{access::odd::OddGrants, part::Part},
    ui::{
        badge::Badge,
        table::{Column::Text, Table},
    },
};

/// What a role is granted, object by object, each with the way to its editor.
#[component]
pub fn Grants(grants: Known<Vec<Granted>>, place: Place, role: String) -> impl IntoView {
    let row = move |on: Granted| {
        if on.unknown {
            return view! { <Odd on /> }.into_any();
        }
        let mut at = place.with_namespace(&on.namespace);
        at.object = on.name.clone();
        let name = match on.kind.as_str() {
            "Catalog" => at.warehouse.clone().unwrap_or_default(),
            _ => at.dotted(),
        };
        let href = match on.kind.as_str() {
            "Catalog" => at.catalog_path(&name),
            "Namespace" => at.namespace_path(),
            "View" => at.view_path(ViewTab::Overview),
            "Policy" => at.policy_path(on.name.as_deref().unwrap_or_default()),
            _ => at.table_path(TableTab::Overview),
        };
        let (edit, who) = (at.grants_path(&role, on.key()), at.who_path(on.key()));
        let edit_label = format!("Edit grants on {name}");
        let who_label = format!("Who can use {name}");
        view! {
            <tr>
                <td>{on.kind}</td>
                <td><a class="link link-hover font-medium" href=href>{visible(&name)}</a></td>
                <td class="font-mono text-xs">{on.privileges.join(", ")}</td>
                <td class="whitespace-nowrap">
                    <a class="link" href=edit aria-label=edit_label>"edit"</a> " · "
                    <a class="link" href=who aria-label=who_label>"who"</a>
                </td>
            </tr>
        }
        .into_any()
    };
    view! {
        <Part known=grants let:grants>
            <OddGrants count=odd(&grants) />
            <Table
                label="Grants"
                columns=&[Text("On"), Text("Object"), Text("Privileges"), Text("Change")]
                class="[&_td]:wrap-anywhere max-sm:[&_td]:min-w-28"
                rows=grants
                empty="It has no grants, so it gives nothing."
                let:on
            >
                {row(on)}
            </Table>
        </Part>
    }
}

fn odd(grants: &[Granted]) -> usize {
    let unknown = grants.iter().filter(|on| on.unknown);
    unknown.map(|on| on.privileges.len()).sum()
}

/// A row of what cannot be led to.
#[component]
fn Odd(on: Granted) -> impl IntoView {
    let kind = match on.kind.is_empty() {
        true => "no kind".to_owned(),
        false => visible(&on.kind),
    };
    let within = match on.namespace.is_empty() {
        true => "not said".to_owned(),
        false => format!("in {}", visible(&on.namespace.join("."))),
    };
    view! {
        <tr>
            <td><code>{kind}</code> " " <Badge text="a kind that Crowsnest does not know" /></td>
            <td>{within}</td>
            <td class="font-mono text-xs">{visible(&on.privileges.join(", "))}</td>
            <td></td>
        </tr>
    }
}
