use leptos::{form::ActionForm, prelude::*};

use crate::{
    api::polaris::policies::AttachPolicy,
    components::{
        entity::{About, Entity},
        refusal::Refusal,
    },
    ui::{text_area::TextArea, text_field::TextField},
};

/// The server does not tell where a policy is attached; what holds for an object does.
#[component]
pub fn Attach(entity: Entity, attach: ServerAction<AttachPolicy>) -> impl IntoView {
    let levels = entity.place.namespace.join("\n");
    let locked = entity.locked.clone();
    let outcome = move || {
        let tried = attach.input().get().map(|input| input.detach);
        match attach.value().get() {
            Some(Ok(())) => {
                let word = if tried == Some(true) {
                    "Detached."
                } else {
                    "Attached."
                };
                Some(view! { <p class="text-sm text-success" role="status">{word}</p> }.into_any())
            }
            Some(Err(error)) => Some(view! { <Refusal error /> }.into_any()),
            None => None,
        }
    };
    let off = locked.is_some();
    view! {
        {outcome}
        <details>
        <summary class="btn btn-xs">"Attach or detach…"</summary>
        <ActionForm action=attach attr:class="grid gap-2 my-2 text-sm">
            <About entity />
            <label class="grid gap-1 max-w-xl">
                <span class="font-medium">"Namespace, one level a line"</span>
                <TextArea name="levels" value=levels rows="2" class="textarea-sm" />
                <span class="text-base-content/70">"Empty: the whole catalog."</span>
            </label>
            <TextField name="target" label="Table or view" value=String::new() help="Empty: the namespace itself." />
            <p class="flex gap-2">
                <button class="btn btn-sm" name="detach" value="false" disabled=off title=locked.clone()>"Attach"</button>
                <button class="btn btn-sm" name="detach" value="true" disabled=off title=locked>"Detach"</button>
            </p>
        </ActionForm>
        </details>
    }
}
