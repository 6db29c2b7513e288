use leptos::prelude::*;
use model::{
    format::visible,
    page::{ChangePage, TableTab},
    partitions::{Layout, PartitionRow, SortRow, Source, Version},
    paths::Place,
    schema::SchemaComparison,
};

use crate::{
    api::tables::load_layout,
    components::{
        change_links::ChangeLinks, differences::SchemaDifferences, object::use_object,
        reading::Reading,
    },
    location::use_query,
    ui::{
        badge::Badge,
        note::{Empty, Notes},
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

/// Every partition spec and sort order of the table; with `from=` and `to=`, two specs compared, or two orders.
#[component]
pub fn PartitionsPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let source = place.clone();
    let chosen = move || ["show", "from", "to"].map(|key| query.read().text(key));
    view! {
        <p class="flex flex-wrap gap-2 mt-3"><ChangeLinks place=place.clone() changes=ChangePage::LAYOUT /></p>
        <Reading ask=chosen load=move |[show, from, to], fresh| load_layout(source.clone(), show, from, to, fresh) let:layout>
            {match layout.compared {
                Some(compared) => {
                    let orders = query.with_untracked(|query| query.get("show") == Some("orders"));
                    view! { <Compared compared orders all=place.table_path(TableTab::Partitions) /> }.into_any()
                }
                None => view! { <All layout place=place.clone() /> }.into_any(),
            }}
        </Reading>
    }
}

/// Two specs, or two sort orders, beside each other.
#[component]
fn Compared(compared: SchemaComparison, orders: bool, all: String) -> impl IntoView {
    let SchemaComparison { said, differences } = compared;
    let (title, label) = match orders {
        true => ("Two sort orders compared", "Changes of the sort order"),
        false => (
            "Two partition specs compared",
            "Changes of the partition spec",
        ),
    };
    view! {
        <p class="mt-2 text-sm"><a class="link" href=all>"All partition specs and sort orders"</a></p>
        <h2 class="mt-2">{title}</h2>
        <p class="text-sm my-2 wrap-anywhere">{said}</p>
        {differences.map(|differences| view! { <SchemaDifferences differences label /> })}
    }
}

#[component]
fn All(layout: Layout, place: Place) -> impl IntoView {
    let (of_spec, of_order) = (usual(&layout.specs), usual(&layout.sort_orders));
    view! {
            <Notes notes=layout.notes />
            <h2 class="mt-2">"Partition specs"</h2>
            {layout.specs.is_empty().then(|| view! { <Empty>"The metadata holds no partition spec."</Empty> })}
            {layout.specs.into_iter().map(|spec| {
                let to = of_spec.as_ref().filter(|to| **to != spec.id);
                let compare = to.map(|to| place.compare_specs_path(&spec.id, to));
                view! { <Spec spec compare /> }
            }).collect_view()}
            <h2 class="mt-6">"Sort orders"</h2>
            {layout.sort_orders.is_empty().then(|| view! { <Empty>"The metadata holds no sort order."</Empty> })}
            {layout.sort_orders.into_iter().map(|order| {
                let to = of_order.as_ref().filter(|to| **to != order.id);
                let compare = to.map(|to| place.compare_orders_path(&order.id, to));
                view! { <Order order compare /> }
            }).collect_view()}
    }
}

/// The one that others are compared with: the current one, else the newest.
fn usual<T>(versions: &[Version<T>]) -> Option<String> {
    let current = versions.iter().find(|version| version.current);
    let usual = current.or(versions.first())?;
    Some(usual.id.clone())
}

#[component]
fn Heading(
    noun: &'static str,
    id: String,
    current: bool,
    /// Where it is compared with the current one.
    compare: Option<String>,
) -> impl IntoView {
    view! {
        <h3 class="text-sm font-medium mt-3 flex items-center gap-2">
            {noun} " " {id}
            {current.then(|| view! { <Badge text="current" tone="badge-primary" /> })}
            {compare.map(|href| view! { <a class="link font-normal" href=href>"Compare with the current one"</a> })}
        </h3>
    }
}

#[component]
fn Spec(spec: Version<PartitionRow>, compare: Option<String>) -> impl IntoView {
    let label = format!("Partition spec {}", spec.id);
    view! {
        <section>
            <Heading noun="Spec" id=spec.id current=spec.current compare />
            {if spec.fields.is_empty() {
                view! { <p class="text-sm text-base-content/70">"Unpartitioned"</p> }.into_any()
            } else {
                view! {
                    <Table
                        label
                        columns=&[Text("Field id"), Code("Name"), Code("Transform"), Text("Source column")]
                        class="table-fixed min-w-lg [&_th:first-child]:w-24"
                        rows=spec.fields
                        let:field
                    >
                        <tr>
                            <td class="tabular-nums">{field.id}</td>
                            <td>{visible(&field.name)}</td>
                            <td>{visible(&field.transform)}</td>
                            <td><Sources sources=field.sources /></td>
                        </tr>
                    </Table>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Order(order: Version<SortRow>, compare: Option<String>) -> impl IntoView {
    let label = format!("Sort order {}", order.id);
    view! {
        <section>
            <Heading noun="Order" id=order.id current=order.current compare />
            {if order.fields.is_empty() {
                view! { <p class="text-sm text-base-content/70">"Unsorted"</p> }.into_any()
            } else {
                view! {
                    <Table
                        label
                        columns=&[Text("Position"), Code("Transform"), Text("Source column"), Text("Direction"), Text("Nulls")]
                        class="table-fixed min-w-lg [&_th:first-child]:w-24"
                        rows=order.fields.into_iter().zip(1..).collect()
                        let((field, position))
                    >
                        <tr>
                            <td class="tabular-nums">{position}</td>
                            <td>{visible(&field.transform)}</td>
                            <td><Sources sources=field.sources /></td>
                            <td>{direction(field.direction)}</td>
                            <td>{nulls(field.nulls)}</td>
                        </tr>
                    </Table>
                }
                .into_any()
            }}
        </section>
    }
}

fn direction(word: String) -> String {
    match word.as_str() {
        "asc" => "ascending".into(),
        "desc" => "descending".into(),
        _ => word,
    }
}

fn nulls(word: String) -> String {
    match word.as_str() {
        "nulls-first" => "first".into(),
        "nulls-last" => "last".into(),
        _ => word,
    }
}

#[component]
fn Sources(sources: Vec<Source>) -> impl IntoView {
    sources
        .into_iter()
        .map(|source| {
            let name = source.name.map_or_else(|| "in no schema".to_owned(), |name| visible(&name));
            view! {
                <div>
                    <span class="font-mono wrap-anywhere">{name}</span>
                    <span class="text-base-content/70 tabular-nums">{format!(" (id {})", source.id)}</span>
                </div>
            }
        })
        .collect_view()
}
