use leptos::prelude::*;
use model::{form::Field, posted::Posted};

use crate::ui::text_area::TextArea;

/// What is typed one a line, as wide as the page.
#[component]
pub fn Lines(
    field: Field,
    /// As it is now.
    initial: String,
    #[prop(default = "5")] rows: &'static str,
    /// In the place of what the field says itself.
    #[prop(optional)]
    help: &'static str,
    posted: Posted,
) -> impl IntoView {
    let lines = posted.value(&field, &initial);
    let wrong = posted.wrong(&field);
    let help = if help.is_empty() { field.help } else { help };
    view! {
        <label class="grid gap-1 text-sm">
            <span class="font-medium">{field.label}</span>
            <TextArea name=field.name value=lines rows class="textarea-sm whitespace-pre overflow-x-auto" wrong=wrong.is_some() />
            {wrong.map(|wrong| view! { <span class="text-error wrap-anywhere">{wrong}</span> })}
            <span class="text-xs text-base-content/70 wrap-anywhere">{help}</span>
        </label>
    }
}
