use leptos::prelude::*;
use model::settings::Setting;

use super::{filter_box::FilterBox, settings::Settings};
use crate::{location::use_query, ui::note::Empty};

/// From how many on they can be filtered.
const MANY: usize = 12;

/// Keys and values, narrowed by the filter (`q=`) where there are many.
#[component]
pub fn FilteredSettings(
    settings: Vec<Setting>,
    label: &'static str,
    /// Said where there are none.
    nothing: &'static str,
) -> impl IntoView {
    if settings.is_empty() {
        return view! { <Empty>{nothing}</Empty> }.into_any();
    }
    let query = use_query();
    let long = settings.len() > MANY;
    let shown = move || {
        let filter = query.with(|query| query.text("q").to_lowercase());
        let mut shown = settings.clone();
        shown.retain(|setting| !long || setting.holds(&filter));
        match shown.is_empty() {
            true => view! { <Empty>"No key or value holds what was typed."</Empty> }.into_any(),
            false => view! { <Settings settings=shown label /> }.into_any(),
        }
    };
    view! {
        {long.then(|| view! {
            <div class="max-w-sm my-2"><FilterBox name="q" label="Filter by key or value" /></div>
        })}
        {shown}
    }
    .into_any()
}
