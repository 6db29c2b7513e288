mod form;
mod progress;
pub mod report;
pub mod review;

use form::PlanForm;
use leptos::prelude::*;
use model::{batch::Batch, paths::Place};
use report::{Onward, ReportView};
use review::ReviewView;

use super::flow::Flow;
use crate::{
    components::{access::last::LastChange, page_header::PageHeader, refusal::Refusal},
    resource::Resource,
    ui::action::ActionLink,
};

/// Sets up a new service: its form, then the calls that come of it, then what came of those.
#[component]
pub fn OnboardPage() -> impl IntoView {
    let flow = Flow::of_this_page();
    let (connection, last) = (flow.place, flow.last);
    view! {
        <PageHeader title="Onboard a service" noun="Access" crumbs=flow.crumbs()>
            <ActionLink icon="icon-user-minus" href=Signal::derive(move || connection.read().offboard_path("")) text="Offboard" />
        </PageHeader>
        {flow.posted.error.clone().map(|error| view! { <Refusal error /> })}
        {move || {
            let (place, query, report) = flow.now();
            match (report, query.get("step")) {
                (Some(report), _) => view! { <ReportView report place query /> }.into_any(),
                (None, Some("review")) => view! {
                    <LastOnboarding last place=place.clone() principal=query.text("principal") />
                    <ReviewView place query />
                }.into_any(),
                (None, Some("done")) => view! { <Onward place query /> }.into_any(),
                (None, _) => view! { <PlanForm place query /> }.into_any(),
            }
        }}
    }
}

/// What came of the last onboarding of a principal, for who left before it was answered.
#[component]
fn LastOnboarding(last: Resource<Option<Batch>>, place: Place, principal: String) -> impl IntoView {
    let over = move || {
        let last = last.get().and_then(Result::ok).flatten();
        last.is_some_and(|batch| batch.ended.is_some())
    };
    let reset = place.credentials_path(&principal);
    view! {
        <LastChange last />
        <Transition>
            {move || over().then(|| view! {
                <p class="text-sm my-2">
                    "A new secret is told in the answer to the form alone. Where that was lost: "
                    <a class="link" href=reset.clone()>{format!("Reset the credentials of {principal}")}</a>
                </p>
            })}
        </Transition>
    }
}
