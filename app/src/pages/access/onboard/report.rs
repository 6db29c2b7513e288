use leptos::prelude::*;
use model::{
    access::onboard::{Done, Plan, Report},
    batch::PartState,
    format::counted,
    issued::Issued,
    paths::{Place, Query, polaris_destination_path},
};

use crate::{
    components::press::Press,
    pages::{destination::handover::use_handover, polaris::principals::once::IssuedCard},
    ui::{
        badge::{Badge, UNKNOWN},
        note::Note,
    },
};

/// What came of each call, the secret once, and the way on.
#[component]
pub fn ReportView(report: Report, place: Place, query: Query) -> impl IntoView {
    let failed = report.failed();
    let Report {
        steps,
        left,
        undone,
        untold,
        issued,
        url,
        refused,
        again,
        once,
    } = report;
    let is_done = |done: &&Done| done.state == PartState::Done;
    let stays = steps.iter().filter(is_done).any(|done| done.kept);
    let plan = Plan::read(&query);
    let credentials = place.credentials_path(&plan.principal);
    let action = format!("{}{query}", place.onboard_path());
    let form = format!("{}{}", place.onboard_path(), query.clone().with("step", ""));
    let made: Vec<String> = steps
        .iter()
        .filter(is_done)
        .filter(|done| !done.kept)
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
        <h2 class="my-2" data-flash=(!again).then_some(heading)>{heading}</h2>
        {again.then(|| view! {
            <NotSentAgain />
            <Note>"A secret that was shown then is not shown again: if nobody has kept it, reset the credentials of the principal."</Note>
        })}
        {refused.map(|reason| view! { <p class="alert alert-soft alert-warning my-2 max-w-4xl text-sm" role="alert">{reason}</p> })}
        <Steps steps left />
        {untold.then(|| view! { <p class="text-sm my-2"><a class="link" href=credentials>{format!("Reset the credentials of {}", plan.principal)}</a></p> })}
        {issued.map(|issued| view! { <Secret issued url place=place.clone() plan query=query.clone() /> })}
        {can_undo.then(|| view! {
            <form method="post" action=action class="my-3">
                <Press once />
                {made.into_iter().map(|step| view! { <input type="hidden" name="undo" value=step /> }).collect_view()}
                <button class="btn btn-sm btn-error" type="submit">"Undo what was made"</button>
                {stays.then(|| view! { <p class="text-sm my-1">"What the catalog role may have held before stays: its grants or holders could not be listed."</p> })}
            </form>
        })}
        {(failed || undone).then(|| view! { <p class="my-3"><a class="btn btn-sm" href=form>"Back to the form"</a></p> })}
    }
}

#[component]
pub fn NotSentAgain() -> impl IntoView {
    view! { <Note>"This was done already, when it was sent for the first time. Nothing was sent again."</Note> }
}

/// What came of each call, and how many were not made.
#[component]
pub fn Steps(steps: Vec<Done>, left: usize) -> impl IntoView {
    view! {
        <ol class="list-decimal pl-5 text-sm grid gap-1 max-w-4xl">
            {steps.into_iter().map(|done| view! { <Step done /> }).collect_view()}
        </ol>
        {(left > 0).then(|| view! { <p class="text-sm my-2">{format!("{} not made any more.", counted(left, "call"))}</p> })}
    }
}

#[component]
fn Step(done: Done) -> impl IntoView {
    view! {
        <li class="wrap-anywhere">
            {done.what} " "
            {match done.state {
                PartState::Done => view! { <Badge text="done" tone="badge-success" /> }.into_any(),
                PartState::Failed(why) => view! { <Badge text="failed" tone="badge-error" /> " " {why} }.into_any(),
                PartState::Unknown(why) => view! { <Badge text="unknown" tone=UNKNOWN /> " " {why} }.into_any(),
                PartState::Untried => view! { <Badge text="not tried" tone="badge-ghost" /> }.into_any(),
            }}
        </li>
    }
}

/// The secret, shown once, and where it is needed next. The wizard gets it within this browser; without
/// scripts it is typed there.
#[component]
fn Secret(issued: Issued, url: String, place: Place, plan: Plan, query: Query) -> impl IntoView {
    let (client_id, secret) = (issued.client_id.clone(), issued.client_secret.clone());
    let wizard = polaris_destination_path(&url, &plan.catalog, &client_id, "PRINCIPAL_ROLE:ALL");
    let handover = use_handover();
    let give = move |_| handover.give(&client_id, &secret);
    let hidden = query.with("step", "done");
    let hidden = hidden.pairs().to_vec();
    view! {
        <section aria-label="Credentials" class="border border-base-300 rounded-box p-3 my-3 max-w-3xl">
            <IssuedCard issued />
            <p class="my-2"><a class="btn btn-sm btn-primary" href=wizard on:click=give>"Make an OLake destination with them"</a></p>
            <form method="get" action=place.onboard_path() class="grid gap-2">
                {hidden.into_iter().map(|(key, value)| view! { <input type="hidden" name=key value=value /> }).collect_view()}
                <label class="flex items-center gap-2 text-sm">
                    <input type="checkbox" class="checkbox checkbox-sm" name="kept" value="yes" required />
                    "I have copied or downloaded the secret"
                </label>
                <p><button class="btn btn-sm" type="submit">"Go on"</button></p>
            </form>
        </section>
    }
}

/// Where a new service goes from here.
#[component]
pub fn Onward(place: Place, query: Query) -> impl IntoView {
    let plan = Plan::read(&query);
    let catalog = place.with_warehouse(Some(plan.catalog.clone()));
    view! {
        <h2 class="my-2">{format!("{} is set up", plan.principal)}</h2>
        <ul class="list-disc pl-5 text-sm">
            <li><a class="link" href=catalog.connect_path()>"Settings for Spark, Trino and PyIceberg"</a>", with placeholders for the secret"</li>
            <li><a class="link" href=place.reach_path(&plan.principal)>{format!("What {} can reach now", plan.principal)}</a></li>
            <li><a class="link" href=place.principal_path(&plan.principal)>{format!("The principal {}", plan.principal)}</a></li>
            <li><a class="link" href=place.onboard_path()>"Onboard another service"</a></li>
        </ul>
    }
}
