use leptos::prelude::*;
use model::{format::visible, paths::Place, views::VersionRow, window::Window};

use super::compare::Compare;
use crate::{
    api::views::load_versions,
    components::{moment::MomentText, object::use_object, pager::pager, reading::Reading},
    location::use_query,
    ui::{
        badge::Badge,
        note::Empty,
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

/// The versions of the view, newest first; with `from=` and `to=`, both compared.
#[component]
pub fn VersionsPage() -> impl IntoView {
    let place = use_object();
    let source = place.clone();
    let query = use_query();
    let chosen = Memo::new(move |_| ["from", "to"].map(|key| query.read().text(key)));
    move || {
        let (place, source, [from, to]) = (place.clone(), source.clone(), chosen.get());
        if !from.is_empty() || !to.is_empty() {
            return view! { <Compare place from to /> }.into_any();
        }
        view! {
            <Reading ask=move || query.read().page() load=move |page, _| load_versions(source.clone(), page) let:versions>
                <Versions versions place=place.clone() />
            </Reading>
        }
        .into_any()
    }
}

#[component]
fn Versions(versions: Window<VersionRow>, place: Place) -> impl IntoView {
    if versions.total == 0 {
        return view! { <Empty>"The metadata lists no versions of this view."</Empty> }.into_any();
    }
    let summary = pager(&versions, "version");
    let mut before: Vec<_> = versions
        .rows
        .iter()
        .skip(1)
        .map(|row| Some(row.id.clone()))
        .collect();
    before.push(None);
    let rows: Vec<_> = versions.rows.into_iter().zip(before).collect();
    view! {
        <Table
            label="Versions"
            columns=&[
                Text("Version"),
                Text("Made"),
                Text("Operation"),
                Text("Schema"),
                Text("Dialects"),
                Code("Default catalog"),
                Code("Default namespace"),
                Text("Engine"),
                Text("Compare"),
                Text("Change"),
            ]
            class="[&_td]:wrap-anywhere"
            rows
            let:row
        >
            <Line row place=place.clone() />
        </Table>
        {summary}
    }
    .into_any()
}

#[component]
fn Line(row: (VersionRow, Option<String>), place: Place) -> impl IntoView {
    let (row, before) = row;
    let compare = before.map(|before| place.compare_versions_path(&before, &row.id));
    let sql = place.version_path(&row.id);
    let back = (!row.current).then(|| place.roll_back_path(&row.id));
    view! {
        <tr>
            <td class="whitespace-nowrap">
                <a class="link" href=sql>{row.id}</a>
                {row.current.then(|| view! { " " <Badge text="current" tone="badge-primary" /> })}
            </td>
            <td>{row.at.map(|at| view! { <MomentText moment=at brief=true /> })}</td>
            <td>{row.operation.as_deref().map(visible)}</td>
            <td>{row.schema}</td>
            <td>{visible(&row.dialects.join(", "))}</td>
            <td>{row.default_catalog.as_deref().map(visible)}</td>
            <td>{visible(&row.default_namespace.join("."))}</td>
            <td>{row.engine.as_deref().map(visible)}</td>
            <td>{compare.map(|href| view! { <a class="link" href=href>"with the one before"</a> })}</td>
            <td>{back.map(|href| view! { <a class="link" href=href>"Roll back…"</a> })}</td>
        </tr>
    }
}
