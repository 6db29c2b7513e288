use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_location;
use model::{
    error::{AppError, Kind},
    waiting::waited_for,
};

use super::{again::use_live, failed::Failed};
use crate::ui::skeleton::Bars;

/// Where somebody had enough of waiting: the address of the page then.
#[derive(Clone)]
struct Stop(ArcRwSignal<Option<String>>);

/// What is read, until somebody stops waiting for it; another address is waited for anew.
#[component]
pub fn Patient(children: ChildrenFn) -> impl IntoView {
    let at = ArcRwSignal::new(None);
    let (stop, here) = (Stop(at.clone()), use_here());
    // Of the view, and not of its owner: a page that somebody left may be shown until another is there, and hears of the
    // next address.
    let stopped = ArcMemo::new(move |_| at.get().is_some_and(|at| at == here()));
    view! {
        <Provider value=stop>
            {move || match stopped.get() {
                true => view! { <Failed error=given_up() /> }.into_any(),
                false => children(),
            }}
        </Provider>
    }
}

fn use_here() -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let location = use_location();
    move || format!("{}{}", location.pathname.read(), location.search.read())
}

/// `the table list of prod`, by the address.
fn words() -> String {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    waited_for(&path.read_untracked(), &search.read_untracked())
        .unwrap_or_else(|| "an answer".to_owned())
}

fn given_up() -> AppError {
    let message = format!("You stopped waiting for {}.", words());
    AppError::new(Kind::Stopped, message).hint("The catalog may still be at it.")
}

/// For whom it takes more than a second: what is waited for, for how long, and a way to stop.
#[component]
pub fn WaitLine() -> impl IntoView {
    let (live, here) = (use_live(), use_here());
    let stop = use_context::<Stop>();
    view! {
        <p class="late flex flex-wrap items-center gap-2 text-sm">
            <span class="elapsed" aria-hidden="true">{format!("Waiting for {}, ", words())}</span>
            {move || stop.clone().filter(|_| live.get()).map(|Stop(at)| {
                let here = here.clone();
                view! { <button type="button" class="btn btn-xs" on:click=move |_| at.set(Some(untrack(&here)))>"Stop"</button> }
            })}
        </p>
    }
}

/// Stands where content will be.
#[component]
pub fn Waiting() -> impl IntoView {
    view! {
        <div class="grid gap-2 py-2" aria-busy="true">
            <span class="sr-only">{format!("Waiting for {}", words())}</span>
            <WaitLine />
            <Bars />
        </div>
    }
}
