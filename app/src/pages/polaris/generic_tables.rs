pub mod table;

use iceberg_rest::Listing;
use leptos::prelude::*;
use model::{
    form::{DOC, FORMAT, LOCATION, NAME},
    format::visible,
    page::PolarisPage,
    paths::Place,
    posted::Posted,
};

use crate::{
    api::polaris::generic_tables::list_generic_tables,
    components::locked::FormLink,
    components::{
        done::Done,
        field::FieldInput,
        listing::ListingTable,
        loaded::Changeable,
        locked::{Lockable, Locked},
        named::use_named,
        page_header::{PageHeader, crumbs},
        properties::PropertyFields,
        read_at::ReadAt,
        refusal::Refusal,
    },
    location::use_place,
    posted::use_posted,
    resource::Resource,
    ui::table::Column::Text,
};

/// The tables of a namespace that have another format than Iceberg.
#[component]
pub fn GenericTables() -> impl IntoView {
    let named = use_named(PolarisPage::GenericTables);
    move || view! { <TablesOf place=named.get().0 /> }
}

#[component]
fn TablesOf(place: Place) -> impl IntoView {
    let refresh = RwSignal::new(0);
    let asked = place.clone();
    let tables = Resource::new(
        move || refresh.get(),
        move |_| list_generic_tables(asked.clone()),
    );
    view! {
        <PageHeader title="Generic tables" noun="Polaris" crumbs=Signal::stored(crumbs(&place)) />
        <Done />
        <Changeable resource=tables let(read, locked)>
            <Locked reason=locked.clone() />
            <ReadAt moment=read.at refresh />
            <Rows names=read.data place=place.clone() locked />
        </Changeable>
    }
}

#[component]
fn Rows(names: Listing<String>, place: Place, locked: Option<String>) -> impl IntoView {
    let new = place.generic_table_new_path();
    let one = (place.clone(), place.generic_table_path(""));
    let row = move |name: String| {
        let href = place.generic_table_path(&name);
        view! { <tr><td><a class="link link-hover font-medium" href=href>{visible(&name)}</a></td></tr> }
    };
    view! {
        <ListingTable
            label="Generic tables"
            columns=&[Text("Table")]
            listing=names
            empty="No table of another format than Iceberg is registered in this namespace."
            one
            let:name
        >
            {row(name)}
        </ListingTable>
        <p class="mt-2"><FormLink text="New generic table" href=new locked /></p>
    }
}

#[component]
pub fn NewGenericTable() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted = use_posted();
    view! {
        <PageHeader title="New generic table" noun="Polaris" crumbs=Signal::stored(crumbs(&place)) />
        <p class="text-sm text-base-content/70 max-w-prose">
            "The catalog remembers its name, format and place; it cannot be changed later, only dropped."
        </p>
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <form method="post" action="" class="grid gap-4 my-3">
            <FieldInput field=&NAME value=posted.value(&NAME, "") />
            <FieldInput field=&FORMAT value=posted.value(&FORMAT, "") />
            <FieldInput field=&LOCATION value=posted.value(&LOCATION, "") />
            <FieldInput field=&DOC value=posted.value(&DOC, "") />
            <PropertyFields properties=Vec::new() posted />
            <Lockable let:locked>
                <p><button class="btn btn-sm btn-primary" disabled=locked.is_some() title=locked>"Create generic table"</button></p>
            </Lockable>
        </form>
    }
}
