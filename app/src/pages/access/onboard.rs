mod form;
mod progress;
pub mod report;
pub mod review;

use form::PlanForm;
use leptos::prelude::*;
use model::{access::onboard::Report, batch::Batch, error::AppError, paths::Place};
use report::{Onward, ReportView};
use review::ReviewView;

use crate::{
    api::onboard::load_last,
    components::{
        access::last::LastChange,
        page_header::{PageHeader, trail},
        refusal::Refusal,
    },
    location::{use_place, use_query},
    posted::use_posted,
    ui::action::ActionLink,
};

/// Sets up a new service: its form, then the calls that come of it, then what came of those.
#[component]
pub fn OnboardPage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let posted = use_posted::<Report>();
    let answered = query.get_untracked();
    let around = move || {
        let place = place.read();
        trail(&place, &[("Access", place.access_path())])
    };
    let about = Memo::new(move |_| {
        let connection = Place::connection(&place.read().connection);
        (connection, query.read().text("principal"))
    });
    let last = Resource::new(move || about.get(), |(place, name)| load_last(place, name));
    view! {
        <PageHeader title="Onboard a service" noun="Access" crumbs=Signal::derive(around)>
            <ActionLink icon="icon-[lucide--user-minus]" href=Signal::derive(move || place.read().offboard_path("")) text="Offboard" />
        </PageHeader>
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        {move || {
            let (place, query) = (Place::connection(&place.read().connection), query.get());
            let report = posted.outcome.clone().filter(|_| query == answered);
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
fn LastOnboarding(
    last: Resource<Result<Option<Batch>, AppError>>,
    place: Place,
    principal: String,
) -> impl IntoView {
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
