use leptos::prelude::*;

use crate::{components::moment::MomentText, format::Moment};

/// When the page's data was read, and a way to read it again. `refresh` counts the asks; a
/// resource that has it in its source asks the catalog itself from then on.
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
