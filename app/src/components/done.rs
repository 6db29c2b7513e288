use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    form::{DONE, OPENED, UNDO, operation::done},
    paths::{Query, extend},
};

use crate::location::use_query;

/// What was done just before, where the address says so, and the way to what undoes it: that asks first.
#[component]
pub fn Done() -> impl IntoView {
    let (query, path) = (use_query(), use_location().pathname);
    let undo = move || {
        let query = query.get();
        let asked = Query::parse(query.get(UNDO)?);
        let shown = [DONE, OPENED, UNDO];
        let shown = shown
            .iter()
            .fold(query.clone(), |query, key| query.with(key, ""));
        let asked = asked.pairs().iter();
        let asked = asked.fold(shown, |query, (key, value)| query.with(key, value));
        Some(extend(path.get(), &asked))
    };
    let said = move || query.read().get(DONE).and_then(done);
    move || {
        said().map(|said| {
            view! {
                <p class="alert alert-soft alert-success my-3 max-w-3xl text-sm" role="status" data-flash=said>
                    {said} " "
                    // Made anew: what stands open is read once.
                    {undo().map(|href| view! { <a class="link" href=href rel="external">"Undo…"</a> })}
                </p>
            }
        })
    }
}
