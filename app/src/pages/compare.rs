//! Two tables beside each other, of one connection or of two.

mod choose;

use leptos::prelude::*;
use model::{
    comparison::{Pair, Pairs, TableComparison, TableDifferences, TableSide},
    error::AppError,
    format::{count, counted, visible},
    page::TableTab,
    paths::{Other, Place},
    schema::{Alike, Differences},
};

use choose::Choose;

use crate::{
    api::compare::load_table_comparison,
    components::{
        again::ask_again_while,
        differences::SchemaDifferences,
        failed::Failed,
        loaded::Loaded,
        page_header::{PageHeader, crumbs},
        read_at::{ReadAt, new_asks},
    },
    location::{use_place, use_query},
    parts::part,
    resource::Resource,
    ui::{
        facts::{Fact, Facts},
        note::{Empty, Note, Notes},
        section::Section,
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

part! {
    /// Two tables beside each other.
    compare() {
        ComparePage().into_any()
    }
}

#[component]
fn ComparePage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let other = Memo::new(move |_| Other::read(&place.read(), &query.read()));
    let (refresh, is_new) = (RwSignal::new(0), new_asks());
    let read = Resource::new(
        move || (place.get(), other.get(), refresh.get()),
        move |(place, other, asks)| {
            let fresh = is_new(asks);
            async move {
                let Some(Other {
                    place: there,
                    typed,
                }) = other
                else {
                    return Ok(None);
                };
                let read = load_table_comparison(place, there, typed, fresh).await?;
                Ok(Some(read))
            }
        },
    );
    ask_again_while(read, |read: &Option<model::Read<TableComparison>>| {
        read.as_ref().is_some_and(|read| read.data.is_waiting())
    });
    let title = move || match other.get() {
        Some(other) => title(&place.read(), &other),
        None if place.read().object.is_none() => "Compare two tables".to_owned(),
        None => format!("Compare {}", place.read().dotted()),
    };
    view! {
        <PageHeader
            title=Signal::derive(title)
            noun="Two tables"
            crumbs=Signal::derive(move || crumbs(&place.read()))
        />
        <Loaded resource=read let:read>
            {
                let (place, other) = (place.get_untracked(), other.get_untracked());
                match read {
                    None => view! { <Choose place other comparison=None /> }.into_any(),
                    Some(model::Read { data, at, notes }) => view! {
                        <ReadAt moment=at refresh />
                        <Notes notes />
                        <Compared comparison=data place other />
                    }
                    .into_any(),
                }
            }
        </Loaded>
    }
}

/// `sales.orders and sales.orders on prod`.
fn title(place: &Place, other: &Other) -> String {
    let name = match other.typed.as_str() {
        "" => other.place.dotted(),
        typed => typed.to_owned(),
    };
    let connection = &other.place.connection;
    let elsewhere = *connection != place.connection;
    let on = elsewhere.then(|| format!(" on {connection}"));
    format!("{} and {name}{}", place.dotted(), on.unwrap_or_default())
}

#[component]
fn Compared(comparison: TableComparison, place: Place, other: Option<Other>) -> impl IntoView {
    let found = comparison.other.clone();
    let known = found.object.is_some();
    let TableComparison {
        from,
        to,
        differences,
        ..
    } = comparison.clone();
    let swapped = found.compare_tables_path(&place);
    view! {
        <Choose place=place.clone() other comparison=Some(comparison) />
        {known.then(|| view! {
            <p class="text-sm mt-2"><a class="link" href=swapped>"Swap the sides"</a></p>
        })}
        <div class="grid gap-x-6 md:grid-cols-2 max-w-6xl">
            <Side name="First" place side=from />
            {known.then(|| view! { <Side name="Second" place=found side=to.clone() /> })}
            // What is wrong with a field stands at that.
            {to.err().filter(|error| !known && error.field.is_none()).map(|error| view! { <Failed error /> })}
        </div>
        {differences.map(|differences| view! { <AllDifferences differences /> })}
    }
}

#[component]
fn Side(name: &'static str, place: Place, side: Result<TableSide, AppError>) -> impl IntoView {
    let href = place.table_path(TableTab::Overview);
    let within = [
        Some(place.connection.clone()),
        place.warehouse.clone(),
        place.reference.clone(),
    ];
    let within: Vec<_> = within.iter().flatten().map(|name| visible(name)).collect();
    let about = match side {
        Err(error) => view! { <Failed error /> }.into_any(),
        Ok(side) => view! {
            <Facts>
                <Fact name="Format version">{side.format_version.unwrap_or_else(|| "not given".to_owned())}</Fact>
                <Fact name="Columns">{count(side.columns)}</Fact>
                <Fact name="Layout">{side.layout}</Fact>
                <Fact name="Properties">{count(side.properties)}</Fact>
            </Facts>
        }
        .into_any(),
    };
    view! {
        <section class="mt-3 min-w-0" aria-label=name>
            <h2 class="wrap-anywhere">{name} ": " <a class="link" href=href>{visible(&place.dotted())}</a></h2>
            <p class="text-sm text-base-content/70 wrap-anywhere mb-1">"on " {within.join(" › ")}</p>
            {about}
        </section>
    }
}

#[component]
fn AllDifferences(differences: TableDifferences) -> impl IntoView {
    let same = differences.is_empty();
    let TableDifferences {
        notes,
        basics,
        schema,
        alike,
        more_alike,
        spec,
        order,
        properties,
    } = differences;
    let same_basics = match basics.rows.is_empty() {
        true => "Both are the same.".to_owned(),
        false => String::new(),
    };
    let all_properties = sum(
        properties.rows.len() + properties.more,
        properties.same,
        "property",
    );
    view! {
        <Notes notes />
        {same.then(|| view! { <Note>"Nothing of what is compared here differs."</Note> })}
        <Section title="Format version and location">
            <PairTable said=same_basics pairs=basics label="Format version and location" />
        </Section>
        <Section title="Columns">
            <p class="text-sm">{summed(&schema, "column")} " A column is the same by its field id, whatever it is called."</p>
            <Listed all=schema label="Columns that differ" />
            <AlikeNames alike more=more_alike />
        </Section>
        <Section title="Partition spec">
            <p class="text-sm">{summed(&spec, "field")}</p>
            <Listed all=spec label="Partition fields that differ" />
        </Section>
        <Section title="Sort order">
            <p class="text-sm">{summed(&order, "field")}</p>
            <Listed all=order label="Sort fields that differ" />
        </Section>
        <Section title="Properties">
            <PairTable said=all_properties pairs=properties label="Properties that differ" />
        </Section>
    }
}

/// `3 differ, 12 columns are the same.`
fn summed(all: &Differences, noun: &str) -> String {
    sum(all.rows.len() + all.more, all.same, noun)
}

fn sum(differ: usize, same: usize, noun: &str) -> String {
    let alike = match same {
        0 => "none is the same".to_owned(),
        1 => format!("1 {noun} is the same"),
        same => format!("{} are the same", counted(same, noun)),
    };
    match (differ, same) {
        (0, 0) => "Neither has any.".to_owned(),
        (0, _) => format!("None differs, {alike}."),
        (1, _) => format!("1 differs, {alike}."),
        _ => format!("{} differ, {alike}.", count(differ)),
    }
}

#[component]
fn Listed(all: Differences, label: &'static str) -> impl IntoView {
    (!all.rows.is_empty()).then(|| view! { <SchemaDifferences differences=all label /> })
}

/// Columns that who reads both by name takes for the same, and Iceberg does not.
#[component]
fn AlikeNames(alike: Vec<Alike>, more: usize) -> impl IntoView {
    let total = alike.len() + more;
    let said = match total {
        1 => "1 column has the same name in both and another field id".to_owned(),
        total => format!(
            "{} have the same name in both and other field ids",
            counted(total, "column")
        ),
    };
    (total > 0).then(|| view! {
        <p class="text-sm mt-3 wrap-anywhere">{said} ": files of one table are not to be read as those of the other."</p>
        <Table
            label="Same name, other field id"
            columns=&[Code("Column"), Code("Id in the first"), Code("Id in the second"), Text("What else differs")]
            rows=alike
            let:row
        >
            <tr>
                <td>{visible(&row.column)}</td>
                <td>{row.from}</td>
                <td>{row.to}</td>
                <td class="wrap-anywhere">{visible(&row.said)}</td>
            </tr>
        </Table>
        <More more />
    })
}

#[component]
fn PairTable(pairs: Pairs, said: String, label: &'static str) -> impl IntoView {
    let Pairs { rows, more, .. } = pairs;
    let none = rows.is_empty();
    let row = |row: Pair| {
        let text = |text: Option<String>| text.map_or("—".to_owned(), |text| visible(&text));
        let hidden = row.hidden.then_some(" (another one)");
        view! {
            <tr>
                <td>{visible(&row.key)}</td>
                <td>{text(row.from)}</td>
                <td>{text(row.to)} {hidden}</td>
            </tr>
        }
    };
    view! {
        <p class="text-sm">{said}</p>
        {(!none).then(|| view! {
            <Table label columns=&[Code("Name"), Code("First"), Code("Second")] rows let:it>{row(it)}</Table>
        })}
        <More more />
    }
}

#[component]
fn More(more: usize) -> impl IntoView {
    (more > 0).then(|| view! { <Empty>{count(more)} " more are not listed."</Empty> })
}
