//! Where the nodes stand.

use access::polaris::Object;

use super::{Line, MOST, Node, column};

/// How often columns are ordered by where their neighbours stand.
const SWEEPS: usize = 4;

/// The chosen nodes that fit, column by column, with the lines between them; and how many of each
/// column do not fit. Those with the most lines stay.
pub fn layout(
    all: &[Object],
    chosen: &[bool],
    edges: &[(usize, usize)],
    focus: Option<usize>,
) -> (Vec<Node>, Vec<Line>, [usize; 4]) {
    let mut degree = vec![0_usize; all.len()];
    for (from, to) in edges {
        degree[*from] += 1;
        degree[*to] += 1;
    }
    let mut columns: [Vec<usize>; 4] = Default::default();
    for id in (0..all.len()).filter(|id| chosen[*id]) {
        columns[column(all[id].kind())].push(id);
    }
    let mut hidden = [0; 4];
    for (ids, hidden) in columns.iter_mut().zip(&mut hidden) {
        ids.sort_by_key(|id| {
            (
                Some(*id) != focus,
                std::cmp::Reverse(degree[*id]),
                &all[*id],
            )
        });
        *hidden = ids.len().saturating_sub(MOST);
        ids.truncate(MOST);
        ids.sort_by_key(|id| &all[*id]);
    }
    let place = order(&mut columns, edges, all.len());
    let nodes: Vec<Node> = columns
        .iter()
        .flatten()
        .map(|id| Node {
            object: all[*id].clone(),
            column: column(all[*id].kind()),
            row: place[*id].unwrap_or_default(),
            focused: Some(*id) == focus,
        })
        .collect();
    let mut position = vec![None; all.len()];
    for (at, id) in columns.iter().flatten().enumerate() {
        position[*id] = Some(at);
    }
    let lines = edges
        .iter()
        .filter_map(|(from, to)| {
            Some(Line {
                from: position[*from]?,
                to: position[*to]?,
            })
        })
        .collect();
    (nodes, lines, hidden)
}

/// Orders each column so that lines cross less; where each node stands, in rows.
fn order(columns: &mut [Vec<usize>; 4], edges: &[(usize, usize)], all: usize) -> Vec<Option<f64>> {
    let tallest = columns.iter().map(Vec::len).max().unwrap_or_default();
    let mut place = vec![None; all];
    columns
        .iter()
        .for_each(|ids| spread(ids, tallest, &mut place));
    let mut neighbours = vec![Vec::new(); all];
    for (from, to) in edges {
        if place[*from].is_some() && place[*to].is_some() {
            neighbours[*from].push(*to);
            neighbours[*to].push(*from);
        }
    }
    for _ in 0..SWEEPS {
        for ids in columns.iter_mut() {
            let middle = |id: &usize| {
                let near = &neighbours[*id];
                let sum: f64 = near.iter().filter_map(|id| place[*id]).sum();
                match near.len() {
                    0 => place[*id].unwrap_or_default(),
                    count => sum / count as f64,
                }
            };
            ids.sort_by(|one, other| middle(one).total_cmp(&middle(other)));
            spread(ids, tallest, &mut place);
        }
    }
    place
}

/// Evenly over the height of the tallest column.
fn spread(ids: &[usize], tallest: usize, place: &mut [Option<f64>]) {
    let step = tallest as f64 / ids.len().max(1) as f64;
    for (at, id) in ids.iter().enumerate() {
        place[*id] = Some((at as f64 + 0.5) * step);
    }
}
