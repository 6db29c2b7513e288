//! Two catalogs beside each other.

use leptos::prelude::*;
use model::{
    catalog_comparison::{
        Ask, Aspect, COMPARE_CATALOGS, CatalogComparison, ComparisonPage, FROM_CONNECTION,
        FROM_REFERENCE, FROM_WAREHOUSE, Found, Row, STOP_COMPARISON, Show, State, TO_CONNECTION,
        TO_REFERENCE, TO_WAREHOUSE,
    },
    error::Kind,
    form::Field,
    format::{count, counted, visible},
    names::NameKind,
    paths::Place,
};

use crate::{
    api::catalog_comparison::load_catalog_comparison,
    components::{
        again::ask_again_while,
        failed::Failed,
        filter_box::FilterBox,
        loaded::Loaded,
        pager::Pager,
        read_at::{ReadAt, new_asks},
    },
    location::use_query,
    parts::part,
    resource::Resource,
    ui::{
        note::{Note, Notes},
        table::{Column, Table},
        text_field::TextField,
        title::Title,
    },
};

part! {
    /// Two catalogs beside each other.
    catalog_comparison() {
        CatalogComparisonPage().into_any()
    }
}

const COLUMNS: &[Column] = &[
    Column::Text("Kind"),
    Column::Code("Name"),
    Column::Text("Found"),
];

#[component]
fn CatalogComparisonPage() -> impl IntoView {
    let query = use_query();
    let (refresh, is_new) = (RwSignal::new(0), new_asks());
    let page = Resource::new(
        move || (query.read().to_string(), refresh.get()),
        move |(query, asks)| load_catalog_comparison(query, is_new(asks)),
    );
    ask_again_while(page, |page: &ComparisonPage| {
        let running = |it: &CatalogComparison| it.state == State::Running;
        match &page.comparison {
            Some(Ok(it)) => running(it),
            Some(Err(error)) => error.kind == Kind::StillWaiting,
            None => false,
        }
    });
    let title = move || {
        let ask = Ask::read(&query.read());
        match ask.is_whole() {
            true => format!("Compare {} and {}", named(&ask.from), named(&ask.to)),
            false => "Compare two catalogs".to_owned(),
        }
    };
    view! {
        <Title text=Signal::derive(title) />
        <main id="main" tabindex="-1" class="p-4 max-w-420 mx-auto">
            <h1 class="mb-3 wrap-anywhere">{title}</h1>
            <Loaded resource=page let:page>
                {
                    let ask = Ask::read(&query.read_untracked());
                    let unasked = ask.is_whole() && page.comparison.is_none();
                    let running = matches!(&page.comparison, Some(Ok(it)) if it.state == State::Running);
                    view! {
                        // While it goes on each answer makes the page anew, under who fills it in.
                        {(!running).then(|| view! { <Choose ask=ask.clone() connections=page.connections unasked /> })}
                        {page.comparison.map(|comparison| match comparison {
                            Ok(comparison) => view! { <Compared comparison ask refresh /> }.into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        })}
                    }
                }
            </Loaded>
        </main>
    }
}

/// `prod › lakehouse @ dev`.
fn named(side: &Place) -> String {
    let warehouse = side.warehouse.iter().map(|name| format!(" › {name}"));
    let reference = side.reference.iter().map(|name| format!(" @ {name}"));
    let rest: String = warehouse.chain(reference).collect();
    visible(&format!("{}{rest}", side.connection))
}

/// Folded once two are compared.
#[component]
fn Choose(ask: Ask, connections: Vec<String>, unasked: bool) -> impl IntoView {
    let whole = ask.is_whole();
    let mut ask = ask;
    if let (true, [_, second, ..]) = (ask.to.connection.is_empty(), &*connections) {
        ask.to.connection = second.clone();
    }
    let first = view! {
        <Side title="First" side=ask.from.clone() connections=connections.clone() fields=[FROM_CONNECTION, FROM_WAREHOUSE, FROM_REFERENCE] />
    };
    let second = view! {
        <Side title="Second" side=ask.to.clone() connections fields=[TO_CONNECTION, TO_WAREHOUSE, TO_REFERENCE] />
    };
    let form = view! {
        <form method="get" action=COMPARE_CATALOGS class="my-3">
            <div class="grid gap-6 md:grid-cols-2 max-w-4xl">{first} {second}</div>
            <p class="mt-3"><button class="btn btn-sm btn-primary">"Compare"</button></p>
        </form>
    };
    match whole && !unasked {
        true => view! {
            <details class="my-2">
                <summary class="cursor-pointer text-sm">"Compare others"</summary>
                {form}
            </details>
            <p class="text-sm my-1"><a class="link" href=ask.swapped().path()>"Swap the sides"</a></p>
        }
        .into_any(),
        false => view! {
            <p class="text-sm text-base-content/70 max-w-prose">
                "What only one of them has, and what has the same name in both and another schema, partition spec, sort order, properties or current snapshot. The address of the result compares them again."
            </p>
            {form}
        }
        .into_any(),
    }
}

#[component]
fn Side(
    title: &'static str,
    side: Place,
    connections: Vec<String>,
    fields: [Field; 3],
) -> impl IntoView {
    let [connection, warehouse, reference] = fields;
    let chosen = side.connection.clone();
    let gone = (!chosen.is_empty() && !connections.contains(&chosen)).then(|| chosen.clone());
    let option = |name: String| {
        let selected = name == chosen;
        let shown = visible(&name);
        view! { <option value=name selected=selected>{shown}</option> }
    };
    let options = gone.into_iter().chain(connections).map(option);
    view! {
        <fieldset class="grid gap-3 content-start min-w-0">
            <legend class="font-medium">{title}</legend>
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{connection.label}</span>
                <select class="select select-sm w-full" name=connection.name>{options.collect_view()}</select>
            </label>
            <TextField name=warehouse.name label=warehouse.label value=side.warehouse.unwrap_or_default() help=warehouse.help />
            <TextField name=reference.name label=reference.label value=side.reference.unwrap_or_default() help=reference.help />
        </fieldset>
    }
}

#[component]
fn Compared(comparison: CatalogComparison, ask: Ask, refresh: RwSignal<u32>) -> impl IntoView {
    let CatalogComparison {
        state,
        at,
        seconds,
        namespaces,
        objects,
        totals,
        aspects,
        rows,
        notes,
    } = comparison;
    let whole = notes.is_empty();
    let far = format!(
        "{} of {} and {} of {} after {seconds} s.",
        count(namespaces.0),
        counted(namespaces.1, "namespace"),
        count(objects.0),
        counted(objects.1, "object"),
    );
    let here = ask.sides();
    let to = {
        let (here, filter) = (here.clone(), ask.filter.clone());
        move |show: &str| {
            let query = here.clone().and("show", show).and("q", &filter);
            format!("{COMPARE_CATALOGS}{}", query.link())
        }
    };
    let choice = |show: Option<Show>| {
        let (slug, label, many) = match show {
            Some(show) => (show.slug(), show.label(), totals.of(show)),
            None => {
                let all = Show::ALL.into_iter().map(|show| totals.of(show)).sum();
                ("", "All that is not the same", all)
            }
        };
        let current = (ask.show == show && ask.aspect.is_none()).then_some("true");
        view! {
            <li><a class="btn btn-xs aria-[current=true]:btn-primary" href=to(slug) aria-current=current>{label} " " <span class="tabular-nums">{count(many)}</span></a></li>
        }
    };
    let choices = [None]
        .into_iter()
        .chain(Show::ALL.map(Some))
        .map(choice)
        .collect_view();
    let of_aspect = |(aspect, many): (Aspect, usize)| {
        let query = here.clone().and("in", aspect.slug()).and("q", &ask.filter);
        let href = format!("{COMPARE_CATALOGS}{}", query.link());
        let current = (ask.aspect == Some(aspect)).then_some("true");
        view! {
            <li><a class="btn btn-xs aria-[current=true]:btn-primary" href=href aria-current=current>{aspect.label()} " " <span class="tabular-nums">{count(many)}</span></a></li>
        }
    };
    let aspects = (!aspects.is_empty()).then(|| {
        let all = aspects.into_iter().map(of_aspect).collect_view();
        view! {
            <div class="flex flex-wrap items-center gap-2 text-sm my-2">
                <span id="differ-in">"They differ in"</span>
                <ul class="flex flex-wrap gap-2" aria-labelledby="differ-in">{all}</ul>
            </div>
        }
    });
    let empty = match state {
        State::Done if totals == Default::default() && !whole => "Nothing could be listed.",
        State::Done if totals == Default::default() => "Both are empty.",
        State::Done => "Nothing is like that.",
        _ => "Nothing yet.",
    };
    let stop = format!("{STOP_COMPARISON}{}", here.link());
    let said = match state {
        State::Running => format!("Under way: {far}"),
        State::Stopped => format!("Stopped: {far} What is below is not all."),
        State::Done => format!(
            "Done: {} and {} in {seconds} s.",
            counted(namespaces.0, "namespace"),
            counted(objects.0, "object"),
        ),
    };
    let back = ask.path();
    let row_ask = ask.clone();
    view! {
        <ReadAt moment=at refresh />
        <div class="flex flex-wrap items-center gap-2 text-sm my-2">
            <span role="status">{said}</span>
            {(state == State::Running).then(|| view! {
                <progress class="progress w-40" max=objects.1.max(1) value=objects.0 aria-label="Tables and views compared"></progress>
                <form method="post" action=stop>
                    <input type="hidden" name="back" value=back />
                    <button class="btn btn-xs">"Stop"</button>
                </form>
            })}
        </div>
        <Notes notes />
        <p class="text-sm my-2">{format!("{} the same in both.", match totals.same { 1 => "1 name is".to_owned(), many => format!("{} are", counted(many, "name")) })}</p>
        <ul class="flex flex-wrap gap-2 my-2" aria-label="Which are shown">{choices}</ul>
        {aspects}
        // While it goes on each answer makes the page anew, under who types.
        {(state != State::Running).then(|| view! {
            <div class="max-w-sm my-2"><FilterBox name="q" label="Filter names" drops=&["page"] /></div>
        })}
        {(state == State::Running).then(|| view! { <Note>"The list grows: what is not in it may not have been compared yet."</Note> })}
        <Table label="Names that are not the same" columns=COLUMNS rows=rows.rows.clone() empty children=move |row| view! { <Line row ask=row_ask.clone() /> } />
        <Pager start=rows.start shown=rows.rows.len() total=rows.total size=rows.size noun="name" />
        <p class="flex flex-wrap gap-3 text-sm my-2">
            <a class="link" href=ask.export_path("csv") rel="external" download="">"All of it as CSV"</a>
            <a class="link" href=ask.export_path("json") rel="external" download="">"as JSON"</a>
        </p>
    }
}

#[component]
fn Line(row: Row, ask: Ask) -> impl IntoView {
    let href = row.path(&ask);
    let whole =
        row.kind == NameKind::Namespaces && matches!(row.found, Found::First | Found::Second);
    let inside = whole.then_some(", with all that is in it");
    view! {
        <tr>
            <td>{row.kind.noun()}</td>
            <td><a class="link" href=href>{visible(&row.levels.join("."))}</a></td>
            <td class="wrap-anywhere">{visible(&row.found.said())} {inside}</td>
        </tr>
    }
}
