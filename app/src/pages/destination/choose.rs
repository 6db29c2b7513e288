use destination::{Kind, guide};
use leptos::prelude::*;
use model::page::WizardStep;

use super::connections::FromConnection;
use super::wizard::{kept, use_wizard};
use crate::ui::title::Title;

/// Which catalog: six of them, a file that is there already, or a connection.
#[component]
pub fn ChoosePage() -> impl IntoView {
    let wizard = use_wizard();
    // Storage is the browser's: read once the page runs there.
    let draft = move || wizard.live.get().then(kept).flatten();
    view! {
        <Title text="OLake destination" />
        <h1 class="mt-3">"OLake destination"</h1>
        <p class="text-sm text-base-content/70 mb-3 max-w-prose">
            "Makes the destination.json that OLake writes to an Iceberg catalog with, and tells before the first sync what will fail."
        </p>
        {move || draft().map(|address| view! {
            <p class="my-2"><a class="btn btn-sm" href=format!("{}{address}", WizardStep::Form.path())>"Go on with the last draft"</a></p>
        })}
        <h2 class="mt-4 mb-2">"Which catalog?"</h2>
        <ul class="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {Kind::ALL.map(|kind| view! { <Card kind /> }).collect_view()}
        </ul>
        <div class="grid gap-6 mt-6 lg:grid-cols-2">
            <section>
                <h2 class="mb-2">"Or mend a file"</h2>
                <p class="text-sm mb-2">"Reads any destination.json, says what is wrong with it and where, and keeps what it does not know."</p>
                <a class="btn btn-sm" href=WizardStep::Import.path()>"Import a file"</a>
            </section>
            <section>
                <h2 class="mb-2">"Or start from a connection"</h2>
                <FromConnection />
            </section>
        </div>
    }
}

#[component]
fn Card(kind: Kind) -> impl IntoView {
    let href = format!("{}?catalog={}", WizardStep::Prepare.path(), kind.slug());
    view! {
        <li class="rounded-box border border-base-300 hover:border-primary relative p-4">
            <h3 class="text-base font-semibold mb-1">
                <a href=href class="link link-hover after:absolute after:inset-0">{kind.to_string()}</a>
            </h3>
            <p class="text-sm text-base-content/70">{guide(kind).about}</p>
        </li>
    }
}
