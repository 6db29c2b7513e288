use leptos::prelude::*;
use model::{paths::Place, section::Section};

use super::connection::use_facts;

/// What else a namespace has, where its catalog has such.
#[component]
pub fn NamespaceLinks(#[prop(into)] place: Signal<Place>) -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let facts = facts.await.ok()?;
                facts.offers(Section::Access).then(|| view! {
                    <span class="ml-auto flex flex-wrap gap-x-4 text-sm">
                        {facts.offers(Section::Policies).then(|| view! {
                            <a class="link" href=move || place.read().policies_path()>"Policies"</a>
                        })}
                        <a class="link" href=move || place.read().who_path("t")>"Who can use it"</a>
                    </span>
                })
            })}
        </Transition>
    }
}

/// What a catalog knows of a table or view beyond its metadata: the policies that hold for it, and who can
/// use it. `key` is the object's kind as in addresses: `t` or `v`.
#[component]
pub fn ObjectLinks(#[prop(into)] place: Signal<Place>, key: &'static str) -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let facts = facts.await.ok()?;
                Some(view! {
                    {facts.offers(Section::Policies).then(|| view! {
                        <a class="link text-sm" href=move || place.read().policies_of_path(key)>"Policies"</a>
                    })}
                    {facts.offers(Section::Access).then(|| view! {
                        <a class="link text-sm" href=move || place.read().who_path(key)>"Who can use it"</a>
                    })}
                })
            })}
        </Transition>
    }
}
