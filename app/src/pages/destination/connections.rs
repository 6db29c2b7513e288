use leptos::prelude::*;
use model::page::WizardStep;

use crate::{api::destination::list_starts, components::loaded::Loaded, resource::Resource};

/// A draft for each connection: its address and warehouse, never its secrets.
#[component]
pub fn FromConnection() -> impl IntoView {
    let starts = Resource::new(|| (), |()| list_starts());
    view! {
        <Loaded resource=starts let:starts>
            <ul class="flex flex-wrap gap-2">
                {starts
                    .into_iter()
                    .map(|start| view! {
                        <li><a class="btn btn-sm h-auto py-1 wrap-anywhere" href=format!("{}{}", WizardStep::Prepare.path(), start.query)>{start.connection}</a></li>
                    })
                    .collect_view()}
            </ul>
        </Loaded>
    }
}
