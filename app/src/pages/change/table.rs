//! A new table.

use iceberg_rest::Dialect;
use leptos::prelude::*;
use model::{
    form::{COLUMNS, FORMAT_VERSION, KEY, LOCATION, NAME, PARTITIONS, SORT},
    format::visible,
    page::NamespaceTab,
    paths::{FROM, FROM_NAMESPACE, Place, Query},
    posted::Posted,
    preview::Preview,
    template::Template,
};

use super::properties::Wrong;
use crate::{
    api::tables::load_template,
    components::{
        connection::OfKind,
        field::FieldInput,
        loaded::Loaded,
        page_header::{PageHeader, crumbs},
        preview::Steps,
        properties::PropertyFields,
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
    ui::{
        note::Note,
        table::{
            Column::{Code, Text},
            Table,
        },
        text_field::TextField,
    },
};

#[component]
pub fn NewTable() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let like = like(&place, &use_query().get_untracked());
    view! {
        <PageHeader title="New table" noun="Table" crumbs=Signal::stored(crumbs(&place)) />
        <Inside noun="table" place=place.clone() />
        {match like.filter(|_| !posted.is_sent()) {
            None => view! { <Fill template=Template::default() posted /> }.into_any(),
            Some(like) => {
                let read = Resource::new(|| (), move |()| load_template(like.clone()));
                view! {
                    <Loaded resource=read let:template>
                        <Fill template=template.data posted=posted.clone() />
                    </Loaded>
                }
                .into_any()
            }
        }}
    }
}

/// The table that it is to be like, as the address names it.
fn like(place: &Place, query: &Query) -> Option<Place> {
    let name = query.get(FROM)?;
    let levels: Vec<String> = query.all(FROM_NAMESPACE).map(str::to_owned).collect();
    Some(match levels.is_empty() {
        true => place.with_object(name),
        false => place.with_namespace(&levels).with_object(name),
    })
}

/// Where a new table or view will stand.
#[component]
pub fn Inside(noun: &'static str, place: Place) -> impl IntoView {
    let inside = match place.namespace.is_empty() {
        true => format!("A {noun} stands in a namespace: open one, and begin there."),
        false => format!(
            "It will stand in the namespace {}.",
            visible(&place.dotted())
        ),
    };
    view! { <p class="text-sm text-base-content/70 max-w-prose wrap-anywhere">{inside}</p> }
}

/// The form, filled in as the template says until something else is typed.
#[component]
fn Fill(template: Template, posted: Posted<Preview>) -> impl IntoView {
    let Template {
        columns,
        partitions,
        sort,
        version,
        properties,
        notes,
    } = template;
    let back = use_place()
        .get_untracked()
        .namespace_tab_path(NamespaceTab::Tables);
    let told = posted.clone();
    let wrong = move |field| told.wrong(field).unwrap_or_default();
    let version = posted.value(
        &FORMAT_VERSION,
        if version.is_empty() { "2" } else { &version },
    );
    let choice = move |value: &'static str, text| {
        let selected = version == value;
        view! { <option value=value selected=selected>{text}</option> }
    };
    let unversioned = wrong(&FORMAT_VERSION);
    view! {
        {notes.into_iter().map(|note| view! { <Note>{visible(&note)}</Note> }).collect_view()}
        <Steps posted=posted.clone() button="Create table" back>
            <TextField name=NAME.name label=NAME.label value=posted.value(&NAME, "") required=true wrong=wrong(&NAME) />
            <FieldInput field=&COLUMNS value=posted.value(&COLUMNS, &columns) wrong=wrong(&COLUMNS) rows="10" />
            <Grammar />
            <FieldInput field=&PARTITIONS value=posted.value(&PARTITIONS, &partitions) wrong=wrong(&PARTITIONS) rows="3" />
            <FieldInput field=&SORT value=posted.value(&SORT, &sort) wrong=wrong(&SORT) rows="3" />
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{FORMAT_VERSION.label}</span>
                <select class="select select-sm w-72 max-w-full" name=FORMAT_VERSION.name>
                    {choice("1", "1: rows are only added")}
                    {choice("2", "2: rows can be deleted and updated")}
                    {choice("3", "3: variant, defaults, row lineage")}
                </select>
                {(!unversioned.is_empty()).then(|| view! { <span class="text-error wrap-anywhere">{unversioned}</span> })}
            </label>
            <Goes posted=posted.form() />
            <Wrong text=wrong(&KEY) />
            <PropertyFields properties posted=posted.form() />
        </Steps>
    }
}

/// Where its files go: typed where the catalog lets that be chosen.
#[component]
fn Goes(posted: Posted) -> impl IntoView {
    let goes = move |dialect: Option<Dialect>| {
        let profile = dialect.map(Dialect::profile);
        match profile.filter(|profile| profile.chooses_location) {
            Some(profile) => {
                let told = format!("{} chooses itself where a table goes.", profile.title);
                view! { <Note>{told}</Note> }.into_any()
            }
            None => view! {
                <TextField
                    name=LOCATION.name
                    label="Location"
                    value=posted.value(&LOCATION, "")
                    help="Where its files go: s3://bucket/path. Empty: the catalog chooses."
                    wrong=posted.wrong(&LOCATION).unwrap_or_default()
                />
            }
            .into_any(),
        }
    };
    view! { <OfKind children=goes /> }
}

/// How columns are written, by example: what is written, and what it is.
const GRAMMAR: [(&str, &str); 10] = [
    (
        "id bigint not null",
        "A name, a type, and that it is never null.",
    ),
    ("id long not null identifier", "Rows are told apart by it."),
    ("note string comment 'of the customer'", "With a comment."),
    (
        "`order no` int",
        "Names that are not plain stand in backticks.",
    ),
    (
        "boolean, int, long, float, double, decimal(12, 2)",
        "Or as SQL calls them: bigint, real, numeric.",
    ),
    (
        "date, time, timestamp, timestamptz",
        "Or: timestamp with time zone.",
    ),
    (
        "string, uuid, fixed[16], binary",
        "Or as SQL calls them: text, varchar, bytes.",
    ),
    (
        "struct<city string not null, zip int>, list<string>, map<string, int>",
        "They nest, and may run over several lines.",
    ),
    (
        "unknown, variant, geometry, geography, timestamp_ns, timestamptz_ns",
        "In format version 3.",
    ),
    (
        "state string default 'new'",
        "A default, in format version 3.",
    ),
];

#[component]
fn Grammar() -> impl IntoView {
    let row = |(written, is): (&'static str, &'static str)| {
        view! {
            <tr>
                <td>{written}</td>
                <td>{is}</td>
            </tr>
        }
    };
    view! {
        <details class="max-w-3xl">
            <summary class="cursor-pointer text-sm">"How columns are written"</summary>
            <Table label="Examples" columns=&[Code("Written"), Text("What it is")] rows=GRAMMAR.to_vec() let:example>
                {row(example)}
            </Table>
        </details>
    }
}
