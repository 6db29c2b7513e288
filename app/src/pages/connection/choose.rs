use leptos::prelude::*;
use model::{
    connections::{Choices, Facts, unlisted, unlisted_references},
    error::{AppError, Kind},
    page::Page,
    paths::Place,
    section::Section,
};

use crate::{
    api::connections::{list_references, list_warehouses},
    components::{
        again::ask_again_while,
        connection::use_facts,
        moment::MomentText,
        open_form::OpenForm,
        read_at::{Again, new_asks},
    },
    location::use_query,
    resource::Resource,
    ui::coded::Coded,
};

/// The server's warehouses, which a page shows in two places, and the count of asks for them.
#[derive(Clone, Copy)]
pub struct Listed {
    warehouses: Resource<Choices>,
    asks: RwSignal<u32>,
}

impl Listed {
    pub fn new(place: Memo<Place>) -> Self {
        let beside = Memo::new(move |_| Place {
            warehouse: place.read().warehouse.clone(),
            ..Place::connection(place.read().connection.clone())
        });
        let asks = RwSignal::new(0);
        let is_new = new_asks();
        let warehouses = Resource::new(
            move || (beside.get(), asks.get()),
            move |(place, asks)| list_warehouses(place, is_new(asks)),
        );
        ask_again_while(warehouses, |_| false);
        Self { warehouses, asks }
    }
}

/// The server's branches and tags, and the count of asks for them. Made where nothing is waited for: within what waits,
/// the number that a resource has in the page depends on what answers first, and the browser finds another one there.
#[derive(Clone, Copy)]
pub struct Branches {
    references: Resource<Option<Choices>>,
    asks: RwSignal<u32>,
}

impl Branches {
    pub fn new(place: Memo<Place>) -> Self {
        let scope = Memo::new(move |_| place.read().with_namespace(&[]).with_reference(None));
        let asks = RwSignal::new(0);
        let references = Resource::new(
            move || (scope.get(), asks.get()),
            |(scope, _)| list_references(scope),
        );
        ask_again_while(references, |_| false);
        Self { references, asks }
    }
}

/// The page that a choice leads to: that of the names that the address carries, else this one.
fn use_page_to_keep() -> Memo<Page> {
    let query = use_query();
    Memo::new(move |_| Page::Connection.around(&query.read()))
}

/// What to do where no warehouse is chosen, as far as the server's list tells.
#[component]
pub fn WhatToChoose(listed: Listed) -> impl IntoView {
    let said = move || {
        let listed = listed.warehouses.get()?;
        Some(match &listed {
            Err(error) => ("Type the name of a warehouse", unlisted(error)),
            // It has no such list, or not all of one.
            Ok(choices) if choices.choices.is_empty() && choices.note.is_some() => (
                "Type the name of a warehouse",
                "The server does not say which there are: type the name of one.",
            ),
            Ok(choices) if choices.choices.is_empty() => (
                "Type the name of a warehouse",
                "The server lists none to this identity: type the name of one.",
            ),
            Ok(_) => (
                "Choose a warehouse",
                "Choose one from the list, or type its name.",
            ),
        })
    };
    view! {
        <Transition>
            {move || said().map(|(heading, first)| view! {
                <h2 class="mb-1">{heading}</h2>
                <p>{first} " This connection names none, and the server has no default."</p>
            })}
        </Transition>
    }
}

/// The server's warehouses as links, and a field for one that it does not name.
#[component]
pub fn Warehouses(place: Memo<Place>, listed: Listed) -> impl IntoView {
    let connection = Memo::new(move |_| place.read().connection.clone());
    let Listed { warehouses, asks } = listed;
    let warehouse = Signal::derive(move || place.read().warehouse.clone());
    let page = use_page_to_keep();
    view! {
        <section aria-labelledby="warehouses">
            <h2 id="warehouses" class="mb-1">"Warehouses"</h2>
            <Transition>
                {move || warehouses.get().map(|listed| match listed {
                    Err(error) => {
                        let first = unlisted(&error);
                        view! { <Unlisted first error asks /> }.into_any()
                    }
                    Ok(choices) => view! {
                        {choices.at.clone().map(|moment| view! {
                            <p class="text-xs text-base-content/70 flex flex-wrap gap-2">
                                <span>"Listed " <MomentText moment /></span>
                                <Again text="List again" asks />
                            </p>
                        })}
                        <Links choices current=warehouse link=move |name: &str| {
                            place.read_untracked().in_warehouse(name, page.get_untracked())
                        } />
                    }
                    .into_any(),
                })}
            </Transition>
            <form method="get" action=move || Place::connection(connection.get()).connection_path() class="join my-1 w-full">
                <input
                    class="input input-sm join-item grow"
                    name="w"
                    required
                    aria-label="Warehouse"
                    placeholder="Type a warehouse"
                    autocomplete="off"
                    value=move || place.read().warehouse.clone()
                />
                <button class="btn btn-sm join-item">"Switch"</button>
            </form>
        </section>
    }
}

/// Why there is no list, and another try.
#[component]
fn Unlisted(first: &'static str, error: AppError, asks: RwSignal<u32>) -> impl IntoView {
    let waiting = error.kind == Kind::StillWaiting;
    view! {
        <div class="text-sm my-1 grid gap-1" role=if waiting { "status" } else { "alert" }>
            <p>{first}</p>
            {(!waiting).then(|| view! {
                <p class="wrap-anywhere text-base-content/70">{error.sentence()} " " {error.hint.map(|text| view! { <Coded text /> })}</p>
            })}
            <p><Again text="Try again" asks /></p>
        </div>
    }
}

/// Branches and tags, where the catalog has such.
#[component]
pub fn References(place: Memo<Place>, branches: Branches) -> impl IntoView {
    let Branches { references, asks } = branches;
    let page = use_page_to_keep();
    let facts = use_facts();
    let reference = Signal::derive(move || place.read().reference.clone());
    let listed = move || {
        let has_some = |facts: &Facts| facts.offers(Section::History);
        Some(match references.get()? {
            Ok(choices) => view! {
                <Links choices=choices? current=reference link=move |name: &str| {
                    let there = place.read_untracked().with_reference(Some(name.to_owned()));
                    there.shown_on(page.get_untracked())
                } />
            }
            .into_any(),
            // Where the catalog has none, what failed is no news of them.
            Err(error)
                if facts.with(|facts| matches!(facts, Some(Ok(facts)) if has_some(facts))) =>
            {
                let first = unlisted_references(&error);
                view! { <Unlisted first error asks /> }.into_any()
            }
            Err(_) => return None,
        })
    };
    view! {
        <Transition>
            {move || listed().map(|listed| view! {
                <section aria-labelledby="references">
                    <h2 id="references" class="mb-1">"Branches and tags"</h2>
                    {listed}
                </section>
            })}
        </Transition>
    }
}

#[component]
fn Links<F>(choices: Choices, current: Signal<Option<String>>, link: F) -> impl IntoView
where
    F: Fn(&str) -> String + Send + 'static,
{
    let default = choices.default;
    let none = choices.choices.is_empty() && choices.note.is_none();
    let current = Signal::derive(move || current.get().or_else(|| default.clone()));
    let items = choices.choices.into_iter().map(|choice| {
        let href = link(&choice.name);
        let name = choice.name.clone();
        let is_current = move || (current.read().as_deref() == Some(&*name)).then_some("true");
        view! {
            <li>
                <a
                    href=href
                    aria-current=is_current
                    class="flex justify-between gap-3 px-2 py-1 rounded-field hover:bg-base-200 aria-[current=true]:bg-primary/10 aria-[current=true]:font-semibold"
                >
                    <span class="min-w-0 wrap-anywhere">{choice.name}</span>
                    <span class="text-base-content/70">{choice.detail}</span>
                </a>
            </li>
        }
    });
    view! {
        <ul class="text-sm max-h-72 overflow-y-auto">{items.collect_view()}</ul>
        {none.then(|| view! { <p class="text-sm text-base-content/70 my-1">"The server lists none, to this identity."</p> })}
        {choices.note.map(|note| view! { <p class="text-sm text-base-content/70 wrap-anywhere my-1">{note}</p> })}
    }
}

#[component]
pub fn OpenByName(place: Memo<Place>) -> impl IntoView {
    view! {
        <section aria-labelledby="open">
            <h2 id="open" class="mb-1">"Open by full name"</h2>
            <p class="text-sm text-base-content/70 mb-1">"For what may be loaded but not listed."</p>
            <OpenForm place />
        </section>
    }
}
