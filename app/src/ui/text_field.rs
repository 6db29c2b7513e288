use leptos::prelude::*;

/// A line to type in, with its label and what helps to fill it.
#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: String,
    value: String,
    #[prop(optional, into)] help: String,
    #[prop(optional)] required: bool,
    /// What is wrong with it.
    #[prop(optional, into)]
    wrong: String,
    /// The id of a list of suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let is_wrong = !wrong.is_empty();
    view! {
        <label class="grid gap-1 text-sm max-w-xl">
            <span class="font-medium">{label}</span>
            <input class="input input-sm w-full font-mono" name=name value=value required=required list=list autocomplete="off" spellcheck="false" aria-invalid=is_wrong.then_some("true") />
            {is_wrong.then(|| view! { <span class="text-error wrap-anywhere">{wrong}</span> })}
            {(!help.is_empty()).then(|| view! { <span class="text-xs text-base-content/70 wrap-anywhere">{help}</span> })}
        </label>
    }
}
