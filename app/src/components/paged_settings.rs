use leptos::prelude::*;
use model::{format, properties::Properties};

use crate::{
    components::{filter_box::FilterBox, pager::pager, settings::Settings},
    ui::note::Empty,
};

/// Properties with a filter.
#[component]
pub fn PagedSettings(properties: Properties, noun: &'static str) -> impl IntoView {
    if properties.total == 0 {
        return view! { <Empty>{format!("This {noun} has no properties.")}</Empty> }.into_any();
    }
    let rows = properties.rows;
    let none = rows.rows.is_empty();
    let summary = pager(&rows, "property");
    view! {
        <div class="max-w-sm my-2"><FilterBox name="q" label="Filter properties" drops=&["page"] /></div>
        {none.then(|| view! {
            <Empty>{format!("None of the {} matches the filter.", format::counted(properties.total, "property"))}</Empty>
        })}
        {(!none).then(|| view! {
            <Settings settings=rows.rows label="Properties" copy=true />
            {summary}
        })}
    }
    .into_any()
}
