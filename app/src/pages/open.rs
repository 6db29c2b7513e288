use leptos::prelude::*;
use leptos_router::components::Redirect;
use model::{
    open::{Candidate, Noun},
    page::{TableTab, ViewTab},
    paths::Place,
};

use crate::{
    api::open::find_by_name,
    components::{
        loaded::Loaded,
        open_form::OpenForm,
        page_header::{PageHeader, crumbs},
    },
    location::{use_place, use_query},
    parts::part,
    resource::Resource,
};

part! {
    /// Finds an object by its full name.
    open() {
        OpenPage().into_any()
    }
}

/// Finds what a typed name names, and goes there. What was typed stays in the form.
#[component]
fn OpenPage() -> impl IntoView {
    let place = use_place();
    let query = use_query();
    let said = move |key: &str| query.with(|query| query.get(key).map(str::to_owned));
    let noun = Memo::new(move |_| Noun::read(query.read().get("kind")));
    let name = Memo::new(move |_| said("name"));
    let separator = Memo::new(move |_| said("sep").unwrap_or_else(|| ".".into()));
    let found = Resource::new(
        move || (place.get(), name.get(), separator.get(), noun.get()),
        async |(place, name, separator, noun)| match name {
            Some(name) => find_by_name(place, name, separator, noun).await.map(Some),
            None => Ok(None),
        },
    );
    view! {
        <PageHeader
            title="Open by full name"
            noun="Search"
            crumbs=Signal::derive(move || crumbs(&place.read()))
        />
        <OpenForm place />
        <Loaded resource=found let:candidates>
            {candidates.map(|candidates| view! {
                <Found candidates noun=noun.get_untracked() place=place.get_untracked() />
            })}
        </Loaded>
    }
}

#[component]
fn Found(candidates: Vec<Candidate>, noun: Noun, place: Place) -> impl IntoView {
    if let Some(there) = candidates
        .iter()
        .find(|candidate| candidate.exists == Some(true))
    {
        return view! { <Redirect path=address(&place, noun, &there.levels) /> }.into_any();
    }
    let word = noun.word();
    let (unsure, missing): (Vec<_>, Vec<_>) = candidates
        .into_iter()
        .partition(|candidate| candidate.exists.is_none());
    let text = match (unsure.is_empty(), missing.is_empty()) {
        (true, true) => format!(
            "That is no full name of a {word}: it needs a namespace, a separator and a name."
        ),
        (true, false) => {
            format!("The catalog shows no such {word}, in whichever way the name is read:")
        }
        (false, _) => {
            format!("The catalog does not say whether there is such a {word}. It may still open:")
        }
    };
    let unsure = unsure.into_iter().map(|candidate| {
        let href = address(&place, noun, &candidate.levels);
        view! { <li><a class="link" href=href>{candidate.levels.join(" › ")}</a></li> }
    });
    let missing = missing
        .into_iter()
        .map(|candidate| view! { <li>{candidate.levels.join(" › ")}</li> });
    view! {
        <section role="status" class="my-4 max-w-prose text-sm">
            <p>{text}</p>
            <ul class="list-disc pl-5 my-2 font-mono wrap-anywhere">
                {unsure.collect_view()}
                {missing.collect_view()}
            </ul>
            <p>"Check the spelling, the kind and the separator; upper and lower case matter in most catalogs. Some hide what an identity may not see."</p>
        </section>
    }
    .into_any()
}

fn address(place: &Place, noun: Noun, levels: &[String]) -> String {
    let Some((name, around)) = levels.split_last() else {
        return place.namespace_path();
    };
    match noun {
        Noun::Namespace => place.with_namespace(levels).namespace_path(),
        Noun::Table => place
            .with_namespace(around)
            .with_object(name)
            .table_path(TableTab::Overview),
        Noun::View => place
            .with_namespace(around)
            .with_object(name)
            .view_path(ViewTab::Overview),
    }
}
