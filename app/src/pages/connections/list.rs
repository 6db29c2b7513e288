use connection::presets::{PRESETS, Preset};
use leptos::prelude::*;
use model::{
    catalog_comparison::COMPARE_CATALOGS,
    connection_form::{
        CONNECTIONS, ConnectionList, ConnectionRow, Imported, Made, copy_path, edit_path, new_path,
    },
    form::{
        NAME, VERSION,
        operation::{DELETE, DOWN, UP},
    },
    paths::Place,
    posted::Posted,
};

use super::paste::{Found, Paste};
use crate::{
    api::connections::load_connection_list,
    components::{act::Act, loaded::Loaded, refusal::Refusal},
    posted::use_posted,
    resource::Resource,
    ui::{
        badge::{Badge, UNKNOWN},
        section::Section,
        table::{Column, Table},
        title::Title,
    },
};

const COLUMNS: &[Column] = &[
    Column::Text("Catalog"),
    Column::Text("Used by"),
    Column::Text("Actions"),
];

#[component]
pub fn ListPage() -> impl IntoView {
    let read = Resource::new(|| (), |()| load_connection_list());
    let posted: Posted<Imported> = use_posted();
    view! {
        <Title text="All connections" />
        <main id="main" tabindex="-1" class="p-4 max-w-6xl">
            <h1 class="mb-3">"All connections"</h1>
            {posted.error.clone().map(|error| view! { <Refusal error /> })}
            {posted.outcome.map(|read| view! { <Found read /> })}
            <Loaded resource=read let:read>
                <Add />
                <Paste />
                <All read />
            </Loaded>
            <p class="text-sm my-2"><a class="link" href=COMPARE_CATALOGS>"Compare two catalogs"</a></p>
        </main>
    }
}

#[component]
fn Add() -> impl IntoView {
    let preset = |preset: &'static Preset| {
        view! {
            <li>
                <a class="link font-medium" href=new_path(preset.id)>{preset.label}</a>
                <span class="block text-base-content/70">{preset.says}</span>
            </li>
        }
    };
    view! {
        <Section title="Add a catalog">
            <ul class="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2 my-2">
                {PRESETS.into_iter().map(preset).collect_view()}
            </ul>
        </Section>
    }
}

#[component]
fn All(read: ConnectionList) -> impl IntoView {
    let row = |row: ConnectionRow| view! { <Row row /> };
    let samples = read.rows.iter().any(|row| row.made == Made::Sample);
    view! {
        <Section title="Connections">
            <Table label="Connections" columns=COLUMNS rows=read.rows empty="No catalog is connected yet." children=row />
            {samples.then(|| view! {
                <p class="text-sm my-2 text-base-content/70">
                    "Samples are there to look around in. Once a catalog of yours is connected, Crowsnest starts without them, unless it is started with " <code>"--sample"</code> "."
                </p>
            })}
        </Section>
    }
}

#[component]
fn Row(row: ConnectionRow) -> impl IntoView {
    let (badge, changes) = match row.made {
        Made::Configured => (Some(("in the configuration", "")), false),
        Made::Sample => (Some(("sample", "")), false),
        Made::Here => (None, true),
        Made::Disabled => (Some(("disabled", "badge-warning")), true),
        Made::Uncalled => (Some(("cannot be called", "badge-error")), true),
        Made::Altered => (Some(("changed from outside", "badge-error")), true),
    };
    let used = matches!(row.made, Made::Configured | Made::Sample | Made::Here);
    let name = row.name.clone();
    let title = match used {
        true => view! { <a class="link" href=Place::connection(&name).connection_path()>{name.clone()}</a> }.into_any(),
        false => name.clone().into_any(),
    };
    let state = (used && !row.is_personal).then(|| match row.health {
        None => ("Not looked at yet".to_owned(), UNKNOWN),
        Some(health) if health.problem.is_some() => (health.standing(), "badge-error"),
        Some(health) => (health.standing(), "badge-success"),
    });
    let copies = matches!(row.made, Made::Here | Made::Disabled | Made::Uncalled);
    view! {
        <tr>
            <td class="wrap-anywhere min-w-36">
                {title}
                {badge.map(|(text, tone)| view! { " " <Badge text tone /> })}
                {state.map(|(text, tone)| view! { " " <Badge text tone /> })}
                <p class="font-mono text-xs text-base-content/70">{row.url}</p>
                {(!row.acts.is_empty()).then(|| view! { <p class="text-xs text-base-content/70">"Called as: "{row.acts}</p> })}
            </td>
            <td>{row.audience}</td>
            <td>
                {(row.made == Made::Altered).then(|| view! {
                    <Act action=edit_path(&name) operation=DELETE of=(&VERSION, String::new()) button="Remove" about=name.clone() />
                })}
                {changes.then(|| view! {
                    <div class="flex flex-wrap gap-1">
                        <a class="btn btn-xs" href=edit_path(&name)>"Edit"<span class="sr-only">" "{name.clone()}</span></a>
                        {copies.then(|| view! { <a class="btn btn-xs" href=copy_path(&name)>"Copy"<span class="sr-only">" "{name.clone()}</span></a> })}
                        <Act action=CONNECTIONS operation=UP of=(&NAME, name.clone()) button="Up" about=name.clone() />
                        <Act action=CONNECTIONS operation=DOWN of=(&NAME, name.clone()) button="Down" about=name.clone() />
                    </div>
                })}
            </td>
        </tr>
    }
}
