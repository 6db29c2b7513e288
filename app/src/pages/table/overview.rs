use leptos::prelude::*;
use model::{
    figures::Figure,
    format::{self, counted, visible},
    page::{ChangePage, TableTab},
    paths::Place,
    tables::{CurrentSnapshot, Overview},
};

use super::{health::HealthSection, snapshots::Operation};
use crate::{
    api::{health::load_health, tables::load_overview},
    components::{
        change_links::ChangeLinks, moment::MomentText, object::use_object, odd_id::OddId,
        read_at::new_asks, reading::Reading,
    },
    resource::Resource,
    ui::{
        copy::{Copy, Given},
        facts::{Fact, Facts},
        note::{Note, Notes},
    },
};

/// A table at a glance, and how it fares: for that all its snapshots are read, in a call of its own.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let place = use_object();
    let (refresh, is_new) = (RwSignal::new(0), new_asks());
    let (source, of_health) = (place.clone(), place.clone());
    let health = Resource::new(
        move || refresh.get(),
        move |asks| load_health(of_health.clone(), is_new(asks)),
    );
    view! {
        <Reading
            ask=|| ()
            load=move |(), fresh| load_overview(source.clone(), fresh)
            refresh=refresh
            let:overview
        >
            <Notes notes=overview.notes.clone() />
            <Current snapshot=overview.snapshot.clone() />
            {
                let place = place.clone();
                view! { <HealthSection health place=place.clone()><About overview place /></HealthSection> }
            }
        </Reading>
    }
}

#[component]
fn Current(snapshot: Option<CurrentSnapshot>) -> impl IntoView {
    let snapshot = snapshot?;
    let empty = snapshot.known && snapshot.totals.is_empty();
    Some(view! {
        <Figures figures=snapshot.totals />
        {empty.then(|| view! { <Note>"The current snapshot's summary holds no totals, so sizes and counts are not known."</Note> })}
    })
}

/// Large numbers side by side, each with its exact one below.
#[component]
pub fn Figures(figures: Vec<Figure>) -> impl IntoView {
    if figures.is_empty() {
        return ().into_any();
    }
    view! {
        <dl class="grid grid-cols-2 sm:grid-cols-3 xl:grid-cols-6 gap-px bg-base-300 border border-base-300 rounded-box overflow-hidden my-3">
            {figures
                .into_iter()
                .map(|figure| view! {
                    <div class="bg-base-100 px-3 py-2">
                        <dt class="text-xs text-base-content/70">{figure.label}</dt>
                        <dd class="text-lg font-semibold tabular-nums wrap-anywhere">{figure.text}</dd>
                        <dd class="text-xs text-base-content/70 tabular-nums wrap-anywhere">{figure.exact}</dd>
                    </div>
                })
                .collect_view()}
        </dl>
    }
    .into_any()
}

#[component]
fn About(overview: Overview, place: Place) -> impl IntoView {
    let tab = |tab: TableTab, text: String| {
        view! { <a class="link" href=place.table_path(tab)>{text}</a> }.into_any()
    };
    let snapshots = format::count(overview.snapshots);
    let (of_snapshots, snapshots) = if overview.newest_only {
        let text = format!("{snapshots} in the metadata; the catalog keeps earlier ones");
        (TableTab::History, text)
    } else if overview.snapshots_partial {
        let text = format!("{snapshots} at branches and tags; see all");
        (TableTab::Snapshots, text)
    } else {
        (TableTab::Snapshots, counted(overview.snapshots, "snapshot"))
    };
    let first: Vec<_> = overview
        .first_columns
        .iter()
        .map(|(name, kind)| {
            view! { <li class="font-mono text-table">{visible(name)} " " <span class="text-base-content/70">{visible(kind)}</span></li> }
        })
        .collect();
    let more = overview
        .columns
        .unwrap_or_default()
        .saturating_sub(first.len());
    let columns = overview.columns.map_or_else(
        || "Columns not known".to_owned(),
        |columns| counted(columns, "column"),
    );
    let columns = tab(TableTab::Schema, columns);
    let specs = tab(
        TableTab::Partitions,
        counted(overview.specs, "partition spec"),
    );
    let snapshots = tab(of_snapshots, snapshots);
    let refs = match overview.newest_only {
        true => format!(
            "{} in the metadata; the catalog has branches and tags of its own",
            format::count(overview.branches + overview.tags)
        ),
        false => format!(
            "{}, {}",
            counted(overview.branches, "branch"),
            counted(overview.tags, "tag")
        ),
    };
    let refs = tab(TableTab::Refs, refs);
    let properties = tab(
        TableTab::Properties,
        counted(overview.properties, "property"),
    );
    let encrypted = overview.encryption_keys;
    let snapshot = overview.snapshot.map(|snapshot| {
        let href = place.snapshot_path(&snapshot.id);
        view! {
            <Fact name="Current snapshot">
                <a class="link font-mono text-table" href=href>{snapshot.id.clone()}</a>
                <OddId id=snapshot.id.clone() />
                <Copy text=snapshot.id what="the snapshot's id" />
                {snapshot.operation.map(|operation| view! { <Operation operation /> " " })}
                // A line of its own, which its age fits: nothing moves when the page comes alive.
                {snapshot.at.map(|at| view! { <div><MomentText moment=at /></div> })}
            </Fact>
        }
    });
    view! {
        <Facts>
            {snapshot}
            <Fact name="Format version">
                {overview.format_version.map_or_else(|| "not given".to_owned(), |version| version.to_string())}
            </Fact>
            <Fact name="Last update">
                {overview.updated.map_or_else(|| "not given".into_any(), |at| view! { <MomentText moment=at /> }.into_any())}
            </Fact>
            <Fact name="Columns">
                {columns} ", " {counted(overview.schemas, "schema")}
                {(!first.is_empty()).then(|| view! { <ul class="columns-1 @lg:columns-2">{first}</ul> })}
                {(more > 0).then(|| view! { <span class="text-base-content/70">{format!("and {} more", format::count(more))}</span> })}
            </Fact>
            <Fact name="Partitions and sort">
                {overview.layout} " " {specs} ", "
                {counted(overview.sort_orders, "sort order")}
            </Fact>
            <Fact name="Snapshots">{snapshots}</Fact>
            <Fact name="References">{refs}</Fact>
            <Fact name="Properties">{properties}</Fact>
        </Facts>
        <details class="my-3">
            <summary class="link text-sm w-fit">"Identity"</summary>
            <Facts>
                <Fact name="Location"><Given text=overview.location what="the location" /></Fact>
                <Fact name="Metadata file"><Given text=overview.metadata_location what="the metadata file's location" /></Fact>
                <Fact name="UUID"><Given text=overview.uuid what="the UUID" /></Fact>
                {overview.sequence_number.map(|number| view! {
                    <Fact name="Last sequence number"><span class="tabular-nums">{number}</span></Fact>
                })}
                {overview.next_row_id.map(|id| view! {
                    <Fact name="Next row id"><span class="tabular-nums">{id}</span></Fact>
                })}
                {(encrypted > 0).then(|| view! {
                    <Fact name="Encryption">{counted(encrypted, "key")}</Fact>
                })}
            </Facts>
        </details>
        <p class="flex flex-wrap gap-2 my-3"><ChangeLinks place=place.clone() changes=ChangePage::BASICS /></p>
    }
}
