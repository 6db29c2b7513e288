use leptos::{html, prelude::*};

/// Several lines to type in. Leptos writes what stands in a text area into the page as it is, so that
/// it could end it: here it is escaped.
#[component]
pub fn TextArea(
    name: &'static str,
    /// What stands there until something is typed.
    #[prop(into)]
    value: ArcSignal<String>,
    rows: &'static str,
    #[prop(optional)] class: &'static str,
    /// An example.
    #[prop(optional)]
    placeholder: &'static str,
    /// What stands there is wrong.
    #[prop(optional)]
    wrong: bool,
    #[prop(optional)] node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    // A parser drops the first newline: this one, and none of the text's.
    #[cfg(feature = "ssr")]
    let text = format!("\n{}", html_escape::encode_text(&value.get_untracked()));
    // The browser takes over what the server wrote, and shows what the property says.
    #[cfg(not(feature = "ssr"))]
    let text = "";
    #[expect(clippy::disallowed_methods, reason = "the text is escaped")]
    let area = view! {
        <textarea
            class=format!("textarea w-full font-mono {class}")
            name=name
            rows=rows
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            aria-invalid=wrong.then_some("true")
            node_ref=node_ref
            prop:defaultValue=move || value.get()
        >
            {text}
        </textarea>
    };
    area
}
