use leptos::prelude::*;

/// One of Lucide's icons, as large as the text it stands in. `name` is the id of a drawing that comes with the document
/// ([`crate::Assets::icons`]): drawn once there, it costs a page of many little.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! {
        <svg class=["icon ", class].concat() width="1em" height="1em" aria-hidden="true">
            <use_ href=["#", name].concat()></use_>
        </svg>
    }
}
