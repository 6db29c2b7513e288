use leptos::prelude::*;

use crate::{api::polaris::load_offers, paths::Place};

/// What else a namespace has, where the server is a Polaris.
#[component]
pub fn NamespaceLinks(#[prop(into)] place: Signal<Place>) -> impl IntoView {
    let catalog = Memo::new(move |_| place.read().with_namespace(&[]));
    let offers = Resource::new(move || catalog.get(), load_offers);
    let inside = move || !place.read().namespace.is_empty();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let offers = offers.await.unwrap_or_default();
                offers.access.then(|| view! {
                    <span class="ml-auto flex flex-wrap gap-x-4 text-sm">
                        {offers.policies.then(|| view! {
                            <a class="link" href=move || place.read().policies_path()>"Policies"</a>
                        })}
                        {move || (offers.generic_tables && inside()).then(|| view! {
                            <a class="link" href=move || place.read().generic_tables_path()>"Generic tables"</a>
                        })}
                        <a class="link" href=move || place.read().who_path("t")>"Who can use it"</a>
                    </span>
                })
            })}
        </Transition>
    }
}
