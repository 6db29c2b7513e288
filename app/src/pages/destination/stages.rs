use leptos::prelude::*;
use model::{
    destination::{Advice, Outcome, Report, Stage},
    paths::TROUBLESHOOTING,
};

use super::code::Code;
use crate::ui::badge::Badge;

/// What a live check found, stage by stage.
#[component]
pub fn Stages(report: Report) -> impl IntoView {
    view! {
        <section aria-label="Result of the check" class="my-4">
            <p class="font-medium my-2" role="status">{report.verdict()}</p>
            <StageList stages=report.stages />
        </section>
    }
}

/// Stages, each with what was found and what to do.
#[component]
pub fn StageList(stages: Vec<Stage>) -> impl IntoView {
    view! {
        <ol class="grid gap-2">
            {stages.into_iter().map(|stage| view! { <Line stage /> }).collect_view()}
        </ol>
    }
}

#[component]
fn Line(stage: Stage) -> impl IntoView {
    let tone = match stage.outcome {
        Outcome::Ok => "badge-success",
        Outcome::Warning => "badge-warning",
        Outcome::Failed => "badge-error",
        Outcome::Skipped | Outcome::Unknown => "",
    };
    let name = stage.name.clone();
    view! {
        <li class="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-2 items-baseline" data-stage=name data-outcome=stage.outcome.word()>
            <span><Badge text=stage.outcome.word() tone /></span>
            <div class="min-w-0">
                <p class="text-sm wrap-anywhere"><span class="font-medium">{stage.name} ". "</span> {stage.found}</p>
                {stage.advice.map(|advice| view! { <What advice /> })}
            </div>
        </li>
    }
}

#[component]
fn What(advice: Advice) -> impl IntoView {
    view! {
        <dl class="text-sm grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-2 my-1 wrap-anywhere">
            {(!advice.cause.is_empty()).then(|| view! { <dt class="text-base-content/70">"Cause"</dt><dd>{advice.cause}</dd> })}
            <dt class="text-base-content/70">"Fix"</dt>
            <dd>{advice.fix}</dd>
        </dl>
        {(!advice.command.is_empty()).then(|| view! { <Code text=advice.command what="command to look by hand" /> })}
        {advice.problem.map(|id| view! { <a class="link text-sm" href=format!("{TROUBLESHOOTING}#{id}")>"More about this"</a> })}
    }
}
