use leptos::prelude::*;
use model::{
    form::{KEY, LOCATION, NAME, SEEN_KEY, SEEN_MASKED, SEEN_VALUE, VALUE},
    format::visible,
    page::{ChangePage, NamespaceTab},
    paths::Place,
    posted::Posted,
    preview::Preview,
    settings::Setting,
};

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
            {
                let (posted, properties) = (posted.clone(), namespace.data.properties);
                let wrong = [KEY, VALUE].iter().find_map(|field| posted.wrong(field));
                view! {
                    <Steps posted=posted.clone() button="Save properties" back=back.clone()>
                        <Seen properties=properties.clone() posted=posted.form() />
                        <Wrong text=wrong.unwrap_or_default() />
                        <PropertyFields properties posted=posted.form() />
                    </Steps>
                }
            }
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

/// Hidden fields for what the form was filled in from, as it was the first time.
#[component]
fn Seen(properties: Vec<Setting>, posted: Posted) -> impl IntoView {
    let hidden = |name: &'static str, value: String| {
        view! { <input type="hidden" name=name value=value /> }
    };
    if posted.is_sent() {
        let fields = [SEEN_KEY, SEEN_VALUE, SEEN_MASKED].map(|field| field.name);
        let field = move |(name, value): &(String, String)| {
            let name = fields.into_iter().find(|field| *field == name)?;
            Some(hidden(name, value.clone()))
        };
        let pairs = posted.pairs().iter();
        return pairs.filter_map(field).collect_view().into_any();
    }
    let field = |Setting { key, value }: Setting| match value.whole() {
        Some(text) => view! {
            {hidden(SEEN_KEY.name, key)}
            {hidden(SEEN_VALUE.name, text.to_owned())}
        }
        .into_any(),
        None => hidden(SEEN_MASKED.name, key).into_any(),
    };
    properties.into_iter().map(field).collect_view().into_any()
}

/// What is wrong with fields that stand several times.
#[component]
fn Wrong(text: String) -> impl IntoView {
    (!text.is_empty()).then(|| view! { <p class="text-sm text-error wrap-anywhere">{text}</p> })
}
