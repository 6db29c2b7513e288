use leptos::prelude::*;

use crate::{
    api::views::load_view_schema,
    components::{object::use_object, reading::Reading, schema_table::SchemaTable},
    location::use_query,
    ui::note::Empty,
};

/// One schema of the view: `schema=` chooses it, `q=` filters its columns.
#[component]
pub fn SchemaTab() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let ask = move || {
        let query = query.read();
        (query.text("schema"), query.text("q"), query.page())
    };
    view! {
        <Reading
            ask
            load=move |(schema, filter, page), _| load_view_schema(place.clone(), schema, filter, page)
            let:schema
        >
            {match schema {
                Some(schema) => view! { <SchemaTable schema /> }.into_any(),
                None => view! { <Empty>"This view's metadata holds no schema."</Empty> }.into_any(),
            }}
        </Reading>
    }
}
