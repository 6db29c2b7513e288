use std::time::Duration;

use leptos::prelude::*;
use model::{
    connection_form::CONNECTIONS,
    connections::{Attention, ConnectionCard, Names, Spark, needing, summary, unlisted},
    error::AppError,
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
    resource::Resource,
    ui::{
        badge::{Badge, UNKNOWN},
        coded::Coded,
        icon::Icon,
        title::Title,
    },
};

/// Until the page asks again: the server looks at what failed anew then.
const FAILED_PAUSE: Duration = Duration::from_secs(5);
/// Where all answer: as often as the server looks.
const WELL_PAUSE: Duration = Duration::from_secs(60);

/// The configured connections, each as it was last seen.
#[component]
pub fn HomePage() -> impl IntoView {
    let connections = Resource::new(|| (), |()| list_connections());
    ask_again_after(connections, |cards| {
        let any = |is: fn(&ConnectionCard) -> bool| cards.iter().any(is);
        Some(match any(ConnectionCard::is_looked_at) {
            true => PAUSE,
            false if any(ConnectionCard::fails) => FAILED_PAUSE,
            false => WELL_PAUSE,
        })
    });
    view! {
        <Title text="Connections" />
        <main id="main" tabindex="-1" class="p-4 max-w-[105rem]">
            <div class="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 mb-3">
                <h1>"Connections"</h1>
                <form method="post" action=PROBE class="flex gap-2">
                    <a class="btn btn-sm for-admins" href=CONNECTIONS>"Add or edit"</a>
                    <button class="btn btn-sm">"Refresh"</button>
                </form>
            </div>
            <p class="text-sm max-w-prose mb-3" data-first="">
                "Crowsnest shows what Iceberg catalogs hold, how their tables fare, and who may use them. Open a catalog and then a table: what was opened stands here the next time, and the field at the top finds the rest."
            </p>
            <div class="grid gap-x-8 min-[1200px]:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] min-[1200px]:grid-rows-[auto_1fr]">
                <Loaded resource=connections let:cards>
                    {if cards.is_empty() {
                        view! { <Nothing /> }.into_any()
                    } else {
                        view! { <Board cards /> }.into_any()
                    }}
                </Loaded>
                <Kept />
            </div>
        </main>
    }
}

#[component]
fn Board(mut cards: Vec<ConnectionCard>) -> impl IntoView {
    let all = summary(&cards);
    let (worst, said) = needing(&mut cards);
    // What needs somebody stands first, else as configured.
    cards.sort_by_key(|card| !card.fails());
    view! {
        <section class="min-[1200px]:row-span-2" aria-label="Catalogs">
            <p class="text-sm font-medium mb-2">{all}</p>
            <ul class="@container border-b border-base-300">
                {cards.into_iter().map(|card| view! { <Row card /> }).collect_view()}
            </ul>
        </section>
        <section class="my-4 min-[1200px]:mt-0 text-sm wrap-anywhere">
            <h2>"Needs attention"</h2>
            <ul>{worst.into_iter().map(|(connection, table)| view! { <Unwell connection table /> }).collect_view()}</ul>
            <p class="text-base-content/70 my-1">{said}</p>
        </section>
    }
}

#[component]
fn Unwell(connection: String, table: Attention) -> impl IntoView {
    let tone = match table.severity {
        model::health::Severity::Bad => "badge-error",
        _ => "badge-warning",
    };
    view! {
        <li class="py-1">
            <Badge text=table.severity.word() tone /> " "
            <a class="link" href=table.href>{table.table}</a>
            <span class="text-base-content/70">" " {connection}</span>
            <span class="block">{table.found}</span>
        </li>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <section class="max-w-prose min-[1200px]:row-span-2">
            <h2>"No catalog is connected for you yet"</h2>
            <p class="my-2"><a class="btn btn-sm btn-primary for-admins" href=CONNECTIONS>"Add a catalog"</a></p>
            <p class="for-admins">"Or start Crowsnest with " <code>"--sample"</code> " to look around in sample data."</p>
        </section>
    }
}

#[component]
fn Row(card: ConnectionCard) -> impl IntoView {
    let place = Place::connection(&card.name);
    let standing = card.standing();
    let (tone, at, version, problem) = match card.health {
        None => (UNKNOWN, None, None, None),
        Some(health) => match health.problem {
            None => ("badge-success", Some(health.at), health.version, None),
            problem => ("badge-error", Some(health.at), health.version, problem),
        },
    };
    let fails = problem.is_some();
    let kind = card.kind.unwrap_or_else(|| "Kind not known yet".into());
    let warehouses = card.warehouses;
    let none = warehouses.names.is_empty();
    let none_listed = none && warehouses.at.is_some();
    let href = place.connection_path();
    let (to, open) = match card.wants_warehouse {
        false => (place.namespace_path(), "Open"),
        // Where there is nothing to choose from, a name can be typed.
        true if none && (none_listed || warehouses.problem.is_some()) => {
            (href.clone(), "Type a warehouse's name")
        }
        true => (href.clone(), "Choose a warehouse"),
    };
    let of = format!(" {}", card.name);
    let answered = match (at, fails) {
        (at, false) => at,
        (_, true) => card.answered,
    };
    let answered = match answered {
        Some(moment) => view! { <MomentText moment /> }.into_any(),
        None => "Not since Crowsnest began".into_any(),
    };
    let spark = card.spark.map(|spark| view! { <Drawn spark /> });
    let namespaces = card.namespaces.unwrap_or_else(|| "—".into());
    let warehouses = view! { <Warehouses place=place.clone() default=card.warehouse warehouses /> };
    view! {
        <li class="border-t border-base-300 py-2 text-sm">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Badge text=standing tone />
                <h2 class="wrap-anywhere">
                    <a href=href class="link link-hover">{card.name}</a>
                </h2>
                <span class="text-base-content/70">
                    <Icon name="icon-database" class="align-text-bottom" />
                    " " {kind} " " {version}
                </span>
                {card.read_only.then(|| view! { <Badge text="read-only" /> })}
                {card.probing.then(|| view! { <Badge text="Being looked at" /> })}
                <a class="btn btn-sm ml-auto" href=to>{open}<span class="sr-only">{of}</span></a>
            </div>
            {problem.map(|problem| view! { <Trouble problem /> })}
            <dl class="grid gap-x-6 gap-y-1 mt-1 @md:grid-cols-2 @3xl:grid-cols-[2fr_1fr_8rem_2fr_18rem]">
                {fact("Warehouses", warehouses.into_any())}
                {fact("Namespaces", namespaces.into_any())}
                {fact("Latency", spark.into_any())}
                {fact("Identity", view! { <span class="wrap-anywhere">{card.identity}</span> }.into_any())}
                {fact("Last answer", answered)}
            </dl>
            <div class="font-mono text-xs wrap-anywhere text-base-content/70">{card.url}</div>
            {(card.wants_warehouse && none_listed).then(|| {
                let new = card.makes.then(|| view! { " " <a class="link" href=place.catalog_new_path()>"New catalog"</a> });
                view! { <p>"The server lists no warehouse to this identity." {new}</p> }
            })}
        </li>
    }
}

/// Beside each other on a phone, one below the other in a row.
fn fact(label: &'static str, value: AnyView) -> AnyView {
    view! {
        <div class="flex gap-x-2 @3xl:block min-w-0">
            <dt class="text-xs text-base-content/70 shrink-0 w-24 pt-0.5 @3xl:pt-0">{label}</dt>
            <dd class="age-kept min-w-0 *:whitespace-normal">{value}</dd>
        </div>
    }
    .into_any()
}

#[component]
fn Trouble(problem: AppError) -> impl IntoView {
    view! {
        <p class="wrap-anywhere">{problem.message}</p>
        <p class="wrap-anywhere text-base-content/70">{problem.hint.map(|text| view! { <Coded text /> })}</p>
    }
}

/// The last looks; what is drawn is said, too.
#[component]
fn Drawn(spark: Spark) -> impl IntoView {
    let said = spark.said.clone();
    view! {
        <svg
            role="img"
            aria-label=spark.said
            class="block w-30 h-6 text-primary forced-color-adjust-none forced-colors:text-[CanvasText]"
            viewBox=format!("0 0 {} {}", Spark::WIDTH, Spark::HEIGHT)
        >
            <title>{said}</title>
            <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
                <path d=spark.line></path>
                <path class="text-error" stroke-dasharray="2 3" d=spark.failed></path>
            </g>
        </svg>
    }
}

/// As many as fit a row; the connection's page has them all.
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
    let none = default.is_none() && names.is_empty() && problem.is_none() && !under_way;
    let again = || view! { <a class="link" href="" rel="external">"Try again"</a> };
    let all = place.connection_path();
    let default =
        default.map(|name| view! { <div class="wrap-anywhere">{name} " (default)"</div> });
    let link = move |name: String| {
        let href = place.with_warehouse(Some(name.clone())).namespace_path();
        view! { <li><a class="link wrap-anywhere" href=href>{name}</a></li> }
    };
    view! {
        {default}
        {none.then_some("—")}
        {(under_way && names.is_empty() && problem.is_none()).then(|| view! {
            <p class="text-sm">"The server has not listed its warehouses yet. " {again()}</p>
        })}
        {problem.map(|problem| view! {
            <div class="text-sm grid gap-1" role="alert">
                <p>{unlisted(&problem)} " " {again()}</p>
                <p class="wrap-anywhere text-base-content/70">{problem.message} " " {problem.hint.map(|text| view! { <Coded text /> })}</p>
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
