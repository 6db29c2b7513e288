use access::polaris::CATALOG_ADMIN;
use leptos::prelude::*;
use model::{
    format::{counted, visible},
    names::{Arrival, Names},
    page::PolarisPage,
    paths::Place,
    polaris::{
        Known,
        catalogs::{CatalogView, SHOWN, label},
        lists::catalog,
    },
};

use crate::{
    api::polaris::catalogs::load_catalog,
    components::{
        entity::{Entity, EntityFacts, EntityPage},
        named::each_named,
        page_header::trail,
        part::Part,
        removal::Danger,
        settings::Settings,
    },
    ui::{
        action::ActionLink,
        badge::{Badge, UNKNOWN},
        facts::Fact,
        section::Section,
        table::{
            Column::{Code, Text},
            Table,
        },
    },
};

/// One catalog: its settings, its properties and its roles.
#[component]
pub fn CatalogPage() -> impl IntoView {
    each_named(
        PolarisPage::Catalog,
        |place, _| view! { <OneCatalog place /> },
    )
}

#[component]
fn OneCatalog(place: Place) -> impl IntoView {
    let name = catalog(&place).to_owned();
    let crumbs = trail(&place, &[("Catalogs", place.catalogs_path())]);
    let (browse, policies, who) = (
        place.namespace_path(),
        place.policies_path(),
        place.who_path("t"),
    );
    let ways = view! {
        <ActionLink icon="icon-folder-tree" href=browse text="Browse" />
        <ActionLink icon="icon-scroll-text" href=policies text="Policies" />
        <ActionLink icon="icon-users" href=who text="Who can use it" />
    };
    view! {
        <EntityPage
            place
            name
            noun="Catalog"
            crumbs
            ways
            load=|place, _| load_catalog(place)
            let(view, entity)
        >
            <Content view entity />
        </EntityPage>
    }
}

#[component]
fn Content(view: CatalogView, entity: Entity) -> impl IntoView {
    let CatalogView {
        entity: known,
        kind,
        settings,
        roles,
        namespaces,
    } = view;
    let Entity { place, name, .. } = entity.clone();
    let edit = place.catalog_edit_path(&name);
    let all_roles = place.catalog_roles_path(&name);
    let contents =
        view! { <Contents roles=roles.clone() namespaces place=place.clone() name=name.clone() /> };
    view! {
        <EntityFacts entity=known.clone()>
            <Fact name="Type">{kind.to_lowercase()}</Fact>
        </EntityFacts>
        <p class="mt-3 flex flex-wrap gap-2">
            <a class="btn btn-sm" href=edit>"Edit storage and properties"</a>
            <a class="btn btn-sm" href=all_roles>"Catalog roles"</a>
        </p>
        <Section title="Settings"><CatalogSettings settings /></Section>
        <Section title="Properties">
            <Part known let:known><Settings settings=known.properties label="Properties" empty="None." /></Part>
        </Section>
        <Section title="Roles" clone:name>
            <Roles roles place name />
        </Section>
        <Danger title="Delete this catalog…" entity own=false button="Delete the catalog">
            <p>"A catalog goes only when it is empty: without namespaces, tables and views, and without roles besides catalog_admin. Its files stay. This cannot be undone."</p>
            {contents}
        </Danger>
    }
}

/// What is in the way of deleting it, as far as it may be listed.
#[component]
fn Contents(
    roles: Known<Vec<String>>,
    namespaces: Known<Names>,
    place: Place,
    name: String,
) -> impl IntoView {
    let roles = roles.map(|mut roles| {
        roles.retain(|role| role != CATALOG_ADMIN);
        let total = roles.len();
        roles.truncate(SHOWN);
        let link = |role: String| (place.catalog_role_path(&name, &role), role);
        let links = roles.into_iter().map(link).collect();
        let what = format!("{} besides catalog_admin", counted(total, "catalog role"));
        (what, total, links)
    });
    let namespaces = namespaces.map(|found| {
        let more = match found.arrival {
            Arrival::Complete => "",
            _ => " or more",
        };
        let link = |level: String| {
            let at = place.with_namespace(std::slice::from_ref(&level));
            (at.namespace_path(), level)
        };
        let links = found.names.into_iter().map(link).collect();
        let what = format!("{}{more} at its top", counted(found.total, "namespace"));
        (what, found.total, links)
    });
    let list = |(what, total, links): (String, usize, Vec<(String, String)>)| {
        let shown = links.len();
        let link = move |(index, (href, text)): (usize, (String, String))| {
            let end = if index + 1 < shown { ", " } else { "" };
            view! { <a class="link" href=href>{visible(&text)}</a> {end} }
        };
        let colon = if shown > 0 { ": " } else { "" };
        let links = links.into_iter().enumerate().map(link).collect_view();
        let cut = (shown < total).then_some(", …");
        view! { <p class="wrap-anywhere">{what} {colon} {links} {cut}</p> }
    };
    view! {
        <Part known=namespaces let:found>{list(found)}</Part>
        <Part known=roles let:found>{list(found)}</Part>
    }
}

#[component]
fn CatalogSettings(settings: Vec<(String, String)>) -> impl IntoView {
    if settings.is_empty() {
        return view! { <p class="text-sm"><Badge text="unknown" tone=UNKNOWN /></p> }.into_any();
    }
    let row = |(name, value): (String, String)| {
        let group = name.split('.').next().unwrap_or_default().to_owned();
        let lines: Vec<String> = value.lines().map(visible).collect();
        let lines = lines.join("\n");
        view! {
            <tr>
                <td>{group}</td>
                <td>{label(&name).to_owned()}</td>
                <td class="whitespace-pre-line">{lines}</td>
            </tr>
        }
    };
    view! {
        <Table label="Settings" columns=&[Text("Of"), Text("Setting"), Code("Value")] rows=settings let:setting>
            {row(setting)}
        </Table>
    }
    .into_any()
}

#[component]
fn Roles(roles: Known<Vec<String>>, place: Place, name: String) -> impl IntoView {
    let link = move |role: String| {
        let href = place.catalog_role_path(&name, &role);
        view! { <li><a class="link link-hover" href=href>{visible(&role)}</a></li> }
    };
    view! {
        <Part known=roles let:roles>
            <ul class="flex flex-wrap gap-x-4 gap-y-1 text-sm">{roles.into_iter().map(link).collect_view()}</ul>
        </Part>
    }
}
