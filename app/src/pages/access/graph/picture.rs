use leptos::prelude::*;
use model::{
    access::{
        graph::{COLUMNS, Graph, Node},
        noun,
    },
    format::ending,
    paths::Place,
};

use crate::components::access::names::{hue, spelled};

// Units of the drawing: px at its natural size.
const ROW: f64 = 30.0;
const BOX: f64 = 22.0;
const WIDTH: f64 = 210.0;
const GAP: f64 = 70.0;
const HEAD: f64 = 28.0;
/// Letters that fit into a box.
const LETTERS: usize = 30;

/// Four columns of nodes with lines between them; each node leads to the graph around it.
#[component]
pub fn Picture(graph: Graph, place: Place) -> impl IntoView {
    let mut columns = [0_usize; 4];
    for node in &graph.nodes {
        columns[node.column] += 1;
    }
    let tallest = columns.into_iter().max().unwrap_or_default();
    let width = 4.0 * WIDTH + 3.0 * GAP + 2.0;
    let height = HEAD + tallest as f64 * ROW + 2.0;
    let label = format!(
        "Graph of {} principals, {} principal roles, {} catalog roles and {} objects; the table below says the same",
        columns[0], columns[1], columns[2], columns[3]
    );
    let lines = graph
        .lines
        .iter()
        .filter_map(|line| {
            let (from, to) = (graph.nodes.get(line.from)?, graph.nodes.get(line.to)?);
            let near = from.focused || to.focused;
            Some((curve(from, to), near))
        })
        .map(|(curve, near)| {
            let class = if near {
                "stroke-primary"
            } else {
                "stroke-base-content/30 forced-colors:stroke-[GrayText]"
            };
            view! { <path d=curve class=class fill="none" stroke-width="1.2" /> }
        })
        .collect_view();
    let heads = COLUMNS
        .into_iter()
        .enumerate()
        .map(|(column, head)| {
            view! { <text x=left(column) y="16" class="fill-base-content text-xs font-semibold">{head}</text> }
        })
        .collect_view();
    let nodes = graph
        .nodes
        .into_iter()
        .map(|node| view! { <NodeBox node place=place.clone() /> })
        .collect_view();
    view! {
        <div class="overflow-x-auto border border-base-300 rounded-box p-2" role="region" aria-label="Picture" tabindex="0">
            <svg viewBox=format!("0 0 {width} {height}") width=width height=height role="group" aria-label=label>
                {heads}
                {lines}
                {nodes}
            </svg>
        </div>
    }
}

#[component]
fn NodeBox(node: Node, place: Place) -> impl IntoView {
    let Node {
        object,
        column,
        row,
        focused,
    } = node;
    let href = place.graph_of(&object);
    let full = format!("{} {}", noun(object.kind()), spelled(&object));
    let class = match focused {
        true => "fill-base-200 stroke-primary",
        false => "fill-base-200 stroke-current",
    };
    let (x, y) = (left(column), top(row));
    view! {
        <g>
            <a href=href class=hue(object.kind()) aria-label=full.clone() aria-current=focused.then_some("true")>
                <title>{full.clone()}</title>
                <rect x=x y=y width=WIDTH height=BOX rx="3" class=class stroke-width="1" />
                <text x=x + 6.0 y=y + 15.0 class="fill-base-content text-xs">{ending(&spelled(&object), LETTERS)}</text>
            </a>
        </g>
    }
}

fn left(column: usize) -> f64 {
    1.0 + column as f64 * (WIDTH + GAP)
}

fn top(row: f64) -> f64 {
    HEAD + row * ROW - BOX / 2.0
}

/// From the right side of one node to the left side of another.
fn curve(from: &Node, to: &Node) -> String {
    let (x1, y1) = (left(from.column) + WIDTH, top(from.row) + BOX / 2.0);
    let (x2, y2) = (left(to.column), top(to.row) + BOX / 2.0);
    let bend = GAP / 2.0;
    format!(
        "M{x1:.0} {y1:.1}C{:.0} {y1:.1} {:.0} {y2:.1} {x2:.0} {y2:.1}",
        x1 + bend,
        x2 - bend
    )
}
