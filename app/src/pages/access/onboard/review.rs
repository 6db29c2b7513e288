use leptos::prelude::*;
use model::{
    access::onboard::{Call, Review},
    format::counted,
    paths::{Place, Query},
};

use super::progress::Progress;
use crate::{
    api::onboard::load_review,
    components::{loaded::Changeable, locked::Locked, press::Press},
    resource::Resource,
    ui::{
        note::Note,
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

/// Each call that will be made, as it will be sent, and how far they are once it is.
#[component]
pub fn ReviewView(place: Place, query: Query) -> impl IntoView {
    let source = (place.clone(), query.to_string());
    let review = Resource::new(
        move || source.clone(),
        |(place, ask)| load_review(place, ask),
    );
    view! {
        <Changeable resource=review let(review, locked)>
            <Calls
                review
                locked
                place=place.clone()
                query=query.clone()
                path=place.onboard_path()
                lead="in this order; the first that fails stops the rest. The secret of the principal is told once, on the page that answers."
            >
                <button class="btn btn-primary btn-sm" type="submit">"Make these calls"</button>
            </Calls>
        </Changeable>
    }
}

/// Each call that will be made, and the form that sends them.
#[component]
pub fn Calls(
    review: Review,
    locked: Option<String>,
    place: Place,
    query: Query,
    /// The page's, without its query.
    path: String,
    /// What is to be known of them, after how many they are.
    lead: &'static str,
    /// The button, after what has to be typed before they are made.
    children: Children,
) -> impl IntoView {
    let Review {
        problems,
        calls,
        reused,
        once,
        ..
    } = review;
    let blocked = !problems.is_empty() || locked.is_some();
    let back = format!("{path}{}", query.clone().with("step", ""));
    let count = calls.len();
    let progress = Progress::of(&place, &query);
    let row = move |(index, call): (usize, Call)| {
        view! {
            <tr>
                <th scope="row" class="font-normal">{call.what}</th>
                <td class="text-xs">{call.method} " " {call.path}</td>
                <td class="text-xs">{call.body}</td>
                <td>{move || progress.state(index)}</td>
            </tr>
        }
    };
    // The address of the answer is that of this page: back and forth find the form as it was.
    let action = format!("{path}{query}");
    view! {
        <Locked reason=locked />
        {(!problems.is_empty()).then(|| view! {
            <div class="alert alert-soft alert-warning my-2 max-w-4xl text-sm" role="alert">
                <ul class="list-disc pl-5">{problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul>
            </div>
        })}
        {reused.into_iter().map(|sentence| view! { <Note>{sentence}</Note> }).collect_view()}
        {(count > 0).then(|| view! {
            <p class="text-sm my-2">
                {format!("{}, {lead}", counted(count, "call"))}
            </p>
            <Table
                label="Calls"
                columns=&[Text("What"), Code("Call"), Code("Body"), Text("State")]
                rows=calls.into_iter().enumerate().collect()
                let:numbered
            >
                {row(numbered)}
            </Table>
        })}
        <form method="post" action=action class="flex gap-2 my-3 items-end flex-wrap" on:submit=move |_| progress.begin()>
            <Press once />
            <fieldset class="contents" disabled=move || blocked || progress.running()>{children()}</fieldset>
            <a class="btn btn-sm" href=back>"Change it"</a>
            <span class="text-sm" role="status">{move || progress.sentence(count)}</span>
        </form>
    }
}
