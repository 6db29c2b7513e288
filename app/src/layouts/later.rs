//! What stands around a page and does its work as the server made it: links, and menus that open. The browser takes it over
//! once the page itself is alive, with code that the page did not wait for.

use leptos::{html, prelude::*, wasm_split::SplitLoaderError};
use model::paths::Place;

use super::{context::ContextBar, menu::Rail};
use crate::components::{connection::use_facts, tree::NamespaceTree};

#[derive(Clone, Copy)]
pub enum Piece {
    /// Where the page is.
    Bar,
    /// The ways through the connection, and the tree of its namespaces.
    Beside,
}

impl Piece {
    /// `ready` once it holds what it shows.
    fn view(self, place: Memo<Place>, ready: RwSignal<bool>) -> AnyView {
        match self {
            Self::Bar => {
                let facts = use_facts();
                #[expect(
                    clippy::disallowed_methods,
                    reason = "only the browser puts it in the place of another"
                )]
                Effect::new(move |_| ready.set(facts.with(|facts| facts.is_some())));
                view! { <ContextBar place /> }.into_any()
            }
            Self::Beside => view! {
                <Rail place />
                <nav aria-label="Namespaces">
                    <NamespaceTree current=place ready />
                </nav>
            }
            .into_any(),
        }
    }
}

#[leptos::wasm_split::wasm_split(
    connection_frame,
    wasm_split_path = leptos::wasm_split,
    fallible
)]
fn frame(
    piece: Piece,
    place: Memo<Place>,
    ready: RwSignal<bool>,
) -> Result<AnyView, SplitLoaderError> {
    Ok(piece.view(place, ready))
}

#[component]
pub fn Later(piece: Piece, place: Memo<Place>) -> impl IntoView {
    let slot = NodeRef::<html::Div>::new();
    #[cfg(target_family = "wasm")]
    {
        browser::take_over(slot, piece, place);
        // Not looked into: what the server put there stays until it is replaced.
        view! { <div class="contents" node_ref=slot inner_html=""></div> }
    }
    #[cfg(not(target_family = "wasm"))]
    {
        // Its answers are not sent along: nobody takes them over.
        let made = move || piece.view(place, RwSignal::new(false));
        let inside = leptos::reactive::owner::Owner::with_no_hydration(made);
        // What only the browser calls.
        let _ = frame;
        view! { <div class="contents" data-later="" node_ref=slot>{inside}</div> }
    }
}

#[cfg(target_family = "wasm")]
mod browser {
    use std::time::Duration;

    use leptos::{
        html,
        mount::mount_to,
        prelude::*,
        reactive::{computed::ScopedFuture, owner::Owner},
        task::spawn_local,
        web_sys::{Element, Event, HtmlElement, HtmlInputElement},
    };
    use leptos_router::hooks::use_location;
    use model::paths::Place;
    use wasm_bindgen::JsCast;

    use super::{Piece, frame};

    /// Fetches the code and puts what it makes in the place of what is there: at once where nothing is, else once the browser
    /// has nothing better to do. Where that fails, all stays as it was, and the next page tries again.
    pub fn take_over(slot: NodeRef<html::Div>, piece: Piece, place: Memo<Place>) {
        let Some(owner) = Owner::current() else {
            return;
        };
        let path = use_location().pathname;
        let begun = StoredValue::new(false);
        #[expect(clippy::disallowed_methods, reason = "compiled for the browser alone")]
        Effect::new(move |_| {
            path.track();
            let Some(slot) = slot.get().filter(|_| !begun.get_value()) else {
                return;
            };
            begun.set_value(true);
            let (slot, owner) = (Element::from(HtmlElement::from(slot)), owner.clone());
            let is_empty = slot.first_element_child().is_none();
            let begin = move || {
                let (slot, owner) = (slot.clone(), owner.clone());
                spawn_local(async move {
                    let ready = owner.with(|| RwSignal::new(false));
                    let made =
                        owner.with(|| ScopedFuture::new_untracked(frame(piece, place, ready)));
                    match made.await {
                        // Somebody has left meanwhile.
                        _ if begun.is_disposed() => {}
                        Ok(view) => owner.with(|| mount(slot, view, ready)),
                        Err(_) => begun.set_value(false),
                    }
                });
            };
            if is_empty { begin() } else { when_idle(begin) }
        });
    }

    /// Until it is ready, what the server made stays.
    fn mount(slot: Element, view: AnyView, ready: RwSignal<bool>) {
        let Ok(holder) = document().create_element("div") else {
            return;
        };
        holder.set_class_name("contents");
        let mounted = mount_to(holder.clone().unchecked_into(), move || view);
        // Leaves with what is around it.
        StoredValue::new_local(mounted);
        if slot.first_element_child().is_none() {
            slot.replace_children_with_node_1(&holder);
            return;
        }
        #[expect(clippy::disallowed_methods, reason = "compiled for the browser alone")]
        Effect::new(move |done: Option<bool>| {
            let done = done.unwrap_or_default();
            if ready.get() && !done {
                let (slot, holder) = (slot.clone(), holder.clone());
                request_animation_frame(move || replace(&slot, &holder));
            }
            done || ready.get()
        });
    }

    /// Puts `new` in the place of what `slot` holds. What the person has begun there goes on: the focus, an opened menu, and
    /// what is being typed.
    fn replace(slot: &Element, new: &Element) {
        let [old_ones, new_ones] = [slot, new].map(|all| all.get_elements_by_tag_name("*"));
        let focused = document().active_element();
        let is_begun = |old: &Element| {
            let typed = old.dyn_ref::<HtmlInputElement>();
            focused.as_ref() == Some(old)
                || old.has_attribute("open")
                || typed.is_some_and(|field| field.value() != field.default_value())
        };
        let is_same = |(old, new): &(Element, Element)| {
            old.tag_name() == new.tag_name()
                && old.get_attribute("href") == new.get_attribute("href")
        };
        let pairs = (0..old_ones.length()).filter_map(|at| {
            let old = old_ones.item(at).filter(is_begun)?;
            Some((old, new_ones.item(at)?)).filter(is_same)
        });
        let pairs: Vec<_> = pairs.collect();
        slot.replace_children_with_node_1(new);
        let _ = slot.remove_attribute("data-later");
        for (old, new) in pairs {
            if old.has_attribute("open") {
                let _ = new.set_attribute("open", "");
            }
            if focused.as_ref() == Some(&old)
                && let Some(new) = new.dyn_ref::<HtmlElement>()
            {
                let _ = new.focus();
            }
            let fields = (
                old.dyn_ref::<HtmlInputElement>(),
                new.dyn_ref::<HtmlInputElement>(),
            );
            if let (Some(old), Some(new)) = fields
                && old.value() != new.value()
            {
                new.set_value(&old.value());
                if let Ok(event) = Event::new("input") {
                    let _ = new.dispatch_event(&event);
                }
            }
        }
    }

    fn when_idle(act: impl Fn() + 'static) {
        // Not every browser tells.
        match js_sys::Reflect::has(&window(), &"requestIdleCallback".into()) {
            Ok(true) => request_idle_callback(act),
            _ => set_timeout(act, Duration::from_millis(200)),
        }
    }
}
