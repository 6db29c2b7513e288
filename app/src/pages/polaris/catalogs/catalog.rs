use leptos::{form::ActionForm, prelude::*};
use model::{
    format::{counted, visible},
    names::Arrival,
    page::PolarisPage,
    paths::Place,
    polaris::{
        catalogs::{CatalogView, SHOWN, label},
        lists::catalog,
        roles::CATALOG_ADMIN,
    },
};

use crate::{
    api::polaris::catalogs::{DeleteCatalog, load_catalog},
    components::{
        back::Back,
        entity::EntityFacts,
        loaded::Changeable,
        locked::Locked,
        named::each_named,
        page_header::{PageHeader, trail},
        part::Part,
        press::Press,
        read_at::ReadAt,
        removal::{Confirm, Danger},
        settings::Settings,
    },
    ui::{
        badge::Badge,
        facts::Fact,
        note::Empty,
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
    let delete = ServerAction::<DeleteCatalog>::new();
    let refresh = RwSignal::new(0);
    let asked = place.clone();
    let loaded = Resource::new(move || refresh.get(), move |_| load_catalog(asked.clone()));
    let (once, set_once) = signal(String::new());
    let undeleted = Signal::derive(move || delete.value().get().and_then(Result::err));
    let name = catalog(&place).to_owned();
    let lists = [("Catalogs", place.catalogs_path())];
    let (crumbs, title) = (trail(&place, &lists), visible(&name));
    let browse = place.namespace_path();
    let (policies, who) = (place.policies_path(), place.who_path("t"));
    let (place, name) = (StoredValue::new(place), StoredValue::new(name));
    view! {
        <PageHeader title noun="Catalog" crumbs=Signal::stored(crumbs)>
            <span class="ml-auto flex flex-wrap gap-x-4 text-sm">
                <a class="link" href=browse>"Browse"</a>
                <a class="link" href=policies>"Policies"</a>
                <a class="link" href=who>"Who can use it"</a>
            </span>
        </PageHeader>
        <Changeable resource=loaded let(read, locked)>
            {
                let view = StoredValue::new(read.data);
                set_once.set(read.once);
                let locked = StoredValue::new(locked);
                let (edit, roles) = place.with_value(|place| (place.catalog_edit_path(&name.get_value()), place.catalog_roles_path(&name.get_value())));
                let kind = view.with_value(|view| view.kind.to_lowercase());
                view! {
                    <Locked reason=locked.get_value() />
                    <ReadAt moment=read.at refresh />
                    <EntityFacts entity=view.get_value().entity>
                        <Fact name="Type">{kind}</Fact>
                    </EntityFacts>
                    <p class="mt-3 flex flex-wrap gap-2">
                        <a class="btn btn-sm" href=edit>"Edit storage and properties"</a>
                        <a class="btn btn-sm" href=roles>"Catalog roles"</a>
                    </p>
                    <Section title="Settings"><Settings view=view.get_value() /></Section>
                    <Section title="Properties">
                        <Part known=view.get_value().entity let:entity>
                            {match entity.properties.is_empty() {
                                true => view! { <Empty>"None."</Empty> }.into_any(),
                                false => view! { <Settings settings=entity.properties label="Properties" /> }.into_any(),
                            }}
                        </Part>
                    </Section>
                    <Section title="Roles">
                        <Roles roles=view.get_value().roles place=place.get_value() name=name.get_value() />
                    </Section>
                    <Danger title="Delete this catalog…" locked=locked.get_value() failed=undeleted>
                        <p>"A catalog goes only when it is empty: without namespaces, tables and views, and without roles besides catalog_admin. Its files stay. This cannot be undone."</p>
                        <Contents view=view.get_value() place=place.get_value() name=name.get_value() />
                        <ActionForm action=delete attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=place.get_value().to_string() />
                            <input type="hidden" name="name" value=name.get_value() />
                            <Press once />
                            <Confirm name=name.get_value() own=false button="Delete the catalog" busy=delete.pending() />
                        </ActionForm>
                    </Danger>
                }
            }
        </Changeable>
    }
}

/// What is in the way of deleting it, as far as it may be listed.
#[component]
fn Contents(view: CatalogView, place: Place, name: String) -> impl IntoView {
    let roles = view.roles.map(|mut roles| {
        roles.retain(|role| role != CATALOG_ADMIN);
        let total = roles.len();
        roles.truncate(SHOWN);
        let link = |role: String| (place.catalog_role_path(&name, &role), role);
        let links = roles.into_iter().map(link).collect();
        let what = format!("{} besides catalog_admin", counted(total, "catalog role"));
        (what, total, links)
    });
    let namespaces = view.namespaces.map(|found| {
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
            view! { <a class="link link-hover" href=href>{visible(&text)}</a> {end} }
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
fn Settings(view: CatalogView) -> impl IntoView {
    if view.settings.is_empty() {
        return view! { <p class="text-sm"><Badge text="unknown" /></p> }.into_any();
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
        <Table label="Settings" columns=&[Text("Of"), Text("Setting"), Code("Value")] rows=view.settings let:setting>
            {row(setting)}
        </Table>
    }
    .into_any()
}

#[component]
fn Roles(roles: model::polaris::Known<Vec<String>>, place: Place, name: String) -> impl IntoView {
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
