use leptos::prelude::*;
use model::{
    format::visible,
    growth::{Chart, Growth, GrowthRow, Operations},
    page::TableTab,
    paths::{Place, WITHIN},
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

/// How the table came to hold what it holds: a chart for each total and of what was done, and the same as a table.
#[component]
pub fn GrowthSection(growth: Growth, place: Place) -> impl IntoView {
    let rows = growth.rows;
    let flagged = growth.charts.iter().any(|chart| !chart.flags.is_empty());
    let all = place.table_path(TableTab::Snapshots);
    view! {
        <div class="grid grid-cols-[repeat(auto-fit,minmax(min(20rem,100%),1fr))] gap-x-8 gap-y-2">
            {growth.charts.into_iter().map(|chart| view! { <ChartFigure chart all=all.clone() /> }).collect_view()}
            {growth.operations.map(|drawn| view! { <OperationsFigure drawn all=all.clone() /> })}
        </div>
        {flagged.then(|| view! { <p class="text-xs text-base-content/70 my-1">"Dashed: what branches and tags point to."</p> })}
        {growth.writers.map(|writers| view! { <p class="text-sm my-1 wrap-anywhere">{visible(&writers)}</p> })}
        <Notes notes=growth.notes />
        {(!rows.is_empty()).then(|| view! {
            <details class="my-2">
                <summary class="link text-sm w-fit">"The same as a table"</summary>
                <Table
                    label="Totals by commit"
                    columns=&[Text("Made"), Text("Operation"), Number("Records"), Number("Size"), Text("References")]
                    rows
                    let:row
                >
                    <Line row place=place.clone() />
                </Table>
            </details>
        })}
    }
}

#[component]
fn Line(row: GrowthRow, place: Place) -> impl IntoView {
    view! {
        <tr>
            <td><a class="link" href=place.snapshot_path(&row.id)><MomentText moment=row.at brief=true /></a></td>
            <td>{visible(&row.operation)}</td>
            <td>{row.records}</td>
            <td>{row.size}</td>
            <td>{visible(&row.refs)}</td>
        </tr>
    }
}

/// The exact total of each commit is told where it is pointed at, and leads to it: by keyboard the table does.
/// `<g>` makes its link one of SVG: any other is not drawn where the browser makes the page.
#[component]
fn ChartFigure(chart: Chart, all: String) -> impl IntoView {
    let (line, zones) = (chart.line(), chart.zones());
    let area = format!("{line}H{}V{}H0z", Chart::WIDTH, Chart::HEIGHT);
    let [bottom, middle, top] = chart.ticks.map(Some);
    let drawn = view! {
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
                <g>
                    <a href=format!("{all}&{WITHIN}={}", mark.within) tabindex="-1">
                        <title>{mark.said}</title>
                        <rect class="hover:fill-current/20" fill="transparent" x=x y="0" width=width height=Chart::HEIGHT></rect>
                    </a>
                </g>
            })
            .collect_view()}
    };
    figure(
        chart.title,
        chart.said,
        [top, middle, bottom],
        [Chart::WIDTH, Chart::HEIGHT],
        drawn.into_any(),
        [chart.from.utc, chart.to.utc],
    )
}

/// Of the kinds of operation, in their order.
const TONES: [&str; 5] = [
    "text-primary forced-colors:text-[Highlight]",
    "text-warning forced-colors:text-[LinkText]",
    "text-error forced-colors:text-[CanvasText]",
    "text-success forced-colors:text-[GrayText]",
    "text-base-content/50 forced-colors:text-[VisitedText]",
];

#[component]
fn OperationsFigure(drawn: Operations, all: String) -> impl IntoView {
    let kinds = Operations::KINDS.into_iter().zip(TONES).zip(drawn.kinds);
    let legend = kinds
        .filter(|(_, there)| *there)
        .map(|((kind, tone), _)| {
            view! {
                <span class="whitespace-nowrap">
                    <span class=format!("forced-color-adjust-none {tone}") aria-hidden="true">"■"</span>
                    " " {kind}
                </span>
            }
        })
        .collect_view();
    let bars = drawn
        .bars
        .into_iter()
        .map(|bar| {
            let parts = bar.parts.into_iter().map(|(kind, y, height)| {
                let tone = TONES.get(kind).copied();
                view! { <rect class=tone fill="currentColor" x=bar.x y=y width=Operations::STEP - 2 height=height></rect> }
            });
            view! {
                <g>
                    <a href=format!("{all}&{WITHIN}={}", bar.within) tabindex="-1">
                        <title>{bar.said}</title>
                        <rect fill="transparent" class="hover:fill-current/20" x=bar.x y="0" width=Operations::STEP height=Operations::HEIGHT></rect>
                        {parts.collect_view()}
                    </a>
                </g>
            }
        })
        .collect_view();
    view! {
        <div class="text-xs">
            {figure(
                "Commits by operation".into(),
                drawn.said,
                [Some(drawn.most), None, Some("0".into())],
                [Operations::WIDTH, Operations::HEIGHT],
                bars.into_any(),
                [drawn.from.utc, drawn.to.utc],
            )}
            <p class="flex flex-wrap gap-x-3">{legend}</p>
        </div>
    }
}

/// A drawing with its scale. What it shows is said above it, and in the table below: it is for the eye alone.
fn figure(
    title: String,
    said: String,
    ticks: [Option<String>; 3],
    [width, height]: [u32; 2],
    drawn: AnyView,
    [from, to]: [String; 2],
) -> AnyView {
    view! {
        <figure class="my-2 min-w-0 text-xs tabular-nums">
            <figcaption>
                <span class="text-base-content/70">{title}</span>
                <span class="block text-sm font-medium">{said}</span>
            </figcaption>
            <div class="flex gap-2 mt-1" aria-hidden="true">
                <div class="flex flex-col justify-between text-right text-base-content/70 whitespace-nowrap">
                    {ticks.map(|tick| view! { <span>{tick}</span> }).collect_view()}
                </div>
                <svg
                    class="w-0 grow h-32 text-primary border-y border-base-300 forced-color-adjust-none forced-colors:text-[Highlight]"
                    viewBox=format!("0 0 {width} {height}")
                    preserveAspectRatio="none"
                >
                    {drawn}
                </svg>
            </div>
            <p class="flex justify-between gap-2 text-base-content/70 mt-1">
                <span>{from}</span>
                <span class="text-right">{to}</span>
            </p>
        </figure>
    }
    .into_any()
}
