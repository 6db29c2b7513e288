//! The tables, views or namespaces of a namespace: pages on the server, one long list in the browser.

mod facts;
mod rows;
mod scroll;
mod summary;

use std::time::Duration;

use facts::{Known, More};
use leptos::prelude::*;
use model::{
    error::{AppError, Kind},
    names::{Arrival, Figures, NameKind, Names, NamesAsk, PAGE, first_row},
    paths::Place,
};
use rows::NameRows;
use scroll::Scroll;
use summary::Summary;

use crate::{
    api::names::load_names,
    components::{
        again::{ask_again_after, ask_again_while, use_live},
        failed::Failed,
        filter_box::FilterBox,
        pager::Pager,
        read_at::new_asks,
    },
    location::use_query,
    ui::skeleton::Skeleton,
};

type Answer = Result<model::Read<Names>, AppError>;

/// Reads filter (`q=`), order (`sort=`) and position (`page=`, `row=`) from the address.
#[component]
pub fn NameList(kind: NameKind, place: Signal<Place>) -> impl IntoView {
    let refresh = RwSignal::new(0);
    let query = use_query();
    let live = use_live();
    let filter = Memo::new(move |_| query.read().get("q").unwrap_or_default().to_owned());
    let descending = Memo::new(move |_| query.read().get("sort") == Some("desc"));
    let scroll = Scroll::new(live, Memo::new(move |_| first_row(&query.read())));
    let needed = Memo::new(move |before| scroll.needed(before));
    let is_new = new_asks();
    let names = Resource::new(
        move || {
            (
                place.get(),
                filter.get(),
                descending.get(),
                needed.get(),
                refresh.get(),
            )
        },
        move |(place, filter, descending, rows, refresh)| {
            let ask = NamesAsk {
                filter,
                descending,
                start: rows.start,
                count: rows.len(),
                figures: Figures::None,
            };
            load_names(place, kind, ask, is_new(refresh))
        },
    );
    // Names come at once, and what is told of them behind them.
    let page = Memo::new(move |_| query.read().get("figures").is_some());
    let looked_at = Memo::new(move |_| scroll.looked_at(page.get()));
    let is_new = new_asks();
    let known = (kind == NameKind::Tables).then(|| {
        let facts = Resource::new(
            move || {
                (
                    place.get(),
                    filter.get(),
                    descending.get(),
                    looked_at.get(),
                    (page.get(), refresh.get()),
                )
            },
            move |(place, filter, descending, rows, (page, refresh))| {
                let ask = NamesAsk {
                    filter,
                    descending,
                    start: rows.start,
                    count: rows.len(),
                    figures: match (cfg!(feature = "ssr"), page) {
                        (true, true) => Figures::Page,
                        (true, false) => Figures::Glance,
                        (false, _) => Figures::View,
                    },
                };
                load_names(place, kind, ask, is_new(refresh))
            },
        );
        ask_again_after(facts, |read| {
            read.data.pause.map(|ms| Duration::from_millis(ms.max(100)))
        });
        Known::new(facts)
    });
    ask_again_while(names, |read| {
        matches!(read.data.arrival, Arrival::Arriving | Arrival::Queued)
    });
    let shown = move || matches!(names.get(), Some(Ok(read)) if read.data.total > 0);
    scroll.follow(shown, move || (filter.get(), descending.get()));
    view! {
        <Transition fallback=Skeleton>
            {move || names.get().and_then(Result::err).map(|error| view! { <Refused error place /> })}
            <Summary kind names place refresh />
            <div class:hidden=move || !shown()>
                <div class="max-w-sm my-2">
                    <FilterBox name="q" label=format!("Filter {}s", kind.noun()) drops=&["page", "row"] />
                </div>
                {known.map(|known| view! { <More known live /> })}
                <NameRows kind names place scroll descending known />
                <Show when=move || !live.get()>
                    {move || pages(&names.get()?.ok()?.data, kind)}
                </Show>
            </div>
        </Transition>
    }
}

/// Links from page to page, for browsers without scripts.
fn pages(names: &Names, kind: NameKind) -> Option<impl IntoView + use<>> {
    let (start, shown, total) = (names.start, names.names.len(), names.matching);
    (total > PAGE).then(|| view! { <Pager start shown total size=PAGE noun=kind.noun() /> })
}

/// Who may not list may still load: a refusal offers the way by name.
#[component]
fn Refused(error: AppError, place: Signal<Place>) -> impl IntoView {
    let by_name = matches!(error.kind, Kind::Forbidden);
    view! {
        <Failed error />
        <Show when=move || by_name>
            <p><a class="btn btn-sm" href=move || place.read().open_path()>"Open by full name"</a></p>
        </Show>
    }
}
