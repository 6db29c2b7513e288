use leptos::prelude::*;
use model::{page::ChangePage, paths::Place};

use super::connection::use_facts;

/// What can be made at the top of a warehouse.
pub const TOP: &[ChangePage] = &[ChangePage::NewNamespace];

/// Ways to what changes a place, each off with the reason where the connection does not make it.
#[component]
pub fn ChangeLinks(
    #[prop(into)] place: Signal<Place>,
    #[prop(into)] changes: Signal<&'static [ChangePage]>,
) -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || {
                let (place, changes) = (place.get(), changes.get());
                Suspend::new(async move {
                    let facts = facts.await.ok()?;
                    let link = |change: &ChangePage| match facts.off_at(*change, &place) {
                        Some(reason) => view! {
                            <button type="button" class="btn btn-sm" disabled title=reason>{change.label()}</button>
                        }.into_any(),
                        None => view! { <a class="btn btn-sm" href=place.change_path(*change)>{change.label()}</a> }.into_any(),
                    };
                    Some(changes.iter().map(link).collect_view())
                })
            }}
        </Transition>
    }
}
