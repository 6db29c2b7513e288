use leptos::prelude::*;
use model::form::{NAMES, OPENED, OPERATION};

/// Hidden fields of a form that changes something: which of the page's forms it is, the id that the page
/// got with its data, by which the server knows a second press, and what its confirmation is about, which
/// the server holds against what the form asks for. A signal that counts its owners: the content of a page
/// stays for a moment when what it was made by is gone.
#[component]
pub fn Press(
    #[prop(into)] once: ArcSignal<String>,
    #[prop(optional)] operation: &'static str,
    #[prop(optional, into)] names: String,
    /// What other confirmations of the page are about that stand open.
    #[prop(optional)]
    opened: Vec<String>,
) -> impl IntoView {
    let opened = opened.into_iter().filter(|other| *other != names);
    let opened = opened.map(|other| view! { <input type="hidden" name=OPENED value=other /> });
    let opened = opened.collect_view();
    view! {
        <input type="hidden" name="once" value=move || once.get() />
        {(!operation.is_empty()).then(|| view! { <input type="hidden" name=OPERATION.name value=operation /> })}
        {opened}
        {(!names.is_empty()).then(|| view! { <input type="hidden" name=NAMES.name value=names /> })}
    }
}
