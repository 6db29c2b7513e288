use leptos::prelude::*;

/// Stands where content will be, at about its height, so that nothing jumps.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="grid gap-2 py-2" aria-busy="true">
            <span class="sr-only">"Loading"</span>
            <p class="elapsed" aria-hidden="true">"Still waiting · "</p>
            <Bars />
        </div>
    }
}

/// As many as a page has lines at a glance.
#[component]
pub fn Bars() -> impl IntoView {
    (0..8)
        .map(|_| view! { <div class="skeleton h-6 w-full"></div> })
        .collect_view()
}
