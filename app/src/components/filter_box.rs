use std::time::Duration;

use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::paths::Query;

use crate::location::use_query;

const TYPING: Duration = Duration::from_millis(200);

/// A text field whose value stands in the address as `name`: a form that works without scripts,
/// and filters while typing with them.
#[component]
pub fn FilterBox(
    name: &'static str,
    /// Names the field for those who do not see its place.
    #[prop(into)]
    label: Signal<String>,
    /// Keys that lose their meaning when the filter changes.
    #[prop(optional)]
    drops: &'static [&'static str],
) -> impl IntoView {
    let query = use_query();
    let field = NodeRef::<html::Input>::new();
    let navigate = use_navigate();
    let said = move || query.with(|query| query.get(name).unwrap_or_default().to_owned());
    let said_first = untrack(said);
    let kept = move || {
        let dropped = |key: &str| key == name || drops.contains(&key);
        query.with(|query| {
            let pairs = query.pairs().iter().filter(|(key, _)| !dropped(key));
            pairs.cloned().collect::<Vec<_>>()
        })
    };
    // What is being typed is newer than the address.
    let shown = move || {
        let said = said();
        let typing = field.get_untracked().filter(|field| {
            document()
                .active_element()
                .is_some_and(|active| active.is_same_node(Some(field)))
        });
        typing.map_or(said, |field| field.value())
    };
    let apply = move || {
        let Some(text) = field.get_untracked().map(|field| field.value()) else {
            return;
        };
        let query = kept()
            .iter()
            .fold(Query::default(), |query, (key, value)| {
                query.and(key, value)
            })
            .said(name, &text);
        let path = window().location().pathname().unwrap_or_default();
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&format!("{path}{}", query.link()), options);
    };
    let typed = {
        let apply = apply.clone();
        leptos::leptos_dom::helpers::debounce(TYPING, move |_: leptos::ev::Event| apply())
    };
    let early = apply.clone();
    #[expect(
        clippy::disallowed_methods,
        reason = "what was typed before the page came alive was heard by nobody"
    )]
    Effect::new(move |first: Option<()>| {
        let typed = field.get().map(|field| field.value());
        if first.is_none() && typed.is_some_and(|typed| typed != said_first) {
            early();
        }
    });
    view! {
        <form
            method="get"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                apply();
            }
        >
            {move || {
                kept()
                    .into_iter()
                    .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
                    .collect_view()
            }}
            <input
                node_ref=field
                type="search"
                name=name
                class="input input-sm w-full"
                aria-label=label
                placeholder=label
                autocomplete="off"
                value=said
                prop:value=shown
                on:input=typed
            />
        </form>
    }
}
