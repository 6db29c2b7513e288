use leptos::prelude::*;
use model::{asks::Asks, format::Moment};

use crate::components::moment::MomentText;

/// When the page's data was read, and a way to read it again. `refresh` counts the asks; a
/// resource that has it in its source asks the catalog itself for each ([`new_asks`]).
#[component]
pub fn ReadAt(moment: Moment, refresh: RwSignal<u32>) -> impl IntoView {
    view! {
        <p class="text-xs text-base-content/70 flex flex-wrap items-center gap-2 my-1">
            <span class="age-kept">"Read " <MomentText moment /></span>
            <Again text="Refresh" asks=refresh />
        </p>
    }
}

/// Has something read anew: by itself, or with the page before the scripts are there.
#[component]
pub fn Again(text: &'static str, asks: RwSignal<u32>) -> impl IntoView {
    view! {
        <a
            href=""
            rel="external"
            class="link print:hidden"
            on:click=move |event| {
                event.prevent_default();
                asks.update(|asks| *asks += 1);
            }
        >
            {text}
        </a>
    }
}

/// Tells of a count of asks whether it is a new one: the next page, filter or choice is no ask.
pub fn new_asks() -> impl Fn(u32) -> bool + Copy + Send + Sync + 'static {
    let asks = StoredValue::new(Asks::default());
    move |count| asks.write_value().is_new(count)
}
