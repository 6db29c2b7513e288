mod form;
mod progress;
mod report;
mod review;

use leptos::prelude::*;

use crate::{
    components::page_header::{Crumb, PageHeader, crumbs},
    model::access::onboard::Onboarded,
    paths::{Place, use_place, use_query},
};
use form::PlanForm;
use report::{Onward, ReportView};
use review::ReviewView;

/// Sets up a new service: its form, then the calls that come of it, then what came of those.
#[component]
pub fn OnboardPage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let onboarded =
        SharedValue::new(|| use_context::<Onboarded>().unwrap_or_default()).into_inner();
    let answered = query.get_untracked();
    let around = move || {
        let connection = Place::connection(&place.read().connection);
        let mut crumbs = crumbs(&connection);
        crumbs.push(Crumb {
            text: "Access".into(),
            href: connection.access_path(),
        });
        crumbs
    };
    view! {
        <PageHeader title="Onboard a service" noun="Access" crumbs=Signal::derive(around) />
        {move || {
            let (place, query) = (Place::connection(&place.read().connection), query.get());
            let report = onboarded.0.clone().filter(|_| query == answered);
            match (report, query.get("step")) {
                (Some(report), _) => view! { <ReportView report place query /> }.into_any(),
                (None, Some("review")) => view! { <ReviewView place query /> }.into_any(),
                (None, Some("done")) => view! { <Onward place query /> }.into_any(),
                (None, _) => view! { <PlanForm place query /> }.into_any(),
            }
        }}
    }
}
