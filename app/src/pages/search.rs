use leptos::prelude::*;
use model::{
    format::{count, counted, visible},
    paths::{DESTINATION, HOME, Place, SEARCH_MORE, TROUBLESHOOTING},
    search::{Group, Hit, MANY, PAGES, SearchAsk, What},
};

use crate::{
    api,
    components::{
        again::ask_again_while, filter_box::FilterBox, kept::Kept, loaded::Loaded,
        moment::MomentText, pager::Pager,
    },
    location::use_query,
    parts::part,
    resource::Resource,
    ui::{badge::Badge, title::Title},
};

part! {
    /// Finds anything by a word.
    search() {
        SearchPage().into_any()
    }
}

#[component]
fn SearchPage() -> impl IntoView {
    let query = use_query();
    let ask = Memo::new(move |_| SearchAsk::read(&query.read()));
    let found = Resource::new(
        move || ask.get(),
        |ask| api::search::search(ask.query().to_string()),
    );
    ask_again_while(found, |found| {
        found.groups.iter().any(|group| group.reading)
    });
    let title = move || match ask.with(|ask| ask.text.clone()) {
        text if text.is_empty() => "Search".to_owned(),
        text => format!("{}: search", visible(&text)),
    };
    view! {
        <Title text=Signal::derive(title) />
        <main id="main" tabindex="-1" class="p-4 max-w-5xl mx-auto">
            <h1 class="mb-2">"Search"</h1>
            <FilterBox name="q" label="What to look for" drops=&["in", "page"] />
            <Kinds ask />
            <Loaded resource=found let:found>
                {
                    let ask = ask.get_untracked();
                    match ask.text.is_empty() {
                        true => view! { <Nothing /> <Kept /> }.into_any(),
                        false => found.groups
                            .into_iter()
                            .map(|group| view! { <Found group ask=ask.clone() /> })
                            .collect_view()
                            .into_any(),
                    }
                }
            </Loaded>
        </main>
    }
}

/// Links that narrow what is found to one kind, and back to all connections.
#[component]
fn Kinds(ask: Memo<SearchAsk>) -> impl IntoView {
    let link = move |kind: Option<What>| {
        let label = kind.map_or("everything", What::label);
        let current = move || ask.with(|ask| ask.kind == kind).then_some("page");
        view! {
            <a class="link aria-[current]:font-semibold aria-[current]:no-underline" href=move || ask.read().of(kind).path() aria-current=current>
                {label}
            </a>
        }
    };
    let kinds = [None].into_iter().chain(What::ALL.map(Some));
    view! {
        <nav aria-label="Kinds" class="flex flex-wrap gap-x-3 gap-y-1 my-2 text-sm">{kinds.map(link).collect_view()}</nav>
    }
}

/// What may be typed, before anything is.
#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="text-sm max-w-prose my-3 grid gap-2">
            <p>"Type a part of a name: of a namespace, a table, a view, a principal, a role or a page of this console, on any of the connections. A whole name such as "
                <code>"sales.eu.orders"</code>" is taken, too, and one mistake in a word is forgiven. Tables that were opened lately are also found by UUID, snapshot id, location, column, property, branch and tag, and a page with its object: "<code>"grants of sales"</code>", "<code>"history of orders"</code>"."</p>
            <p>"What was opened before is searched, and up to 200 namespaces of each connection are read for it, two at a time. What was not seen is said."</p>
            <p class="flex flex-wrap gap-x-3">
                <a class="link" href=HOME>"Connections"</a>
                <a class="link" href=DESTINATION>"OLake destination"</a>
                <a class="link" href=TROUBLESHOOTING>"Troubleshooting"</a>
            </p>
        </div>
    }
}

#[component]
fn Found(group: Group, ask: SearchAsk) -> impl IntoView {
    let name = group.connection.clone();
    let title = match group.connection {
        Some(connection) => {
            let href = Place::connection(&connection).connection_path();
            view! { <a class="link link-hover font-semibold wrap-anywhere" href=href>{connection}</a> }.into_any()
        }
        None => view! { <span class="font-semibold">"This console"</span> }.into_any(),
    };
    let label = name.clone().unwrap_or_else(|| "This console".into());
    let (shown, total) = (group.hits.len(), group.total);
    let all = (ask.within.is_none() && shown < total).then(|| {
        let href = ask.within(name.as_deref()).path();
        view! { <a class="link" href=href>{format!("all {}", count(total))}</a> }
    });
    let paged = total.min(MANY * PAGES);
    let pages = (ask.within.is_some() && total > MANY).then(|| {
        view! { <Pager start=group.start shown total=paged size=MANY noun="result" /> }
    });
    let first = (pages.is_some() && paged < total).then(|| {
        format!(
            "The first {} of {}: type more of the name, or choose a kind.",
            count(paged),
            count(total)
        )
    });
    let others = ask.within.is_some().then(|| {
        view! { <a class="link" href=ask.within(None).path()>"in all connections"</a> }
    });
    let none = (total == 0).then_some(match group.partial {
        true => "Nothing of what was read matches.",
        false => "Nothing matches.",
    });
    view! {
        <section class="my-4" aria-label=label>
            <h2 class="flex flex-wrap items-baseline gap-x-3 border-b border-base-300 pb-1">
                {title}
                <span class="text-sm font-normal text-base-content/70">{counted(total, "result")}</span>
                <span class="text-sm font-normal">{all}{others}</span>
            </h2>
            <ul>{group.hits.into_iter().map(|hit| view! { <Line hit /> }).collect_view()}</ul>
            {none.map(|none| view! { <p class="text-sm my-1">{none}</p> })}
            {pages}
            {first.map(|first| view! { <p class="text-sm my-1">{first}</p> })}
            {group.open.map(|href| view! {
                <p class="text-sm my-1"><a class="link" href=href>"Open the table of this name"</a>", wherever it stands."</p>
            })}
            <div class="text-xs text-base-content/70 my-1 flex flex-wrap items-center gap-x-2 gap-y-1 wrap-anywhere">
                {group.reading.then(|| view! { <span role="status">"Being read: "<a class="link" href="" rel="external">"look again"</a></span> })}
                <span>{group.seen.join(" ")}</span>
                {group.at.map(|moment| view! { <span>"As of "<MomentText moment /></span> })}
                {group.rest.map(|cost| view! {
                    <form method="post" action=SEARCH_MORE class="flex flex-wrap items-center gap-2">
                        <input type="hidden" name="in" value=name />
                        <input type="hidden" name="back" value=ask.path() />
                        <button class="btn btn-xs">"Read the rest"</button>
                        <span>{cost}</span>
                    </form>
                })}
            </div>
        </section>
    }
}

#[component]
fn Line(hit: Hit) -> impl IntoView {
    let pieces = hit.pieces.into_iter().map(|piece| {
        let text = visible(&piece.text);
        match piece.marked {
            true => view! { <mark class="bg-transparent text-inherit font-bold underline">{text}</mark> }.into_any(),
            false => text.into_any(),
        }
    });
    view! {
        <li class="flex flex-wrap items-baseline gap-x-2 py-1 text-sm">
            <a class="link link-hover wrap-anywhere min-w-0" href=hit.href>{pieces.collect_view()}</a>
            <Badge text=hit.what.label() />
            {hit.note.map(|note| view! { <span class="wrap-anywhere">{visible(&note)}</span> })}
            {hit.warehouse.map(|warehouse| view! { <span class="text-base-content/70 wrap-anywhere">"in "{visible(&warehouse)}</span> })}
        </li>
    }
}
