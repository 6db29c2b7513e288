use std::time::Duration;

use leptos::prelude::*;
use model::{
    connections::{ConnectionCard, Health, Names, summary, unlisted},
    paths::{PROBE, Place},
};

use crate::{
    api::connections::list_connections,
    components::{
        again::{PAUSE, ask_again_after},
        kept::Kept,
        loaded::Loaded,
        moment::MomentText,
    },
    ui::{badge::Badge, title::Title},
};

/// Until the page asks again for a connection that failed: the server looks at it anew then.
const FAILED_PAUSE: Duration = Duration::from_secs(5);

/// What to add to the configuration where there is nothing to show.
const SAMPLE: &str = r#"[[connection]]
name = "prod"
kind = "polaris"
url = "https://polaris.example.com/api/catalog"
warehouse = "main"

[connection.auth]
type = "oauth2"
client_id = "crowsnest"
client_secret_env = "PROD_CLIENT_SECRET"
scope = "PRINCIPAL_ROLE:ALL""#;

/// The configured connections, each as it was last seen.
#[component]
pub fn HomePage() -> impl IntoView {
    let connections = Resource::new(|| (), |()| list_connections());
    ask_again_after(connections, |cards| {
        let looked_at = |card: &ConnectionCard| {
            card.probing || card.health.is_none() || card.warehouses.under_way
        };
        match cards.iter().any(looked_at) {
            true => Some(PAUSE),
            false => cards
                .iter()
                .any(ConnectionCard::fails)
                .then_some(FAILED_PAUSE),
        }
    });
    view! {
        <Title text="Connections" />
        <main id="main" tabindex="-1" class="p-4 max-w-7xl mx-auto">
            <div class="flex items-center justify-between mb-3">
                <h1 class="text-xl font-semibold">"Connections"</h1>
                <form method="post" action=PROBE>
                    <button class="btn btn-sm">"Refresh"</button>
                </form>
            </div>
            <Loaded resource=connections let:cards>
                {if cards.is_empty() {
                    view! { <Nothing /> }.into_any()
                } else {
                    let mut cards = cards;
                    let all = summary(&cards);
                    // What needs somebody stands first, else as configured.
                    cards.sort_by_key(|card| !card.fails());
                    view! {
                        <p class="text-sm text-base-content/70 mb-3">{all}</p>
                        <ul class="grid gap-3 md:grid-cols-2 2xl:grid-cols-3">
                            {cards.into_iter().map(|card| view! { <Card card /> }).collect_view()}
                        </ul>
                    }.into_any()
                }}
            </Loaded>
            <Kept />
        </main>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <section class="max-w-prose">
            <h2 class="font-semibold">"No catalog is connected yet"</h2>
            <p class="my-2">
                "Add a connection like this one to " <code>"crowsnest.toml"</code>
                " and restart Crowsnest, or start it with " <code>"--sample"</code> " to look around in sample data."
            </p>
            <pre class="bg-base-200 rounded-box p-3 text-sm overflow-x-auto" tabindex="0">{SAMPLE}</pre>
        </section>
    }
}

#[component]
fn Card(card: ConnectionCard) -> impl IntoView {
    let place = Place::connection(&card.name);
    let kind = card
        .kind
        .clone()
        .unwrap_or_else(|| "Kind not known yet".into());
    let version = card
        .health
        .as_ref()
        .and_then(|health| health.version.clone());
    let warehouses = card.warehouses;
    let none = warehouses.names.is_empty();
    let none_listed = none && warehouses.at.is_some();
    // Where there is nothing to choose from, a name can be typed.
    let choose = match none && (none_listed || warehouses.problem.is_some()) {
        true => "Type a warehouse's name",
        false => "Choose a warehouse",
    };
    view! {
        <li class="card card-border border-base-300 card-sm bg-base-100">
            <div class="card-body gap-2">
                <div class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                    <h2 class="card-title wrap-anywhere">
                        <a href=place.connection_path() class="link link-hover">{card.name}</a>
                    </h2>
                    <span class="text-base-content/70">{kind} " " {version}</span>
                    {card.read_only.then(|| view! { <Badge text="read-only" /> })}
                </div>
                <div class="font-mono text-xs wrap-anywhere">{card.url}</div>
                <Seen health=card.health probing=card.probing />
                <div class="text-sm text-base-content/70">"Sign-in: " {card.auth}</div>
                {(card.wants_warehouse && none_listed).then(|| {
                    let new = card.makes.then(|| view! { " " <a class="link" href=place.catalog_new_path()>"New catalog"</a> });
                    view! { <p class="text-sm">"The server lists no warehouse to this identity." {new}</p> }
                })}
                <Warehouses place=place.clone() default=card.warehouse warehouses />
                <div class="mt-auto pt-1">
                    {if card.wants_warehouse {
                        view! { <a class="btn btn-sm" href=place.connection_path()>{choose}</a> }
                    } else {
                        view! { <a class="btn btn-sm" href=place.namespace_path()>"Browse namespaces"</a> }
                    }}
                </div>
            </div>
        </li>
    }
}

#[component]
fn Seen(health: Option<Health>, probing: bool) -> impl IntoView {
    let looking = view! { <Badge text="Being looked at" /> };
    let Some(health) = health else {
        return view! { <div class="text-sm">{looking}</div> }.into_any();
    };
    view! {
        <div class="text-sm grid gap-1">
            <p class="flex flex-wrap items-center gap-2">
                {match &health.problem {
                    None => view! { <Badge text=format!("Answers in {} ms", health.latency_ms) tone="badge-success" /> }.into_any(),
                    Some(problem) => view! { <Badge text=problem.title() tone="badge-error" /> }.into_any(),
                }}
                <span class="text-base-content/70"><MomentText moment=health.at /></span>
                {probing.then_some(looking)}
            </p>
            {health.problem.map(|problem| view! {
                <p class="wrap-anywhere">{problem.message}</p>
                <p class="wrap-anywhere text-base-content/70">{problem.hint}</p>
            })}
        </div>
    }
    .into_any()
}

/// As many as fit a card; the connection's page has them all.
const SHOWN: usize = 6;

#[component]
fn Warehouses(place: Place, default: Option<String>, warehouses: Names) -> impl IntoView {
    let Names {
        names,
        at,
        problem,
        under_way,
    } = warehouses;
    let more = names.len().saturating_sub(SHOWN);
    let again = || view! { <a class="link" href="" rel="external">"Try again"</a> };
    let all = place.connection_path();
    let default = default.map(
        |name| view! { <div class="text-sm wrap-anywhere">"Default warehouse: " {name}</div> },
    );
    let link = move |name: String| {
        let href = place.with_warehouse(Some(name.clone())).namespace_path();
        view! { <li><a class="link wrap-anywhere" href=href>{name}</a></li> }
    };
    view! {
        {default}
        {(under_way && names.is_empty()).then(|| view! {
            <p class="text-sm">"The server has not listed its warehouses yet. " {again()}</p>
        })}
        {problem.filter(|_| !under_way).map(|problem| view! {
            <div class="text-sm grid gap-1" role="alert">
                <p>{unlisted(&problem)} " " {again()}</p>
                <p class="wrap-anywhere text-base-content/70">{problem.message} " " {problem.hint}</p>
            </div>
        })}
        {(!names.is_empty()).then(|| view! {
            <ul class="flex flex-wrap gap-x-3 gap-y-1 text-sm" aria-label="Warehouses">
                {names.into_iter().take(SHOWN).map(link).collect_view()}
                {(more > 0).then(|| view! { <li><a class="link" href=all>{format!("{more} more")}</a></li> })}
            </ul>
            <p class="text-xs text-base-content/70">"Listed " {at.map(|moment| view! { <MomentText moment /> })}</p>
        })}
    }
}
