use destination::Secrets;
use leptos::{ev::SubmitEvent, prelude::*};
use model::{destination::Report, page::WizardStep};

use super::wizard::use_wizard;
use super::{Step, findings::FindingList, secrets::SecretFields, stages::Stages};
use crate::{
    api::destination::CheckDestination,
    components::{failed::Failed, refusal::Refusal},
    posted::use_posted,
};

/// Asks the catalog, read-only, what OLake would meet.
#[component]
pub fn CheckPage() -> impl IntoView {
    let wizard = use_wizard();
    // The answer to who has no scripts.
    let posted = use_posted::<Report>();
    let check = ServerAction::<CheckDestination>::new();
    let run = move |event: SubmitEvent| {
        event.prevent_default();
        let as_connection = event
            .submitter()
            .and_then(|button| button.get_attribute("value"));
        let input = wizard.read(None, |draft| {
            Some(CheckDestination {
                catalog: draft.file.kind().map(|kind| kind.slug().to_owned()),
                file: draft.file.render(Secrets::Include),
                connection: as_connection.filter(|name| !name.is_empty()),
            })
        });
        if let Some(input) = input {
            check.dispatch(input);
        }
    };
    let template = move || {
        wizard.read(String::new(), |draft| {
            draft.file.render(Secrets::Placeholder)
        })
    };
    let from = move || wizard.read(None, |draft| draft.from.clone());
    let serious = move || {
        let mut findings = wizard.findings.get();
        findings.retain(|finding| finding.severity < destination::Severity::Info);
        findings
    };
    view! {
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <Step
            title="Check"
            lead="Crowsnest asks the catalog from where it runs, reads only, and keeps nothing of what is typed here. OLake's own check writes the table test_olake."
        >
            <form method="post" action=move || wizard.step(WizardStep::Check) on:submit=run class="grid gap-3 max-w-3xl">
                <input type="hidden" name="file" value=template() />
                <SecretFields />
                <p class="flex flex-wrap gap-2">
                    <button class="btn btn-primary btn-sm" type="submit" disabled=move || check.pending().get()>
                        "Check with these values"
                    </button>
                    {move || from().map(|name| view! {
                        <button class="btn btn-sm" type="submit" name="connection" value=name.clone() disabled=move || check.pending().get()>
                            {format!("Check as {name}")}
                        </button>
                    })}
                    <a class="btn btn-sm" href=move || wizard.step(WizardStep::Review)>"Next: review"</a>
                </p>
            </form>
            {move || check.pending().get().then(|| view! { <p class="my-4 text-sm" role="status">"Asking…"</p> })}
            {
                let posted = posted.clone();
                move || match (check.pending().get(), check.value().get()) {
                    (true, _) => None,
                    (_, Some(Ok(report))) => Some(view! { <Stages report /> }.into_any()),
                    (_, Some(Err(error))) => Some(view! { <Failed error /> }.into_any()),
                    (_, None) => posted.outcome.clone().map(|report| view! { <Stages report /> }.into_any()),
                }
            }
            <h2 class="mt-6">"What the values alone tell"</h2>
            {move || serious().is_empty().then(|| view! { <p class="text-sm my-2">"Nothing that would fail."</p> })}
            <FindingList findings=Signal::derive(serious) />
        </Step>
    }
}
