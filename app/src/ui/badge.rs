use leptos::prelude::*;

/// A word about something, in a colour of its own.
#[component]
pub fn Badge(
    #[prop(into)] text: String,
    /// A daisyUI class such as `badge-success`; plain without.
    #[prop(optional)]
    tone: &'static str,
) -> impl IntoView {
    view! { <span class=format!("badge badge-soft badge-sm whitespace-nowrap {tone}")>{text}</span> }
}
