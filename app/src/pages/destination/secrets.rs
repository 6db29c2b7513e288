use destination::{Field, fields, keys};
use leptos::prelude::*;

use super::field::Input;
use super::wizard::use_wizard;

/// The secrets of this file, for the POST that needs them. They have names here, and go nowhere
/// but into that request.
#[component]
pub fn SecretFields() -> impl IntoView {
    let wizard = use_wizard();
    let wanted = move || {
        wizard.read(Vec::new(), |draft| match draft.file.kind() {
            Some(kind) => {
                let mut all = fields(kind, draft.file.auth(), draft.file.target());
                all.retain(|field| field.secret);
                all
            }
            None => Vec::new(),
        })
    };
    view! {
        <div class="grid gap-3 sm:grid-cols-2">
            {move || wanted().into_iter().map(|field| view! { <SecretField field /> }).collect_view()}
        </div>
    }
}

#[component]
fn SecretField(field: Field) -> impl IntoView {
    let key = field.key;
    let split = key == keys::CREDENTIAL;
    let sample = field
        .sample
        .split_once(':')
        .filter(|_| split)
        .map_or(field.sample, |(_, secret)| secret);
    let label = if split { "Client secret" } else { field.label };
    view! {
        <div>
            <label class="text-sm font-medium" for=key>{label}</label>
            <Input
                key
                label
                sample
                secret=true
                posted=true
                get=move |draft| match draft.file.secret(key) {
                    Some(_) if split => draft.client_secret(),
                    Some(secret) => secret.expose().to_owned(),
                    None => String::new(),
                }
                set=move |draft, text| if split {
                    let id = draft.client_id();
                    draft.set_client(&id, text);
                } else {
                    draft.set(key, text);
                }
            />
        </div>
    }
}
