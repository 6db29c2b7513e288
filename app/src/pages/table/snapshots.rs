use leptos::prelude::*;
use model::{
    format::{self, visible},
    page::{ChangePage, TableTab},
    paths::{Place, Query, WITHIN},
    snapshots::{LaneRow, SnapshotPage, SnapshotRow},
};

use super::{compare::Compare, snapshot::SnapshotFull, timeline::TimelineChart};
use crate::{
    api::snapshots::load_snapshots,
    components::{
        change_links::ChangeLinks, moment::MomentText, object::use_object, odd_id::OddId,
        pager::pager, reading::Reading,
    },
    location::use_query,
    ui::{
        badge::Badge,
        note::{Empty, Note},
        table::{
            Column::{self, Code, Number, Text},
            Table,
        },
    },
};

/// The table's snapshots, newest first; with `snapshot=`, that one in full; with `from=` and `to=`, both compared.
#[component]
pub fn SnapshotsPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let chosen = Memo::new(move |_| ["snapshot", "from", "to"].map(|key| query.read().text(key)));
    move || {
        let (place, [id, from, to]) = (place.clone(), chosen.get());
        if !from.is_empty() || !to.is_empty() {
            view! { <Compare place from to /> }.into_any()
        } else if id.is_empty() {
            view! { <SnapshotList place /> }.into_any()
        } else {
            view! { <SnapshotFull place id /> }.into_any()
        }
    }
}

#[component]
fn SnapshotList(place: Place) -> impl IntoView {
    let query = use_query();
    let source = place.clone();
    view! {
        <p class="flex flex-wrap gap-2 mt-3"><ChangeLinks place=place.clone() changes=ChangePage::SNAPSHOTS /></p>
        <Reading
            ask=move || (query.read().text("op"), query.read().text(WITHIN), query.read().page())
            load=move |(operation, within, page), fresh| load_snapshots(source.clone(), operation, within, page, fresh)
            let:page
        >
            <Snapshots page place=place.clone() />
        </Reading>
    }
}

#[component]
fn Snapshots(page: SnapshotPage, place: Place) -> impl IntoView {
    let query = use_query();
    let history = place.table_path(TableTab::History);
    let single = page.single.then(|| view! {
        <Note>
            "This catalog shows the current snapshot of a table only, because it keeps history in commits of its own: "
            <a class="link" href=history>"History"</a>
            " lists them."
        </Note>
    });
    let partial = page.partial.map(|reason| {
        let href = place.metadata_path();
        view! {
            <Note>
                {reason} " All of them are in the metadata: "
                <a class="link" href=href rel="external" download="metadata.json">"Download"</a>
            </Note>
        }
    });
    if let Some(none) = page.none {
        return view! { {single} {partial} <Empty>{none}</Empty> }.into_any();
    }
    let none = page.rows.rows.is_empty();
    let (above, below) = (pager(&page.rows, "snapshot"), pager(&page.rows, "snapshot"));
    let long = page.rows.rows.len() > 20;
    let pair = pair(&page.rows.rows);
    let drawn = page.rows.rows.iter().any(|row| row.lane.is_some());
    let columns = if drawn { &COLUMNS } else { &COLUMNS[1..] };
    view! {
        {single}
        {partial}
        {page.timeline.map(|timeline| view! { <TimelineChart timeline /> })}
        <Operations operations=page.operations total=page.total />
        {page.within.map(|within| {
            let all = query.get().with("page", "").with(WITHIN, "").link();
            view! { <p class="text-sm my-2" role="status">{within} " " <a class="link" href=all>"Show those of all time"</a></p> }
        })}
        {pair.map(|pair| view! { <CompareForm place=place.clone() pair /> })}
        {above}
        {none.then(|| view! { <Empty>"No snapshot of this table did that. Choose another operation above."</Empty> })}
        {(!none).then(|| view! {
            <Table
                label="Snapshots"
                columns
                class="lanes [&_td:not(:nth-last-child(6))]:whitespace-nowrap"
                rows=page.rows.rows
                let:row
            >
                <Line row drawn place=place.clone() />
            </Table>
            {long.then_some(below)}
        })}
    }
    .into_any()
}

const COLUMNS: [Column; 10] = [
    Text("Line"),
    Text("Made"),
    Code("Snapshot"),
    Text("Operation"),
    Text("References"),
    Number("Records"),
    Number("Files"),
    Number("Size"),
    Text("Schema"),
    Code("Parent"),
];

/// What is compared unless others are chosen: the newest two.
fn pair(rows: &[SnapshotRow]) -> Option<[String; 2]> {
    match rows {
        [newest, before, ..] => Some([before.id.clone(), newest.id.clone()]),
        _ => None,
    }
}

/// Asks for two snapshots beside each other.
#[component]
fn CompareForm(place: Place, pair: [String; 2]) -> impl IntoView {
    let path = place.table_path(TableTab::Snapshots);
    let kept = Query::parse(path.split_once('?').map_or("", |(_, query)| query));
    let kept = kept.pairs().to_vec().into_iter();
    let [from, to] = pair;
    let field = |label: &'static str, name: &'static str, value: String| {
        view! {
            <label class="flex items-center gap-2">
                {label}
                <input class="input input-xs font-mono w-44" name=name value=value autocomplete="off" required />
            </label>
        }
    };
    view! {
        <form method="get" class="my-2 flex flex-wrap items-center gap-2 text-sm">
            {kept.map(|(key, value)| view! { <input type="hidden" name=key value=value /> }).collect_view()}
            {field("From snapshot", "from", from)}
            {field("to", "to", to)}
            <button class="btn btn-xs">"Compare"</button>
        </form>
    }
}

/// Cells without classes of their own: there are two hundred rows of them.
#[component]
fn Line(row: SnapshotRow, drawn: bool, place: Place) -> impl IntoView {
    let href = place.snapshot_path(&row.id);
    view! {
        <tr>
            {drawn.then(|| view! { <td>{row.lane.map(lane)}</td> })}
            <td>{row.at.map(|at| view! { <MomentText moment=at brief=true /> })}</td>
            <td><a class="link" href=href>{row.id.clone()}</a><OddId id=row.id /></td>
            <td>{row.operation.map(|operation| view! { <Operation operation /> })}</td>
            <td>{row.refs.into_iter().map(|name| view! { <Badge text=visible(&name) tone="badge-primary" /> " " }).collect_view()}</td>
            <td>{row.records}</td>
            <td>{row.files}</td>
            <td>{row.size}</td>
            <td>{row.schema}</td>
            <td>{row.parent}</td>
        </tr>
    }
}

/// A row's part of the drawing: the style sheet lets it fill its cell.
fn lane(lane: LaneRow) -> impl IntoView {
    view! {
        <svg role="img" aria-label=lane.said viewBox=format!("0 0 {} {}", LaneRow::WIDTH, LaneRow::HEIGHT) preserveAspectRatio="none">
            <path d=lane.lines></path>
            <path d=lane.dot></path>
        </svg>
    }
}

/// What a snapshot did.
#[component]
pub fn Operation(operation: String) -> impl IntoView {
    view! { <Badge text=visible(&operation) /> }
}

/// Links that keep one kind of snapshot.
#[component]
fn Operations(operations: Vec<(String, usize)>, total: usize) -> impl IntoView {
    let query = use_query();
    let link = move |operation: String, label: String, count: usize| {
        let href = query.get().with("page", "").with("op", &operation).link();
        let current = query.read().text("op") == operation;
        view! {
            <a class="btn btn-xs join-item aria-[current=true]:btn-primary" href=href aria-current=current.then_some("true")>
                {label} " " <span class="tabular-nums">{format::count(count)}</span>
            </a>
        }
    };
    view! {
        <nav aria-label="Operations" class="join flex-wrap my-2">
            {link(String::new(), "All".into(), total)}
            {operations.into_iter().map(|(name, count)| link(name.clone(), visible(&name), count)).collect_view()}
        </nav>
    }
}
