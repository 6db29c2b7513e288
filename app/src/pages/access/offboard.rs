mod left;

use left::LeftBehind;
use leptos::prelude::*;
use model::{
    access::onboard::Report,
    form::CONFIRM,
    paths::{Place, Query},
};

use super::{
    flow::Flow,
    onboard::{
        report::{NotSentAgain, Steps},
        review::Calls,
    },
};
use crate::{
    api::offboard::load_review,
    components::{
        access::last::LastChange, loaded::Changeable, page_header::PageHeader, refusal::Refusal,
        removal::Confirm,
    },
    resource::Resource,
    ui::note::Empty,
};

/// A principal that goes: what it leaves behind, then the calls that come of it, then what came of those.
#[component]
pub fn OffboardPage() -> impl IntoView {
    let flow = Flow::of_this_page();
    let (last, typed) = (flow.last, flow.posted.value(&CONFIRM, ""));
    view! {
        <PageHeader title="Offboard" noun="Access" crumbs=flow.crumbs() />
        {flow.posted.error.clone().map(|error| view! { <Refusal error /> })}
        {move || {
            let (place, query, report) = flow.now();
            match (report, query.get("step")) {
                (Some(report), _) => view! { <Came report place query /> }.into_any(),
                (None, Some("review")) => view! {
                    <LastChange last />
                    <ReviewView place query typed=typed.clone() />
                }.into_any(),
                (None, _) => view! { <LeftBehind place query /> }.into_any(),
            }
        }}
    }
}

#[component]
fn ReviewView(place: Place, query: Query, typed: String) -> impl IntoView {
    let source = (place.clone(), query.to_string());
    let review = Resource::new(
        move || source.clone(),
        |(place, ask)| load_review(place, ask),
    );
    view! {
        <Changeable resource=review let(review, locked)>
            {
                let (place, query, typed) = (place.clone(), query.clone(), typed.clone());
                let (name, path) = (query.text("principal"), place.offboard_path(""));
                let own = review.own;
                match review.calls.is_empty() && review.problems.is_empty() {
                    true => view! { <Empty>"Nothing is left to be done: what was chosen is gone."</Empty> }.into_any(),
                    false => view! {
                        <Calls
                            review locked place query path
                            lead="in this order; the first that fails stops the rest, and what is left can be gone on with. None of them can be undone."
                        >
                            <Confirm name own typed button="Make these calls" />
                        </Calls>
                    }.into_any(),
                }
            }
        </Changeable>
    }
}

/// What came of each call, and the way on.
#[component]
fn Came(report: Report, place: Place, query: Query) -> impl IntoView {
    let failed = report.failed();
    let Report {
        steps, left, again, ..
    } = report;
    let name = query.text("principal");
    let address = format!("{}{query}", place.offboard_path(""));
    let heading = match failed {
        false => format!("{name} is offboarded as chosen"),
        true => "It stopped where a call failed".to_owned(),
    };
    view! {
        <h2 class="my-2" data-flash=(!again).then(|| heading.clone())>{heading.clone()}</h2>
        {again.then(|| view! { <NotSentAgain /> })}
        <Steps steps left />
        {match failed {
            true => view! {
                <p class="text-sm my-3">"What is done stays done. "<a class="btn btn-sm" href=address rel="external">"Go on with what is left"</a></p>
            }.into_any(),
            false => view! {
                <p class="text-sm my-3"><a class="link" href=place.principals_path()>"Principals"</a>" · "<a class="link" href=place.offboard_path("")>"Offboard another"</a></p>
            }.into_any(),
        }}
    }
}
