use leptos::prelude::*;
use model::{
    format::visible,
    growth::{Chart, Growth, GrowthRow},
};

use crate::{
    components::moment::MomentText,
    ui::{
        note::Notes,
        table::{
            Column::{Number, Text},
            Table,
        },
    },
};

/// How the table came to hold what it holds: a chart for each total, and the same as a table.
#[component]
pub fn GrowthSection(growth: Growth) -> impl IntoView {
    let rows = growth.rows;
    view! {
        <div class="grid gap-x-8 gap-y-2 sm:grid-cols-2">
            {growth.charts.into_iter().map(|chart| view! { <ChartFigure chart /> }).collect_view()}
        </div>
        <Notes notes=growth.notes />
        {(!rows.is_empty()).then(|| view! {
            <details class="my-2">
                <summary class="link text-sm w-fit">"The same as a table"</summary>
                <Table
                    label="Totals by commit"
                    columns=&[Text("Made"), Number("Records"), Number("Size"), Text("References")]
                    rows
                    let:row
                >
                    <Line row />
                </Table>
            </details>
        })}
    }
}

#[component]
fn Line(row: GrowthRow) -> impl IntoView {
    view! {
        <tr>
            <td><MomentText moment=row.at brief=true /></td>
            <td>{row.records}</td>
            <td>{row.size}</td>
            <td>{visible(&row.refs)}</td>
        </tr>
    }
}

/// The exact total of each commit is told where it is pointed at.
#[component]
fn ChartFigure(chart: Chart) -> impl IntoView {
    let label = format!(
        "{} from {} to {}: {}",
        chart.title, chart.from.utc, chart.to.utc, chart.said
    );
    let (line, zones) = (chart.line(), chart.zones());
    let area = format!("{line}H{}V{}H0z", Chart::WIDTH, Chart::HEIGHT);
    let [bottom, middle, top] = chart.ticks;
    view! {
        <figure class="my-2 min-w-0 text-xs tabular-nums">
            <figcaption>
                <span class="text-base-content/70">{chart.title}</span>
                <span class="block text-sm font-medium">{chart.said}</span>
            </figcaption>
            <div class="flex gap-2 mt-1">
                <div class="flex flex-col justify-between text-right text-base-content/70 whitespace-nowrap" aria-hidden="true">
                    <span>{top}</span>
                    <span>{middle}</span>
                    <span>{bottom}</span>
                </div>
                <svg
                    role="img"
                    aria-label=label
                    class="grow min-w-0 h-32 text-primary border-y border-base-300 forced-color-adjust-none forced-colors:text-[Highlight]"
                    viewBox=format!("0 0 {} {}", Chart::WIDTH, Chart::HEIGHT)
                    preserveAspectRatio="none"
                >
                    <path fill="currentColor" fill-opacity="0.15" d=area></path>
                    <path fill="none" stroke="currentColor" stroke-width="2" vector-effect="non-scaling-stroke" d=line></path>
                    {chart
                        .flags
                        .into_iter()
                        .map(|(x, names)| view! {
                            <path class="text-base-content" stroke="currentColor" stroke-dasharray="3 3" vector-effect="non-scaling-stroke" d=format!("M{x} 0V{}", Chart::HEIGHT)>
                                <title>{visible(&names)}</title>
                            </path>
                        })
                        .collect_view()}
                    {chart
                        .marks
                        .into_iter()
                        .zip(zones)
                        .map(|(mark, (x, width))| view! {
                            <rect class="hover:fill-current/20" fill="transparent" x=x y="0" width=width height=Chart::HEIGHT>
                                <title>{mark.said}</title>
                            </rect>
                        })
                        .collect_view()}
                </svg>
            </div>
            <p class="flex justify-between gap-2 text-base-content/70 mt-1" aria-hidden="true">
                <span>{chart.from.utc}</span>
                <span class="text-right">{chart.to.utc}</span>
            </p>
        </figure>
    }
}
