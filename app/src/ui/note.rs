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

/// What is to be known about an answer, one after the other.
#[component]
pub fn Notes(notes: Vec<String>) -> impl IntoView {
    notes
        .into_iter()
        .map(|note| view! { <Note>{note}</Note> })
        .collect_view()
}

/// Stands where rows would be, and says what to do next.
#[component]
pub fn Empty(children: Children) -> impl IntoView {
    view! { <p class="border border-dashed border-base-300 rounded-box px-4 py-6 my-3 text-sm max-w-4xl">{children()}</p> }
}
