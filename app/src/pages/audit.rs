use leptos::prelude::*;
use model::{
    audit::{AuditAsk, AuditPage, AuditRow, Changed, NO_OUTCOME, event_text},
    format::visible,
    paths::{AUDIT, AUDIT_EXPORT, Place},
};

use crate::{
    api::audit::load_audit,
    components::{loaded::Loaded, moment::MomentText},
    location::use_query,
    parts::part,
    resource::Resource,
    ui::{
        badge::Badge,
        note::Note,
        table::{Column, Table},
        text_field::TextField,
        title::Title,
    },
};

part! {
    /// The record of what people did.
    audit() {
        AuditRecord().into_any()
    }
}

const COLUMNS: &[Column] = &[
    Column::Text("When"),
    Column::Text("Who"),
    Column::Text("What"),
    Column::Text("On"),
    Column::Text("Outcome"),
];

const OUTCOMES: [&str; 6] = [
    "done", "refused", "conflict", "already", "unknown", NO_OUTCOME,
];

#[component]
fn AuditRecord() -> impl IntoView {
    let query = use_query();
    let ask = Memo::new(move |_| AuditAsk::read(&query.read()));
    let page = Resource::new(move || ask.get(), |ask| load_audit(ask.query().to_string()));
    view! {
        <Title text="Record of changes" />
        <main id="main" tabindex="-1" class="p-4 max-w-420 mx-auto">
            <h1 class="mb-3">"Record of changes"</h1>
            <Loaded resource=page let:page><Content page ask=ask.get_untracked() /></Loaded>
        </main>
    }
}

#[component]
fn Content(page: AuditPage, ask: AuditAsk) -> impl IntoView {
    let asks = ask != AuditAsk::default();
    let note = (!page.note.is_empty()).then(|| view! { <Note>{page.note}</Note> });
    let file = |format: &str| format!("{AUDIT_EXPORT}{}", ask.query().and("format", format));
    let (csv, json) = (file("csv"), file("json"));
    let empty = match asks {
        true => "Nothing on record is like that.",
        false => {
            "Nothing is on record yet. Whatever is changed here is written down before it is sent to a catalog, and what came of it afterwards."
        }
    };
    let since = (!ask.before.is_empty()).then(|| {
        let newest = AuditAsk {
            before: String::new(),
            ..ask.clone()
        };
        view! { <a class="link" href=newest.path()>"Newest"</a> }
    });
    let all = page.more.is_none();
    view! {
        {note}
        <Filter ask=ask.clone() connections=page.connections whole=page.whole />
        <Table label="Record of changes" columns=COLUMNS rows=page.rows empty class="[&_td]:align-top" children=|row| view! { <Line row /> } />
        <p class="flex flex-wrap gap-x-3 gap-y-1 text-sm my-2">
            {since}
            {page.more.map(|href| view! { <a class="link" href=href>"Before these"</a> })}
            {all.then_some("That is all.")}
            <a class="link" href=csv rel="external" download="">"All of it as CSV"</a>
            <a class="link" href=json rel="external" download="">"as JSON"</a>
        </p>
    }
}

#[component]
fn Filter(ask: AuditAsk, connections: Vec<String>, whole: bool) -> impl IntoView {
    let chosen = ask.connection.clone();
    let connection = move |name: String| {
        let selected = name == chosen;
        view! { <option value=name.clone() selected=selected>{visible(&name)}</option> }
    };
    let outcome = ask.outcome.clone();
    let outcomes = OUTCOMES.map(|word| {
        let selected = outcome == word;
        view! { <option value=word selected=selected>{outcome_text(word)}</option> }
    });
    let person = (whole && !ask.person.is_empty()).then(|| {
        view! {
            <input type="hidden" name="person" value=ask.person.clone() />
            <p class="text-sm self-end">"Of one person: "<a class="link" href=AUDIT>"of everybody"</a></p>
        }
    });
    view! {
        <form method="get" action=AUDIT role="search" aria-label="Record" class="flex flex-wrap gap-3 items-end my-3">
            <TextField name="object" label="On" value=ask.object.clone() />
            <label class="grid gap-1 text-sm">
                <span class="font-medium">"Connection"</span>
                <select class="select select-sm" name="connection"><option value="">"any"</option>{connections.into_iter().map(connection).collect_view()}</select>
            </label>
            <label class="grid gap-1 text-sm">
                <span class="font-medium">"Outcome"</span>
                <select class="select select-sm" name="outcome"><option value="">"any"</option>{outcomes.collect_view()}</select>
            </label>
            <Day name="from" label="From" value=ask.from.clone() />
            <Day name="until" label="Until" value=ask.until.clone() />
            {person}
            <button class="btn btn-sm">"Filter"</button>
        </form>
    }
}

/// Of UTC, as the moments are.
#[component]
fn Day(name: &'static str, label: &'static str, value: String) -> impl IntoView {
    view! {
        <label class="grid gap-1 text-sm">
            <span class="font-medium">{label}" (UTC)"</span>
            <input class="input input-sm" type="date" name=name value=value />
        </label>
    }
}

fn outcome_text(word: &str) -> String {
    match word {
        NO_OUTCOME => "no outcome on record".to_owned(),
        word => word.to_owned(),
    }
}

#[component]
fn Line(row: AuditRow) -> impl IntoView {
    let record = row.record;
    let what = match record.operation.is_empty() {
        true => event_text(&row.event).to_owned(),
        false => record.operation.clone(),
    };
    let of = AuditAsk::of_object(&row.connection, &row.object);
    let connection = (!row.connection.is_empty()).then(|| {
        let href = Place::connection(&row.connection).connection_path();
        view! { <p class="text-xs"><a class="link link-hover" href=href>{visible(&row.connection)}</a>{(!record.identity.is_empty()).then(|| format!(" as {}", visible(&record.identity)))}</p> }
    });
    let says = record
        .says
        .into_iter()
        .map(|line| view! { <li class="wrap-anywhere">{visible(&line)}</li> });
    let changed = record
        .changed
        .into_iter()
        .map(|changed| view! { <ChangedLine changed /> });
    let lines: Vec<_> = says
        .map(IntoAny::into_any)
        .chain(changed.map(IntoAny::into_any))
        .collect();
    let told = (!lines.is_empty()).then(|| view! { <ul class="text-xs mt-1">{lines}</ul> });
    let facts = [record.way, record.role, record.address];
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    view! {
        <tr>
            <td><MomentText moment=row.at brief=true /></td>
            <td class="wrap-anywhere min-w-28" title=format!("{} at {}; session {}; request {}", record.subject, record.issuer, record.session, record.request)>
                {visible(&record.name)}
                <p class="text-xs text-base-content/70">{facts.join(", ")}</p>
            </td>
            <td class="wrap-anywhere min-w-40">{what}<p class="text-xs text-base-content/70 font-mono">{row.event}</p>{told}</td>
            <td class="wrap-anywhere min-w-40"><a class="link link-hover" href=of.path()>{visible(&row.object)}</a>{connection}</td>
            <td>
                <Badge text=outcome_text(&row.outcome) />
                {record.why.map(|why| view! { <p class="text-xs wrap-anywhere">{visible(&why)}</p> })}
            </td>
        </tr>
    }
}

#[component]
fn ChangedLine(changed: Changed) -> impl IntoView {
    let side = |side: Option<String>| match side {
        Some(text) => view! { <code>{visible(&text)}</code> }.into_any(),
        None => "none".into_any(),
    };
    view! {
        <li class="wrap-anywhere"><code>{visible(&changed.key)}</code>": "{side(changed.before)}" → "{side(changed.after)}</li>
    }
}
