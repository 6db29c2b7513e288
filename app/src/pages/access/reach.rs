use leptos::prelude::*;
use model::{
    access::reach::{Reach, ReachAsk, Row, Who},
    format::counted,
    paths::{Place, Query},
};

use crate::{
    api::access::load_reach,
    components::{
        access::{
            collected::FromGrants,
            names::{HeldList, ObjectLink},
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

/// What a principal, or one principal role, can reach.
#[component]
pub fn ReachPage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let ask = Memo::new(move |_| query.with(ask));
    let reach = Resource::new(
        move || (place.get(), ask.get()),
        |(place, ask)| load_reach(place, ask),
    );
    let title = move || format!("What {} can reach", ask.read().who.name());
    let around = move || {
        let place = place.read();
        trail(&place, &[("Access", place.access_path())])
    };
    view! {
        <PageHeader title=Signal::derive(title) noun="Access" crumbs=Signal::derive(around) />
        <FromGrants resource=reach place let(reach, doubtful)>
            <Content reach doubtful who=ask.get_untracked().who place=place.get_untracked() />
        </FromGrants>
    }
}

fn ask(query: &Query) -> ReachAsk {
    ReachAsk {
        who: match query.get("principal-role") {
            Some(role) => Who::PrincipalRole(role.to_owned()),
            None => Who::Principal(query.text("principal")),
        },
        filter: query.text("q"),
        page: query.page(),
    }
}

#[component]
fn Content(reach: Reach, doubtful: bool, who: Who, place: Place) -> impl IntoView {
    let own = match &who {
        Who::Principal(name) => place.principal_path(name),
        Who::PrincipalRole(name) => place.principal_role_path(name),
    };
    let explain = Query::default().and(who.key(), who.name()).to_string();
    let focus = Query::default()
        .and("on", who.key())
        .and("name", who.name());
    let roles = reach
        .roles
        .iter()
        .map(|role| view! { " " <a class="link" href=place.principal_role_path(role)>{role.clone()}</a> })
        .collect_view();
    let is_principal = matches!(who, Who::Principal(_));
    let pages = pager(&reach.rows, "object");
    let nothing = reach.rows.rows.is_empty();
    let objects = reach.objects;
    let doubtful = doubtful || reach.unlisted.is_some();
    view! {
        {reach.unlisted.map(|why| view! {
            <Note>{why} " What it can reach is unknown. Check the spelling; upper and lower case matter."</Note>
        })}
        <p class="text-sm flex flex-wrap gap-x-3 gap-y-1 my-2">
            <span>
                {match doubtful {
                    false => format!("Grants on {}; what lies below them is reached too.", counted(objects, "object")),
                    true => format!("Grants on {} are known, there may be more; what lies below them is reached too.", counted(objects, "object")),
                }}
            </span>
            <a class="link" href=own>"Manage it"</a>
            <a class="link" href=format!("{}{explain}", place.explain_path())>"Explain a 403"</a>
            <a class="link" href=format!("{}{focus}", place.graph_path())>"Graph"</a>
        </p>
        {is_principal.then(|| view! {
            <p class="text-sm my-2 wrap-anywhere">"Principal roles:" {match (reach.roles.is_empty(), doubtful) {
                (true, true) => " unknown".into_any(),
                (true, false) => " none".into_any(),
                (false, _) => roles.into_any(),
            }}</p>
        })}
        <div class="flex flex-wrap items-center gap-3 my-2">
            <div class="w-64"><FilterBox name="q" label="Filter objects" drops=&["page"] /></div>
            {pages}
        </div>
        {if nothing {
            let nothing = match doubtful {
                false => "No grant leads there.",
                true => "Whether a grant leads there is unknown.",
            };
            view! { <Empty>{nothing}</Empty> }.into_any()
        } else {
            view! {
                <Table label="Objects" columns=&[Text("Object"), Text("Granted"), Text("Through")] rows=reach.rows.rows let:row>
                    <ReachRow row who=who.clone() place=place.clone() />
                </Table>
                <p class="text-xs text-base-content/70 my-2">"“+3” counts what a privilege brings along. Each leads to every path by which it is held."</p>
            }.into_any()
        }}
    }
}

#[component]
fn ReachRow(row: Row, who: Who, place: Place) -> impl IntoView {
    let through = row
        .through
        .into_iter()
        .map(|(role, catalog_role)| {
            let catalog_role = catalog_role.map(|(catalog, name)| {
                let href = place.catalog_role_path(&catalog, &name);
                view! { " → " <a class="link" href=href>{format!("{catalog} › {name}")}</a> }
            });
            view! {
                <span class="block">
                    <a class="link" href=place.principal_role_path(&role)>{role.clone()}</a>
                    {catalog_role}
                </span>
            }
        })
        .collect_view();
    let name = who.name().to_owned();
    let why = {
        let (place, object) = (place.clone(), row.object.clone());
        move |privilege: &str| {
            let asked = Query::default()
                .and(who.key(), who.name())
                .and("privilege", privilege);
            place.explain_of(asked, &object)
        }
    };
    view! {
        <tr>
            <th scope="row" class="font-normal"><ObjectLink object=row.object place /></th>
            <td><HeldList held=row.granted who=name why /></td>
            <td>{through}</td>
        </tr>
    }
}
