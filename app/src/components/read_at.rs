use leptos::prelude::*;
use model::{asks::Asks, format::Moment};

use crate::components::moment::MomentText;

/// When the page's data was read, and a way to read it again. `refresh` counts the asks; a
/// resource that has it in its source asks the catalog itself for each ([`new_asks`]).
#[component]
pub fn ReadAt(moment: Moment, refresh: RwSignal<u32>) -> impl IntoView {
    view! {
        <p class="text-xs text-base-content/70 flex flex-wrap items-center gap-2 my-1">
            <span>"Read " <MomentText moment /></span>
            <a
                href=""
                rel="external"
                class="link"
                on:click=move |event| {
                    event.prevent_default();
                    refresh.update(|asks| *asks += 1);
                }
            >
                "Refresh"
            </a>
        </p>
    }
}

/// Tells of a count of asks whether it is a new one: the next page, filter or choice is no ask.
pub fn new_asks() -> impl Fn(u32) -> bool + Copy + Send + Sync + 'static {
    let asks = StoredValue::new(Asks::default());
    move |count| asks.write_value().is_new(count)
}
