mod abilities;
mod choose;

use abilities::Abilities;
use choose::{Branches, Listed, OpenByName, References, Warehouses, WhatToChoose};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    catalog_comparison::compare_catalog_path,
    connection_form::edit_path,
    connections::{ConnectionView, Opened, Rights, Unchosen},
    error::Kind,
    page::{ChangePage, Page},
    paths::Place,
};

use super::connect::ConnectPage;

use crate::{
    api::connections::{load_connection, load_rights},
    components::{
        again::ask_again_while,
        change_links::ChangeLinks,
        connection::use_facts,
        filtered_settings::FilteredSettings,
        loaded::Loaded,
        page_header::{PageHeader, crumbs},
        read_at::{ReadAt, new_asks},
    },
    location::use_place,
    parts::part,
    resource::Resource,
    ui::{
        badge::Badge,
        copy::Copyable,
        facts::{Fact, Facts},
        note::Notes,
    },
};

part! {
    /// A connection, and how engines connect to it.
    connection() {
        match Page::parse(&use_location().pathname.get_untracked()) {
            Some(Page::Connect) => ConnectPage().into_any(),
            _ => ConnectionPage().into_any(),
        }
    }
}

/// What a catalog says about itself, and the ways into it.
#[component]
fn ConnectionPage() -> impl IntoView {
    let place = use_place();
    let refresh = RwSignal::new(0);
    let is_new = new_asks();
    let connection = Resource::new(
        move || (place.get(), refresh.get()),
        move |(place, refresh)| load_connection(place, is_new(refresh)),
    );
    let rights = Resource::new(move || place.get(), load_rights);
    ask_again_while(rights, |_| false);
    let listed = Listed::new(place);
    let branches = Branches::new(place);
    let known = move || {
        connection
            .with(|read| !matches!(read, Some(Err(error)) if error.kind == Kind::NoConnection))
    };
    view! {
        <PageHeader
            title=Signal::derive(move || place.read().connection.clone())
            noun="Connection"
            crumbs=Signal::derive(move || crumbs(&place.read()))
        />
        <div class="grid gap-x-8 gap-y-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
            <div class="min-w-0">
                <Loaded resource=connection let:read>
                    <ReadAt moment=read.at refresh />
                    <Notes notes=read.notes />
                    {match read.data {
                        Opened::At(view) => view! { <About view=*view rights /> }.into_any(),
                        Opened::Unchosen(unchosen) => view! { <Choose unchosen place listed /> }.into_any(),
                    }}
                </Loaded>
            </div>
            <Transition>
                <Show when=known>
                    <div class="min-w-0 grid gap-4 content-start">
                        <p class="flex flex-wrap gap-2">
                            <a class="btn btn-primary btn-sm" href=move || place.read().namespace_path()>"Browse namespaces"</a>
                            <a class="btn btn-sm" href=move || place.read().connect_path()>"Connect an engine"</a>
                            <EditLink place />
                            <a class="btn btn-sm" href=move || compare_catalog_path(&place.read())>"Compare with another catalog"</a>
                            <ChangeLinks place changes=ChangePage::TOP />
                        </p>
                        <Warehouses place listed />
                        <References place branches />
                        <OpenByName place />
                    </div>
                </Show>
            </Transition>
        </div>
    }
}

/// Nothing is wrong: each page has to say which warehouse it is about.
#[component]
fn Choose(unchosen: Unchosen, place: Memo<Place>, listed: Listed) -> impl IntoView {
    let new = place.read_untracked().catalog_new_path();
    view! {
        <Facts>
            <Fact name="Address"><Copyable text=unchosen.url what="address" /></Fact>
            <Fact name="Kind">{unchosen.kind}</Fact>
            <Fact name="Warehouse">"none is chosen"</Fact>
            <Fact name="Sign-in">
                {unchosen.auth} " "
                {unchosen.read_only.then(|| view! { <Badge text="read-only" /> })}
            </Fact>
        </Facts>
        <section class="my-4 max-w-prose text-sm">
            <WhatToChoose listed />
            {unchosen.makes.then(|| view! { <p class="mt-2"><a class="btn btn-sm" href=new>"New catalog"</a></p> })}
        </section>
    }
}

#[component]
fn About(view: ConnectionView, rights: Resource<Option<Rights>>) -> impl IntoView {
    let found = if view.kind_configured {
        "as configured"
    } else {
        "found out from its answers"
    };
    view! {
        <Facts>
            <Fact name="Address"><Copyable text=view.url what="address" /></Fact>
            <Fact name="Kind">{view.kind} <span class="text-base-content/70">" (" {found} ")"</span></Fact>
            <Fact name="Warehouse">{view.warehouse.unwrap_or_else(|| "the server's default".into())}</Fact>
            {view.reference.map(|reference| view! { <Fact name="Reference">{reference}</Fact> })}
            <Fact name="Sign-in">
                {view.auth} " "
                {view.read_only.then(|| view! { <Badge text="read-only" /> })}
            </Fact>
            <Fact name="Prefix in paths">
                {if view.prefix.is_empty() {
                    "none".into_any()
                } else {
                    view! { <Copyable text=view.prefix what="prefix" /> }.into_any()
                }}
            </Fact>
            <Fact name="Level separator">
                <code>{view.separator}</code>
                {view.separator_note.map(|note| view! { <p class="text-base-content/70">{note}</p> })}
            </Fact>
        </Facts>
        <h2 class="mt-6 mb-1">"What works here"</h2>
        <Abilities abilities=view.abilities rights />
        <h2 class="mt-6 mb-1">"Overrides"</h2>
        <FilteredSettings settings=view.overrides label="Overrides" nothing="The catalog overrides no setting." />
        <h2 class="mt-6 mb-1">"Defaults"</h2>
        <FilteredSettings settings=view.defaults label="Defaults" nothing="The catalog suggests no setting." />
        <Ignored ignored=view.ignored />
        <Endpoints endpoints=view.endpoints />
    }
}

#[component]
fn Ignored(ignored: Vec<(String, String)>) -> impl IntoView {
    let row = |(key, reason)| view! { <li><code>{key}</code> ": " {reason}</li> };
    (!ignored.is_empty()).then(|| {
        view! {
            <h2 class="mt-6 mb-1">"Not followed"</h2>
            <ul class="text-sm list-disc pl-5 wrap-anywhere">
                {ignored.into_iter().map(row).collect_view()}
            </ul>
        }
    })
}

#[component]
fn Endpoints(endpoints: Option<Vec<String>>) -> impl IntoView {
    let Some(endpoints) = endpoints else {
        return view! {
            <h2 class="mt-6 mb-1">"Advertised endpoints"</h2>
            <p class="text-sm text-base-content/70">"The catalog does not say which calls it has."</p>
        }
        .into_any();
    };
    let row = |endpoint| view! { <li class="wrap-anywhere">{endpoint}</li> };
    view! {
        <h2 class="mt-6 mb-1">"Advertised endpoints"</h2>
        <details>
            <summary class="cursor-pointer text-sm">{model::format::counted(endpoints.len(), "endpoint")}</summary>
            <ul class="font-mono text-xs my-2 grid gap-0.5">
                {endpoints.into_iter().map(row).collect_view()}
            </ul>
        </details>
    }
    .into_any()
}

/// To where it was made, for who changes it there.
#[component]
fn EditLink(place: Memo<Place>) -> impl IntoView {
    let facts = use_facts();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let edits = facts.await.is_ok_and(|facts| facts.edits);
                edits.then(|| view! { <a class="btn btn-sm" href=move || edit_path(&place.read().connection)>"Edit the connection"</a> })
            })}
        </Transition>
    }
}
