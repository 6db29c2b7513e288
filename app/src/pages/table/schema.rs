use leptos::prelude::*;
use model::{page::ChangePage, paths::Place};

use super::schema_history::{Compare, History};
use crate::{
    api::tables::load_schema,
    components::{
        change_links::ChangeLinks, object::use_object, reading::Reading, schema_table::SchemaTable,
    },
    location::use_query,
    ui::note::Empty,
};

/// One schema of the table; with `from=` and `to=` two of them compared, with `show=history` what each changed.
#[component]
pub fn SchemaTab() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let chosen = Memo::new(move |_| ["show", "from", "to"].map(|key| query.read().text(key)));
    move || {
        let (place, [show, from, to]) = (place.clone(), chosen.get());
        if !from.is_empty() || !to.is_empty() {
            view! { <Compare place from to /> }.into_any()
        } else if show == "history" {
            view! { <History place /> }.into_any()
        } else {
            view! { <Columns place /> }.into_any()
        }
    }
}

/// `schema=` chooses one, `q=` filters its columns.
#[component]
fn Columns(place: Place) -> impl IntoView {
    let query = use_query();
    let history = place.schema_history_path();
    let ask = move || {
        let query = query.read();
        (query.text("schema"), query.text("q"), query.page())
    };
    view! {
        <p class="flex flex-wrap gap-2 mt-3"><ChangeLinks place=place.clone() changes=ChangePage::SCHEMA /></p>
        <Reading
            ask
            load=move |(schema, filter, page), fresh| load_schema(place.clone(), schema, filter, page, fresh)
            let:schema
        >
            {match schema {
                Some(schema) => view! {
                    {(schema.schemas.len() > 1).then(|| view! {
                        <p class="text-sm mt-2"><a class="link" href=history.clone()>"History of the schema"</a></p>
                    })}
                    <SchemaTable schema />
                }.into_any(),
                None => view! { <Empty>"This table's metadata holds no schema."</Empty> }.into_any(),
            }}
        </Reading>
    }
}
