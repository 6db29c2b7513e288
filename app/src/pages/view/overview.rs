use leptos::prelude::*;
use model::{format::counted, page::ViewTab, paths::Place, views::ViewOverview};

use super::sql::VersionFacts;
use crate::{
    api::views::load_view,
    components::{object::use_object, reading::Reading},
    ui::{
        copy::Given,
        facts::{Fact, Facts},
        note::Notes,
    },
};

/// A view at a glance.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let place = use_object();
    let source = place.clone();
    view! {
        <Reading ask=|| () load=move |(), _| load_view(source.clone()) let:overview>
            <About overview place=place.clone() />
        </Reading>
    }
}

#[component]
fn About(overview: ViewOverview, place: Place) -> impl IntoView {
    let tab = |tab: ViewTab, text: String| {
        view! { <a class="link" href=place.view_path(tab)>{text}</a> }.into_any()
    };
    let properties = tab(
        ViewTab::Properties,
        counted(overview.properties, "property"),
    );
    let versions = tab(ViewTab::Versions, counted(overview.versions, "version"));
    let columns = overview.columns.map_or_else(
        || "Columns not known".to_owned(),
        |columns| counted(columns, "column"),
    );
    let columns = tab(ViewTab::Schema, columns);
    let sql = tab(ViewTab::Sql, "SQL".into());
    view! {
        <Notes notes=overview.notes />
        <Facts>
            <Fact name="Location"><Given text=overview.location what="the location" /></Fact>
            <Fact name="Metadata file"><Given text=overview.metadata_location what="the metadata file's location" /></Fact>
            <Fact name="UUID"><Given text=overview.uuid what="the UUID" /></Fact>
            <Fact name="Format version">
                {overview.format_version.map_or_else(|| "not given".to_owned(), |version| version.to_string())}
            </Fact>
            <Fact name="Versions">{versions}</Fact>
            <Fact name="Columns">
                {columns} ", " {counted(overview.schemas, "schema")}
            </Fact>
            <Fact name="Properties">{properties}</Fact>
        </Facts>
        {overview.current.map(|version| view! {
            <h2 class="mt-4 mb-2">
                "Current version · " {sql}
            </h2>
            <VersionFacts version />
        })}
    }
}
