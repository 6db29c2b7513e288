//! The steps of the destination wizard.

mod aside;
mod check;
mod choice;
mod choose;
pub mod code;
mod connections;
mod field;
mod findings;
mod form;
pub mod handover;
mod import;
mod local;
mod others;
mod outputs;
mod prepare;
mod review;
mod secrets;
pub mod stages;
mod wizard;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{page::WizardStep, paths::TROUBLESHOOTING};

use crate::{
    pages::{not_found::NoSuchTab, troubleshooting::TroubleshootingPage},
    parts::part,
    ui::title::Title,
};
use wizard::{WizardLayout, use_step, use_wizard};

pub use code::Code;

part! {
    /// The step that the address names, in the wizard around all of them; or the known problems, which
    /// the steps' findings come from.
    destination() {
        if use_location().pathname.get_untracked() == TROUBLESHOOTING {
            TroubleshootingPage().into_any()
        } else {
            view! { <WizardLayout><WizardPage /></WizardLayout> }.into_any()
        }
    }
}

#[component]
fn WizardPage() -> impl IntoView {
    let step = use_step();
    move || match step.get() {
        Some(WizardStep::Choose) => choose::ChoosePage().into_any(),
        Some(WizardStep::Import) => import::ImportPage().into_any(),
        Some(WizardStep::Prepare) => prepare::PreparePage().into_any(),
        Some(WizardStep::Form) => form::FormPage().into_any(),
        Some(WizardStep::Check) => check::CheckPage().into_any(),
        Some(WizardStep::Review) => review::ReviewPage().into_any(),
        None => NoSuchTab().into_any(),
    }
}

/// A step's heading; what follows needs a catalog.
#[component]
fn Step(
    title: &'static str,
    #[prop(into)] lead: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let wizard = use_wizard();
    let chosen = Memo::new(move |_| wizard.draft.with(Option::is_some));
    view! {
        <Title text=title />
        <h1 class="mt-3">{title}</h1>
        <p class="text-sm text-base-content/70 mb-3 max-w-prose">{lead}</p>
        {move || if chosen.get() {
            children().into_any()
        } else {
            view! {
                <p class="border border-dashed border-base-300 rounded-box px-4 py-6 my-3 text-sm">
                    "No catalog is chosen yet. " <a class="link" href=WizardStep::Choose.path()>"Choose one"</a>
                    ", or " <a class="link" href=WizardStep::Import.path()>"import a file"</a> "."
                </p>
            }.into_any()
        }}
    }
}
