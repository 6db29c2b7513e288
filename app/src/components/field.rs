use iceberg_rest::{Dialect, dialect::Profile};
use leptos::prelude::*;
use model::{
    form::{Field, Input},
    posted::Posted,
};

use super::connection::OfKind;
use crate::ui::{text_area::TextArea, text_field::TextField};

/// What a field of a form is filled in with, as its declaration says.
#[component]
pub fn FieldInput(
    field: &'static Field,
    /// What stands there; never shown of a secret.
    value: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    wrong: String,
    /// How high it is, of several lines.
    #[prop(default = "2")]
    rows: &'static str,
) -> impl IntoView {
    let (name, label) = (field.name, field.label);
    let help = (!field.help.is_empty()).then(
        || view! { <span class="text-xs text-base-content/70 wrap-anywhere">{field.help}</span> },
    );
    let is_wrong = !wrong.is_empty();
    let error = is_wrong.then(|| {
        let wrong = wrong.clone();
        view! { <span class="text-error wrap-anywhere">{wrong}</span> }
    });
    match field.input {
        Input::Text => view! {
            <TextField name label value help=field.help required=field.required wrong />
        }
        .into_any(),
        Input::Secret => view! {
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{label}</span>
                <input class="input input-sm w-full font-mono" type="password" name=name autocomplete="new-password" aria-invalid=is_wrong.then_some("true") />
                {error}
                {help}
            </label>
        }
        .into_any(),
        Input::Check => view! {
            <label class="flex items-baseline gap-2 text-sm max-w-xl">
                <input class="checkbox checkbox-sm self-center" type="checkbox" name=name value="yes" checked=!value.is_empty() />
                <span><span class="font-medium">{label}</span> " " {help} {error}</span>
            </label>
        }
        .into_any(),
        Input::Lines | Input::Pairs => view! {
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{label}</span>
                <TextArea name value rows class="textarea-sm" wrong=is_wrong />
                {error}
                {help}
            </label>
        }
        .into_any(),
    }
}

/// [`FieldInput`], where the kind of catalog takes it, or it was typed and something is wrong with it.
#[component]
pub fn OfferedField(
    field: &'static Field,
    takes: fn(&Profile) -> bool,
    posted: Posted,
) -> impl IntoView {
    let shown = move |dialect: Option<Dialect>| {
        let wrong = posted.wrong(field).unwrap_or_default();
        let offered = dialect.is_some_and(|dialect| takes(dialect.profile()));
        let input = (offered || !wrong.is_empty())
            .then(|| view! { <FieldInput field value=posted.value(field, "") wrong /> });
        input.into_any()
    };
    view! { <OfKind children=shown /> }
}
