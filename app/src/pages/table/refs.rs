use leptos::prelude::*;
use model::{
    format::{self, visible},
    page::ChangePage,
    paths::Place,
    refs::{RefPage, RefRow},
};

use crate::{
    api::tables::load_refs,
    components::{
        change_links::ChangeLinks, moment::MomentText, object::use_object, odd_id::OddId,
        pager::pager, reading::Reading,
    },
    location::use_query,
    ui::{
        badge::Badge,
        copy::Copy,
        note::{Empty, Note},
        table::{
            Column::{Code, Number, Text},
            Table,
        },
    },
};

const NEW: &[ChangePage] = &[ChangePage::NewRef];

/// Branches and tags, with how long they are kept.
#[component]
pub fn RefsPage() -> impl IntoView {
    let place = use_object();
    let source = place.clone();
    let query = use_query();
    view! {
        <p class="flex flex-wrap gap-2 mt-3"><ChangeLinks place=place.clone() changes=NEW /></p>
        <Reading ask=move || query.read().page() load=move |page, fresh| load_refs(source.clone(), page, fresh) let:refs>
            <References refs place=place.clone() />
        </Reading>
    }
}

#[component]
fn References(refs: RefPage, place: Place) -> impl IntoView {
    if let Some(none) = refs.none {
        return view! { <Empty>"The metadata names no branch or tag. " {none}</Empty> }.into_any();
    }
    let summary = pager(&refs.rows, "reference");
    let elsewhere = refs.elsewhere;
    view! {
        <Table
            label="Branches and tags"
            columns=&[
                Code("Name"),
                Text("Type"),
                Code("Snapshot"),
                Text("Made"),
                Text("Kept for"),
                Text("Snapshots kept for"),
                Number("At least"),
                Text("Change"),
            ]
            rows=refs.rows.rows
            class="[&_th]:whitespace-normal sm:[&_td:nth-child(3)]:min-w-44"
            let:row
        >
            <Reference row place=place.clone() elsewhere />
        </Table>
        {summary}
        {elsewhere.then(|| view! { <Note>"The catalog has branches and tags of its own, which hold all tables: choose one above. What is listed here is what the table's metadata says."</Note> })}
        <p class="text-xs text-base-content/70">
            "Where nothing is said, the table's properties decide (history.expire.max-ref-age-ms, max-snapshot-age-ms, min-snapshots-to-keep)."
        </p>
    }
    .into_any()
}

#[component]
fn Reference(row: RefRow, place: Place, elsewhere: bool) -> impl IntoView {
    let tone = if row.kind == "tag" {
        "badge-info"
    } else {
        "badge-primary"
    };
    let href = place.snapshot_path(&row.snapshot);
    let [change, delete] =
        [ChangePage::EditRef, ChangePage::DropRef].map(|page| place.ref_path(page, &row.name));
    let name = visible(&row.name);
    view! {
        <tr>
            <td class="min-w-32">{visible(&row.name)}<Copy text=row.name what="the name" /></td>
            <td><Badge text=row.kind tone /></td>
            <td>
                <a class="link" href=href>{row.snapshot.clone()}</a>
                <OddId id=row.snapshot />
                {(!row.known).then(|| view! { <div class="text-base-content/70">"not in the metadata"</div> })}
            </td>
            <td>{row.at.map(|at| view! { <MomentText moment=at brief=true /> })}</td>
            <td><Age ms=row.max_ref_age /></td>
            <td><Age ms=row.max_snapshot_age /></td>
            <td>{row.min_snapshots.map(format::count)}</td>
            <td class="whitespace-nowrap">
                {(!elsewhere).then(|| view! {
                    <a class="link block" href=change aria-label=format!("Change {name}")>"Change"</a>
                    <a class="link block" href=delete aria-label=format!("Delete {name}")>"Delete…"</a>
                })}
            </td>
        </tr>
    }
}

/// A span of time, and its exact length.
#[component]
fn Age(ms: Option<i64>) -> impl IntoView {
    ms.map(|ms| view! {
        {format::duration(ms)}
        <div class="text-xs text-base-content/70 tabular-nums whitespace-nowrap">{format!("{} ms", format::count(ms))}</div>
    })
}
