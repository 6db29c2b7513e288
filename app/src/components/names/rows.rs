use leptos::prelude::*;
use model::{
    format::visible,
    names::{NameKind, Names, NumberedRow, scroll::ROW},
    paths::Place,
};

use super::{
    Answer, Scroll,
    facts::{FactHeads, Known, RowFacts},
};
use crate::{
    location::use_query,
    ui::table::{Order, OrderedHead},
};

/// The list itself: a window of its rows in a box that scrolls, all of a page before scripts run.
#[component]
pub fn NameRows(
    kind: NameKind,
    names: Resource<Answer>,
    place: Signal<Place>,
    scroll: Scroll,
    descending: Memo<bool>,
    /// Where rows say more than their name.
    known: Option<Known>,
) -> impl IntoView {
    let query = use_query();
    let turned = move || {
        let sort = if descending.get() { "" } else { "desc" };
        query
            .get()
            .with("page", "")
            .with("row", "")
            .with("sort", sort)
            .link()
    };
    let order = Order {
        descending: descending.into(),
        turned: Signal::derive(turned),
    };
    let with_names = move |look: fn(&Names, Option<std::ops::Range<usize>>) -> f64| {
        let window = scroll.window();
        names.with(|answer| match answer {
            Some(Ok(read)) => look(&read.data, window),
            _ => 0.0,
        })
    };
    let above = move || {
        with_names(|names, window| window.map_or(0, |rows| rows.start.min(names.matching)) as f64)
    };
    let below = move || {
        with_names(|names, window| {
            window.map_or(0, |rows| names.matching.saturating_sub(rows.end)) as f64
        })
    };
    let rows = move || match names.get() {
        Some(Ok(read)) => read.data.rows(scroll.window()),
        _ => Vec::new(),
    };
    view! {
        <div
            node_ref=scroll.container
            class="@container overflow-y-auto max-h-[calc(100dvh-17rem)] border border-base-300 rounded-box"
            role="region"
            aria-label=format!("List of {}s", kind.noun())
            tabindex="0"
            on:scroll=scroll.listener()
        >
            <table
                class="table table-sm table-fixed table-pin-rows"
                aria-label=format!("{}s", kind.noun())
                aria-rowcount=move || with_names(|names, _| names.matching as f64 + 1.0)
            >
                <thead>
                    <tr aria-rowindex="1" class="h-8">
                        <OrderedHead head="Name" order />
                        {known.map(|_| view! { <FactHeads /> })}
                    </tr>
                </thead>
                <tbody>
                    <Spacer rows=Signal::derive(above) />
                    <For each=rows key=|row| row.clone() let:row>
                        <NameRow row kind place known />
                    </For>
                    <Spacer rows=Signal::derive(below) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn NameRow(
    row: NumberedRow,
    kind: NameKind,
    place: Signal<Place>,
    known: Option<Known>,
) -> impl IntoView {
    let (index, name) = row;
    let facts = known
        .zip(name.clone())
        .map(|(known, name)| view! { <RowFacts known name /> });
    view! {
        <tr aria-rowindex=index + 2 class="h-8 hover:bg-base-200">
            <th scope="row" class="py-0 text-sm font-normal truncate">
                {match name {
                    Some(name) => {
                        let href = place.read_untracked().path_inside(kind, &name);
                        let shown = visible(&name);
                        let title = shown.clone();
                        view! { <a href=href title=title class="link link-hover">{shown}</a> }.into_any()
                    }
                    None => view! { <span class="text-base-content/70">"…"</span> }.into_any(),
                }}
            </th>
            {facts}
        </tr>
    }
}

/// Stands for rows that are not in the page.
#[component]
fn Spacer(rows: Signal<f64>) -> impl IntoView {
    view! {
        <Show when=move || rows.get() != 0.0>
            <tr aria-hidden="true">
                <td class="p-0 border-0" style:height=move || format!("{}px", rows.get() * ROW)></td>
            </tr>
        </Show>
    }
}
