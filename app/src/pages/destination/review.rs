use destination::{Secrets, diff};
use leptos::{either::Either, prelude::*};
use model::page::WizardStep;

use super::wizard::use_wizard;
use super::{Step, code::Code, findings::FindingList, outputs::Outputs, secrets::SecretFields};
use crate::ui::copy::Copy;

/// The file, what is still wrong with it, and everything that follows from it.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let wizard = use_wizard();
    let masked = move || wizard.read(String::new(), |draft| draft.file.render(Secrets::Mask));
    let template = move || {
        wizard.read(String::new(), |draft| {
            draft.file.render(Secrets::Placeholder)
        })
    };
    let changes = move || {
        wizard.read(None, |draft| {
            draft
                .original
                .as_ref()
                .map(|original| original.render(Secrets::Mask))
        })
    };
    view! {
        <Step
            title="Review"
            lead="Findings never stop a download: an error says what will fail, and you decide."
        >
            <div class="grid gap-6 lg:grid-cols-2">
                <section class="min-w-0">
                    <h2 class="mb-1 flex items-center gap-1">
                        "destination.json" {move || view! { <Copy text=template() what="the file with placeholders for secrets" label="Copy with placeholders" /> }}
                    </h2>
                    {move || match changes() {
                        Some(before) => Either::Left(view! { <Diff before after=masked() /> }),
                        None => Either::Right(view! { <Code text=masked() what="destination.json, secrets masked" /> }),
                    }}
                    <Fill />
                </section>
                <section class="min-w-0">
                    <h2 class="mb-1">"Findings"</h2>
                    {move || wizard.findings.with(Vec::is_empty).then(|| view! { <p class="text-sm">"None."</p> })}
                    <FindingList findings=wizard.findings />
                    <Download />
                </section>
            </div>
            <Outputs />
        </Step>
    }
}

/// Answers with the file itself: secrets are part of it only when that is asked for.
#[component]
fn Download() -> impl IntoView {
    let wizard = use_wizard();
    // With scripts, the file of this page's memory; without, what the address could carry.
    let file = move || {
        wizard.read(String::new(), |draft| {
            let secrets = if wizard.live.get() {
                Secrets::Include
            } else {
                Secrets::Placeholder
            };
            draft.file.render(secrets)
        })
    };
    view! {
        <form method="post" action=WizardStep::FILE class="grid gap-3 mt-4 border-t border-base-300 pt-3">
            <h2>"Download"</h2>
            <input type="hidden" name="file" value=file prop:value=file autocomplete="off" />
            <SecretFields />
            <label class="flex items-center gap-2 text-sm">
                <input type="checkbox" class="checkbox checkbox-sm" name="include" value="on" autocomplete="off" />
                "Include secrets in the file"
            </label>
            <p><button class="btn btn-primary btn-sm" type="submit">"Download the file"</button></p>
        </form>
    }
}

/// How the placeholders of a template are filled.
#[component]
fn Fill() -> impl IntoView {
    let wizard = use_wizard();
    move || {
        wizard.read(None, |draft| draft.file.jq_fill()).map(|line| view! {
        <p class="text-sm mt-3">"Without secrets it is a template. This fills it from environment variables:"</p>
        <Code text=line what="command that fills the template" />
    })
    }
}

#[component]
fn Diff(before: String, after: String) -> impl IntoView {
    let lines = diff(&before, &after)
        .into_iter()
        .map(|(mark, line)| {
            let class = match mark {
                '-' => "text-error",
                '+' => "text-success",
                _ => "text-base-content/70",
            };
            view! { <span class=class>{format!("{mark} {line}\n")}</span> }
        })
        .collect_view();
    view! {
        <pre class="bg-base-200 border border-base-300 rounded-box p-3 text-xs leading-5 overflow-x-auto" tabindex="0" role="region" aria-label="Changes to the imported file, secrets masked">
            <code>{lines}</code>
        </pre>
    }
}
