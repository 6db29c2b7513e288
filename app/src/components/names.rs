//! The tables, views or namespaces of a namespace: pages on the server, one long list in the browser.

mod facts;
mod options;
mod rows;
mod scroll;
mod summary;

use std::time::Duration;

use facts::{Age, Known, More, Progress};
use leptos::prelude::*;
use model::{
    error::{AppError, Kind},
    names::{
        Arrival, Column, Figures, NameKind, Names, NamesAsk, PAGE, first_row,
        scroll::{DENSE, TALL},
    },
    paths::Place,
};
use options::{Look, Options};
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
        waiting::{Patient, Waiting},
    },
    location::use_query,
    resource::Resource,
};

type Listed = model::Read<Names>;
type Answer = Result<Listed, AppError>;

/// Reads filter (`q=`), order (`by=`, `sort=`) and position (`page=`, `row=`) from the address; of tables and views also
/// which facts choose them (`health=`, `format=`, `owner=`) and which are shown (`hide=`, `rows=`, `figures=`).
#[component]
pub fn NameList(kind: NameKind, place: Signal<Place>) -> impl IntoView {
    let refresh = RwSignal::new(0);
    let query = use_query();
    let live = use_live();
    let ask = Memo::new(move |_| NamesAsk::read(&query.read()).in_list_of(kind));
    let look = Look::new(kind, query);
    let tall = Memo::new(move |_| look.is_tall());
    let row = Memo::new(move |_| if tall.get() { TALL } else { DENSE });
    let scroll = Scroll::new(live, Memo::new(move |_| first_row(&query.read())), row);
    let wanted = Memo::new(move |_| {
        let on_server = cfg!(feature = "ssr");
        match query.read().get("figures") {
            Some("all") if ask.with(NamesAsk::is_by_facts) => Figures::All,
            Some(_) if on_server => Figures::Page,
            None if on_server => Figures::Glance,
            _ => Figures::View,
        }
    });
    let needed = Memo::new(move |before| scroll.needed(before));
    let is_new = new_asks();
    let names = Resource::new(
        move || (place.get(), ask.get(), needed.get(), refresh.get()),
        move |(place, ask, rows, refresh)| {
            // In the browser names come at once, and what is told of them behind them.
            let figures = match cfg!(feature = "ssr") && ask.is_by_facts() {
                true => wanted.get_untracked(),
                false => Figures::None,
            };
            load_names(place, kind, ask.of(rows, figures), is_new(refresh))
        },
    );
    let looked_at = Memo::new(move |_| scroll.looked_at(wanted.get() == Figures::Page));
    let is_new = new_asks();
    let known = (!Column::all(kind).is_empty()).then(|| {
        let facts = Resource::new(
            move || {
                let (rows, figures) = (looked_at.get(), wanted.get());
                (place.get(), ask.get(), rows, figures, refresh.get())
            },
            move |(place, ask, rows, figures, refresh)| {
                load_names(place, kind, ask.of(rows, figures), is_new(refresh))
            },
        );
        ask_again_after(facts, |read| {
            read.data.pause.map(|ms| Duration::from_millis(ms.max(100)))
        });
        Known::new(facts)
    });
    #[expect(
        clippy::disallowed_methods,
        reason = "only the browser hears of more facts, which stand rows elsewhere"
    )]
    Effect::new(move |_| {
        let of = |answer: Option<&Answer>| match answer {
            Some(Ok(read)) => read.data.read,
            _ => None,
        };
        let ordered = names.with_untracked(of).map(|(read, _)| read);
        let read = known.and_then(Known::read);
        if ordered.is_some() && read.is_some() && ordered != read {
            names.refetch();
        }
    });
    ask_again_while(names, |read| {
        matches!(read.data.arrival, Arrival::Arriving | Arrival::Queued)
    });
    let shown = move || names.with(|read| matches!(read, Some(Ok(read)) if read.data.total > 0));
    let unmatched =
        move || names.with(|read| matches!(read, Some(Ok(read)) if read.data.matching == 0));
    scroll.follow(shown, move || ask.get());
    view! {
        <Patient>
            <Transition fallback=Waiting>
                {move || names.get().and_then(Result::err).map(|error| view! { <Refused error place /> })}
                <Summary kind names place refresh />
                <div class:hidden=move || !shown()>
                    <div class="max-w-sm my-2">
                        <FilterBox name="q" label=format!("Filter {}s", kind.noun()) drops=&["page", "row"] />
                    </div>
                    {known.map(|known| view! {
                        <Options kind place look />
                        <Progress kind known names ask />
                        <More known live />
                        <Age known />
                    })}
                    <div class:hidden=unmatched>
                        <NameRows kind names place scroll ask known look tall />
                    </div>
                    <Show when=move || !live.get()>
                        {move || pages(&names.get()?.ok()?.data, kind)}
                    </Show>
                </div>
            </Transition>
        </Patient>
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
