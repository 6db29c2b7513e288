use leptos::prelude::*;

/// A way on from what the page shows, in the row beside its title.
#[component]
pub fn ActionLink(
    icon: &'static str,
    #[prop(into)] href: Signal<String>,
    text: &'static str,
) -> impl IntoView {
    view! {
        <a class="btn btn-sm" href=href>
            <span class=icon aria-hidden="true"></span>
            {text}
        </a>
    }
}
