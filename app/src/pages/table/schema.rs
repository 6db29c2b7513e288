use leptos::prelude::*;

use crate::{
    api::tables::load_schema,
    components::{
        loaded::Loaded,
        object::use_object,
        read_at::{ReadAt, new_asks},
        schema_table::SchemaTable,
    },
    location::use_query,
    ui::note::Empty,
};

/// One schema of the table: `schema=` chooses it, `q=` filters its columns.
#[component]
pub fn SchemaTab() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let refresh = RwSignal::new(0);
    let is_new = new_asks();
    let schema = Resource::new(
        move || {
            (
                query.read().text("schema"),
                query.read().text("q"),
                query.read().page(),
                refresh.get(),
            )
        },
        move |(schema, filter, page, asks)| {
            load_schema(place.clone(), schema, filter, page, is_new(asks))
        },
    );
    view! {
        <Loaded resource=schema let:read>
            <ReadAt moment=read.at refresh />
            {match read.data {
                Some(schema) => view! { <SchemaTable schema /> }.into_any(),
                None => view! { <Empty>"This table's metadata holds no schema."</Empty> }.into_any(),
            }}
        </Loaded>
    }
}
