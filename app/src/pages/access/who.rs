mod matrix;

use access::polaris::{Ability, Object};
use leptos::prelude::*;
use matrix::Matrix;
use model::{
    access::{
        PathView, noun,
        who::{Row, Who, WhoAsk},
    },
    format::counted,
    paths::{Place, Query, read_object},
};

use crate::{
    api::access::load_who,
    components::{
        access::{
            collected::FromGrants,
            names::{HeldList, PathLine, spelled},
        },
        filter_box::FilterBox,
        page_header::{PageHeader, crumbs},
        pager::Pager,
        tabs::{Tab, Tabs},
    },
    location::{use_place, use_query},
    resource::Resource,
    ui::{
        note::Empty,
        table::{
            Column::{self, Text},
            Table,
        },
    },
};

/// Who can do what with one object.
#[component]
pub fn WhoPage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let object = Memo::new(move |_| object_query(&query.read()).to_string());
    let ask = Memo::new(move |_| query.with(ask));
    // Asked again when it is to be shown in another way: what stands there was made with its answer.
    let shown = Memo::new(move |_| query.read().text("show"));
    let who = Resource::new(
        move || (place.get(), object.get(), ask.get(), shown.get()),
        |(place, object, ask, _)| load_who(place, object, ask),
    );
    let title = move || match read_object(&query.read(), "", Some("")) {
        Some(Object::Catalog { catalog }) if catalog.is_empty() => place.read().connection.clone(),
        Some(object) => spelled(&object),
        None => "Who can use it".into(),
    };
    view! {
        <PageHeader
            title=Signal::derive(move || format!("Who can use {}", title()))
            noun="Access"
            crumbs=Signal::derive(move || crumbs(&place.read()))
        />
        <FromGrants resource=who place let(who, doubtful)>
            <Content who doubtful place=place.get_untracked() query=query.get_untracked() />
        </FromGrants>
    }
}

/// What of the query names the object.
fn object_query(query: &Query) -> Query {
    const KEYS: [&str; 7] = ["w", "ns", "t", "v", "policy", "on", "name"];
    let pairs = query.pairs().iter();
    pairs
        .filter(|(key, _)| KEYS.contains(&key.as_str()))
        .fold(Query::default(), |query, (key, value)| {
            query.and(key, value)
        })
}

fn ask(query: &Query) -> WhoAsk {
    WhoAsk {
        can: Ability::named(&query.text("can")),
        filter: query.text("q"),
        all: query.get("all").is_some(),
        page: query.page(),
    }
}

#[component]
fn Content(who: Who, doubtful: bool, place: Place, query: Query) -> impl IntoView {
    let matrix = query.get("show") == Some("matrix");
    let filtered = query.get("q").is_some();
    let all = query.get("all").is_some();
    let show = |key: &str| query.clone().with("show", key).with("page", "").link();
    let tabs = vec![
        Tab {
            label: "Principals",
            href: show(""),
            current: !matrix,
        },
        Tab {
            label: "Matrix",
            href: show("matrix"),
            current: matrix,
        },
    ];
    let turned = query
        .clone()
        .with("all", if all { "" } else { "1" })
        .with("page", "")
        .link();
    let object = who.object.clone();
    let kind = noun(object.kind());
    let (start, shown, total, size) = (
        who.rows.start,
        who.rows.rows.len(),
        who.rows.total,
        who.rows.size,
    );
    let questions: Vec<_> = std::iter::once(None)
        .chain(Ability::of(object.kind()).map(Some))
        .map(|ability| {
            let slug = ability.map_or("", Ability::slug);
            Tab {
                label: ability.map_or("Anything", |ability| ability.label(object.kind())),
                href: query.clone().with("can", slug).with("page", "").link(),
                current: ability == who.can,
            }
        })
        .collect();
    let asked = who.can.is_some();
    let columns: &[Column] = match asked {
        true => &[Text("Principal"), Text("By"), Text("Through")],
        false => &[Text("Principal"), Text("Can"), Text("Through")],
    };
    let nobody = match (filtered, doubtful) {
        _ if asked && !filtered => who.sentence(),
        (true, false) => "No principal of that name holds anything here.".to_owned(),
        (true, true) => "No principal of that name is known to hold anything here; not everything could be read.".to_owned(),
        (false, false) => format!("No principal holds anything on this {kind}."),
        (false, true) => format!("Who holds anything on this {kind} is unknown: not everything could be read."),
    };
    let summary = who.sentence();
    view! {
        <div class="flex flex-wrap items-baseline gap-x-3">
            <h2>"Who can"</h2>
            <Tabs label="Who can" tabs=Signal::stored(questions) />
        </div>
        <p class="my-3 wrap-anywhere" role="status">{summary}</p>
        <p class="text-sm flex flex-wrap gap-x-3 gap-y-1 my-2">
            <a class="link" href=place.grants_of(None, &object)>"Grant or revoke"</a>
            <a class="link" href=place.page_of(&object)>{format!("Open the {kind}")}</a>
            <a class="link" href=place.graph_of(&object)>"Graph"</a>
        </p>
        <Tabs label="Shown as" tabs=Signal::stored(tabs) />
        <div class="flex flex-wrap items-center gap-3 my-2">
            <div class="w-64"><FilterBox name="q" label="Filter principals" drops=&["page"] /></div>
            <a class="link text-sm" href=turned>
                {match (all, matrix) {
                    (true, _) => "Only who holds something",
                    (false, true) => "Every principal and privilege",
                    (false, false) => "Every principal",
                }}
            </a>
            <Pager start shown total size noun="principal" />
        </div>
        {if who.rows.rows.is_empty() {
            view! { <Empty>{nobody}</Empty> }.into_any()
        } else if matrix {
            view! { <Matrix who place /> }.into_any()
        } else {
            view! {
                <Table label="Principals" columns rows=who.rows.rows class="max-sm:[&_td:nth-child(3)]:min-w-64" let:row>
                    <PrincipalRow row object=object.clone() place=place.clone() />
                </Table>
                <p class="text-xs text-base-content/70 my-2">"The number after a privilege counts what it brings along. Each leads to every path by which it is held."</p>
            }.into_any()
        }}
    }
}

#[component]
fn PrincipalRow(row: Row, object: Object, place: Place) -> impl IntoView {
    let why = {
        let (place, principal) = (place.clone(), row.principal.clone());
        move |privilege: &str| {
            let asked = Query::default()
                .and("principal", &principal)
                .and("privilege", privilege);
            place.explain_of(asked, &object)
        }
    };
    let perhaps = row.perhaps;
    let through = match row.way {
        Some(path) => view! { <Way path place=place.clone() /> }.into_any(),
        None => {
            let role = |role: String| {
                let href = place.principal_role_path(&role);
                view! { <a class="link link-hover block" href=href>{role}</a> }
            };
            let roles = row.through.into_iter().map(role);
            roles.collect_view().into_any()
        }
    };
    view! {
        <tr>
            <th scope="row" class="font-normal"><a class="link link-hover" href=place.reach_path(&row.principal)>{row.principal.clone()}</a></th>
            <td>
                <HeldList held=row.strongest.clone() who=row.principal.clone() why />
                {(perhaps > 0).then(|| view! { <span class="text-xs">{format!("unknown: {}", counted(perhaps, "privilege"))}</span> })}
                {(perhaps == 0 && row.strongest.is_empty()).then_some("nothing")}
            </td>
            <td>{through}</td>
        </tr>
    }
}

/// One way in which it is held, and where that is taken back.
#[component]
fn Way(path: PathView, place: Place) -> impl IntoView {
    let revoke = path.catalog_role.as_ref().map(|(_, role)| {
        let href = place.grants_of(Some(role), &path.object);
        view! {
            " "
            <a class="link whitespace-nowrap" href=href aria-label=format!("Revoke from {role}")>"Revoke here…"</a>
        }
    });
    view! {
        <PathLine path place />
        {revoke}
    }
}
