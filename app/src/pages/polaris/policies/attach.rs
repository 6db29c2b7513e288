use leptos::prelude::*;
use model::{
    form::{
        LEVELS, OPERATION, TARGET,
        operation::{ATTACH, DETACH},
    },
    names::{NameKind, NamesAsk, PAGE},
};

use crate::{
    api::names::load_names,
    components::{
        entity::{Entity, EntityForm},
        field::FieldInput,
    },
    resource::Resource,
    ui::text_field::TextField,
};

/// The server does not tell where a policy is attached; what holds for an object does.
#[component]
pub fn Attach(entity: Entity) -> impl IntoView {
    let around = entity.place.clone();
    let ask = NamesAsk {
        count: PAGE,
        ..NamesAsk::default()
    };
    let tables = Resource::new(
        || (),
        move |()| load_names(around.clone(), NameKind::Tables, ask.clone(), false),
    );
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
            <TextField name=TARGET.name label=TARGET.label value=target help=TARGET.help list="tables" />
            <Transition>
                {move || Suspend::new(async move {
                    // Who may not list them types the name.
                    let names = tables.await.map(|read| read.data.names).unwrap_or_default();
                    let options = names.into_iter().map(|name| view! { <option value=name></option> });
                    view! { <datalist id="tables">{options.collect_view()}</datalist> }
                })}
            </Transition>
            <p class="flex gap-2">
                <button class="btn btn-sm" name=OPERATION.name value=ATTACH disabled=off title=locked.clone()>"Attach"</button>
                <button class="btn btn-sm" name=OPERATION.name value=DETACH disabled=off title=locked>"Detach"</button>
            </p>
        </EntityForm>
        </details>
    }
}
