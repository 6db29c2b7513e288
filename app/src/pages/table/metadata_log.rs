use leptos::prelude::*;
use model::{format::visible, tables::MetadataFile, window::Window};

use crate::{
    api::tables::load_metadata_log,
    components::{moment::MomentText, object::use_object, pager::pager, reading::Reading},
    location::use_query,
    ui::{
        badge::Badge,
        copy::Copy,
        note::Empty,
        table::{Column::Text, Table},
    },
};

/// The metadata files that the table has had, newest first.
#[component]
pub fn MetadataLogPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    view! {
        <Reading ask=move || query.read().page() load=move |page, fresh| load_metadata_log(place.clone(), page, fresh) let:files>
            <Files files />
        </Reading>
    }
}

#[component]
fn Files(files: Window<MetadataFile>) -> impl IntoView {
    if files.total == 0 {
        return view! { <Empty>"The catalog names no metadata file for this table."</Empty> }
            .into_any();
    }
    let summary = pager(&files, "metadata file");
    let line = |file: MetadataFile| {
        view! {
            <tr>
                <td class="w-56">{file.at.map(|at| view! { <MomentText moment=at brief=true /> })}</td>
                <td>
                    <span class="font-mono wrap-anywhere">{visible(&file.file)}</span>
                    <Copy text=file.file what="the file's location" />
                    {file.current.then(|| view! { " " <Badge text="current" tone="badge-primary" /> })}
                </td>
            </tr>
        }
    };
    view! {
        <p class="text-sm text-base-content/70 max-w-prose my-2">"A catalog hands out the current file alone. The older ones lie in the table’s storage, which Crowsnest does not read: what changed is told by the history of the schema and by two snapshots compared."</p>
        <Table label="Metadata files" columns=&[Text("Written"), Text("File")] rows=files.rows class="max-sm:[&_td:nth-child(2)]:min-w-72" let:file>
            {line(file)}
        </Table>
        {summary}
    }
    .into_any()
}
