use leptos::prelude::*;
use model::paths::Place;

use crate::api::polaris::load_offers;

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

/// What a Polaris knows of a table or view beyond its metadata: the policies that hold for it, and who
/// can use it. `key` is the object's kind as in addresses: `t` or `v`.
#[component]
pub fn ObjectLinks(#[prop(into)] place: Signal<Place>, key: &'static str) -> impl IntoView {
    let catalog = Memo::new(move |_| place.read().with_namespace(&[]));
    let offers = Resource::new(move || catalog.get(), load_offers);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let offers = offers.await.unwrap_or_default();
                offers.access.then(|| view! {
                    {offers.policies.then(|| view! {
                        <a class="link text-sm" href=move || place.read().policies_of_path(key)>"Policies"</a>
                    })}
                    <a class="link text-sm" href=move || place.read().who_path(key)>"Who can use it"</a>
                })
            })}
        </Transition>
    }
}
