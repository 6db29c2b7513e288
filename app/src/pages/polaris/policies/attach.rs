use leptos::prelude::*;
use model::form::{
    LEVELS, OPERATION, TARGET,
    operation::{ATTACH, DETACH},
};

use crate::components::{
    entity::{Entity, EntityForm},
    field::FieldInput,
};

/// The server does not tell where a policy is attached; what holds for an object does.
#[component]
pub fn Attach(entity: Entity) -> impl IntoView {
    let here = entity.place.namespace.join("\n");
    let sent = [ATTACH, DETACH].map(|operation| entity.posted.clone().of(operation));
    let refused = sent.into_iter().find(|sent| sent.is_refused());
    let open = refused.is_some();
    let posted = refused.unwrap_or_default();
    let (levels, target) = (posted.value(&LEVELS, &here), posted.value(&TARGET, ""));
    let locked = entity.locked.clone();
    let off = locked.is_some();
    view! {
        <details open=open>
        <summary class="btn btn-xs">"Attach or detach…"</summary>
        <EntityForm entity class="grid gap-2 my-2 text-sm">
            <FieldInput field=&LEVELS value=levels />
            <FieldInput field=&TARGET value=target />
            <p class="flex gap-2">
                <button class="btn btn-sm" name=OPERATION.name value=ATTACH disabled=off title=locked.clone()>"Attach"</button>
                <button class="btn btn-sm" name=OPERATION.name value=DETACH disabled=off title=locked>"Detach"</button>
            </p>
        </EntityForm>
        </details>
    }
}
