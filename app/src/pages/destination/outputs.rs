use destination::{Command, Engine, SOURCES, connection, olake, probes, snippet, stack};
use leptos::prelude::*;

use super::wizard::use_wizard;
use super::{code::Code, local};
use crate::location::use_query;

/// What follows from the file: commands, a local stack, other engines, Crowsnest's own settings.
#[component]
pub fn Outputs() -> impl IntoView {
    let wizard = use_wizard();
    let probes = move || wizard.read(Vec::new(), |draft| probes(&draft.file));
    let block = move || {
        wizard.read(None, |draft| {
            let name = draft.from.clone().unwrap_or_else(|| {
                draft
                    .file
                    .kind()
                    .map_or("catalog", |kind| kind.slug())
                    .to_owned()
            });
            connection(&draft.file, &name)
        })
    };
    let snippets = move || {
        wizard.read(Vec::new(), |draft| {
            Engine::ALL
                .into_iter()
                .filter(|engine| *engine != Engine::Olake)
                .filter_map(|engine| Some((engine.name(), snippet(&draft.file, engine, None)?)))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <h2 class="mt-8 mb-2">"What to do with it"</h2>
        <div class="grid gap-2">
            <Fold title="Run OLake"><Olake /></Fold>
            <Fold title="Look at the catalog by hand">
                {move || probes().into_iter().map(|command| view! { <Line command /> }).collect_view()}
            </Fold>
            <Local />
            <Fold title="Connect other engines">
                {move || snippets().into_iter().map(|(engine, text)| view! {
                    <h3 class="font-medium text-sm mt-2">{engine}</h3>
                    <Code text what=format!("settings for {engine}") />
                }).collect_view()}
            </Fold>
            <Fold title="Connect Crowsnest">
                {move || block().map(|text| view! { <Code text what="connection for crowsnest.toml" /> })}
            </Fold>
        </div>
    }
}

#[component]
fn Fold(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <details class="border border-base-300 rounded-box px-3 py-2 min-w-0">
            <summary class="cursor-pointer font-medium text-sm">{title}</summary>
            <div class="mt-2 min-w-0">{children()}</div>
        </details>
    }
}

#[component]
fn Line(command: Command) -> impl IntoView {
    view! {
        <div class="my-2">
            <h3 class="text-sm font-medium">{command.title}</h3>
            {(!command.note.is_empty()).then(|| view! { <p class="text-sm text-base-content/70">{command.note}</p> })}
            <Code text=command.command what=format!("command: {}", command.title) />
        </div>
    }
}

#[component]
fn Olake() -> impl IntoView {
    let wizard = use_wizard();
    let query = use_query();
    let source = move || query.with(|query| query.text("source"));
    let commands = move || wizard.read(Vec::new(), |draft| olake(&draft.file, &source()));
    let link = move |name: &'static str| {
        let href = move || {
            wizard.read(String::new(), |draft| {
                draft.query().with("source", name).to_string()
            })
        };
        let current = move || {
            (source() == name || (source().is_empty() && name == SOURCES[0])).then_some("true")
        };
        view! { <a class="link aria-[current]:font-semibold aria-[current]:no-underline" href=href aria-current=current>{name}</a> }
    };
    view! {
        <p class="text-sm flex flex-wrap gap-x-3">"From " {SOURCES.map(link).collect_view()}</p>
        {move || commands().into_iter().map(|command| view! { <Line command /> }).collect_view()}
    }
}

/// The local stack as text, where there is one.
#[component]
fn Local() -> impl IntoView {
    let wizard = use_wizard();
    let local = move || {
        wizard.read(None, |draft| {
            stack(draft.file.kind()?, draft.file.target(), &[])
        })
    };
    move || {
        local().map(|stack| {
            view! {
                <Fold title="Try it on this machine">
                    <local::Local />
                    <Code text=stack.yaml what="docker-compose.yml" />
                </Fold>
            }
        })
    }
}
