use leptos::prelude::*;

/// Says why something looks other than expected; not an error.
#[component]
pub fn Note(children: Children) -> impl IntoView {
    view! {
        <p class="border-l-4 border-primary bg-base-200 px-3 py-2 my-2 text-sm max-w-4xl wrap-anywhere" role="note">
            {children()}
        </p>
    }
}

/// Of a list: that it may not be whole, and why.
#[component]
pub fn Capped(reason: Option<String>) -> impl IntoView {
    reason.map(|reason| view! { <p class="text-sm my-1 max-w-4xl wrap-anywhere" role="status">"There may be more than these. " {reason}</p> })
}

/// Stands where rows would be, and says what to do next.
#[component]
pub fn Empty(children: Children) -> impl IntoView {
    view! { <p class="border border-dashed border-base-300 rounded-box px-4 py-6 my-3 text-sm max-w-4xl">{children()}</p> }
}
