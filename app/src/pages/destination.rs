//! The steps of the destination wizard.

mod aside;
mod check;
mod choice;
mod choose;
mod code;
mod connections;
mod diff;
mod field;
mod findings;
mod form;
mod import;
mod outputs;
mod prepare;
mod review;
mod secrets;
mod stages;

use leptos::prelude::*;
use leptos_router::{
    MatchNestedRoutes,
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::layouts::wizard::WizardLayout;

pub use check::Checked;
pub use code::Code;
pub use import::Pasted;

#[component(transparent)]
pub fn DestinationRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("destination") view=WizardLayout>
            <Route path=path!("") view=choose::ChoosePage />
            <Route path=path!("import") view=import::ImportPage />
            <Route path=path!("prepare") view=prepare::PreparePage />
            <Route path=path!("form") view=form::FormPage />
            <Route path=path!("check") view=check::CheckPage />
            <Route path=path!("review") view=review::ReviewPage />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

/// A step's heading; what follows needs a catalog.
#[component]
fn Step(
    title: &'static str,
    #[prop(into)] lead: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let wizard = crate::layouts::wizard::use_wizard();
    let chosen = Memo::new(move |_| wizard.draft.with(Option::is_some));
    view! {
        <leptos_meta::Title text=title />
        <h1 class="text-xl font-semibold mt-3">{title}</h1>
        <p class="text-sm text-base-content/70 mb-3 max-w-prose">{lead}</p>
        {move || if chosen.get() {
            children().into_any()
        } else {
            view! {
                <p class="border border-dashed border-base-300 rounded-box px-4 py-6 my-3 text-sm">
                    "No catalog is chosen yet. " <a class="link" href=crate::paths::DESTINATION>"Choose one"</a>
                    ", or " <a class="link" href="/destination/import">"import a file"</a> "."
                </p>
            }.into_any()
        }}
    }
}
