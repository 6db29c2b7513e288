use destination::{other_settings, other_title};
use leptos::prelude::*;
use model::page::WizardStep;

use super::wizard::use_wizard;

/// What the settings of a file mean whose catalog has no form: Glue, JDBC, Hive and others.
#[component]
pub fn Others() -> impl IntoView {
    let wizard = use_wizard();
    let title = move || wizard.read("another catalog", |draft| other_title(&draft.file));
    let settings = move || wizard.read(Vec::new(), |draft| other_settings(&draft.file));
    view! {
        <section class="min-w-0">
            <h2 class="text-base font-semibold mb-2">{move || format!("Settings for {}", title())}</h2>
            <table class="table table-sm">
                <thead><tr><th scope="col">"Key"</th><th scope="col">"In this file"</th><th scope="col">"What it means"</th></tr></thead>
                <tbody>
                    {move || settings().into_iter().map(|setting| view! {
                        <tr>
                            <th scope="row"><code>{setting.key}</code></th>
                            <td>{match (setting.set, setting.required) {
                                (true, _) => "set",
                                (false, true) => "missing",
                                (false, false) => "left out",
                            }}</td>
                            <td class="wrap-anywhere">{setting.help}</td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
            <p class="flex gap-2 mt-3">
                <a class="btn btn-primary btn-sm" href=move || wizard.step(WizardStep::Review)>"Next: review"</a>
                <a class="btn btn-sm" href=WizardStep::Import.path()>"Import another file"</a>
            </p>
        </section>
    }
}
