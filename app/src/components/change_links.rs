use leptos::prelude::*;
use model::{audit::AuditAsk, page::ChangePage, paths::Place};

use super::{connection::use_facts, locked::FormLink};

/// The way to a table that begins as this one.
#[component]
pub fn LikeLink(#[prop(into)] place: Signal<Place>) -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || {
                let place = place.get();
                Suspend::new(async move {
                    let locked = facts.await.ok()?.off_at(ChangePage::NewTable, &place);
                    Some(view! { <FormLink text="Create one like it" href=place.like_path() locked plain=true /> })
                })
            }}
        </Transition>
    }
}

/// The way to a change, where the connection makes it.
#[component]
pub fn ChangeLink(place: Place, change: ChangePage) -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || {
                let place = place.clone();
                Suspend::new(async move {
                    let off = facts.await.ok()?.off_at(change, &place);
                    off.is_none().then(|| view! { <a class="btn btn-xs" href=place.change_path(change)>{change.label()}</a> })
                })
            }}
        </Transition>
    }
}

/// Ways to what changes a place, each off with the reason where the connection does not make it. At the head of the
/// place's page also the way to the record of what was changed there, and where nothing is there any more, that alone.
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
                    let link = |change: &ChangePage| {
                        let locked = facts.off_at(*change, &place);
                        view! { <FormLink text=change.label() href=place.change_path(*change) locked plain=true /> }
                    };
                    let is_head = [ChangePage::NAMESPACE, ChangePage::TABLE, ChangePage::VIEW].contains(&changes);
                    let record = is_head.then(|| {
                        let href = AuditAsk::of_object(&place.connection, &place.dotted()).path();
                        view! { <a class="btn btn-sm always" href=href>"Record"</a> }
                    });
                    Some(view! { {changes.iter().map(link).collect_view()} {record} })
                })
            }}
        </Transition>
    }
}
