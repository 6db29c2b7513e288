use leptos::prelude::*;

use crate::{
    api::views::load_view_schema,
    components::{loaded::Loaded, object::use_object, read_at::ReadAt, schema_table::SchemaTable},
    location::use_query,
    ui::note::Empty,
};

/// One schema of the view: `schema=` chooses it, `q=` filters its columns.
#[component]
pub fn SchemaTab() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let refresh = RwSignal::new(0);
    let schema = Resource::new(
        move || {
            (
                query.read().text("schema"),
                query.read().text("q"),
                query.read().page(),
                refresh.get(),
            )
        },
        move |(schema, filter, page, _)| load_view_schema(place.clone(), schema, filter, page),
    );
    view! {
        <Loaded resource=schema let:read>
            <ReadAt moment=read.at refresh />
            {match read.data {
                Some(schema) => view! { <SchemaTable schema /> }.into_any(),
                None => view! { <Empty>"This view's metadata holds no schema."</Empty> }.into_any(),
            }}
        </Loaded>
    }
}
