use access::polaris::Object;
use leptos::prelude::*;
use model::{
    access::grants::{Pick, Picks},
    paths::{Place, Query, join_levels, levels},
};

use crate::{api::grants::load_picks, components::access::names::spelled, resource::Resource};

/// Walks the real tree, each step a link, to the object that is meant.
#[component]
pub fn Picker(object: Object, role: Option<String>, place: Place, query: Query) -> impl IntoView {
    let open = query.get("pick").is_some();
    let inside = place
        .with_warehouse(object.catalog().map(str::to_owned))
        .with_namespace(levels(&object));
    let walked: Vec<Object> = {
        let mut levels: Vec<_> = object.levels().collect();
        levels.retain(|level| *level != Object::Root);
        levels.reverse();
        levels
    };
    let target = Target {
        role: role.clone(),
        place: place.clone(),
    };
    let crumbs = walked
        .iter()
        .map(|level| {
            let name = spelled(level);
            let last = name.rsplit(" › ").next().unwrap_or_default().to_owned();
            view! { <li><a class="link link-hover" href=target.href(level)>{last}</a></li> }
        })
        .collect_view();
    let catalog = object.catalog().unwrap_or_default().to_owned();
    let path = join_levels(levels(&object))
        .trim_start_matches('/')
        .to_owned();
    let picks: &[Pick] = match levels(&object).is_empty() {
        true => &[Pick::Namespaces],
        false => &[Pick::Namespaces, Pick::Tables, Pick::Views, Pick::Policies],
    };
    view! {
        <details class="border border-base-300 rounded-box px-3 py-2 my-2 max-w-5xl" open=open>
            <summary class="cursor-pointer text-sm">"Choose another object of this catalog"</summary>
            <nav aria-label="Chosen object" class="breadcrumbs text-sm py-1"><ol>{crumbs}</ol></nav>
            <div class="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
                {picks.iter().map(|pick| view! { <PickList pick=*pick inside=inside.clone() target=target.clone() /> }).collect_view()}
            </div>
            <form method="get" action=place.grants_path("", "") class="flex flex-wrap gap-2 my-2">
                <input type="hidden" name="w" value=catalog />
                {role.map(|role| view! { <input type="hidden" name="role" value=role /> })}
                <select class="select select-sm w-32" name="on" aria-label="Kind">
                    <option value="table">"table"</option>
                    <option value="view">"view"</option>
                    <option value="policy">"policy"</option>
                    <option value="namespace">"namespace"</option>
                </select>
                <input class="input input-sm w-56" name="path" value=path aria-label="Namespace, its levels joined by slashes" placeholder="namespace/levels" required autocomplete="off" />
                <input class="input input-sm w-56" name="name" aria-label="Name" placeholder="name" autocomplete="off" />
                <button class="btn btn-sm" type="submit">"Choose by name"</button>
            </form>
        </details>
    }
}

/// Where a choice leads: the same role, another object.
#[derive(Clone)]
struct Target {
    role: Option<String>,
    place: Place,
}

impl Target {
    fn href(&self, object: &Object) -> String {
        format!(
            "{}&pick=1",
            self.place.grants_of(self.role.as_deref(), object)
        )
    }
}

fn heading(pick: Pick) -> &'static str {
    match pick {
        Pick::Namespaces => "Namespaces",
        Pick::Tables => "Tables",
        Pick::Views => "Views",
        Pick::Policies => "Policies",
    }
}

fn picked(pick: Pick, inside: &Place, name: String) -> Object {
    let catalog = inside.warehouse.clone().unwrap_or_default();
    let namespace = inside.namespace.clone();
    match pick {
        Pick::Namespaces => Object::Namespace {
            catalog,
            namespace: [namespace, vec![name]].concat(),
        },
        Pick::Tables => Object::Table {
            catalog,
            namespace,
            name,
        },
        Pick::Views => Object::View {
            catalog,
            namespace,
            name,
        },
        Pick::Policies => Object::Policy {
            catalog,
            namespace,
            name,
        },
    }
}

#[component]
fn PickList(pick: Pick, inside: Place, target: Target) -> impl IntoView {
    let source = inside.clone();
    let listed = Resource::new(move || source.clone(), move |place| load_picks(place, pick));
    let place = StoredValue::new((inside, target));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let Picks { names, note } = listed.await.unwrap_or_else(|error| Picks {
                    names: Vec::new(),
                    note: Some(error.message),
                });
                let links = place.with_value(|(inside, target)| {
                    let link = |name: String| (name.clone(), target.href(&picked(pick, inside, name)));
                    names.into_iter().map(link).collect()
                });
                view! { <Links heading=heading(pick) links note /> }
            })}
        </Transition>
    }
}

#[component]
fn Links(
    heading: &'static str,
    links: Vec<(String, String)>,
    note: Option<String>,
) -> impl IntoView {
    let empty = links.is_empty() && note.is_none();
    view! {
        <section class="min-w-0">
            <h2>{heading}</h2>
            <ul class="text-sm max-h-56 overflow-y-auto" tabindex="0" aria-label=heading>
                {links
                    .into_iter()
                    .map(|(name, href)| view! { <li class="truncate"><a class="link link-hover" href=href title=name.clone()>{name.clone()}</a></li> })
                    .collect_view()}
                {empty.then(|| view! { <li class="text-base-content/70">"none"</li> })}
            </ul>
            {note.map(|note| view! { <p class="text-xs text-base-content/70 wrap-anywhere">{note}</p> })}
        </section>
    }
}
