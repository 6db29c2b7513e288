mod picture;

use access::polaris::Object;
use leptos::prelude::*;
use model::{
    access::{
        graph::{COLUMNS, Edge, Graph},
        noun,
    },
    format::{count, counted},
    paths::{Place, Query},
};
use picture::Picture;

use crate::{
    api::access::load_graph,
    components::{
        access::{
            collected::FromGrants,
            names::{ObjectLink, spelled},
        },
        filter_box::FilterBox,
        page_header::{PageHeader, trail},
        pager::pager,
    },
    location::{use_place, use_query},
    resource::Resource,
    ui::{
        note::{Empty, Note},
        table::{Column::Text, Table},
    },
};

/// How principals, roles and grants connect: as a picture, and as a table of the same.
#[component]
pub fn GraphPage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let graph = Resource::new(
        move || (place.read().connection.clone(), query.read().to_string()),
        |(connection, ask)| load_graph(Place::connection(connection), ask),
    );
    let around = move || {
        let place = place.read();
        trail(&place, &[("Access", place.access_path())])
    };
    view! {
        <PageHeader title="Graph of access" noun="Access" crumbs=Signal::derive(around) />
        <FromGrants resource=graph place let(graph, _)>
            <Content graph place=Place::connection(&place.read_untracked().connection) query=query.get_untracked() />
        </FromGrants>
    }
}

#[component]
fn Content(graph: Graph, place: Place, query: Query) -> impl IntoView {
    let about = match &graph.focus {
        Some(focus) => format!(
            "All that leads to the {} {} or from it",
            noun(focus.kind()),
            spelled(focus)
        ),
        None if query.get("q").is_some() => {
            "Everything of that name, and all that leads there or on".into()
        }
        None => "Everything".into(),
    };
    let hidden: Vec<String> = COLUMNS
        .iter()
        .zip(graph.hidden)
        .filter(|(_, hidden)| *hidden > 0)
        .map(|(column, hidden)| format!("{} more {}", count(hidden), column.to_lowercase()))
        .collect();
    let narrowed = graph.focus.is_some() || query.get("q").is_some();
    let pages = pager(&graph.edges, "connection");
    let empty = graph.nodes.is_empty();
    let rows = graph.edges.rows.clone();
    let missing = graph.focus.clone().filter(|_| graph.missing);
    let total = graph.total;
    let shown = graph.nodes.len();
    let table_place = place.clone();
    view! {
        <div class="flex flex-wrap items-center gap-3 my-2 text-sm">
            <div class="w-64"><FilterBox name="q" label="Filter by name" drops=&["page", "on", "name", "w", "ns", "t", "v", "policy"] /></div>
            <span>{format!("{about}: {} of {}.", count(shown), counted(total, "node"))}</span>
            {narrowed.then(|| view! { <a class="link" href=place.graph_path()>"Show everything"</a> })}
        </div>
        {missing.map(|focus| view! { <Missing focus place=place.clone() /> })}
        {(!hidden.is_empty()).then(|| view! {
            <Note>{format!("Left out of the picture, those with the fewest connections: {}. Filter by name, or choose a node; the table below has them all.", hidden.join(", "))}</Note>
        })}
        {match empty {
            true => view! { <Empty>"There is nothing to show."</Empty> }.into_any(),
            false => view! { <Picture graph place=place.clone() /> }.into_any(),
        }}
        <h2 class="mt-6" id="table">"The same as a table"</h2>
        {pages}
        <Table label="Connections" columns=&[Text("From"), Text("To"), Text("Privileges")] class="max-sm:[&_td]:min-w-40 max-sm:[&_tbody_th]:min-w-36" rows let:edge>
            <EdgeRow edge place=table_place.clone() />
        </Table>
    }
}

/// Objects stand in the graph by the grants on them, principals and roles by themselves.
#[component]
fn Missing(focus: Object, place: Place) -> impl IntoView {
    match focus {
        Object::Principal { .. } | Object::PrincipalRole { .. } | Object::CatalogRole { .. } => view! {
            <Note>"It is not among what was collected: it may have been deleted, or its list could not be read."</Note>
        }
        .into_any(),
        object => view! {
            <Note>
                "Nothing is granted on it directly, as far as was collected. What is granted above reaches it, too: "
                <a class="link" href=place.who_of(&object)>"who can use it"</a> "."
            </Note>
        }
        .into_any(),
    }
}

#[component]
fn EdgeRow(edge: Edge, place: Place) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="font-normal"><ObjectLink object=edge.from place=place.clone() /></th>
            <td><ObjectLink object=edge.to place /></td>
            <td class="text-xs font-mono wrap-anywhere">{edge.privileges.join(", ")}</td>
        </tr>
    }
}
