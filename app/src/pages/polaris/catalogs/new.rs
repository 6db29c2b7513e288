use leptos::prelude::*;
use model::{
    form::{AUTHENTICATION_TYPE, BASE_LOCATION, CONNECTION_TYPE, NAME, STORAGE_TYPE, TYPE},
    polaris::catalogs::{AUTHENTICATION, CONNECTION, STORAGE},
    posted::Posted,
};

use super::groups::{Groups, TypeField};
use crate::{
    components::{
        field::FieldInput,
        locked::Lockable,
        page_header::{PageHeader, trail},
        properties::PropertyFields,
        refusal::Refusal,
    },
    location::use_place,
    pages::polaris::fields::NameField,
    posted::use_posted,
};

/// The form for a catalog that is not there yet. Which fields show follows from what is chosen, in
/// the style sheet alone.
#[component]
pub fn NewCatalog() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted = use_posted();
    let lists = [("Catalogs", place.catalogs_path())];
    let external = posted.value(&TYPE, "") == "EXTERNAL";
    view! {
        <PageHeader title="New catalog" noun="Polaris" crumbs=Signal::stored(trail(&place, &lists)) />
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <form method="post" action="" class="grid gap-4 my-3">
            <NameField value=posted.value(&NAME, "") />
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{TYPE.label}</span>
                <select class="select select-sm w-72 max-w-full" name=TYPE.name>
                    <option value="INTERNAL">"Internal: the server keeps it"</option>
                    <option value="EXTERNAL" selected=external>"External: another catalog keeps it"</option>
                </select>
            </label>
            <fieldset class="hidden [form:has([value=EXTERNAL]:checked)_&]:grid gap-3 border-l-2 border-base-300 pl-4">
                <legend class="text-sm font-semibold mb-2">"The catalog behind it"</legend>
                <TypeField field=CONNECTION_TYPE groups=&CONNECTION posted=posted.clone() none="None: it is told by notifications" />
                <Groups groups=&CONNECTION posted=posted.clone() />
                <TypeField field=AUTHENTICATION_TYPE groups=&AUTHENTICATION posted=posted.clone() none="None" />
                <Groups groups=&AUTHENTICATION posted=posted.clone() />
            </fieldset>
            <fieldset class="grid gap-3 border-l-2 border-base-300 pl-4">
                <legend class="text-sm font-semibold mb-2">"Where its files lie"</legend>
                <TypeField field=STORAGE_TYPE groups=&STORAGE posted=posted.clone() />
                <FieldInput field=&BASE_LOCATION value=posted.value(&BASE_LOCATION, "") />
                <Groups groups=&STORAGE posted=posted.clone() />
            </fieldset>
            <PropertyFields properties=Vec::new() posted except=BASE_LOCATION.name />
            <Lockable let:locked>
                <p><button class="btn btn-sm btn-primary" disabled=locked.is_some() title=locked>"Create catalog"</button></p>
            </Lockable>
        </form>
    }
}
