use leptos::prelude::*;

/// What the browser's tab says. leptos_meta writes a title into the page as it is, so that a name could
/// end it: here it is escaped.
#[component]
pub fn Title(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let text = Signal::derive(move || format!("{} · Crowsnest", text.read()));
    // The server asks for it last, when the page's own values may be gone.
    #[cfg(feature = "ssr")]
    let text = html_escape::encode_text(&text.get_untracked()).into_owned();
    #[expect(clippy::disallowed_methods, reason = "the text is escaped")]
    let title = view! { <leptos_meta::Title text=text /> };
    title
}
