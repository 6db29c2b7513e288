use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// In a form that another address answers: the page that it stands on, to which the browser goes back
/// where no script takes the answer.
#[component]
pub fn Back() -> impl IntoView {
    let location = use_location();
    let back = move || {
        let search = location.search.read();
        match search.trim_start_matches('?') {
            "" => location.pathname.get(),
            query => format!("{}?{query}", location.pathname.read()),
        }
    };
    view! { <input type="hidden" name="back" value=back /> }
}
