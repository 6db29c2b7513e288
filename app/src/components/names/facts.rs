//! What a list says of its tables or views beside their names.

use leptos::prelude::*;
use model::{
    format::count,
    health::Severity,
    names::{self, Cell, Column, NameKind, Names, NamesAsk, PAGE},
};

use super::{Answer, Listed};
use crate::{components::moment::MomentText, location::use_query, resource::Resource};

/// What is known of the rows that somebody looks at.
#[derive(Clone, Copy)]
pub struct Known {
    facts: Resource<Listed>,
    /// Outside what waits for the names: these are shown while facts are read.
    apart: Memo<Option<Answer>>,
}

impl Known {
    pub fn new(facts: Resource<Listed>) -> Self {
        let apart = Memo::new(move |_| facts.get());
        Self { facts, apart }
    }

    /// A page on the server waits for them, which is not for long.
    fn with<T>(self, look: impl FnOnce(&Names) -> T) -> Option<T> {
        let of = |answer: Option<&Answer>| match answer {
            Some(Ok(read)) => Some(look(&read.data)),
            _ => None,
        };
        match cfg!(feature = "ssr") {
            true => self.facts.with(of),
            false => self.apart.with(|answer| of(answer.as_ref())),
        }
    }

    /// How many rows of the list are known, where the order depends on it.
    pub fn read(self) -> Option<usize> {
        self.with(|answer| Some(answer.read?.0)).flatten()
    }

    fn row(self, name: &str) -> names::RowFacts {
        let row = self.with(|answer| {
            let at = answer.names.iter().position(|other| other == name)?;
            answer.facts.get(at).cloned()
        });
        row.flatten().unwrap_or(names::RowFacts::Unread)
    }
}

/// How wide a column is, and how wide the list has to be for it.
pub fn class(column: Column) -> &'static str {
    match column {
        Column::Records => "w-24 text-right tabular-nums",
        Column::Size => "hidden @lg:table-cell w-24 text-right tabular-nums",
        Column::Version => "w-20 text-right tabular-nums",
        Column::Dialects => "hidden @lg:table-cell w-40",
        Column::Columns => "hidden @4xl:table-cell w-20 text-right tabular-nums",
        Column::Files => "hidden @4xl:table-cell w-20 text-right tabular-nums",
        Column::Commit => "hidden @3xl:table-cell w-56",
        Column::Format => "hidden @5xl:table-cell w-18 text-right tabular-nums",
        Column::Owner => "hidden @5xl:table-cell w-32",
        Column::Health => "w-24",
    }
}

#[component]
pub fn RowFacts(
    kind: NameKind,
    known: Known,
    name: String,
    columns: Memo<Vec<Column>>,
) -> impl IntoView {
    let row = Memo::new(move |_| known.row(&name));
    move || match row.get() {
        names::RowFacts::Unread => view! {
            <td class="py-0">
                <span class="inline-block align-middle h-1 w-10 rounded bg-base-300"></span>
                <span class="sr-only">"Not read yet"</span>
            </td>
        }
        .into_any(),
        names::RowFacts::Failed(why) => view! {
            <td class="py-0" title=why.clone()>
                <span aria-hidden="true">"?"</span>
                <span class="sr-only">{why.clone()}</span>
            </td>
        }
        .into_any(),
        names::RowFacts::Known(cells) => {
            let columns = columns.get().into_iter();
            columns
                .map(|column| {
                    let at = Column::all(kind).iter().position(|one| *one == column);
                    let cell = at.and_then(|at| cells.get(at)).cloned();
                    let (title, shown) = shown(cell.unwrap_or(Cell::Untold));
                    view! { <td class=format!("py-0 truncate {}", class(column)) title=title>{shown}</td> }
                })
                .collect_view()
                .into_any()
        }
    }
}

/// What a cell says when pointed at, and what it says.
fn shown(cell: Cell) -> (Option<String>, AnyView) {
    match cell {
        Cell::Untold => (None, "—".into_any()),
        Cell::Text(text, exact) => (exact, text.into_any()),
        Cell::At(moment) => (None, view! { <MomentText moment brief=true /> }.into_any()),
        Cell::Health(severity, found) => {
            let dot = match severity {
                Severity::Bad => "bg-error",
                Severity::Warning => "bg-warning",
                Severity::Unknown => "bg-base-content/40",
                Severity::Good => "bg-success",
            };
            let dot = format!("inline-block size-2 rounded-full mr-1.5 forced-colors:hidden {dot}");
            let shown = view! {
                <span class=dot aria-hidden="true"></span>
                {severity.word()}
                <span class="sr-only">{format!(": {found}")}</span>
            };
            (Some(found), shown.into_any())
        }
    }
}

/// What an order or a choice by facts knows, and a way to read the rest.
#[component]
pub fn Progress(
    kind: NameKind,
    known: Known,
    /// In the order that is told of.
    names: Resource<Listed>,
    ask: Memo<NamesAsk>,
) -> impl IntoView {
    let query = use_query();
    move || {
        let names = names.get()?.ok()?.data;
        let sentence = ask.with(|ask| names.known(kind, ask))?;
        let (read, of) = names.read?;
        let goes_on = known.with(|names| names.pause.is_some()) == Some(true);
        let to = |figures| query.get().with("figures", figures).link();
        let reads = query.read().get("figures") == Some("all");
        let rest = match (read < of, reads && goes_on) {
            (false, _) => ().into_any(),
            (true, false) => {
                let text = format!("Read all {}", count(of));
                view! { <a class="btn btn-xs" href=to("all") data-noscroll="">{text}</a> }.into_any()
            }
            (true, true) => view! {
                <progress class="progress progress-primary w-40" aria-label=format!("{}s read", kind.noun()) value=read.to_string() max=of.to_string()></progress>
                <a class="btn btn-xs" href=to("") data-noscroll="">"Stop"</a>
            }
            .into_any(),
        };
        Some(view! {
            <div class="flex flex-wrap items-center gap-2 text-sm my-1">
                <p role="status">{sentence}</p>
                {rest}
            </div>
        })
    }
}

/// When the oldest of what is told was read.
#[component]
pub fn Age(known: Known) -> impl IntoView {
    move || {
        let oldest = known.with(|names| names.oldest.clone()).flatten()?;
        Some(view! {
            <p class="text-xs text-base-content/70 my-1">"Figures as of " <MomentText moment=oldest /></p>
        })
    }
}

/// Without scripts: a link that reads what the page did not wait for.
#[component]
pub fn More(known: Known, live: ReadSignal<bool>) -> impl IntoView {
    let query = use_query();
    let unread = move || {
        let facts = |names: &Names| {
            let page = PAGE.min(names.matching - names.start.min(names.matching));
            names.facts.len() < page || names.pause.is_some()
        };
        !live.get() && known.with(facts) == Some(true)
    };
    view! {
        <Show when=unread>
            <p class="text-sm my-1">
                <a class="link" href=move || query.get().with("figures", "page").link()>"Show figures of this page"</a>
            </p>
        </Show>
    }
}
