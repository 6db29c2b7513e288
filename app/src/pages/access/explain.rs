mod form;
mod verdict;

use form::QuestionForm;
use leptos::prelude::*;
use verdict::{Said, VerdictView};

use crate::{
    api::access::load_explanation,
    components::{
        access::collected::FromGrants,
        page_header::{PageHeader, trail},
    },
    location::{use_place, use_query},
    resource::Resource,
};

/// Why somebody may do something, or may not.
#[component]
pub fn ExplainPage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let explain = Resource::new(
        move || (place.get(), query.read().to_string()),
        |(place, ask)| load_explanation(place, ask),
    );
    let around = move || {
        let place = place.read();
        trail(&place, &[("Access", place.access_path())])
    };
    view! {
        <PageHeader title="Explain a 403" noun="Access" crumbs=Signal::derive(around) />
        <FromGrants resource=explain place let(explain, _)>
            {explain.problem.clone().map(|problem| view! {
                <p class="alert alert-soft alert-warning my-2 max-w-4xl text-sm" role="status">{problem}</p>
            })}
            {explain.answer.clone().map(|answer| view! { <VerdictView answer place=place.get_untracked() /> })}
            {(!explain.said.is_empty()).then(|| view! { <Said said=explain.said.clone() /> })}
            <QuestionForm explain place=place.get_untracked() query=query.get_untracked() />
        </FromGrants>
    }
}
