//! Several tables of a namespace at once.

use leptos::prelude::*;
use model::{
    batch::Batch,
    form::{DO, FILES, KEY, LEVELS, OPERATION, OTHERS, TABLE, TOGETHER, VALUE, operation::STOP},
    format::{counted, visible},
    names::{NameKind, Names, NamesAsk, PAGE},
    page::{ChangePage, NamespaceTab},
    paths::{Place, Query, extend},
    posted::Posted,
    preview::Preview,
};

use super::{lines::Lines, object::Files, properties::Wrong};
use crate::{
    api::{names::load_names, preview::load_tables_change},
    components::{
        access::last::LastChange,
        field::OfferedField,
        hidden::SaidBy,
        loaded::Loaded,
        page_header::{PageHeader, crumbs},
        preview::Steps,
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
    ui::text_field::TextField,
};

#[component]
pub fn Tables() -> impl IntoView {
    let (place, query) = (use_place().get_untracked(), use_query().get_untracked());
    let posted: Posted<Preview> = use_posted();
    let filter = query.text("q");
    let (names_of, ask) = (
        place.clone(),
        NamesAsk {
            filter: filter.clone(),
            count: PAGE,
            ..NamesAsk::default()
        },
    );
    let load = move |()| load_names(names_of.clone(), NameKind::Tables, ask.clone(), false);
    let (names, about) = (Resource::new(|| (), load), place.clone());
    let last = Resource::new(|| (), move |()| load_tables_change(about.clone()));
    let files: Vec<_> = query.all(FILES.name).map(str::to_owned).collect();
    let files = files.join("\n");
    let asked = match files.is_empty() {
        true => query.text(DO.name),
        false => "register".to_owned(),
    };
    let chosen: Vec<String> = match posted.is_sent() {
        true => posted.all(&TABLE).map(str::to_owned).collect(),
        false => query.all(TABLE.name).map(str::to_owned).collect(),
    };
    let back = place.namespace_tab_path(NamespaceTab::Tables);
    let form = move |names: Names| {
        let (posted, chosen) = (posted.clone(), chosen.clone());
        let (files, asked) = (files.clone(), asked.clone());
        view! {
            <Steps posted=posted.clone() button="Do it" back=back.clone()>
                <Choice names chosen posted=posted.form() />
                <What asked files posted=posted.form() />
            </Steps>
        }
    };
    let title = format!("Several tables of {}", visible(&place.dotted()));
    view! {
        <PageHeader title noun="Namespace" crumbs=Signal::stored(crumbs(&place)) />
        <LastChange last />
        <Going last place=place.clone() />
        <Narrow place=place.clone() filter />
        <Loaded resource=names let:names>{form(names.data)}</Loaded>
    }
}

/// What can be done with a change that is under way, and with what is left of one that has ended.
#[component]
fn Going(last: Resource<Option<Batch>>, place: Place) -> impl IntoView {
    let path = place.change_path(ChangePage::Tables);
    let shown = move || {
        let batch = last.get()?.ok()??;
        let undone: Vec<_> = batch.undone().map(str::to_owned).collect();
        Some(match (batch.ended.is_some(), undone.len()) {
            (false, _) => view! {
                <form method="post" action="">
                    <input type="hidden" name=OPERATION.name value=STOP />
                    <button class="btn btn-sm" disabled=batch.stopping>"Stop after what is begun"</button>
                </form>
            }
            .into_any(),
            (true, 0) => ().into_any(),
            // An address holds so many.
            (true, 1..=100) => {
                let chosen = undone.iter();
                let path = chosen.fold(path.clone(), |path, name| {
                    extend(path, &Query::default().with(&batch.again, name))
                });
                let text = format!("Choose {} that {} not changed", counted(undone.len(), "table"), if undone.len() == 1 { "was" } else { "were" });
                view! { <p><a class="link text-sm" href=path>{text}</a></p> }.into_any()
            }
            _ => ().into_any(),
        })
    };
    view! { <Transition>{shown}</Transition> }
}

/// Which of the names are listed.
#[component]
fn Narrow(place: Place, filter: String) -> impl IntoView {
    view! {
        <form method="get" class="flex flex-wrap gap-2 my-3 max-w-xl" role="search">
            <SaidBy address=place.change_path(ChangePage::Tables) />
            <input class="input input-sm flex-1 min-w-40" type="search" name="q" value=filter placeholder="Filter tables" aria-label="Filter tables" />
            <button class="btn btn-sm">"Filter"</button>
        </form>
    }
}

#[component]
fn Choice(names: Names, chosen: Vec<String>, posted: Posted) -> impl IntoView {
    let (shown, all) = (names.names.len(), names.matching);
    let wrong = posted.wrong(&TABLE).unwrap_or_default();
    // What was chosen before and does not stand here now is among the others.
    let there = |name: &&String| names.names.iter().any(|other| other == *name);
    let others: Vec<_> = chosen.iter().filter(|name| !there(name)).cloned().collect();
    let others = others.join("\n");
    let row = |name: String| {
        let checked = chosen.contains(&name);
        view! {
            <label class="flex items-baseline gap-2">
                <input type="checkbox" class="checkbox checkbox-xs self-center" name=TABLE.name value=name.clone() checked=checked />
                <span class="font-mono wrap-anywhere">{visible(&name)}</span>
            </label>
        }
    };
    let rows = names.names.iter().map(|it| row(it.clone())).collect_view();
    let more = (shown < all).then(|| {
        format!(
            "The first {} of {}: filter for others, or type their names below.",
            counted(shown, "table"),
            all
        )
    });
    view! {
        <fieldset class="text-sm">
            <legend class="font-medium mb-2">{TABLE.label}</legend>
            <div class="grid gap-x-6 gap-y-1 sm:grid-cols-2 lg:grid-cols-3 max-h-96 overflow-y-auto" role="group" aria-label=TABLE.label tabindex="0">
                {rows}
            </div>
            {more.map(|more| view! { <p class="text-xs text-base-content/70 mt-1">{more}</p> })}
            <Wrong text=wrong />
        </fieldset>
        <Lines field=OTHERS initial=others rows="3" posted />
    }
}

#[component]
fn What(asked: String, files: String, posted: Posted) -> impl IntoView {
    let wrong = |field| posted.wrong(field).unwrap_or_default();
    let (none, key, value) = (wrong(&DO), wrong(&KEY), wrong(&VALUE));
    let now = posted.value(&DO, &asked);
    let choice = |word: &'static str, text: &'static str| {
        view! {
            <label class="flex items-baseline gap-2">
                <input type="radio" class="radio radio-xs self-center" name=DO.name value=word checked=now == word required />
                <span class="font-medium">{text}</span>
            </label>
        }
    };
    let (drop, moved, set, register) = (
        choice("drop", "Drop them"),
        choice("move", "Move them to another namespace"),
        choice("set", "Set a property of each"),
        choice("register", "Register others, by their metadata files"),
    );
    view! {
        <fieldset class="grid gap-3 text-sm max-w-3xl">
            <legend class="font-medium mb-2">{DO.label}</legend>
            {drop}
            <div class="pl-6"><Files posted=posted.form() /></div>
            {moved}
            <div class="pl-6">
                <Lines field=LEVELS initial=String::new() rows="3" help="Each keeps its name. Files stay where they are." posted=posted.form() />
            </div>
            {set}
            <div class="pl-6 grid gap-2">
                <TextField name=KEY.name label=KEY.label value=posted.value(&KEY, "") wrong=key />
                <TextField name=VALUE.name label=VALUE.label value=posted.value(&VALUE, "") wrong=value />
                <OfferedField field=&TOGETHER takes=|profile| profile.commits_together posted=posted.form() />
            </div>
            {register}
            <div class="pl-6">
                <Lines field=FILES initial=files rows="3" posted />
            </div>
            <Wrong text=none />
        </fieldset>
    }
}
