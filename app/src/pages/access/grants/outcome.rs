use leptos::prelude::*;

use crate::{
    components::polaris::Press,
    model::access::grants::{Applied, Outcomes},
    paths::{Place, read_object, use_place, use_query},
};

/// What came of a change that this page answers: privilege by privilege, those that failed to be tried
/// again.
#[component]
pub fn OutcomeView() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let applied = SharedValue::new(|| use_context::<Applied>().unwrap_or_default()).into_inner();
    let here = query.with_untracked(|query| {
        let connection = Place::connection(&place.read_untracked().connection);
        read_object(query, "", None).map(|object| connection.grants_of(query.get("role"), &object))
    });
    // It belongs to the address that was answered, and goes with it.
    let answered = query.get_untracked();
    move || {
        let shown = applied.0.clone().filter(|_| *query.read() == answered);
        shown.map(|outcomes| view! { <Outcome outcomes here=here.clone().unwrap_or_default() /> })
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
    let failed: Vec<String> = items
        .iter()
        .filter(|(_, error)| error.is_some())
        .map(|(privilege, _)| privilege.clone())
        .collect();
    let tone = if failed.is_empty() {
        "alert-success"
    } else {
        "alert-warning"
    };
    let item = move |(privilege, error): (String, Option<String>)| {
        view! {
            <li>
                <code>{privilege}</code> " "
                {match error {
                    None => verb.to_owned(),
                    Some(error) => format!("was not {verb}. {error}"),
                }}
            </li>
        }
    };
    view! {
        <section class=format!("alert alert-soft {tone} my-2 max-w-4xl text-sm grid") role="status" aria-label="Outcome">
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
