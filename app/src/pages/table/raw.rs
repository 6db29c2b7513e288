use leptos::prelude::*;
use model::{
    format::{self, visible},
    paths::{Place, Query, extend},
    raw::{RawLine, RawPage},
    shown::{ALL, REVEAL},
};

use crate::{
    api::tables::load_raw,
    components::{filter_box::FilterBox, object::use_object, pager::Pager, reading::Reading},
    location::use_query,
    ui::note::Empty,
};

/// The table's metadata as JSON, a window at a time; `q=` searches all of it on the server.
#[component]
pub fn RawTab() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let source = place.clone();
    view! {
        <Reading
            ask=move || (query.read().text("q"), query.read().page())
            load=move |(search, page), fresh| load_raw(source.clone(), search, page, fresh)
            let:page
        >
            <Document page place=place.clone() />
        </Reading>
    }
}

#[component]
fn Document(page: RawPage, place: Place) -> impl IntoView {
    let query = use_query();
    let searching = !query.read().text("q").is_empty();
    let start = (page.page - 1) * RawPage::LINES;
    let noun = if searching { "matching line" } else { "line" };
    let (shown, found, masked) = (page.lines.len(), page.found, page.masked);
    // The file that is downloaded is what is on the page.
    let revealed = query.with_untracked(|query| {
        query
            .all(REVEAL)
            .fold(Query::default(), |all, key| all.and(REVEAL, key))
    });
    let all = query.read_untracked().clone().with(REVEAL, ALL).link();
    let size = format!(
        "{} as sent, {}",
        format::bytes(page.bytes),
        format::counted(page.total, "line")
    );
    view! {
        <div class="flex flex-wrap items-center gap-x-4 gap-y-2 my-2">
            <div class="w-72 max-w-full"><FilterBox name="q" label="Search in the metadata" drops=&["page"] /></div>
            <a class="btn btn-sm" href=extend(place.metadata_path(), &revealed) rel="external" download="metadata.json">"Download"</a>
            <span class="text-sm text-base-content/70 tabular-nums">{size}</span>
            {(masked > 0).then(|| view! {
                <span class="text-sm">
                    {format!("{} masked: may be secrets, also in the download. ", format::counted(masked, "value"))}
                    <a class="link" rel="external nofollow" href=all>"Show all"</a>
                </span>
            })}
        </div>
        <Pager start shown total=found size=RawPage::LINES noun />
        {(shown == 0).then(|| view! { <Empty>"No line of the metadata holds that text."</Empty> })}
        {(shown > 0).then(|| view! {
            <div class="overflow-x-auto border border-base-300 rounded-box" role="region" aria-label="Metadata" tabindex="0">
                <table class="font-mono text-xs [&_td]:px-3 [&_td]:whitespace-pre [&_td:first-child]:text-right [&_td:first-child]:select-none [&_td:first-child]:text-base-content/70 [&_td:first-child]:tabular-nums" aria-label="Lines of the metadata">
                    <tbody>
                        {page.lines.into_iter().map(|line| view! { <Line line searching /> }).collect_view()}
                    </tbody>
                </table>
            </div>
            <Pager start shown total=found size=RawPage::LINES noun />
        })}
    }
}

/// A found line links to where it stands.
#[component]
fn Line(line: RawLine, searching: bool) -> impl IntoView {
    let number = if searching {
        let page = RawPage::page_of(line.number).to_string();
        let query = use_query()
            .get_untracked()
            .with("q", "")
            .with("page", &page);
        let href = format!("{}#L{}", query.link(), line.number);
        view! { <a class="link" href=href>{line.number}</a> }.into_any()
    } else {
        view! { {line.number} }.into_any()
    };
    let cut = (line.cut > 0).then(|| view! {
        <em class="text-base-content/70">{format!(" … {} more characters in the download", format::count(line.cut))}</em>
    });
    view! { <tr id=format!("L{}", line.number)><td>{number}</td><td>{visible(&line.text)} {cut}</td></tr> }
}
