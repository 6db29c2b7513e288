use leptos::prelude::*;
use model::{
    figures::Compared,
    format::{self, visible},
    page::TableTab,
    paths::Place,
    snapshots::{Between, Comparison, Side},
};

use super::snapshots::Operation;
use crate::{
    api::snapshots::load_comparison,
    components::{
        differences::SchemaDifferences, moment::MomentText, odd_id::OddId, reading::Reading,
    },
    ui::{
        facts::{Fact, Facts},
        note::Notes,
        section::Section,
        table::{
            Column::{Number, Text},
            Table,
        },
    },
};

/// Two snapshots beside each other.
#[component]
pub fn Compare(place: Place, from: String, to: String) -> impl IntoView {
    let source = place.clone();
    let all = place.table_path(TableTab::Snapshots);
    view! {
        <p class="mt-2 text-sm"><a class="link" href=all>"All snapshots"</a></p>
        <Reading
            ask=|| ()
            load=move |(), fresh| load_comparison(source.clone(), from.clone(), to.clone(), fresh)
            let:comparison
        >
            <Both comparison place=place.clone() />
        </Reading>
    }
}

#[component]
fn Both(comparison: Comparison, place: Place) -> impl IntoView {
    let of_first = place.clone();
    view! {
        <h2 class="mt-2">"Two snapshots compared"</h2>
        <Facts>
            <Fact name="First"><SideLine side=comparison.from place=of_first /></Fact>
            <Fact name="Second"><SideLine side=comparison.to place /></Fact>
        </Facts>
        <p class="my-2 text-sm max-w-4xl wrap-anywhere">{comparison.relation}</p>
        <Section title="Totals">
            <Table
                label="Totals"
                columns=&[Text("Of the table"), Number("First"), Number("Second"), Number("Difference")]
                rows=comparison.totals
                empty="Neither of them says what the table held."
                let:row
            >
                <Total row />
            </Table>
        </Section>
        {comparison.between.map(|between| view! { <Commits between /> })}
        <Section title="Schema">
            <p class="text-sm wrap-anywhere">{comparison.schema}</p>
            {comparison.differences.map(|differences| view! { <SchemaDifferences differences /> })}
        </Section>
    }
}

#[component]
fn SideLine(side: Side, place: Place) -> impl IntoView {
    let href = place.snapshot_path(&side.id);
    let schema = side.schema.map(|id| {
        let href = place.schema_path(&id);
        view! { " " <a class="link" href=href>{format!("schema {id}")}</a> }
    });
    view! {
        <a class="link font-mono" href=href>{side.id.clone()}</a>
        <OddId id=side.id />
        " "
        {side.at.map(|at| view! { <MomentText moment=at /> })}
        {schema}
    }
}

#[component]
fn Total(row: Compared) -> impl IntoView {
    view! {
        <tr>
            <td>{row.label}</td>
            <td>{row.from}</td>
            <td>{row.to}</td>
            <td>{row.change}</td>
        </tr>
    }
}

#[component]
fn Commits(between: Between) -> impl IntoView {
    let counted =
        |(name, count): (String, usize)| format!("{} {}", format::count(count), visible(&name));
    let engines = between.engines.into_iter().map(counted).collect::<Vec<_>>();
    view! {
        <Section title="What the commits between did">
            <Table
                label="Sums over the commits"
                columns=&[Text("Of the table"), Number("Added and removed")]
                rows=between.sums
                let:row
            >
                <tr>
                    <td>{row.0}</td>
                    <td>{row.1}</td>
                </tr>
            </Table>
            <Facts>
                <Fact name="Operations">
                    {between
                        .operations
                        .into_iter()
                        .map(|(operation, count)| view! { {format::count(count)} " " <Operation operation /> " " })
                        .collect_view()}
                </Fact>
                <Fact name="Written by">{engines.join(", ")}</Fact>
            </Facts>
            <Notes notes=between.notes />
        </Section>
    }
}
