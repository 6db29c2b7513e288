use leptos::prelude::*;
use model::{
    format::visible,
    page::TableTab,
    paths::Place,
    snapshots::{Parent, SnapshotDetail},
};

use super::{overview::Figures, snapshots::Operation};
use crate::{
    api::snapshots::load_snapshot,
    components::{moment::MomentText, odd_id::OddId, reading::Reading, settings::Settings},
    ui::{
        badge::Badge,
        copy::Copyable,
        facts::{Fact, Facts},
    },
};

/// One snapshot in full.
#[component]
pub fn SnapshotFull(place: Place, id: String) -> impl IntoView {
    let source = place.clone();
    let all = place.table_path(TableTab::Snapshots);
    view! {
        <p class="mt-2 text-sm"><a class="link" href=all>"All snapshots"</a></p>
        <Reading ask=|| () load=move |(), fresh| load_snapshot(source.clone(), id.clone(), fresh) let:detail>
            <Detail detail place=place.clone() />
        </Reading>
    }
}

#[component]
fn Detail(detail: SnapshotDetail, place: Place) -> impl IntoView {
    let compare = compare(&detail, &place);
    let engines = place.connect_at_path(&detail.id);
    let keep = place.new_ref_path(&detail.id);
    let expire = place.expire_path(&detail.id);
    let pointed_at = !detail.refs.is_empty();
    let row_lineage = [
        ("First row id", detail.first_row_id),
        ("Added rows", detail.added_rows),
        ("Encryption key", detail.key_id),
    ];
    let schema = detail.schema.map(|id| {
        let href = place.schema_path(&id);
        view! { <Fact name="Schema"><a class="link" href=href>{format!("Schema {id}")}</a></Fact> }
    });
    let parent =
        view! { <ParentLink parent=detail.parent partial=detail.partial place=place.clone() /> };
    let children = (!detail.children.is_empty()).then(|| {
        view! {
            <Fact name="Next"><Links ids=detail.children place /></Fact>
        }
    });
    view! {
        <h2 class="mt-2 flex flex-wrap items-center gap-2">
            <span>"Snapshot " <span class="font-mono">{detail.id.clone()}</span></span>
            <OddId id=detail.id.clone() />
            {detail.operation.map(|operation| view! { <Operation operation /> })}
            {detail.current.then(|| view! { <Badge text="current" tone="badge-primary" /> })}
        </h2>
        {(!compare.is_empty()).then(|| view! {
            <p class="text-sm my-1">
                "Compare "
                {compare
                    .into_iter()
                    .map(|(text, href)| view! { <a class="link mr-3" href=href>{text}</a> })
                    .collect_view()}
            </p>
        })}
        <p class="text-sm my-1 flex flex-wrap gap-x-3">
            <a class="link" href=engines>"Read it with an engine"</a>
            <a class="link" href=keep>"Branch or tag it"</a>
            {(!pointed_at).then(|| view! { <a class="link" href=expire>"Expire it"</a> })}
        </p>
        <Figures figures=detail.totals />
        <Facts>
            <Fact name="Id"><Copyable text=detail.id what="the snapshot's id" /></Fact>
            {detail.at.map(|at| view! { <Fact name="Made"><MomentText moment=at /></Fact> })}
            {(!detail.refs.is_empty()).then(|| view! {
                <Fact name="References">
                    {detail.refs.into_iter().map(|name| view! { <Badge text=visible(&name) tone="badge-primary" /> " " }).collect_view()}
                </Fact>
            })}
            <Fact name="Parent">{parent}</Fact>
            {children}
            {detail.sequence_number.map(|number| view! {
                <Fact name="Sequence number"><span class="tabular-nums">{number}</span></Fact>
            })}
            {schema}
            {detail.manifest_list.map(|list| view! {
                <Fact name="Manifest list"><Copyable text=list what="the manifest list's location" /></Fact>
            })}
            {row_lineage
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)))
                .map(|(name, value)| view! { <Fact name><span class="tabular-nums">{value}</span></Fact> })
                .collect_view()}
        </Facts>
        <h3 class="font-semibold mt-4">"Summary"</h3>
        <div class="max-w-4xl"><Settings settings=detail.summary label="Summary" copy=true /></div>
    }
}

/// What there is to compare it with: what it was made from, and what readers see.
fn compare(detail: &SnapshotDetail, place: &Place) -> Vec<(&'static str, String)> {
    let parent = detail.parent.iter().filter(|parent| parent.known);
    let parent = parent.map(|parent| {
        (
            "with its parent",
            place.compare_path(&parent.id, &detail.id),
        )
    });
    let current = detail.current_id.iter().filter(|_| !detail.current);
    let current = current.map(|current| {
        (
            "with the current one",
            place.compare_path(&detail.id, current),
        )
    });
    parent.chain(current).collect()
}

#[component]
fn ParentLink(parent: Option<Parent>, partial: bool, place: Place) -> impl IntoView {
    match parent {
        None => view! { "none" }.into_any(),
        Some(Parent { id, known: true }) => view! { <Links ids=vec![id] place /> }.into_any(),
        Some(Parent { id, known: false }) => view! {
            <span class="font-mono">{id.clone()}</span>
            <OddId id />
            <span class="text-base-content/70">
                {if partial { " (not at a branch or tag; the table is too large to read all)" } else { " (no longer in the table)" }}
            </span>
        }
        .into_any(),
    }
}

#[component]
fn Links(ids: Vec<String>, place: Place) -> impl IntoView {
    ids.into_iter()
        .map(|id| {
            let href = place.snapshot_path(&id);
            view! { <a class="link font-mono mr-3" href=href>{id}</a> }
        })
        .collect_view()
}
