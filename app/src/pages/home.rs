use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    api::connections::list_connections,
    components::{loaded::Loaded, moment::MomentText},
    model::connections::{ConnectionCard, Health},
    paths::Place,
    ui::badge::Badge,
};

/// The configured connections, each as it was last seen.
#[component]
pub fn HomePage() -> impl IntoView {
    let connections = Resource::new(|| (), |()| list_connections());
    view! {
        <Title text="Connections" />
        <main id="main" class="p-4 max-w-6xl mx-auto">
            <h1 class="text-xl font-semibold mb-3">"Connections"</h1>
            <Loaded resource=connections let:cards>
                <ul class="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
                    {cards.into_iter().map(|card| view! { <Card card /> }).collect_view()}
                </ul>
            </Loaded>
        </main>
    }
}

#[component]
fn Card(card: ConnectionCard) -> impl IntoView {
    let href = Place::connection(&card.name).connection_path();
    view! {
        <li class="card card-border border-base-300 card-sm bg-base-100">
            <div class="card-body">
                <h2 class="card-title"><a href=href class="link link-hover">{card.name}</a></h2>
                <p>{card.kind.unwrap_or_else(|| "kind not known yet".into())} " · " {card.url}</p>
                {match card.health {
                    None => view! { <Badge text="Not looked at yet" /> }.into_any(),
                    Some(health) => view! { <HealthLine health /> }.into_any(),
                }}
            </div>
        </li>
    }
}

#[component]
fn HealthLine(health: Health) -> impl IntoView {
    view! {
        <p class="text-sm">
            {match health.problem {
                None => view! { <Badge text=format!("Answers in {} ms", health.latency_ms) tone="badge-success" /> }.into_any(),
                Some(problem) => view! { <Badge text=problem.title() tone="badge-error" /> <span>{problem.message}</span> }.into_any(),
            }}
            " "
            <MomentText moment=health.at />
        </p>
    }
}
