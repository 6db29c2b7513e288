use leptos::prelude::*;

/// Hidden fields of a form that changes something: the id that the page got with its data, by which
/// the server knows a second press, and what its confirmation is about, which the server holds
/// against what the form asks for. A signal that counts its owners: the content of a page stays for a
/// moment when what it was made by is gone.
#[component]
pub fn Press(
    #[prop(into)] once: ArcSignal<String>,
    #[prop(optional, into)] names: String,
) -> impl IntoView {
    view! {
        <input type="hidden" name="once" value=move || once.get() />
        {(!names.is_empty()).then(|| view! { <input type="hidden" name="names" value=names /> })}
    }
}
