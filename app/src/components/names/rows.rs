use leptos::prelude::*;
use model::{
    format::visible,
    names::{
        Column, NameKind, Names, NamesAsk, NumberedRow,
        scroll::{DENSE, TALL},
    },
    paths::Place,
};

use super::{
    Listed, Scroll,
    facts::{Known, RowFacts, class},
    options::Look,
};
use crate::{location::use_query, resource::Resource};

/// The list itself: a window of its rows in a box that scrolls, all of a page before scripts run.
#[component]
pub fn NameRows(
    kind: NameKind,
    names: Resource<Listed>,
    place: Signal<Place>,
    scroll: Scroll,
    ask: Memo<NamesAsk>,
    /// Where rows say more than their name.
    known: Option<Known>,
    look: Look,
    /// With more room.
    tall: Memo<bool>,
) -> impl IntoView {
    let columns = Memo::new(move |_| look.columns());
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
                class="table table-sm table-fixed table-pin-rows table-names"
                aria-label=format!("{}s", kind.noun())
                aria-rowcount=move || with_names(|names, _| names.matching as f64 + 1.0)
            >
                <thead>
                    <tr aria-rowindex="1" class="h-8">
                        <SortHead by=None ask />
                        {known.map(|_| move || {
                            let columns = columns.get().into_iter();
                            columns.map(|column| view! { <SortHead by=Some(column) ask /> }).collect_view()
                        })}
                    </tr>
                </thead>
                <tbody>
                    <Spacer rows=Signal::derive(above) tall />
                    <For each=rows key=|row| row.clone() let:row>
                        <NameRow row kind place known columns tall />
                    </For>
                    <Spacer rows=Signal::derive(below) tall />
                </tbody>
            </table>
        </div>
        <Show when=move || above() + below() != 0.0>
            <p class="hidden print:block text-sm">"Only the rows that were on the screen are printed. The whole list is in its export, and on the pages of this address without scripts."</p>
        </Show>
    }
}

/// The head of a column, which orders the list by it, and then the other way round.
#[component]
fn SortHead(
    /// `None`: by name.
    by: Option<Column>,
    ask: Memo<NamesAsk>,
) -> impl IntoView {
    let query = use_query();
    let sorted = move || ask.with(|ask| (ask.by == by).then_some(ask.descending));
    let href = move || {
        let first = by.is_some_and(Column::descends);
        let descending = sorted().map_or(first, |descending| !descending);
        let query = match by {
            Some(_) => query.get(),
            None => query.get().with("figures", ""),
        };
        query
            .with("page", "")
            .with("row", "")
            .with("by", by.map_or("", Column::slug))
            .with("sort", if descending { "desc" } else { "" })
            .link()
    };
    let order = move || sorted().map(|down| if down { "descending" } else { "ascending" });
    let arrow = move || match sorted() {
        Some(true) => " ↓",
        Some(false) => " ↑",
        None => "",
    };
    view! {
        <th scope="col" class=by.map_or("", class) aria-sort=order>
            <a href=href class="link link-hover" data-noscroll="">
                {by.map_or("Name", Column::head)} <span aria-hidden="true">{arrow}</span>
            </a>
        </th>
    }
}

#[component]
fn NameRow(
    row: NumberedRow,
    kind: NameKind,
    place: Signal<Place>,
    known: Option<Known>,
    columns: Memo<Vec<Column>>,
    tall: Memo<bool>,
) -> impl IntoView {
    let (index, name) = row;
    let facts = known
        .zip(name.clone())
        .map(|(known, name)| view! { <RowFacts kind known name columns /> });
    view! {
        <tr aria-rowindex=index + 2 class="hover:bg-base-200" class:h-7=move || !tall.get() class:h-9=tall>
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
fn Spacer(rows: Signal<f64>, tall: Memo<bool>) -> impl IntoView {
    let row = move || if tall.get() { TALL } else { DENSE };
    view! {
        <Show when=move || rows.get() != 0.0>
            <tr aria-hidden="true">
                <td class="p-0 border-0" style:height=move || format!("{}px", rows.get() * row())></td>
            </tr>
        </Show>
    }
}
