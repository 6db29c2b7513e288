use leptos::prelude::*;
use model::{
    format::visible,
    partitions::{PartitionRow, SortRow, Source, Version},
};

use crate::{
    api::tables::load_layout,
    components::{object::use_object, reading::Reading},
    ui::{
        badge::Badge,
        note::{Empty, Notes},
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

/// Every partition spec and sort order of the table.
#[component]
pub fn PartitionsPage() -> impl IntoView {
    let place = use_object();
    view! {
        <Reading ask=|| () load=move |(), fresh| load_layout(place.clone(), fresh) let:layout>
            <Notes notes=layout.notes />
            <h2 class="font-semibold mt-2">"Partition specs"</h2>
            {layout.specs.is_empty().then(|| view! { <Empty>"The metadata holds no partition spec."</Empty> })}
            {layout.specs.into_iter().map(|spec| view! { <Spec spec /> }).collect_view()}
            <h2 class="font-semibold mt-6">"Sort orders"</h2>
            {layout.sort_orders.is_empty().then(|| view! { <Empty>"The metadata holds no sort order."</Empty> })}
            {layout.sort_orders.into_iter().map(|order| view! { <Order order /> }).collect_view()}
        </Reading>
    }
}

#[component]
fn Heading(noun: &'static str, id: String, current: bool) -> impl IntoView {
    view! {
        <h3 class="text-sm mt-3 flex items-center gap-2">
            {noun} " " {id}
            {current.then(|| view! { <Badge text="current" tone="badge-primary" /> })}
        </h3>
    }
}

#[component]
fn Spec(spec: Version<PartitionRow>) -> impl IntoView {
    let label = format!("Partition spec {}", spec.id);
    view! {
        <section>
            <Heading noun="Spec" id=spec.id current=spec.current />
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
fn Order(order: Version<SortRow>) -> impl IntoView {
    let label = format!("Sort order {}", order.id);
    view! {
        <section>
            <Heading noun="Order" id=order.id current=order.current />
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
