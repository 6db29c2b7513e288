use std::fmt::Write;

use leptos::prelude::*;
use model::{format, snapshots::Timeline};

const HEIGHT: u32 = 40;
/// Room of one bar, in the drawing's own units.
const STEP: usize = 10;

/// How many snapshots were made when: one path, so that it costs little.
#[component]
pub fn TimelineChart(timeline: Timeline) -> impl IntoView {
    let count: u32 = timeline.bars.iter().sum();
    let label = format!(
        "{} snapshots from {} to {}",
        format::count(count),
        timeline.from.utc,
        timeline.to.utc
    );
    view! {
        <figure class="my-3 max-w-6xl">
            <svg
                role="img"
                aria-label=label
                class="w-full h-10 text-primary border-b border-base-300"
                viewBox=format!("0 0 {} {HEIGHT}", timeline.bars.len() * STEP)
                preserveAspectRatio="none"
            >
                <path fill="currentColor" d=outline(&timeline.bars)></path>
            </svg>
            <figcaption class="flex justify-between text-xs text-base-content/70 tabular-nums">
                <span>{timeline.from.utc}</span>
                <span>{timeline.to.utc}</span>
            </figcaption>
        </figure>
    }
}

/// A bar for each number, as high as its share of the highest; any at all can be seen.
fn outline(bars: &[u32]) -> String {
    let highest = bars.iter().copied().max().unwrap_or_default().max(1);
    let mut path = String::new();
    for (index, bar) in bars.iter().enumerate().filter(|(_, bar)| **bar > 0) {
        let height = (u64::from(*bar) * u64::from(HEIGHT) / u64::from(highest)).max(2);
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "M{} {HEIGHT}v-{height}h{}v{height}z",
            index * STEP,
            STEP - 2
        );
    }
    path
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn bars_share_the_height() {
        assert_eq!(outline(&[0, 4, 2]), "M10 40v-40h8v40zM20 40v-20h8v20z");
        assert_eq!(outline(&[1, u32::MAX]), "M0 40v-2h8v2zM10 40v-40h8v40z");
        assert_eq!(outline(&[]), "");
    }
}
