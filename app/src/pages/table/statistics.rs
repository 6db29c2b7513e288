use leptos::prelude::*;
use model::{
    format::{self, visible},
    paths::Place,
    statistics::{Blob, PARTITIONS, StatisticsFile, StatisticsPage, TABLE},
    window::Window,
};

use crate::{
    api::tables::load_statistics,
    components::{object::use_object, odd_id::OddId, pager::pager, reading::Reading},
    location::use_query,
    ui::{
        badge::Badge,
        copy::Copy,
        note::Empty,
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

/// Statistics files of the table and of its partitions.
#[component]
pub fn StatisticsTab() -> impl IntoView {
    let place = use_object();
    let source = place.clone();
    let query = use_query();
    view! {
        <Reading ask=move || query.read().page() load=move |page, fresh| load_statistics(source.clone(), page, fresh) let:statistics>
            <Both statistics place=place.clone() />
        </Reading>
    }
}

#[component]
fn Both(statistics: StatisticsPage, place: Place) -> impl IntoView {
    if statistics.tables.total + statistics.partitions.total == 0 {
        return view! {
            <Empty>
                "No statistics files. An engine writes them on request: in Spark, "
                <code>"CALL system.compute_table_stats"</code> "; in Trino, " <code>"ANALYZE"</code> "."
            </Empty>
        }
        .into_any();
    }
    view! {
        <Files title="Table statistics" kind=TABLE files=statistics.tables place=place.clone() />
        <Files title="Partition statistics" kind=PARTITIONS files=statistics.partitions place />
    }
    .into_any()
}

#[component]
fn Files(
    title: &'static str,
    /// In addresses.
    kind: &'static str,
    files: Window<StatisticsFile>,
    place: Place,
) -> impl IntoView {
    if files.total == 0 {
        return ().into_any();
    }
    let summary = pager(&files, "file");
    view! {
        <section class="mt-2">
            <h2>{title}</h2>
            <Table
                label=title
                columns=&[Code("Snapshot"), Text("Size"), Code("File"), Text("Contents"), Text("Change")]
                rows=files.rows
                let:file
            >
                <FileLine file kind place=place.clone() />
            </Table>
            {summary}
        </section>
    }
    .into_any()
}

#[component]
fn FileLine(file: StatisticsFile, kind: &'static str, place: Place) -> impl IntoView {
    let href = place.snapshot_path(&file.snapshot);
    let remove = place.drop_statistics_path(kind, &file.snapshot);
    let what = format!("Remove those of snapshot {}", file.snapshot);
    view! {
        <tr>
            <td>
                <a class="link" href=href>{file.snapshot.clone()}</a>
                <OddId id=file.snapshot />
                {file.current.then(|| view! { " " <Badge text="current" tone="badge-primary" /> })}
            </td>
            <td class="whitespace-nowrap tabular-nums">
                {file.size.map(format::bytes)}
                <div class="text-xs text-base-content/70">{file.size.map(|size| format!("{} bytes", format::count(size)))}</div>
            </td>
            <td>{visible(&file.path)}<Copy text=file.path what="the file's location" /></td>
            <td>{file.blobs.into_iter().map(|blob| view! { <BlobLine blob /> }).collect_view()}</td>
            <td class="whitespace-nowrap"><a class="link" href=remove aria-label=what>"Remove…"</a></td>
        </tr>
    }
}

#[component]
fn BlobLine(blob: Blob) -> impl IntoView {
    let properties = blob
        .properties
        .iter()
        .map(|setting| format!("{} = {}", setting.key, setting.value.text()));
    let properties = visible(&properties.collect::<Vec<_>>().join(", "));
    view! {
        <div class="mb-1">
            <span class="font-mono wrap-anywhere">{visible(&blob.kind)}</span>
            " of " <span class="wrap-anywhere">{visible(&blob.columns.join(", "))}</span>
            <div class="text-xs text-base-content/70 tabular-nums wrap-anywhere">{properties}</div>
        </div>
    }
}
