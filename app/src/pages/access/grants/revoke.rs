use access::polaris::Object;
use leptos::prelude::*;
use model::{
    access::noun,
    form::PRIVILEGE,
    paths::{Place, Query, extend, write_object},
};

use super::Shifted;
use crate::components::{
    access::{losses::Way, names::spelled},
    locked::Lockable,
    removal::{ConfirmOnly, IF_LAST_WAY},
};

/// The one grantable privilege that manages access.
const MANAGES: &str = "CATALOG_MANAGE_ACCESS";

/// What revoking takes away, before it is done.
#[component]
pub fn RevokeView(
    object: Object,
    role: String,
    privilege: String,
    place: Place,
    typed: String,
) -> impl IntoView {
    let asked = Query::default()
        .and("role", &role)
        .and("revoke", &privilege);
    let asked = write_object(asked, "", &object);
    let keep = place.grants_of(Some(&role), &object);
    let here = extend(keep.clone(), &Query::default().and("revoke", &privilege));
    let typing = privilege == MANAGES;
    let what = format!(
        "Revoke {privilege} on the {} {} from the catalog role {role}?",
        noun(object.kind()),
        spelled(&object)
    );
    view! {
        <h2 class="mt-3">{what}</h2>
        <Shifted place asked way=Way::Lost />
        <form method="post" action=here class="grid gap-2 my-3 max-w-xl">
            <input type="hidden" name="action" value="revoke" />
            <input type="hidden" name=PRIVILEGE.name value=privilege />
            {typing.then(|| view! { <ConfirmOnly only=IF_LAST_WAY name=role typed /> })}
            <Lockable let:locked>
                <p class="flex gap-2">
                    <button class="btn btn-error btn-sm" type="submit" disabled=locked.is_some() title=locked>"Revoke"</button>
                    <a class="btn btn-sm" href=keep.clone()>"Keep it"</a>
                </p>
            </Lockable>
        </form>
    }
}
