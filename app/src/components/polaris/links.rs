use leptos::prelude::*;

use crate::{api::polaris::has_access, paths::Place};

/// What else a namespace has, where the server is a Polaris.
#[component]
pub fn NamespaceLinks(#[prop(into)] place: Signal<Place>) -> impl IntoView {
    let connection = Memo::new(move |_| place.read().connection.clone());
    let shown = Resource::new(move || connection.get(), has_access);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                matches!(shown.await, Ok(true)).then(|| view! {
                    <span class="ml-auto flex flex-wrap gap-x-4 text-sm">
                        <a class="link" href=move || place.read().policies_path()>"Policies"</a>
                        {move || (!place.read().namespace.is_empty()).then(|| view! {
                            <a class="link" href=move || place.read().generic_tables_path()>"Generic tables"</a>
                        })}
                        <a class="link" href=move || place.read().who_path("t")>"Who can use it"</a>
                    </span>
                })
            })}
        </Transition>
    }
}
