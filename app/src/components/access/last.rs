use leptos::prelude::*;
use model::batch::{Batch, Part, PartState};

use crate::{
    components::{again::ask_again_while, moment::MomentText},
    resource::Resource,
    ui::badge::{Badge, UNKNOWN},
};

/// A change of several parts that is under way, or what came of the last one: for who left before it
/// was answered, or looks at it elsewhere.
#[component]
pub fn LastChange(last: Resource<Option<Batch>>) -> impl IntoView {
    ask_again_while(last, |last| {
        last.as_ref().is_some_and(|batch| batch.ended.is_none())
    });
    view! {
        <Transition>
            {move || {
                let last = last.get().and_then(Result::ok).flatten();
                last.map(|batch| view! { <BatchView batch /> })
            }}
        </Transition>
    }
}

#[component]
fn BatchView(batch: Batch) -> impl IntoView {
    let sentence = match batch.ended {
        Some(_) => format!("Last change: {}: {}.", batch.title, batch.sentence()),
        None => format!("{} is under way: {}.", batch.title, batch.sentence()),
    };
    let over = batch.ended.is_some();
    let smooth = over && batch.done() == batch.parts.len();
    let part = move |part: Part| {
        let (word, tone) = word(&part.state, over);
        let why = part.state.why().map(|why| format!(" {why}"));
        view! { <li class="wrap-anywhere">{part.what} " " <Badge text=word tone /> {why}</li> }
    };
    view! {
        <section class="alert alert-soft my-2 max-w-4xl text-sm grid grid-flow-row grid-cols-1 gap-1" role="status" aria-label="Last change">
            <p>{sentence} " " {batch.ended.map(|moment| view! { <MomentText moment /> })}</p>
            <details open={!smooth}>
                <summary class="cursor-pointer">"Its parts"</summary>
                <ol class="list-decimal pl-5">{batch.parts.into_iter().map(part).collect_view()}</ol>
            </details>
        </section>
    }
}

fn word(state: &PartState, over: bool) -> (&'static str, &'static str) {
    match state {
        PartState::Done => ("done", "badge-success"),
        PartState::Failed(_) => ("failed", "badge-error"),
        PartState::Unknown(_) => ("unknown", UNKNOWN),
        PartState::Untried if over => ("not tried", "badge-ghost"),
        PartState::Untried => ("to do", "badge-ghost"),
    }
}
