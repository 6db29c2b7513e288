use leptos::prelude::*;

use crate::ui::copy::Copy;

/// Text to copy: a file, a command. Scrolls sideways, with its button above it.
#[component]
pub fn Code(#[prop(into)] text: String, #[prop(into)] what: String) -> impl IntoView {
    let label = what.clone();
    view! {
        <div class="relative my-1 min-w-0">
            <pre
                class="bg-base-200 border border-base-300 rounded-box py-2 pl-3 pr-10 text-xs leading-5 overflow-x-auto"
                tabindex="0"
                role="region"
                aria-label=label
            >
                <code>{text.clone()}</code>
            </pre>
            <span class="absolute top-px right-px p-1 bg-base-200 rounded-box"><Copy text what /></span>
        </div>
    }
}
