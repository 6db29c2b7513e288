use leptos::prelude::*;
use model::{page::PolarisPage, paths::Place, polaris::native::GenericTableView};

use crate::{
    api::polaris::generic_tables::load_generic_table,
    components::{
        entity::{Entity, EntityPage},
        named::each_named,
        page_header::trail,
        removal::Danger,
        settings::Settings,
    },
    ui::{
        action::ActionLink,
        copy::Copyable,
        facts::{Fact, Facts},
        section::Section,
    },
};

/// One generic table.
#[component]
pub fn GenericTablePage() -> impl IntoView {
    each_named(
        PolarisPage::GenericTable,
        |place, name| view! { <GenericTable place name /> },
    )
}

#[component]
fn GenericTable(place: Place, name: String) -> impl IntoView {
    let crumbs = trail(&place, &[("Generic tables", place.generic_tables_path())]);
    let who = place.with_object(&name).who_path("t");
    view! {
        <EntityPage
            place
            name
            noun="Generic table"
            crumbs
            ways=view! { <ActionLink icon="icon-users" href=who text="Who can use it" /> }
            load=load_generic_table
            let(view, entity)
        >
            <Content view entity />
        </EntityPage>
    }
}

#[component]
fn Content(view: GenericTableView, entity: Entity) -> impl IntoView {
    view! {
        <Facts>
            <Fact name="Format">{view.format}</Fact>
            {view.location.map(|location| view! { <Fact name="Base location"><Copyable text=location what="base location" /></Fact> })}
            {view.doc.map(|doc| view! { <Fact name="Description">{doc}</Fact> })}
        </Facts>
        <Section title="Properties">
            <Settings settings=view.properties label="Properties" empty="None." />
        </Section>
        <Danger title="Drop this generic table…" entity own=false button="Drop the table">
            <p>"The catalog forgets it; its files stay. Grants on it go too. This cannot be undone."</p>
        </Danger>
    }
}
