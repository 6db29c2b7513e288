use destination::{Destination, other_settings, other_title};
use leptos::prelude::*;

/// What the settings of a file mean whose catalog has no form: Glue, JDBC, Hive and others.
#[component]
pub fn Others(file: Destination) -> impl IntoView {
    view! {
        <section class="min-w-0">
            <h2 class="text-base font-semibold mb-2">{format!("Settings for {}", other_title(&file))}</h2>
            <table class="table table-sm">
                <thead><tr><th scope="col">"Key"</th><th scope="col">"In this file"</th><th scope="col">"What it means"</th></tr></thead>
                <tbody>
                    {other_settings(&file).into_iter().map(|setting| view! {
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
        </section>
    }
}
