use leptos::prelude::*;
use model::{
    access::grants::Outcomes,
    batch::PartState,
    format::counted,
    paths::{Place, Query, extend, read_object},
    posted::Posted,
};

use crate::{
    api::grants::load_last,
    components::{access::last::LastChange, press::Press},
    location::{use_place, use_query},
    resource::Resource,
};

/// What came of a change that this page answers: privilege by privilege, those that failed to be tried
/// again. A page that answers none tells of the last change of what it is about.
#[component]
pub fn OutcomeView(
    /// What the page was answered with, at this query.
    posted: Posted<Outcomes>,
    answered: Query,
) -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let here = query.with_untracked(|query| {
        let connection = Place::connection(&place.read_untracked().connection);
        read_object(query, "", None).map(|object| connection.grants_of(query.get("role"), &object))
    });
    let about = Memo::new(move |_| {
        let connection = Place::connection(&place.read().connection);
        (connection, query.read().to_string())
    });
    let last = Resource::new(move || about.get(), |(place, ask)| load_last(place, ask));
    move || match posted.clone() {
        Posted {
            outcome: Some(outcomes),
            ..
        } if *query.read() == answered => {
            view! { <Outcome outcomes here=here.clone().unwrap_or_default() /> }.into_any()
        }
        _ => view! { <LastChange last /> }.into_any(),
    }
}

#[component]
fn Outcome(outcomes: Outcomes, here: String) -> impl IntoView {
    let Outcomes {
        revoked,
        items,
        already,
        refused,
        again,
        once,
    } = outcomes;
    let (verb, action) = if revoked {
        ("revoked", "revoke")
    } else {
        ("granted", "grant")
    };
    if let Some(refused) = refused {
        return view! { <p class="alert alert-soft alert-warning my-2 max-w-4xl text-sm" role="alert">{refused}</p> }.into_any();
    }
    let done = items.iter().filter(|(_, state)| *state == PartState::Done);
    let done = done.count();
    let flash = (!again && done > 0).then(|| format!("{} {verb}.", counted(done, "privilege")));
    let failed: Vec<String> = items
        .iter()
        .filter(|(_, state)| *state != PartState::Done)
        .map(|(privilege, _)| privilege.clone())
        .collect();
    let tone = if failed.is_empty() {
        "alert-success"
    } else {
        "alert-warning"
    };
    let page = here.clone();
    let item = move |(privilege, state): (String, PartState)| {
        // The preview of the opposite.
        let undo = Query::default().and(if revoked { "privilege" } else { "revoke" }, &privilege);
        let undo = if revoked {
            undo.and("step", "preview")
        } else {
            undo
        };
        let undo = (state == PartState::Done).then(|| extend(page.clone(), &undo));
        view! {
            <li>
                <code>{privilege}</code> " "
                {match state {
                    PartState::Done => verb.to_owned(),
                    PartState::Failed(why) => format!("was not {verb}. {why}"),
                    PartState::Unknown(why) => format!("may have been {verb}. {why}"),
                    PartState::Untried => "was not tried.".to_owned(),
                }}
                {undo.map(|href| view! { " " <a class="link" href=href>"Undo…"</a> })}
            </li>
        }
    };
    view! {
        <section class=format!("alert alert-soft {tone} my-2 max-w-4xl text-sm grid") role="status" aria-label="Outcome" data-flash=flash>
            {again.then(|| view! { <p>"This was done already, when it was sent for the first time. Nothing was sent again. It came to this:"</p> })}
            <ul class="list-disc pl-5 wrap-anywhere">
                {items.into_iter().map(item).collect_view()}
                {already.into_iter().map(|privilege| view! { <li><code>{privilege}</code> " was " {verb} " already"</li> }).collect_view()}
            </ul>
            {(!failed.is_empty()).then(|| view! {
                <form method="post" action=here>
                    <input type="hidden" name="action" value=action />
                    <Press once />
                    {failed.into_iter().map(|privilege| view! { <input type="hidden" name="privilege" value=privilege /> }).collect_view()}
                    <button class="btn btn-sm" type="submit">"Try those again"</button>
                </form>
            })}
        </section>
    }
    .into_any()
}
