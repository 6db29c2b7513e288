use leptos::prelude::*;

use crate::{api::polaris::has_access, paths::Place};

/// Leads from an object's own page to who can use it, where the server has access control. `key` is
/// the object's kind as in addresses: `t`, `v`, or nothing.
#[component]
pub fn WhoLink(#[prop(into)] place: Signal<Place>, key: &'static str) -> impl IntoView {
    let connection = Memo::new(move |_| place.read().connection.clone());
    let shown = Resource::new(move || connection.get(), has_access);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                matches!(shown.await, Ok(true)).then(|| view! {
                    <a class="link text-sm" href=move || place.read().who_path(key)>"Who can use it"</a>
                })
            })}
        </Transition>
    }
}
