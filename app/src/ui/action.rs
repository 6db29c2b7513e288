use leptos::prelude::*;

use super::icon::Icon;

/// A way on from what the page shows, in the row beside its title.
#[component]
pub fn ActionLink(
    icon: &'static str,
    #[prop(into)] href: Signal<String>,
    text: &'static str,
) -> impl IntoView {
    view! {
        <a class="btn btn-sm" href=href>
            <Icon name=icon />
            {text}
        </a>
    }
}
