//! A table that is there as files alone.

use leptos::prelude::*;
use model::{
    form::{DO, METADATA_LOCATION, NAME, OVERWRITE},
    page::{ChangePage, NamespaceTab},
    paths::{Query, extend},
    posted::Posted,
    preview::Preview,
};

use super::table::Inside;
use crate::{
    components::{
        field::{FieldInput, OfferedField},
        page_header::{PageHeader, crumbs},
        preview::Steps,
    },
    location::use_place,
    posted::use_posted,
    ui::text_field::TextField,
};

#[component]
pub fn RegisterTable() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let back = place.namespace_tab_path(NamespaceTab::Tables);
    let several = Query::default().with(DO.name, "register");
    let several = extend(place.change_path(ChangePage::Tables), &several);
    let wrong = |field| posted.wrong(field).unwrap_or_default();
    let (name, file) = (wrong(&NAME), wrong(&METADATA_LOCATION));
    view! {
        <PageHeader title="Register a table" noun="Table" crumbs=Signal::stored(crumbs(&place)) />
        <Inside noun="table" place />
        <p class="text-sm mb-3"><a class="link" href=several>"Register several at once"</a></p>
        <Steps posted=posted.clone() button="Register table" back>
            <TextField name=NAME.name label=NAME.label value=posted.value(&NAME, "") required=true wrong=name />
            <FieldInput
                field=&METADATA_LOCATION
                value=posted.value(&METADATA_LOCATION, "")
                wrong=file
            />
            <OfferedField field=&OVERWRITE takes=|profile| profile.registers_over posted=posted.form() />
        </Steps>
    }
}
