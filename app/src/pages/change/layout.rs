//! How a table is partitioned and sorted, as lines.

use leptos::prelude::*;
use model::{
    form::{PARTITION_LINES, SEEN_ORDER, SEEN_SPEC, SORT_LINES},
    open::Noun,
    page::TableTab,
    partitions::LayoutLines,
    posted::Posted,
    preview::Preview,
};

use super::{lines::Lines, object::Head};
use crate::{
    api::tables::load_layout_lines,
    components::{
        loaded::LoadedBelow,
        preview::{Steps, unknown},
    },
    location::use_place,
    posted::use_posted,
    resource::Resource,
};

#[component]
pub fn EditSpec() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let back = place.table_path(TableTab::Partitions);
    let asked = place.clone();
    let read = Resource::new(|| (), move |()| load_layout_lines(asked.clone()));
    let also = unknown(&posted);
    view! {
        <Head verb="Edit partitions and sort order of" place noun=Noun::Table />
        <LoadedBelow resource=read also let:layout>
            <Edit layout=layout.data posted=posted.clone() back=back.clone() />
        </LoadedBelow>
    }
}

#[component]
fn Edit(layout: LayoutLines, posted: Posted<Preview>, back: String) -> impl IntoView {
    let LayoutLines {
        partitions,
        sorts,
        spec,
        order,
    } = layout;
    let (spec, order) = (
        posted.value(&SEEN_SPEC, &spec),
        posted.value(&SEEN_ORDER, &order),
    );
    view! {
        <Steps posted=posted.clone() button="Save partitions and sort order" back>
            <input type="hidden" name=SEEN_SPEC.name value=spec />
            <input type="hidden" name=SEEN_ORDER.name value=order />
            <Lines field=PARTITION_LINES initial=partitions rows="5" posted=posted.form() />
            <Lines field=SORT_LINES initial=sorts rows="5" posted=posted.form() />
        </Steps>
    }
}
