use access::polaris::{Kind, Object};
use leptos::prelude::*;
use model::{
    access::{Held, PathView, noun},
    paths::{Place, levels, object_name},
};

use crate::ui::badge::Badge;

/// An object's full name, as people read it: levels apart, none of them mistaken for another.
pub fn spelled(object: &Object) -> String {
    let catalog = match object {
        Object::Root => return "the whole service".into(),
        object => object.catalog().map(str::to_owned),
    };
    let parts: Vec<String> = catalog
        .into_iter()
        .chain(levels(object).iter().cloned())
        .chain(object_name(object).map(str::to_owned))
        .collect();
    parts.join(" › ")
}

/// An object with its kind, leading to who can use it; or, for principals and roles, to themselves.
#[component]
pub fn ObjectLink(object: Object, place: Place) -> impl IntoView {
    let href = match object {
        Object::Principal { .. } | Object::PrincipalRole { .. } | Object::CatalogRole { .. } => {
            place.page_of(&object)
        }
        _ => place.who_of(&object),
    };
    view! {
        <span class=hue(object.kind())>{noun(object.kind())}</span>
        " "
        <a class="link wrap-anywhere" href=href>{spelled(&object)}</a>
    }
}

/// The colour of a kind of object, of text and of lines; its word stands beside it.
pub fn hue(kind: Kind) -> &'static str {
    match kind {
        Kind::Root | Kind::Catalog => "text-kind-catalog",
        Kind::Namespace => "text-kind-namespace",
        Kind::Table => "text-kind-table",
        Kind::View => "text-kind-view",
        Kind::Policy => "text-kind-policy",
        Kind::Principal => "text-kind-principal",
        Kind::PrincipalRole => "text-kind-role",
        Kind::CatalogRole => "text-kind-catalog-role",
    }
}

/// A way in which a privilege is held, each name a link.
#[component]
pub fn PathLine(path: PathView, place: Place) -> impl IntoView {
    let role = place.principal_role_path(&path.principal_role);
    let catalog_role = path.catalog_role.map(|(catalog, name)| {
        let href = place.catalog_role_path(&catalog, &name);
        view! {
            <span class="text-base-content/70">" → catalog role "</span>
            <a class="link" href=href>{format!("{catalog} › {name}")}</a>
        }
    });
    view! {
        <span class="wrap-anywhere">
            <span class="text-base-content/70">"principal role "</span>
            <a class="link" href=role>{path.principal_role}</a>
            {catalog_role}
            <span class="text-base-content/70">" → "</span>
            <code class="text-table">{path.privilege}</code>
            <span class="text-base-content/70">" on "</span>
            <ObjectLink object=path.object place />
        </span>
    }
}

/// Privileges, and how many others come with each; each leads to every path by which `who` holds it.
#[component]
pub fn HeldList(
    held: Vec<Held>,
    who: String,
    why: impl Fn(&str) -> String + Send + 'static,
) -> impl IntoView {
    let badge = |held: Held| {
        let href = why(&held.privilege);
        let label = format!("Why {who} holds {}", held.privilege);
        let text = match held.implies {
            0 => held.privilege,
            implied => format!("{} +{implied}", held.privilege),
        };
        view! { <a class="hover:underline" href=href title=label.clone() aria-label=label><Badge text /></a> }
    };
    view! { <span class="flex flex-wrap gap-1">{held.into_iter().map(badge).collect_view()}</span> }
}
