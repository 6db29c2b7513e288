use leptos::prelude::*;
use model::{open::Noun, paths::Place, section::Section};

use super::connection::use_facts;
use crate::ui::action::ActionLink;

/// What can be done with a namespace, a table or a view beside looking at it, the same row on each.
#[component]
pub fn ObjectLinks(#[prop(into)] place: Signal<Place>, noun: Noun) -> impl IntoView {
    let facts = use_facts();
    let key = noun.key();
    let engines = move || match noun {
        // Settings of engines name tables alone.
        Noun::Table | Noun::Namespace => place.read().connect_path(),
        Noun::View => place
            .read()
            .with_namespace(&place.read().namespace)
            .connect_path(),
    };
    // Made here, not within what waits: they are followed until others stand in their place.
    let policies = Signal::derive(move || place.read().policies_of_path(key));
    let who = Signal::derive(move || place.read().who_path(key));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let facts = facts.await.ok()?;
                Some(view! {
                    {facts.offers(Section::Policies).then(|| view! {
                        <ActionLink icon="icon-scroll-text" href=policies text="Policies" />
                    })}
                    {facts.offers(Section::Access).then(|| view! {
                        <ActionLink icon="icon-users" href=who text="Who can use it" />
                    })}
                })
            })}
        </Transition>
        <ActionLink icon="icon-plug" href=Signal::derive(engines) text="Connect an engine" />
    }
}
