use leptos::prelude::*;
use model::settings::Setting;

use crate::{
    components::{filter_box::FilterBox, shown_value::ShownValue},
    location::use_query,
};

/// Keys and values, narrowed by the filter (`q=`) where there are many.
#[component]
pub fn SettingsTable(
    settings: Vec<Setting>,
    label: &'static str,
    /// Said where there are none.
    nothing: &'static str,
) -> impl IntoView {
    if settings.is_empty() {
        return view! { <p class="my-2 text-sm text-base-content/70">{nothing}</p> }.into_any();
    }
    let query = use_query();
    let long = settings.len() > 12;
    let rows = move || {
        let filter = query.with(|query| query.get("q").unwrap_or_default().to_lowercase());
        settings
            .iter()
            .filter(|setting| !long || setting.holds(&filter))
            .cloned()
            .map(row)
            .collect_view()
    };
    view! {
        {long.then(|| view! {
            <div class="max-w-sm my-2"><FilterBox name="q" label="Filter by key or value" /></div>
        })}
        <div class="overflow-x-auto">
            <table class="table table-sm table-fixed" aria-label=label>
                <thead>
                    <tr><th scope="col" class="w-2/5">"Key"</th><th scope="col">"Value"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(setting: Setting) -> impl IntoView {
    view! {
        <tr class="hover:bg-base-200">
            <th scope="row" class="font-mono font-normal align-top wrap-anywhere">{setting.key.clone()}</th>
            <td class="font-mono wrap-anywhere"><ShownValue setting /></td>
        </tr>
    }
}
