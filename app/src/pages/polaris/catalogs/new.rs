use leptos::prelude::*;
use model::polaris::catalogs::{AUTHENTICATION, CONNECTION, STORAGE};

use super::{
    BASE,
    groups::{Groups, TypeField},
};
use crate::{
    components::{
        locked::Lockable,
        page_header::{PageHeader, trail},
        properties::PropertyFields,
        refusal::Refusal,
    },
    location::use_place,
    pages::polaris::fields::NameField,
    posted::use_posted,
    ui::text_field::TextField,
};

/// The form for a catalog that is not there yet. Which fields show follows from what is chosen, in
/// the style sheet alone.
#[component]
pub fn NewCatalog() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted = use_posted();
    let lists = [("Catalogs", place.catalogs_path())];
    let external = posted.value("type", "") == "EXTERNAL";
    view! {
        <PageHeader title="New catalog" noun="Polaris" crumbs=Signal::stored(trail(&place, &lists)) />
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <form method="post" action="" class="grid gap-4 my-3">
            <NameField label="Name" value=posted.value("name", "") />
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">"Type"</span>
                <select class="select select-sm w-72 max-w-full" name="type">
                    <option value="INTERNAL">"Internal: the server keeps it"</option>
                    <option value="EXTERNAL" selected=external>"External: another catalog keeps it"</option>
                </select>
            </label>
            <fieldset class="hidden [form:has([value=EXTERNAL]:checked)_&]:grid gap-3 border-l-2 border-base-300 pl-4">
                <legend class="text-sm font-semibold">"The catalog behind it"</legend>
                <TypeField name="connection.connectionType" label="Connection" groups=&CONNECTION posted=posted.clone() none="None: it is told by notifications" />
                <Groups groups=&CONNECTION posted=posted.clone() />
                <TypeField name="auth.authenticationType" label="Sign-in" groups=&AUTHENTICATION posted=posted.clone() none="None" />
                <Groups groups=&AUTHENTICATION posted=posted.clone() />
            </fieldset>
            <fieldset class="grid gap-3 border-l-2 border-base-300 pl-4">
                <legend class="text-sm font-semibold">"Where its files lie"</legend>
                <TypeField name="storage.storageType" label="Storage" groups=&STORAGE posted=posted.clone() />
                <TextField
                    name=BASE
                    label="Default base location"
                    value=posted.value(BASE, "")
                    help="s3://bucket/path, abfss://container@account.dfs.core.windows.net/path, gs://bucket/path, file:///path. No other catalog may lie there."
                    required=true
                />
                <Groups groups=&STORAGE posted=posted.clone() />
            </fieldset>
            <PropertyFields properties=Vec::new() posted except=BASE />
            <Lockable let:locked>
                <p><button class="btn btn-sm btn-primary" disabled=locked.is_some() title=locked>"Create catalog"</button></p>
            </Lockable>
        </form>
    }
}
