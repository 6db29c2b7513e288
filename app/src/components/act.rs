use leptos::prelude::*;
use model::form::{Field, OPERATION};

/// A button that does one thing: a form of its own, which works without scripts.
#[component]
pub fn Act(
    /// Where it is sent; to the page itself unless told.
    #[prop(optional, into)]
    action: String,
    operation: &'static str,
    /// The field that tells to what it is done, and what it says.
    of: (&'static Field, String),
    button: &'static str,
    /// Names what the button is about where there are several of them.
    #[prop(optional)]
    about: Option<String>,
) -> impl IntoView {
    let (field, value) = of;
    view! {
        <form method="post" action=action>
            <input type="hidden" name=OPERATION.name value=operation />
            <input type="hidden" name=field.name value=value />
            <button class="btn btn-xs">{button}{about.map(|name| view! { <span class="sr-only">" "{name}</span> })}</button>
        </form>
    }
}
