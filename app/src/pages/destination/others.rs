use destination::{Destination, other_settings, other_title};
use leptos::prelude::*;

use crate::ui::table::{Column::Text, Table};

/// What the settings of a file mean whose catalog has no form: Glue, JDBC, Hive and others.
#[component]
pub fn Others(file: Destination) -> impl IntoView {
    let title = format!("Settings for {}", other_title(&file));
    view! {
        <section class="min-w-0">
            <h2 class="mb-2">{title.clone()}</h2>
            <Table
                label=title
                columns=&[Text("Key"), Text("In this file"), Text("What it means")]
                rows=other_settings(&file)
                let:setting
            >
                <tr>
                    <th scope="row"><code>{setting.key}</code></th>
                    <td>{match (setting.set, setting.required) {
                        (true, _) => "set",
                        (false, true) => "missing",
                        (false, false) => "left out",
                    }}</td>
                    <td class="wrap-anywhere">{setting.help}</td>
                </tr>
            </Table>
        </section>
    }
}
