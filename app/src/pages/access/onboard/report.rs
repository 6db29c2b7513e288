use leptos::prelude::*;

use crate::{
    format::counted,
    model::access::onboard::{Done, Plan, Report},
    paths::{Place, Query},
};

/// What came of each call, the secret once, and the way on.
#[component]
pub fn ReportView(report: Report, place: Place, query: Query) -> impl IntoView {
    let failed = report.failed();
    let Report {
        steps,
        left,
        undone,
        credentials,
        refused,
    } = report;
    let plan = Plan::read(&query);
    let action = format!("{}{query}", place.onboard_path());
    let form = format!("{}{}", place.onboard_path(), query.clone().with("step", ""));
    let made: Vec<String> = steps
        .iter()
        .filter(|done| done.error.is_none())
        .map(|done| done.step.clone())
        .collect();
    let can_undo = failed && !undone && !made.is_empty();
    let heading = match (failed, undone) {
        (false, false) => "The service is set up",
        (true, false) => "It stopped where a call failed",
        (false, true) => "What was made is undone",
        (true, true) => "Not everything could be undone",
    };
    view! {
        <h2 class="text-base font-semibold my-2" role="status">{heading}</h2>
        {refused.map(|reason| view! { <p class="alert alert-soft alert-warning my-2 max-w-4xl text-sm" role="alert">{reason}</p> })}
        <ol class="list-decimal pl-5 text-sm grid gap-1 max-w-4xl">
            {steps.into_iter().map(|done| view! { <Step done /> }).collect_view()}
        </ol>
        {(left > 0).then(|| view! { <p class="text-sm my-2">{format!("{} not made any more.", counted(left, "call"))}</p> })}
        {credentials.map(|credentials| view! { <Credentials credentials place=place.clone() plan=plan.clone() /> })}
        {can_undo.then(|| view! {
            <form method="post" action=action class="my-3">
                {made.into_iter().map(|step| view! { <input type="hidden" name="undo" value=step /> }).collect_view()}
                <button class="btn btn-sm btn-error" type="submit">"Undo what was made"</button>
            </form>
        })}
        {(failed || undone).then(|| view! { <p class="my-3"><a class="btn btn-sm" href=form>"Back to the form"</a></p> })}
        {(!failed && !undone).then(|| view! { <Onward place plan /> })}
    }
}

#[component]
fn Step(done: Done) -> impl IntoView {
    view! {
        <li class="wrap-anywhere">
            {done.what} " "
            {match done.error {
                None => view! { <span class="badge badge-soft badge-success badge-sm">"done"</span> }.into_any(),
                Some(error) => view! { <span class="badge badge-soft badge-error badge-sm">"failed"</span> " " {error} }.into_any(),
            }}
        </li>
    }
}

#[component]
fn Credentials(
    credentials: crate::model::access::onboard::Credentials,
    place: Place,
    plan: Plan,
) -> impl IntoView {
    let _ = place;
    view! {
        <section class="border border-base-300 rounded-box p-3 my-3 max-w-3xl" aria-label="Credentials">
            <h3 class="font-semibold">{format!("Credentials of {}", plan.principal)}</h3>
            <p class="text-sm">"Copy them now: the secret is told to nobody again. If it is lost, reset the credentials on the principal’s page."</p>
            <p class="text-sm mt-2">"Client id: " <code>{credentials.client_id}</code></p>
            <p class="text-sm">"Client secret: " <code>{credentials.client_secret}</code></p>
        </section>
    }
}

#[component]
fn Onward(place: Place, plan: Plan) -> impl IntoView {
    let catalog = place.with_warehouse(Some(plan.catalog.clone()));
    view! {
        <h3 class="font-semibold mt-4">"Next"</h3>
        <ul class="list-disc pl-5 text-sm">
            <li><a class="link" href=catalog.connect_path()>"Settings for Spark, Trino and PyIceberg"</a>", with placeholders for the secret"</li>
            <li><a class="link" href=place.reach_path(&plan.principal)>{format!("What {} can reach now", plan.principal)}</a></li>
            <li><a class="link" href=place.principal_path(&plan.principal)>{format!("The principal {}", plan.principal)}</a></li>
        </ul>
    }
}
