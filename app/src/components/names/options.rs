use leptos::prelude::*;
use model::{
    names::{Column, NameKind},
    paths::{Place, Query},
};

use crate::{
    components::{
        filter_box::FilterBox,
        remembered::{remember, remembered},
    },
    location::use_query,
};

const HIDE: &str = "hide";
const ROWS: &str = "rows";

/// How the list looks: as its address says, else as this browser remembers.
#[derive(Clone, Copy)]
pub struct Look {
    kind: NameKind,
    query: Memo<Query>,
    /// Read with each address: a link whose address changes while it is pressed leads elsewhere.
    kept: Memo<Query>,
}

impl Look {
    pub fn new(kind: NameKind, query: Memo<Query>) -> Self {
        let kept = Memo::new(move |_| {
            query.track();
            remembered()
        });
        Self { kind, query, kept }
    }

    fn all(self, key: &str) -> Vec<String> {
        let owned = |query: &Query| query.all(key).map(str::to_owned).collect::<Vec<_>>();
        let said = self.query.with(owned);
        match said.is_empty() {
            true => self.kept.with(owned),
            false => said,
        }
    }

    pub fn columns(self) -> Vec<Column> {
        let hidden = self.all(HIDE);
        let hidden = |column: &Column| hidden.iter().any(|slug| slug == column.slug());
        let all = Column::all(self.kind).iter().copied();
        all.filter(|column| !hidden(column)).collect()
    }

    /// With more room.
    pub fn is_tall(self) -> bool {
        self.all(ROWS).iter().any(|rows| rows == "tall")
    }

    /// What is hidden once this column is shown or hidden in its turn.
    fn turned(self, column: Column) -> Vec<String> {
        let mut hidden = self.all(HIDE);
        let before = hidden.len();
        hidden.retain(|slug| slug != column.slug() && !slug.is_empty());
        if hidden.len() == before {
            hidden.push(column.slug().to_owned());
        }
        hidden
    }
}

/// What a list shows and which of its rows: links, whose address keeps it.
#[component]
pub fn Options(kind: NameKind, place: Signal<Place>, look: Look) -> impl IntoView {
    let query = use_query();
    let chosen = move || {
        let keys = [HIDE, ROWS, "health", "format", "owner"];
        query.with(|query| keys.iter().any(|key| query.get(key).is_some()))
    };
    let first = move || query.get().with("page", "").with("row", "");
    let choice = move |key: &'static str, value: &'static str, text: &'static str| {
        let current = move || query.read().get(key).unwrap_or_default() == value;
        let href = move || first().with(key, value).link();
        view! { <Choice text href=Signal::derive(href) current=Signal::derive(current) /> }
    };
    let rows = move |value: &'static str| {
        let current = move || look.is_tall() == (value == "tall");
        let href = move || first().with(ROWS, value).link();
        let choose = move || remember(ROWS, &[value]);
        view! {
            <span on:click=move |_| choose()>
                <Choice text=value href=Signal::derive(href) current=Signal::derive(current) />
            </span>
        }
    };
    let column = move |column: Column| {
        let shown = move || look.columns().contains(&column);
        let href = move || {
            // That nothing is hidden is said, too: something else may be remembered.
            let query = query.get().said(HIDE, "");
            let hidden = look.turned(column);
            match hidden.is_empty() {
                true => query,
                false => hidden
                    .iter()
                    .fold(query.with(HIDE, ""), |query, slug| query.and(HIDE, slug)),
            }
            .link()
        };
        let choose = move || {
            let hidden = look.turned(column);
            let hidden: Vec<_> = hidden.iter().map(String::as_str).collect();
            remember(HIDE, &hidden);
        };
        view! {
            <span on:click=move |_| choose()>
                <Choice text=column.head() href=Signal::derive(href) current=Signal::derive(shown) />
            </span>
        }
    };
    let file = move |format: &'static str, text: &'static str| {
        view! { <a class="link" href=move || place.read().tables_export_path(format) rel="external" download="">{text}</a> }
    };
    let tables = kind == NameKind::Tables;
    view! {
        <details class="text-sm my-1" open=chosen>
            <summary class="link w-fit">{if tables { "Columns, choice and export" } else { "Columns and choice" }}</summary>
            <dl class="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 my-1 [&_dd]:flex [&_dd]:flex-wrap [&_dd]:gap-x-3">
                <dt>"Columns"</dt>
                <dd>{Column::all(kind).iter().copied().map(column).collect_view()}</dd>
                {tables.then(|| view! {
                    <dt>"Health"</dt>
                    <dd>
                        {choice("health", "", "any")} {choice("health", "bad", "bad")} {choice("health", "warning", "warning")}
                        {choice("health", "unknown", "unknown")} {choice("health", "good", "good")}
                    </dd>
                    <dt>"Format"</dt>
                    <dd>
                        {choice("format", "", "any")} {choice("format", "1", "1")} {choice("format", "2", "2")} {choice("format", "3", "3")}
                    </dd>
                })}
                <dt>"Owner"</dt>
                <dd><FilterBox name="owner" label=format!("Owner of the {}s", kind.noun()) drops=&["page", "row"] /></dd>
                <dt>"Rows"</dt>
                <dd>{rows("dense")} {rows("tall")}</dd>
                {tables.then(|| view! {
                    <dt>"Whole list"</dt>
                    <dd>{file("csv", "CSV")} {file("json", "JSON")} <span class="text-base-content/70">"with the figures that were read"</span></dd>
                })}
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
