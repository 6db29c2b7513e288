use access::polaris::Object;
use leptos::prelude::*;
use model::{
    access::grants::Beginning,
    paths::{Place, Query, extend, write_object},
};

use crate::{
    api::grants::load_beginning,
    components::{access::names::spelled, loaded::Loaded},
    resource::Resource,
    ui::note::Note,
};

/// From how many names on one is sooner typed than found.
const MANY: usize = 30;

/// The catalogs to choose from.
#[component]
pub fn Catalogs(place: Place) -> impl IntoView {
    let source = place.clone();
    let beginning = Resource::new(move || source.clone(), load_beginning);
    view! {
        <h2 class="my-2">"In which catalog?"</h2>
        <Loaded resource=beginning let:beginning>
            {
                let link = |name: String| {
                    let object = Object::Catalog { catalog: name.clone() };
                    view! { <li><a class="link" href=place.grants_of(None, &object)>{name}</a></li> }
                };
                let Beginning { catalogs, unlisted, .. } = beginning;
                view! {
                    <ByName unlisted names=catalogs.clone() field="w" label="Catalog" kept=Query::default() place=place.clone() />
                    <ul class="list-disc pl-5 text-sm">{catalogs.into_iter().map(link).collect_view()}</ul>
                }
            }
        </Loaded>
    }
}

/// The roles of the object's catalog.
#[component]
pub fn Roles(object: Object, place: Place, query: Query) -> impl IntoView {
    let source = place.with_warehouse(object.catalog().map(str::to_owned));
    let beginning = Resource::new(move || source.clone(), load_beginning);
    let chosen = query
        .all("privilege")
        .fold(Query::default(), |chosen, privilege| {
            chosen.and("privilege", privilege)
        });
    view! {
        <h2 class="mt-4 mb-1">"For which catalog role?"</h2>
        <p class="text-sm text-base-content/70">{format!("Privileges on {} are granted to a role of its catalog.", spelled(&object))}</p>
        <Loaded resource=beginning let:beginning>
            {
                let Beginning { roles, unlisted, .. } = beginning;
                let link = |role: String| {
                    let href = extend(place.grants_of(Some(&role), &object), &chosen);
                    view! { <li class="truncate"><a class="link" href=href title=role.clone()>{role.clone()}</a></li> }
                };
                let kept = write_object(chosen.clone(), "", &object);
                view! {
                    <ByName unlisted names=roles.clone() field="role" label="Catalog role" kept place=place.clone() />
                    <ul class="text-sm my-2 grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4 max-h-96 overflow-y-auto" tabindex="0" aria-label="Catalog roles">
                        {roles.into_iter().map(link).collect_view()}
                    </ul>
                }
            }
        </Loaded>
    }
}

/// To type a name: where the list is refused, or long.
#[component]
fn ByName(
    unlisted: Option<String>,
    names: Vec<String>,
    field: &'static str,
    label: &'static str,
    kept: Query,
    place: Place,
) -> impl IntoView {
    (unlisted.is_some() || names.len() >= MANY).then(|| {
        let hidden = kept.pairs().to_vec();
        let list = format!("known-{field}");
        view! {
            {unlisted.map(|why| view! { <Note>"They could not be listed: " {why}</Note> })}
            <form method="get" action=place.grants_path("", "") class="flex gap-2 my-2 max-w-md">
                {hidden.into_iter().map(|(key, value)| view! { <input type="hidden" name=key value=value /> }).collect_view()}
                <input class="input input-sm grow" name=field list=list.clone() aria-label=label placeholder=label required autocomplete="off" />
                <button class="btn btn-sm" type="submit">"Open"</button>
            </form>
            <datalist id=list>{names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}</datalist>
        }
    })
}
