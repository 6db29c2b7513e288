use leptos::prelude::*;
use model::{
    form::{KEY, LOCATION, NAME},
    format::visible,
    page::{ChangePage, NamespaceTab},
    paths::Place,
    posted::Posted,
    preview::Preview,
};

use super::properties::{Edit, Wrong};
use crate::{
    api::namespaces::load_namespace,
    components::{
        loaded::Loaded,
        page_header::{PageHeader, crumbs},
        preview::{AtOnce, Steps},
        properties::PropertyFields,
    },
    location::use_place,
    posted::use_posted,
    resource::Resource,
    ui::text_field::TextField,
};

#[component]
pub fn NewNamespace() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let back = place.namespace_tab_path(NamespaceTab::Namespaces);
    let inside = match place.namespace.is_empty() {
        true => "It will stand at the top of the warehouse.".to_owned(),
        false => format!(
            "It will stand in the namespace {}.",
            visible(&place.dotted())
        ),
    };
    let wrong = |field| posted.wrong(field).unwrap_or_default();
    let (name, location, key) = (wrong(&NAME), wrong(&LOCATION), wrong(&KEY));
    view! {
        <PageHeader title="New namespace" noun="Namespace" crumbs=Signal::stored(crumbs(&place)) />
        <p class="text-sm text-base-content/70 max-w-prose wrap-anywhere">{inside}</p>
        <Steps posted=posted.clone() button="Create namespace" back>
            <TextField name=NAME.name label=NAME.label value=posted.value(&NAME, "") required=true wrong=name />
            <TextField
                name=LOCATION.name
                label="Location"
                value=posted.value(&LOCATION, "")
                help="Where its tables go unless their creator says something else: s3://bucket/path. Empty: the catalog chooses."
                wrong=location
            />
            <Wrong text=key />
            <PropertyFields properties=Vec::new() posted=posted.form() />
        </Steps>
    }
}

#[component]
pub fn EditNamespace() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let back = place.namespace_tab_path(NamespaceTab::Properties);
    let asked = place.clone();
    let read = Resource::new(|| (), move |()| load_namespace(asked.clone()));
    view! {
        <PageHeader title=title("Edit properties of", &place) noun="Namespace" crumbs=Signal::stored(crumbs(&place)) />
        <Loaded resource=read let:namespace>
            <Edit properties=namespace.data.properties posted=posted.clone() back=back.clone() />
        </Loaded>
    }
}

#[component]
pub fn DropNamespace() -> impl IntoView {
    let place = use_place().get_untracked();
    let back = place.namespace_path();
    view! {
        <PageHeader title=title("Drop", &place) noun="Namespace" crumbs=Signal::stored(crumbs(&place)) />
        <AtOnce change=ChangePage::DropNamespace button="Drop the namespace" back back_text="Back to the namespace" />
    }
}

fn title(verb: &str, place: &Place) -> String {
    let name = place.namespace.last().map_or("", String::as_str);
    format!("{verb} {name}")
}
