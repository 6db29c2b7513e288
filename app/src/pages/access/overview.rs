use leptos::prelude::*;
use model::{access::overview::Overview, format::counted, paths::Place};

use crate::{
    api::access::load_overview,
    components::{
        access::collected::FromGrants,
        page_header::{PageHeader, trail},
    },
    location::use_place,
    resource::Resource,
    ui::{
        facts::{Fact, Facts},
        table::{Column::Text, Table},
    },
};

/// Where questions about access begin.
#[component]
pub fn AccessPage() -> impl IntoView {
    let place = use_place();
    let overview = Resource::new(move || place.get(), load_overview);
    view! {
        <PageHeader
            title="Access"
            noun="Who can do what"
            crumbs=Signal::derive(move || trail(&place.read(), &[]))
        />
        <p class="text-sm text-base-content/70 max-w-prose">
            "Answers follow the grants of Polaris’ own access control (RBAC). A server that asks OPA or Ranger instead decides by other rules, and does not say so."
        </p>
        <FromGrants resource=overview place let(overview, _)>
            <Content overview place=place.get_untracked() />
        </FromGrants>
    }
}

#[component]
fn Content(overview: Overview, place: Place) -> impl IntoView {
    let Overview {
        principals,
        principal_roles,
        catalog_roles,
        grants,
        more_catalogs,
        catalogs,
        some_principals,
    } = overview;
    let catalog = {
        let place = place.clone();
        move |(name, roles): (String, Option<usize>)| {
            let inside = place.with_warehouse(Some(name.clone()));
            view! {
                <tr>
                    <th scope="row" class="font-normal"><a class="link link-hover" href=place.catalog_path(&name)>{name.clone()}</a></th>
                    <td>
                        {match roles {
                            Some(roles) => view! { <a class="link link-hover" href=place.catalog_roles_path(&name)>{counted(roles, "role")}</a> }.into_any(),
                            None => view! { <span class="text-base-content/70">"unknown"</span> }.into_any(),
                        }}
                    </td>
                    <td><a class="link" href=inside.who_path("")>"Who can use it"</a></td>
                    <td><a class="link" href=inside.grants_path("", "")>"Grants"</a></td>
                </tr>
            }
        }
    };
    let (all_principals, all_roles) = (place.principals_path(), place.principal_roles_path());
    view! {
        <Facts>
            <Fact name="Principals"><a class="link link-hover" href=all_principals>{principals.text()}</a></Fact>
            <Fact name="Principal roles"><a class="link link-hover" href=all_roles>{principal_roles.text()}</a></Fact>
            <Fact name="Catalog roles">{catalog_roles.text()}</Fact>
            <Fact name="Grants">{grants.text()}</Fact>
        </Facts>
        <div class="grid gap-6 my-4 md:grid-cols-2 max-w-4xl">
            <section>
                <h2>"What can somebody reach?"</h2>
                <form method="get" action=place.reach_path("") class="flex gap-2 my-2">
                    <input class="input input-sm grow" name="principal" list="principals" required aria-label="Principal" placeholder="Principal" autocomplete="off" />
                    <button class="btn btn-sm" type="submit">"Show"</button>
                </form>
                <datalist id="principals">
                    {some_principals.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
                </datalist>
            </section>
            <section>
                <h2>"Explain a 403"</h2>
                <form method="get" action=place.explain_path() class="flex gap-2 my-2">
                    <input class="input input-sm grow" name="message" required aria-label="The server’s message" placeholder="Principal '…' is not authorized for op …" autocomplete="off" />
                    <button class="btn btn-sm" type="submit">"Explain"</button>
                </form>
                <p class="text-sm"><a class="link" href=place.explain_path()>"Without a message: choose principal, operation and object"</a></p>
            </section>
        </div>
        <h2 class="mt-4 mb-1">"Who can use what?"</h2>
        <p class="text-sm mb-2">"Every catalog, namespace, table and view leads there from its own page. "
            <a class="link" href=place.graph_path()>"The graph"</a> " shows how roles connect; "
            <a class="link" href=place.onboard_path()>"Onboard"</a> " sets up a new service, "
            <a class="link" href=place.offboard_path("")>"Offboard"</a> " takes one away. All of it as a file: "
            <a class="link" href=place.export_path("csv") rel="external">"CSV"</a> ", "
            <a class="link" href=place.export_path("json") rel="external">"JSON"</a> "."
        </p>
        {more_catalogs.then(|| view! {
            <p class="text-sm text-base-content/70 mb-1">"Catalogs could not be listed: there may be more than these."</p>
        })}
        <Table label="Catalogs" columns=&[Text("Catalog"), Text("Roles"), Text("Use"), Text("Grants")] rows=catalogs let:found>
            {catalog(found)}
        </Table>
    }
}
