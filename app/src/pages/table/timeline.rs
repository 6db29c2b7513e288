use leptos::prelude::*;
use model::{format, snapshots::Timeline};

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
                viewBox=format!("0 0 {} {}", timeline.width(), Timeline::HEIGHT)
                preserveAspectRatio="none"
            >
                <path fill="currentColor" d=timeline.outline()></path>
            </svg>
            <figcaption class="flex justify-between text-xs text-base-content/70 tabular-nums">
                <span>{timeline.from.utc}</span>
                <span>{timeline.to.utc}</span>
            </figcaption>
        </figure>
    }
}
