use leptos::prelude::*;
use model::{
    names::Column,
    paths::{Place, Query},
};

use crate::{components::filter_box::FilterBox, location::use_query};

const HIDE: &str = "hide";

/// Those that an address does not hide.
pub fn columns(query: &Query) -> Vec<Column> {
    let hidden = |column: &Column| query.all(HIDE).any(|slug| slug == column.slug());
    Column::ALL
        .into_iter()
        .filter(|column| !hidden(column))
        .collect()
}

/// What a list of tables shows and which of them: links, whose address keeps it.
#[component]
pub fn Options(place: Signal<Place>) -> impl IntoView {
    let query = use_query();
    let chosen = move || {
        let keys = [HIDE, "rows", "health", "format", "owner"];
        query.with(|query| keys.iter().any(|key| query.get(key).is_some()))
    };
    let choice = move |key: &'static str, value: &'static str, text: &'static str| {
        let current = move || query.read().get(key).unwrap_or_default() == value;
        let href = move || {
            query
                .get()
                .with("page", "")
                .with("row", "")
                .with(key, value)
                .link()
        };
        view! { <Choice text href=Signal::derive(href) current=Signal::derive(current) /> }
    };
    let column = move |column: Column| {
        let shown = move || columns(&query.read()).contains(&column);
        let href = move || {
            let query = query.get();
            match shown() {
                true => query.and(HIDE, column.slug()),
                false => {
                    let hidden = query.all(HIDE).filter(|slug| *slug != column.slug());
                    let hidden: Vec<_> = hidden.map(str::to_owned).collect();
                    let query = query.clone().with(HIDE, "");
                    hidden
                        .iter()
                        .fold(query, |query, slug| query.and(HIDE, slug))
                }
            }
            .link()
        };
        view! { <Choice text=column.head() href=Signal::derive(href) current=Signal::derive(shown) /> }
    };
    let file = move |format: &'static str, text: &'static str| {
        view! { <a class="link" href=move || place.read().tables_export_path(format) rel="external" download="">{text}</a> }
    };
    view! {
        <details class="text-sm my-1" open=chosen>
            <summary class="link w-fit">"Columns, choice and export"</summary>
            <dl class="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 my-1 [&_dd]:flex [&_dd]:flex-wrap [&_dd]:gap-x-3">
                <dt>"Columns"</dt>
                <dd>{Column::ALL.map(column).into_iter().collect_view()}</dd>
                <dt>"Health"</dt>
                <dd>
                    {choice("health", "", "any")} {choice("health", "bad", "bad")} {choice("health", "warning", "warning")}
                    {choice("health", "unknown", "unknown")} {choice("health", "good", "good")}
                </dd>
                <dt>"Format"</dt>
                <dd>
                    {choice("format", "", "any")} {choice("format", "1", "1")} {choice("format", "2", "2")} {choice("format", "3", "3")}
                </dd>
                <dt>"Owner"</dt>
                <dd><FilterBox name="owner" label="Tables of the owner" drops=&["page", "row"] /></dd>
                <dt>"Rows"</dt>
                <dd>{choice("rows", "", "dense")} {choice("rows", "tall", "tall")}</dd>
                <dt>"Whole list"</dt>
                <dd>{file("csv", "CSV")} {file("json", "JSON")} <span class="text-base-content/70">"with the figures that were read"</span></dd>
            </dl>
        </details>
    }
}

#[component]
fn Choice(text: &'static str, href: Signal<String>, current: Signal<bool>) -> impl IntoView {
    view! {
        <a
            class="link link-hover aria-[current]:font-semibold aria-[current]:underline"
            href=href
            data-noscroll=""
            aria-current=move || current.get().then_some("true")
        >
            {text}
        </a>
    }
}
