use leptos::prelude::*;
use model::{
    Read,
    format::visible,
    health::{Finding, Health, Mend, Severity},
    paths::Place,
};

use super::growth::GrowthSection;
use crate::{
    components::{change_links::ChangeLink, loaded::Loaded},
    resource::Resource,
    ui::{
        badge::{Badge, UNKNOWN},
        copy::Copy,
        skeleton::Skeleton,
    },
};

/// How the table grew, then `children`; beside them what is unwell with it, worst first.
#[component]
pub fn HealthSection(
    health: Resource<Read<Health>>,
    place: Place,
    children: Children,
) -> impl IntoView {
    let of = place.clone();
    view! {
        <div class="grid gap-x-8 min-[1200px]:grid-cols-[minmax(0,1fr)_24rem]">
            <div class="min-w-0">
                // Why there is none stands beside it.
                <Transition fallback=Skeleton>
                    {move || {
                        let place = place.clone();
                        Suspend::new(async move {
                            health.await.ok().map(|read| view! { <GrowthSection growth=read.data.growth place /> })
                        })
                    }}
                </Transition>
                {children()}
            </div>
            <section aria-label="Health" class="min-w-0 max-w-2xl">
                <h2 class="mt-2">"Health"</h2>
                <Loaded resource=health let:read>
                    <Findings findings=read.data.findings place=of.clone() />
                </Loaded>
            </section>
        </div>
    }
}

#[component]
fn Findings(findings: Vec<Finding>, place: Place) -> impl IntoView {
    let mends = findings.iter().any(|finding| finding.mend.is_some());
    view! {
        <ul class="divide-y divide-base-300">
            {findings.into_iter().map(|finding| view! { <Line finding place=place.clone() /> }).collect_view()}
        </ul>
        <p class="text-xs text-base-content/70 border-t border-base-300 py-2">
            "By the metadata alone: no manifest was read."
            {mends.then(|| view! { " In the statements " <code>"lake"</code> " stands for what Spark calls this catalog." })}
        </p>
    }
}

#[component]
fn Line(finding: Finding, place: Place) -> impl IntoView {
    let tone = match finding.severity {
        Severity::Bad => "badge-error",
        Severity::Warning => "badge-warning",
        Severity::Unknown => UNKNOWN,
        Severity::Good => "badge-success",
    };
    let what = format!("the statement about {}", finding.title);
    view! {
        <li class="py-2 text-sm">
            <h3 class="flex flex-wrap items-center gap-2 font-medium">
                <Badge text=finding.severity.word() tone /> {finding.title}
            </h3>
            <p class="mt-1 tabular-nums">{finding.figure}</p>
            <p class="text-xs text-base-content/70">{finding.threshold}</p>
            {finding.mend.map(|Mend { words, call, change }| view! {
                <details class="mt-1">
                    <summary class="link text-xs w-fit">"What mends it"</summary>
                    <p class="mt-1">{words}</p>
                    <pre class="text-xs bg-base-200 rounded-box p-2 mt-1 whitespace-pre-wrap wrap-anywhere">{visible(&call)}</pre>
                    <div class="flex flex-wrap gap-2">
                        <Copy text=call what />
                        {change.map(|change| view! { <ChangeLink place=place.clone() change /> })}
                    </div>
                </details>
            })}
        </li>
    }
}
