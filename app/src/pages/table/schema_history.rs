use leptos::prelude::*;
use model::{
    format::counted,
    page::TableTab,
    paths::Place,
    schema::{SchemaComparison, SchemaEntry, SchemaHistory},
};

use crate::{
    api::tables::{load_schema_comparison, load_schema_history},
    components::{
        differences::SchemaDifferences, moment::MomentText, pager::pager, reading::Reading,
    },
    location::use_query,
    ui::{badge::Badge, note::Empty},
};

/// What each schema of the table changed, newest first.
#[component]
pub fn History(place: Place) -> impl IntoView {
    let query = use_query();
    let source = place.clone();
    view! {
        <Back place=place.clone() />
        <Reading
            ask=move || query.read().page()
            load=move |page, fresh| load_schema_history(source.clone(), page, fresh)
            let:history
        >
            <Entries history place=place.clone() />
        </Reading>
    }
}

#[component]
fn Entries(history: SchemaHistory, place: Place) -> impl IntoView {
    let SchemaHistory { entries, current } = history;
    if entries.total == 0 {
        return view! { <Empty>"This table’s metadata holds no schema."</Empty> }.into_any();
    }
    let summary = pager(&entries, "schema");
    view! {
        <h2 class="mt-2">"What each schema changed"</h2>
        <p class="text-sm text-base-content/70 max-w-prose">"By field id, so that a renamed column is one column. A date is that of the first snapshot with this schema that has not expired."</p>
        <ol class="my-2 grid gap-4 max-w-4xl">
            {entries
                .rows
                .into_iter()
                .map(|entry| view! { <Entry entry current=current.clone() place=place.clone() /> })
                .collect_view()}
        </ol>
        {summary}
    }
    .into_any()
}

#[component]
fn Entry(entry: SchemaEntry, current: Option<String>, place: Place) -> impl IntoView {
    let schema = place.schema_path(&entry.id);
    let other = current.filter(|current| *current != entry.id && !entry.id.is_empty());
    let compare = other.map(|current| place.compare_schemas_path(&entry.id, &current));
    let changes = match entry.differences {
        None => view! { <p class="text-sm">"The first that the metadata holds."</p> }.into_any(),
        Some(same) if same.rows.is_empty() => {
            view! { <p class="text-sm">"Nothing but the order of columns."</p> }.into_any()
        }
        Some(differences) => view! { <SchemaDifferences differences /> }.into_any(),
    };
    view! {
        <li>
            <h3 class="text-sm flex flex-wrap items-baseline gap-x-3">
                <a class="link font-semibold" href=schema>{format!("Schema {}", entry.id)}</a>
                {entry.current.then(|| view! { <Badge text="current" tone="badge-primary" /> })}
                <span>{counted(entry.columns, "column")}</span>
                <span class="text-base-content/70">
                    {match entry.since {
                        Some(since) => view! { "since " <MomentText moment=since brief=true /> }.into_any(),
                        None => "no snapshot that is left was made with it".into_any(),
                    }}
                </span>
                {compare.map(|href| view! { <a class="link" href=href>"Compare with the current one"</a> })}
            </h3>
            {changes}
        </li>
    }
}

/// Two schemas of the table beside each other.
#[component]
pub fn Compare(place: Place, from: String, to: String) -> impl IntoView {
    let (source, asked) = (place.clone(), (from.clone(), to.clone()));
    let title = format!("Schemas {from} and {to} compared");
    view! {
        <Back place />
        <h2 class="mt-2">{title}</h2>
        <Reading
            ask=move || asked.clone()
            load=move |(from, to), fresh| load_schema_comparison(source.clone(), from, to, fresh)
            let:comparison
        >
            {
                let SchemaComparison { said, differences } = comparison;
                view! {
                    <p class="text-sm my-2 wrap-anywhere">{said}</p>
                    {differences.map(|differences| view! { <SchemaDifferences differences /> })}
                }
            }
        </Reading>
    }
}

#[component]
fn Back(place: Place) -> impl IntoView {
    let columns = place.table_path(TableTab::Schema);
    let history = place.schema_history_path();
    view! {
        <p class="mt-2 text-sm flex gap-3">
            <a class="link" href=columns>"Columns"</a>
            <a class="link" href=history>"History of the schema"</a>
        </p>
    }
}
