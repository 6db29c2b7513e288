use leptos::prelude::*;
use model::{
    format::visible,
    page::ViewTab,
    paths::Place,
    views::{TextComparison, VersionComparison},
};

use super::sql::VersionFacts;
use crate::{
    api::views::load_version_comparison,
    components::{line_diff::LineDiffView, reading::Reading},
    ui::{
        note::Empty,
        section::Section,
        table::{Column::Code, Table},
    },
};

/// Two versions of the view beside each other.
#[component]
pub fn Compare(place: Place, from: String, to: String) -> impl IntoView {
    let all = place.view_path(ViewTab::Versions);
    view! {
        <p class="mt-2 text-sm"><a class="link" href=all>"All versions"</a></p>
        <Reading
            ask=move || (from.clone(), to.clone())
            load=move |(from, to), _| load_version_comparison(place.clone(), from, to)
            let:comparison
        >
            <Both comparison />
        </Reading>
    }
}

#[component]
fn Both(comparison: VersionComparison) -> impl IntoView {
    let VersionComparison {
        from,
        to,
        texts,
        properties,
    } = comparison;
    let none = texts.is_empty();
    view! {
        <h2 class="mt-2">"Two versions compared"</h2>
        <div class="grid gap-x-6 md:grid-cols-2">
            <VersionFacts version=from />
            <VersionFacts version=to />
        </div>
        {none.then(|| view! { <Empty>"Neither has a text in any SQL dialect."</Empty> })}
        {texts.into_iter().map(|text| view! { <Text text /> }).collect_view()}
        <Section title="What their writers say of them">
            <Table
                label="Properties that differ"
                columns=&[Code("Key"), Code("First"), Code("Second")]
                rows=properties
                empty="The same of both. A view's own properties are not kept by version: a catalog hands out the current ones alone."
                let:row
            >
                <tr>{row.map(|text| view! { <td>{visible(&text)}</td> }).collect_view()}</tr>
            </Table>
        </Section>
    }
}

#[component]
fn Text(text: TextComparison) -> impl IntoView {
    let label = format!("SQL for {}", text.dialect);
    view! {
        <Section title=visible(&text.dialect)>
            <p class="text-sm">{text.said}</p>
            <LineDiffView diff=text.diff label heads=["First", "Second"] />
        </Section>
    }
}
