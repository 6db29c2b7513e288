//! What a table is: its format version, its location, and statistics that its metadata names.

use leptos::prelude::*;
use model::{
    form::{FORMAT_VERSION, LOCATION, SNAPSHOT, TYPE},
    format::visible,
    open::Noun,
    page::{ChangePage, TableTab},
    posted::Posted,
    preview::Preview,
    statistics::PARTITIONS,
    tables::Overview,
};

use super::object::Head;
use crate::{
    api::tables::load_overview,
    components::{
        loaded::LoadedBelow,
        preview::{AtOnce, Steps, refusal, unknown},
        refusal::Refusal,
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
    ui::{note::Note, text_field::TextField},
};

/// The newest format version there is, and what others are called.
const VERSIONS: [(i64, &str); 2] = [
    (2, "2: row-level deletes"),
    (3, "3: deletion vectors, row lineage, defaults"),
];

#[component]
pub fn UpgradeFormat() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let also = unknown(&posted);
    let back = place.table_path(TableTab::Overview);
    let form = move |overview: Overview| {
        let now = overview.format_version.unwrap_or(1);
        let higher: Vec<_> = VERSIONS
            .into_iter()
            .filter(|(version, _)| *version > now)
            .collect();
        let (posted, back) = (posted.clone(), back.clone());
        let Some((next, _)) = higher.first().copied() else {
            // Somebody else may have been first.
            return view! {
                {refusal(&posted).map(|error| view! { <Refusal error /> })}
                <Note>{format!("The table has format version {now}: there is no higher one.")}</Note>
                <p><a class="btn btn-sm" href=back>"Back to the table"</a></p>
            }
            .into_any();
        };
        let typed = posted.value(&FORMAT_VERSION, &next.to_string());
        let wrong = posted.wrong(&FORMAT_VERSION);
        let option = move |(version, text): (i64, &'static str)| {
            let version = version.to_string();
            let selected = version == typed;
            view! { <option value=version selected=selected>{text}</option> }
        };
        view! {
            <Steps posted=posted.clone() button="Raise it" back>
                <p class="text-sm">{format!("The table has format version {now}.")}</p>
                <label class="grid gap-1 text-sm max-w-xl">
                    <span class="font-medium">{FORMAT_VERSION.label}</span>
                    <select class="select select-sm w-full sm:w-96" name=FORMAT_VERSION.name>
                        {higher.into_iter().map(option).collect_view()}
                    </select>
                    {wrong.map(|wrong| view! { <span class="text-error wrap-anywhere">{wrong}</span> })}
                    <span class="text-xs text-base-content/70">"It never goes down again."</span>
                </label>
            </Steps>
        }
        .into_any()
    };
    view! {
        <Head verb="Raise the format version of" place noun=Noun::Table />
        <Now also children=form />
    }
}

#[component]
pub fn EditLocation() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let also = unknown(&posted);
    let back = place.table_path(TableTab::Overview);
    let form = move |overview: Overview| {
        let wrong = posted.wrong(&LOCATION).unwrap_or_default();
        let value = posted.value(&LOCATION, &overview.location.unwrap_or_default());
        view! {
            <Steps posted=posted.clone() button="Change it" back=back.clone()>
                <TextField
                    name=LOCATION.name
                    label="Location"
                    value
                    help="Where new files go. What is there already stays where it is."
                    required=true
                    wrong
                />
            </Steps>
        }
        .into_any()
    };
    view! {
        <Head verb="Change the location of" place noun=Noun::Table />
        <Now also children=form />
    }
}

#[component]
pub fn RemoveUnused() -> impl IntoView {
    let place = use_place().get_untracked();
    let back = place.table_path(TableTab::Schema);
    view! {
        <Head verb="Remove unused schemas of" place noun=Noun::Table />
        <AtOnce change=ChangePage::RemoveUnused button="Remove them" back back_text="Back to the table" />
    }
}

/// A table at a glance, as it is now.
#[component]
fn Now<F>(also: ViewFn, children: F) -> impl IntoView
where
    F: Fn(Overview) -> AnyView + Send + Sync + 'static,
{
    let place = use_place().get_untracked();
    let load = move |()| load_overview(place.clone(), true);
    let read = Resource::new(|| (), load);
    view! { <LoadedBelow resource=read also let:overview>{children(overview.data)}</LoadedBelow> }
}

#[component]
pub fn DropStatistics() -> impl IntoView {
    let (place, query) = (use_place().get_untracked(), use_query().get_untracked());
    let posted: Posted<Preview> = use_posted();
    let [kind, snapshot] = [TYPE, SNAPSHOT].map(|field| query.text(field.name));
    let what = if kind == PARTITIONS {
        "Partition statistics"
    } else {
        "Statistics"
    };
    let said = format!("{what} of snapshot {}.", visible(&snapshot));
    let back = place.table_path(TableTab::Statistics);
    view! {
        <Head verb="Remove statistics of" place noun=Noun::Table />
        <Steps posted=posted.clone() button="Remove them" back>
            <input type="hidden" name=TYPE.name value=kind />
            <input type="hidden" name=SNAPSHOT.name value=snapshot />
            <p class="text-sm wrap-anywhere">{said}</p>
        </Steps>
    }
}
