use destination::{Step as Task, guide, steps};
use leptos::prelude::*;
use model::page::WizardStep;

use super::wizard::use_wizard;
use super::{Step, code::Code, local::Local};

/// What must be there before OLake can write: a checklist, with commands filled in.
#[component]
pub fn PreparePage() -> impl IntoView {
    let wizard = use_wizard();
    let about = move || {
        wizard.read(String::new(), |draft| {
            draft
                .file
                .kind()
                .map(|kind| format!("{kind}. {}", guide(kind).about))
                .unwrap_or_default()
        })
    };
    view! {
        <Step title="Prepare the catalog" lead=Signal::derive(about)>
            {move || wizard.read(None, |draft| draft.file.kind()).map(|kind| {
                let guide = guide(kind);
                view! {
                    <div class="grid gap-4 md:grid-cols-3">
                        <Points title="Needed" points=guide.prerequisites />
                        <Points title="Rights" points=guide.permissions />
                        <Points title="Limits" points=guide.limits />
                    </div>
                }
            })}
            <div class="mt-4"><Local /></div>
            <h2 class="mt-6 mb-1">"Set it up"</h2>
            <p class="text-sm text-base-content/70">"The commands take their values from the settings of the next step."</p>
            <ol class="grid gap-2 mt-2">
                {move || wizard.read(Vec::new(), |draft| steps(&draft.file)).into_iter().enumerate().map(|(at, task)| view! { <Item at task /> }).collect_view()}
            </ol>
            <p class="mt-4"><a class="btn btn-primary btn-sm" href=move || wizard.step(WizardStep::Form)>"Next: settings"</a></p>
        </Step>
    }
}

#[component]
fn Points(title: &'static str, points: &'static [&'static str]) -> impl IntoView {
    (!points.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="mb-1">{title}</h2>
                <ul class="list-disc pl-5 text-sm grid gap-1">
                    {points.iter().map(|point| view! { <li>{*point}</li> }).collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn Item(at: usize, task: Task) -> impl IntoView {
    let id = format!("step-{at}");
    view! {
        <li class="flex gap-2 items-start min-w-0">
            <input type="checkbox" class="checkbox checkbox-sm mt-0.5" id=id.clone() autocomplete="off" />
            <div class="min-w-0 grow">
                <label for=id class="font-medium text-sm">{task.title}</label>
                {(!task.text.is_empty()).then(|| view! { <p class="text-sm text-base-content/70 max-w-prose wrap-anywhere">{task.text}</p> })}
                {task.command.map(|command| view! { <Code text=command what=format!("command: {}", task.title) /> })}
            </div>
        </li>
    }
}
