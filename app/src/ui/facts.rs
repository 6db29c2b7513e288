use leptos::prelude::*;

/// A list of names and what they are.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! {
        <dl class="grid grid-cols-1 sm:grid-cols-[minmax(9rem,max-content)_1fr] gap-x-6 gap-y-1 items-baseline text-sm">
            {children()}
        </dl>
    }
}

#[component]
pub fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <dt class="text-base-content/70">{name}</dt>
        <dd class="min-w-0 wrap-anywhere mb-1 sm:mb-0">{children()}</dd>
    }
}
