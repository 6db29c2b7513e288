use leptos::prelude::*;

use crate::{
    components::{filter_box::FilterBox, pager::pager},
    format::{self, visible},
    model::properties::Properties,
    ui::{copy::Copy, note::Empty, sheet::Sheet},
};

/// Properties with a filter, and a button to copy each value.
#[component]
pub fn PropertyTable(properties: Properties, noun: &'static str) -> impl IntoView {
    if properties.total == 0 {
        return view! { <Empty>{format!("This {noun} has no properties.")}</Empty> }.into_any();
    }
    let rows = properties.rows;
    let none = rows.rows.is_empty();
    let summary = pager(&rows, "property");
    view! {
        <div class="max-w-sm my-2"><FilterBox name="q" label="Filter properties" drops=&["page"] /></div>
        {none.then(|| view! {
            <Empty>{format!("None of the {} matches the filter.", format::counted(properties.total, "property"))}</Empty>
        })}
        {(!none).then(|| view! {
            <Sheet label="Properties" columns=&["Key", "Value"] class="[&_td]:align-top [&_td]:font-mono [&_td]:wrap-anywhere">
                {rows.rows.into_iter().map(|(key, value)| view! { <PropertyLine key value /> }).collect_view()}
            </Sheet>
            {summary}
        })}
    }
    .into_any()
}

/// Longer values are folded.
const LONG: usize = 400;

#[component]
pub fn PropertyLine(key: String, value: String) -> impl IntoView {
    let shown = visible(&value);
    let start: String = shown.chars().take(LONG).collect();
    let value_view = if start.len() < shown.len() {
        view! {
            <details>
                <summary class="cursor-pointer">{start} "…"</summary>
                <div class="whitespace-pre-wrap">{shown}</div>
            </details>
        }
        .into_any()
    } else {
        view! { {shown} }.into_any()
    };
    view! {
        <tr>
            <td>{visible(&key)}</td>
            <td>{value_view} <Copy text=value what=format!("the value of {key}") /></td>
        </tr>
    }
}
