//! A level of the context bar that can be changed for another of its kind.

use leptos::prelude::*;
use model::{
    connections::{Choice, Choices as Listed},
    error::AppError,
    format::visible,
    paths::Place,
};

use super::context::Here;
use crate::{
    api::connections::{list_references, list_warehouses},
    resource::Resource,
    ui::icon::Icon,
};

/// Names in a menu; the connection's page has all.
const SHOWN: usize = 100;

/// Its name, and a menu of what else there is. Without scripts the menu opens all the same.
#[component]
pub fn Switcher(
    icon: &'static str,
    /// What the menu lists: `catalogs`.
    what: &'static str,
    name: Signal<String>,
    /// A word about where the name comes from.
    #[prop(optional)]
    note: Signal<&'static str>,
    href: Signal<String>,
    #[prop(optional)] opened: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <li class="flex items-center gap-1 min-w-0">
            <Icon name=icon class="shrink-0 opacity-80" />
            <a class="link link-hover wrap-anywhere" href=href>{name}</a>
            <span class="text-xs text-base-content/70">{note}</span>
            <details
                class="sm:relative"
                data-menu=""
                on:toggle=move |event| opened.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
            >
                <summary class="btn btn-ghost btn-xs px-1" aria-label=format!("Other {what}")>
                    <Icon name="icon-chevrons-up-down" />
                </summary>
                <div class="menu-panel group/menu">
                    // Where there is much to choose from.
                    <input
                        class="input input-xs m-1 w-auto hidden noscript:hidden group-has-[li:nth-child(13)]/menu:block"
                        data-narrow=""
                        aria-label=format!("Filter {what}")
                        placeholder="Filter"
                        autocomplete="off"
                    />
                    {children()}
                </div>
            </details>
        </li>
    }
}

/// What a menu lists that is asked for when it opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Warehouses,
    References,
}

impl Kind {
    pub fn what(self) -> &'static str {
        match self {
            Self::Warehouses => "warehouses",
            Self::References => "branches and tags",
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Self::Warehouses => "icon-warehouse",
            Self::References => "icon-git-branch",
        }
    }
}

/// What a menu lists, asked for once it is opened.
#[derive(Clone, Copy)]
pub struct Menu {
    pub kind: Kind,
    pub opened: RwSignal<bool>,
    listed: Resource<Option<Listed>>,
}

impl Menu {
    pub fn new(kind: Kind, place: Memo<Place>) -> Self {
        let opened = RwSignal::new(false);
        let top = Memo::new(move |_| match kind {
            Kind::Warehouses => place.read().with_warehouse(place.read().warehouse.clone()),
            Kind::References => place.read().with_namespace(&[]).with_reference(None),
        });
        let listed = Resource::new(
            move || opened.get().then(|| top.get()),
            move |asked| async move {
                let Some(asked) = asked else { return Ok(None) };
                Ok(Some(match kind {
                    Kind::Warehouses => list_warehouses(asked, false).await?,
                    Kind::References => list_references(asked).await?.unwrap_or_default(),
                }))
            },
        );
        Self {
            kind,
            opened,
            listed,
        }
    }
}

/// The same place in each of the others.
#[component]
pub fn Choices(
    here: Here,
    menu: Menu,
    /// What an address without a choice means.
    usual: String,
) -> impl IntoView {
    let Here { place, page } = here;
    let Menu {
        kind,
        opened,
        listed,
    } = menu;
    let there = move |name: String| {
        let place = place.read();
        match kind {
            Kind::References => place.with_reference(Some(name)).shown_on(page.get()),
            Kind::Warehouses => place.in_warehouse(&name, page.get()),
        }
    };
    let choice = move |choice: Choice| {
        let (name, usual) = (choice.name.clone(), usual.clone());
        let current = move || {
            let named = match kind {
                Kind::Warehouses => place.read().warehouse.clone(),
                Kind::References => place.read().reference.clone(),
            };
            (named.as_deref().unwrap_or(&usual) == name).then_some("true")
        };
        let shown = visible(&choice.name);
        let href = move || there(choice.name.clone());
        view! {
            <li>
                <a href=href aria-current=current>
                    {shown} " " <span class="text-base-content/70">{choice.detail}</span>
                </a>
            </li>
        }
    };
    let answer = move |answer: Result<Listed, AppError>| match answer {
        Ok(listed) => {
            let choices = listed.choices.into_iter().take(SHOWN).map(choice.clone());
            let note = listed
                .note
                .map(|note| view! { <p class="px-2 wrap-anywhere">{note}</p> });
            view! { <ul>{choices.collect_view()}</ul> {note} }.into_any()
        }
        Err(error) => view! { <p class="px-2 wrap-anywhere">{error.title()}</p> }.into_any(),
    };
    // Within what waits for the facts: no boundary of its own.
    move || match listed.get().and_then(Result::transpose) {
        Some(listed) => answer(listed),
        None => opened
            .get()
            .then(|| view! { <p class="px-2" role="status">"Reading…"</p> })
            .into_any(),
    }
}
