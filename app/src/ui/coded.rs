use leptos::prelude::*;

/// Words of ours: what stands between backticks in them, such as the name of a setting, is shown as code.
#[component]
pub fn Coded(text: String) -> impl IntoView {
    let part = |(at, part): (usize, &str)| {
        let part = part.to_owned();
        match at.is_multiple_of(2) {
            true => part.into_any(),
            false => view! { <code>{part}</code> }.into_any(),
        }
    };
    text.split('`').enumerate().map(part).collect_view()
}
