use leptos::prelude::*;

/// A part of a page under its own heading.
#[component]
pub fn Section(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="mt-6 max-w-4xl">
            <h2 class="mb-1">{title}</h2>
            {children()}
        </section>
    }
}
