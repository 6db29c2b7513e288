use leptos::prelude::*;
use model::{
    format::{self, visible},
    history::{CommitPage, CommitRow},
};

use crate::{
    api::history::load_history,
    components::{moment::MomentText, object::use_object, reading::Reading},
    location::use_query,
    ui::{
        badge::Badge,
        copy::Copy,
        note::Note,
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

/// Commits of the Nessie reference that the page shows; `token=` pages on.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    view! {
        <Reading ask=move || query.read().text("token") load=move |token, _| load_history(place.clone(), token) let:page>
            <Commits page />
        </Reading>
    }
}

#[component]
fn Commits(page: CommitPage) -> impl IntoView {
    let query = use_query();
    let first =
        (!query.read().text("token").is_empty()).then(|| query.get().with("token", "").link());
    let next = page
        .next
        .map(|token| query.get().with("token", &token).link());
    view! {
        <Note>
            "Commits of the reference " <strong class="wrap-anywhere">{visible(&page.reference)}</strong>
            ", newest first. They cover all of its tables; those that changed this one are marked."
        </Note>
        <Table
            label="Commits"
            columns=&[Text("Time"), Text("Commit"), Text("Message"), Text("Author"), Code("Changes")]
            class="[&_td:nth-child(3)]:min-w-60 [&_td:nth-child(4)]:min-w-44 max-sm:[&_td:nth-child(5)_div]:min-w-48"
            rows=page.commits
            empty="This reference has no commits yet."
            let:commit
        >
            <Line commit />
        </Table>
        <nav aria-label="Pages of commits" class="join my-2">
            {first.map(|href| view! { <a class="btn btn-xs join-item" href=href>"Newest"</a> })}
            {next.map(|href| view! { <a class="btn btn-xs join-item" href=href>"Older"</a> })}
        </nav>
    }
}

#[component]
fn Line(commit: CommitRow) -> impl IntoView {
    let short: String = commit.hash.chars().take(12).collect();
    view! {
        <tr>
            <td>{commit.at.map(|at| view! { <MomentText moment=at brief=true /> })}</td>
            <td class="whitespace-nowrap">
                <span class="font-mono" title=commit.hash.clone()>{visible(&short)}</span>
                <Copy text=commit.hash what="the commit's hash" />
            </td>
            <td class="wrap-anywhere">
                {visible(&commit.message)}
                {commit.of_this_table.then(|| view! { " " <Badge text="this table" tone="badge-primary" /> })}
            </td>
            <td class="wrap-anywhere">{visible(&commit.authors)}</td>
            <td>
                {commit.changes.iter().map(|change| view! { <div>{visible(change)}</div> }).collect_view()}
                {(commit.more_changes > 0).then(|| format!("and {} more", format::count(commit.more_changes)))}
            </td>
        </tr>
    }
}
