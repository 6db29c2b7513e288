//! Properties, key by key.

use leptos::prelude::*;
use model::{
    form::{KEY, SEEN_KEY, SEEN_MASKED, SEEN_VALUE, VALUE},
    format::count,
    open::Noun,
    page::{TableTab, ViewTab},
    posted::Posted,
    preview::Preview,
    properties::{
        Properties, is_of_answer,
        known::{Known, known_of},
    },
    settings::Setting,
};

use super::object::Head;
use crate::{
    api::{tables::load_properties, views::load_view_properties},
    components::{
        loaded::LoadedBelow,
        preview::{Steps, unknown},
        properties::PropertyFields,
    },
    location::use_place,
    posted::use_posted,
    resource::Resource,
    ui::{
        note::Note,
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

#[component]
pub fn EditTable() -> impl IntoView {
    view! { <EditObject noun=Noun::Table /> }
}

#[component]
pub fn EditView() -> impl IntoView {
    view! { <EditObject noun=Noun::View /> }
}

#[component]
fn EditObject(noun: Noun) -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let back = match noun {
        Noun::View => place.view_path(ViewTab::Properties),
        _ => place.table_path(TableTab::Properties),
    };
    let asked = place.clone();
    let load = move |()| {
        let (place, all) = (asked.clone(), String::new());
        async move {
            match noun {
                Noun::View => load_view_properties(place, all, 0).await,
                _ => load_properties(place, all, 0, false).await,
            }
        }
    };
    let read = Resource::new(|| (), load);
    let also = unknown(&posted);
    view! {
        <Head verb="Edit properties of" place noun />
        <LoadedBelow resource=read also let:properties>
            <Others properties=&properties.data />
            <Edit properties=own(properties.data.rows.rows) posted=posted.clone() back=back.clone() keys=Some(KEYS) />
            <Meanings noun />
        </LoadedBelow>
    }
}

/// Those that somebody may set.
fn own(mut properties: Vec<Setting>) -> Vec<Setting> {
    properties.retain(|setting| !is_of_answer(&setting.key));
    properties
}

/// What the form does not show, where there is so much.
#[component]
fn Others<'a>(properties: &'a Properties) -> impl IntoView + use<> {
    let (shown, total) = (properties.rows.rows.len(), properties.total);
    (shown < total).then(|| {
        let more = format!(
            "These are the first {} of {}: the others stay as they are, unless their key is typed below.",
            count(shown),
            count(total),
        );
        view! { <Note>{more}</Note> }
    })
}

/// The list of keys that have a meaning.
const KEYS: &str = "known-keys";

/// What Iceberg gives a meaning to, folded.
#[component]
fn Meanings(noun: Noun) -> impl IntoView {
    let known = known_of(noun);
    let option = |known: &Known| view! { <option value=known.key></option> };
    let row = |known: Known| {
        let default = if known.default.is_empty() {
            "—"
        } else {
            known.default
        };
        view! {
            <tr>
                <td>{known.key}</td>
                <td>{known.does}</td>
                <td>{known.takes.words()}</td>
                <td>{default}</td>
            </tr>
        }
    };
    view! {
        <datalist id=KEYS>{known.iter().map(option).collect_view()}</datalist>
        <details class="my-4">
            <summary class="cursor-pointer text-sm">"Keys that Iceberg gives a meaning to"</summary>
            <Table
                label="Known keys"
                columns=&[Code("Key"), Text("What it does"), Text("Takes"), Code("Without it")]
                rows=known.to_vec()
                let:known
            >
                {row(known)}
            </Table>
            <p class="text-xs text-base-content/70 max-w-prose">"Engines and catalogs have more of their own, and some catalogs other values where nothing is set."</p>
        </details>
    }
}

/// The form, filled in with what is there.
#[component]
pub fn Edit(
    properties: Vec<Setting>,
    posted: Posted<Preview>,
    back: String,
    /// The id of a list of keys.
    #[prop(default = None)]
    keys: Option<&'static str>,
) -> impl IntoView {
    let wrong = [KEY, VALUE].iter().find_map(|field| posted.wrong(field));
    view! {
        <Steps posted=posted.clone() button="Save properties" back>
            <Seen properties=properties.clone() posted=posted.form() />
            <Wrong text=wrong.unwrap_or_default() />
            <PropertyFields properties posted=posted.form() keys />
        </Steps>
    }
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
pub fn Wrong(text: String) -> impl IntoView {
    (!text.is_empty()).then(|| view! { <p class="text-sm text-error wrap-anywhere">{text}</p> })
}
