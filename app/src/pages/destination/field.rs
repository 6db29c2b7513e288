use destination::{Field, keys};
use leptos::{html, prelude::*};
use model::draft::Draft;

use super::findings::{FindingsAt, at};
use super::wizard::{use_sync, use_wizard};
use crate::components::typed::bind_typed;

/// One input of the form with its help and what is wrong with it.
#[component]
pub fn FormField(field: Field) -> impl IntoView {
    let key = field.key;
    if key == keys::CREDENTIAL {
        return view! { <Credential field /> }.into_any();
    }
    let flag = keys::find(key).is_some_and(|known| known.ty == keys::Type::Bool);
    if flag {
        return view! { <Flag field /> }.into_any();
    }
    view! {
        <Frame field>
            <Input
                key=key
                label=field.label
                sample=field.sample
                secret=field.secret
                locked=field.locked
                get=move |draft| match draft.file.secret(key) {
                    Some(secret) => secret.expose().to_owned(),
                    None => draft.file.text(key).to_owned(),
                }
                set=move |draft, text| draft.set(key, text)
            />
        </Frame>
    }
    .into_any()
}

#[component]
pub fn Frame(field: Field, children: Children) -> impl IntoView {
    view! {
        <div class="min-w-0">
            <label class="flex items-baseline gap-2 text-sm font-medium" for=field.key>
                {field.label}
                <span class="text-xs font-normal text-base-content/70">{if field.required { "required" } else { "optional" }}</span>
            </label>
            {children()}
            <p class="text-xs text-base-content/70 mt-0.5 max-w-prose" id=format!("{}-help", field.key)>{field.help}</p>
            <FindingsAt key=field.key />
        </div>
    }
}

/// A text input over the draft. A secret has no name in a form whose values travel in the address.
#[component]
pub fn Input(
    key: &'static str,
    label: &'static str,
    sample: &'static str,
    secret: bool,
    #[prop(optional)] locked: bool,
    /// In a form that is sent by POST, where a secret may have a name.
    #[prop(optional)]
    posted: bool,
    get: impl Fn(&Draft) -> String + Copy + Send + Sync + 'static,
    set: impl Fn(&mut Draft, &str) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let wizard = use_wizard();
    let sync = use_sync(wizard);
    let node = NodeRef::<html::Input>::new();
    let value = Memo::new(move |_| wizard.read(String::new(), get));
    bind_typed(
        node,
        move || value.get(),
        move |typed| wizard.change(|draft| set(draft, &typed)),
    );
    let invalid = move || {
        at(wizard, key)
            .iter()
            .any(|finding| finding.severity == destination::Severity::Error)
    };
    view! {
        <input
            node_ref=node
            id=key
            class="input input-sm w-full font-mono aria-invalid:border-error"
            type=if secret { "password" } else { "text" }
            name=(posted || !secret).then_some(key)
            value=(!secret).then(|| value.get_untracked())
            placeholder=sample
            readonly=locked
            disabled=move || secret && !posted && !wizard.live.get()
            autocomplete=if secret { "new-password" } else { "off" }
            autocapitalize="off"
            spellcheck="false"
            aria-label=label
            aria-describedby=format!("{key}-help {key}-findings")
            aria-invalid=move || invalid().then_some("true")
            on:input=move |event| wizard.change(|draft| set(draft, &event_target_value(&event)))
            on:change=move |_| {
                wizard.change(|draft| draft.left(key));
                sync();
            }
            on:blur=move |_| wizard.touch(key)
        />
    }
}

/// Client id and secret are one key of the file and two inputs.
#[component]
fn Credential(field: Field) -> impl IntoView {
    let (id, secret) = field.sample.split_once(':').unwrap_or(("", field.sample));
    view! {
        <fieldset class="min-w-0">
            <legend class="text-sm font-medium">{field.label} <span class="text-xs font-normal text-base-content/70 ml-2">"required"</span></legend>
            <div class="grid grid-cols-2 gap-2">
                <Input
                    key="client_id"
                    label="Client ID"
                    sample=id
                    secret=false
                    get=|draft| draft.client_id()
                    set=|draft, text| {
                        let secret = draft.client_secret();
                        draft.set_client(text, &secret);
                    }
                />
                <Input
                    key=keys::CREDENTIAL
                    label="Client secret"
                    sample=secret
                    secret=true
                    get=|draft| draft.client_secret()
                    set=|draft, text| {
                        let id = draft.client_id();
                        draft.set_client(&id, text);
                    }
                />
            </div>
            <p class="text-xs text-base-content/70 mt-0.5" id=format!("{}-help", field.key)>{field.help}</p>
            <FindingsAt key=field.key />
        </fieldset>
    }
}

#[component]
fn Flag(field: Field) -> impl IntoView {
    let wizard = use_wizard();
    let sync = use_sync(wizard);
    let key = field.key;
    let on = Memo::new(move |_| wizard.read(false, |draft| draft.file.is_true(key)));
    view! {
        <div class="min-w-0">
            <label class="flex items-center gap-2 text-sm font-medium">
                <input
                    type="checkbox"
                    class="checkbox checkbox-sm"
                    name=key
                    value="true"
                    checked=on.get_untracked()
                    prop:checked=on
                    disabled=field.locked
                    aria-describedby=format!("{key}-help {key}-findings")
                    on:change=move |event| {
                        wizard.change(|draft| draft.set(key, if event_target_checked(&event) { "true" } else { "" }));
                        wizard.touch(key);
                        sync();
                    }
                />
                {field.label}
            </label>
            <p class="text-xs text-base-content/70 mt-0.5 max-w-prose" id=format!("{key}-help")>{field.help}</p>
            <FindingsAt key />
        </div>
    }
}
