use iceberg_rest::Dialect;
use leptos::prelude::*;
use model::{
    form::{DELETE_FILES, FORCE, Field, KEY, LOCATION, NAME, RECURSIVE},
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
        connection::OfKind,
        field::FieldInput,
        loaded::LoadedBelow,
        page_header::{PageHeader, crumbs},
        preview::{AtOnce, PreviewForm, Steps, unknown},
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
    let also = unknown(&posted);
    view! {
        <PageHeader title=title("Edit properties of", &place) noun="Namespace" crumbs=Signal::stored(crumbs(&place)) />
        <LoadedBelow resource=read also let:namespace>
            <Edit properties=namespace.data.properties posted=posted.clone() back=back.clone() />
        </LoadedBelow>
    }
}

#[component]
pub fn DropNamespace() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let back = place.namespace_path();
    view! {
        <PageHeader title=title("Drop", &place) noun="Namespace" crumbs=Signal::stored(crumbs(&place)) />
        <AtOnce change=ChangePage::DropNamespace button="Drop the namespace" back back_text="Back to the namespace" />
        <Along posted=posted.form() />
    }
}

/// What else goes with it, where the catalog is known to do that: each is chosen by itself.
#[component]
fn Along(posted: Posted) -> impl IntoView {
    let along = move |dialect: Option<Dialect>| {
        let offered = dialect.is_some_and(|dialect| dialect.profile().drops_recursively);
        let field = |field: &'static Field| {
            let wrong = posted.wrong(field).unwrap_or_default();
            view! { <FieldInput field value=posted.value(field, "") wrong /> }
        };
        let all = [&RECURSIVE, &FORCE, &DELETE_FILES];
        let open = all.iter().any(|field| posted.all(field).next().is_some());
        let fields = all.map(field);
        let form = offered.then(|| {
            view! {
                <details class="my-4" open=open>
                    <summary class="cursor-pointer">"Drop it with what it holds, or although it is protected"</summary>
                    <PreviewForm>
                        {fields}
                    </PreviewForm>
                </details>
            }
        });
        form.into_any()
    };
    view! { <OfKind children=along /> }
}

fn title(verb: &str, place: &Place) -> String {
    let name = place.namespace.last().map_or("", String::as_str);
    format!("{verb} {name}")
}
