use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    form::{DONE, OPENED, UNDO, WHAT, operation::done},
    format::visible,
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
        let shown = [DONE, WHAT, OPENED, UNDO];
        let shown = shown
            .iter()
            .fold(query.clone(), |query, key| query.with(key, ""));
        let asked = asked.pairs().iter();
        let asked = asked.fold(shown, |query, (key, value)| query.with(key, value));
        Some(extend(path.get(), &asked))
    };
    let said = move || {
        let query = query.read();
        let said = query.get(DONE).and_then(done)?;
        Some(match query.get(WHAT) {
            Some(what) => format!("{}: {}", said.trim_end_matches('.'), visible(what)),
            None => said.to_owned(),
        })
    };
    move || {
        said().map(|said| {
            let flash = said.clone();
            view! {
                <p class="alert alert-soft alert-success my-3 max-w-3xl text-sm wrap-anywhere" role="status" data-flash=flash>
                    {said} " "
                    // Made anew: what stands open is read once.
                    {undo().map(|href| view! { <a class="link" href=href rel="external">"Undo…"</a> })}
                </p>
            }
        })
    }
}
