use leptos::{
    ev::{DragEvent, Event},
    html,
    prelude::*,
};
use model::{
    connection_form::{CONNECTIONS, FoundConnection, Imported},
    form::{
        OPERATION,
        operation::{CREATE, IMPORT},
    },
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileList, HtmlInputElement};

use crate::{
    components::again::use_live,
    ui::{section::Section, text_area::TextArea},
};

/// Of a file that is dropped or chosen, in bytes: what is longer is no configuration.
const LONGEST: f64 = 256.0 * 1024.0;

/// Takes what another program is configured with.
#[component]
pub fn Paste() -> impl IntoView {
    let (live, area) = (use_live(), NodeRef::<html::Textarea>::new());
    let problem = RwSignal::new("");
    // Into the field, where it is seen before it is sent.
    let take = move |files: Option<FileList>| {
        #[expect(
            clippy::disallowed_methods,
            reason = "an Action of one thread may not be dropped by another, as the server's do"
        )]
        leptos::task::spawn_local(async move {
            let (Some(file), Some(area)) =
                (files.and_then(|files| files.get(0)), area.get_untracked())
            else {
                return;
            };
            if file.size() > LONGEST {
                return problem.set("This file is too long for a configuration.");
            }
            match JsFuture::from(file.text()).await {
                Ok(text) => {
                    area.set_value(&text.as_string().unwrap_or_default());
                    problem.set("");
                }
                Err(_) => problem.set("The browser could not read the file. Choose it again."),
            }
        });
    };
    let chosen = move |event: Event| take(event_target::<HtmlInputElement>(&event).files());
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        take(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <details class="my-4 max-w-4xl">
            <summary class="cursor-pointer font-medium">"From what Spark, Trino, PyIceberg, Flink, DuckDB, OLake or Polaris' command line use"</summary>
            <form method="post" action=CONNECTIONS class="grid gap-2 my-2">
                <input type="hidden" name=OPERATION.name value=IMPORT />
                <label class="grid gap-1 text-sm">
                    <span class="font-medium">"File"</span>
                    <input type="file" class="file-input file-input-sm w-full max-w-md" disabled=move || !live.get() on:change=chosen />
                </label>
                <p class="text-sm text-error" role="status">{problem}</p>
                <label class="grid gap-1 text-sm">
                    <span class="font-medium">"Configuration"</span>
                    <TextArea
                        name="pasted"
                        value=String::new()
                        rows="8"
                        class="textarea-sm"
                        node_ref=area
                        on:dragover=|event: DragEvent| event.prevent_default()
                        on:drop=dropped
                    />
                    <span class="text-xs text-base-content/70">"Choose a file, drop it here, or paste: a Spark defaults file, a Trino catalog file, ~/.pyiceberg.yaml, CREATE CATALOG, ATTACH, destination.json, ~/.polaris/.polaris.json, or crowsnest.toml. Nothing is added before you have seen what was read. Secrets stay on the server."</span>
                </label>
                <p><button class="btn btn-sm">"Read it"</button></p>
            </form>
        </details>
    }
}

/// What was read, to be added.
#[component]
pub fn Found(read: Imported) -> impl IntoView {
    let title = format!("Read from {}", read.source);
    let none = read.found.iter().all(|found| found.off.is_some());
    view! {
        <Section title>
            <form method="post" action=CONNECTIONS class="grid gap-3 my-2" role="group" aria-label="Connections that were read">
                <input type="hidden" name=OPERATION.name value=CREATE />
                <input type="hidden" name="import" value=read.id />
                <ul class="grid gap-3">{read.found.into_iter().map(|found| view! { <One found /> }).collect_view()}</ul>
                <Left left=read.left title="Belongs to none of them" />
                <p><button class="btn btn-sm btn-primary" disabled=none>"Add what is chosen"</button></p>
            </form>
        </Section>
    }
}

#[component]
fn One(found: FoundConnection) -> impl IntoView {
    let off = found.off.is_some();
    let pair = |(label, text): (String, String)| view! { <dt class="text-base-content/70">{label}</dt><dd class="wrap-anywhere">{text}</dd> };
    view! {
        <li class="border border-base-300 rounded-box p-3 text-sm">
            <label class="flex items-center gap-2 font-medium">
                <input class="checkbox checkbox-sm" type="checkbox" name="chosen" value=found.name.clone() checked=!off disabled=off />
                {found.name}
            </label>
            {found.off.map(|why| view! { <p class="text-warning my-1">{why}</p> })}
            <dl class="grid grid-cols-[10rem_minmax(0,1fr)] gap-x-2 my-1">{found.taken.into_iter().map(pair).collect_view()}</dl>
            <Left left=found.left title="Not taken" />
        </li>
    }
}

#[component]
fn Left(left: Vec<(String, String)>, title: &'static str) -> impl IntoView {
    let line = |(key, why): (String, String)| view! { <li class="wrap-anywhere"><code>{key}</code> ": " {why}</li> };
    (!left.is_empty()).then(|| {
        view! {
            <details class="text-sm">
                <summary class="cursor-pointer">{format!("{title}: {}", left.len())}</summary>
                <ul class="list-disc pl-5">{left.into_iter().map(line).collect_view()}</ul>
            </details>
        }
    })
}
