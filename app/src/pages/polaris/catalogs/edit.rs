use leptos::prelude::*;
use model::{
    error::Kind,
    page::PolarisPage,
    paths::Place,
    polaris::{
        catalogs::{CatalogView, STORAGE},
        lists::catalog,
    },
    posted::Posted,
    settings::Setting,
    shown::Shown,
};

use super::{BASE, groups::Groups};
use crate::{
    api::polaris::catalogs::load_catalog,
    components::{
        loaded::Changeable,
        locked::Locked,
        named::use_named,
        page_header::{PageHeader, trail},
        part::Part,
        press::Press,
        properties::{Compared, PropertyFields},
        refusal::Refusal,
    },
    posted::use_posted,
    ui::text_field::TextField,
};

/// Edits a catalog's storage and properties, field by field.
#[component]
pub fn EditCatalogPage() -> impl IntoView {
    let named = use_named(PolarisPage::EditCatalog);
    let posted = StoredValue::new(use_posted());
    move || view! { <EditCatalog place=named.get().0 posted=posted.get_value() /> }
}

#[component]
fn EditCatalog(place: Place, posted: Posted) -> impl IntoView {
    let name = catalog(&place).to_owned();
    let lists = [
        ("Catalogs", place.catalogs_path()),
        (name.as_str(), place.catalog_path(&name)),
    ];
    let crumbs = trail(&place, &lists);
    let loaded = Resource::new(|| (), move |()| load_catalog(place.clone()));
    let refused = posted.error.clone();
    view! {
        <PageHeader title=format!("Edit {name}") noun="Polaris" crumbs=Signal::stored(crumbs) />
        {refused.map(|error| view! { <Refusal error /> })}
        <Changeable resource=loaded let(read, locked)>
            <Locked reason=locked.clone() />
            <Fields view=read.data posted=posted.clone() locked once=read.once />
        </Changeable>
    }
}

#[component]
fn Fields(
    view: CatalogView,
    posted: Posted,
    locked: Option<String>,
    once: String,
) -> impl IntoView {
    let conflict = posted
        .error
        .as_ref()
        .is_some_and(|error| error.kind == Kind::Conflict);
    let storage = view
        .setting("storage.storageType")
        .unwrap_or_default()
        .to_owned();
    let settings = view.settings.clone();
    let form = move |entity: model::polaris::EntityView| {
        let base = entity
            .properties
            .iter()
            .find(|property| property.key == BASE);
        let base = base
            .and_then(|property| property.value.whole())
            .unwrap_or_default()
            .to_owned();
        let version = entity.version.clone().unwrap_or_default();
        view! {
            {conflict.then(|| view! { <Compared now=now(&entity.properties, &settings) typed=typed(&posted) version=version.clone() /> })}
            <form method="post" action="" class="grid gap-4 my-3">
                <input type="hidden" name="version" value=version.clone() />
                <Press once />
                <label class="grid gap-1 text-sm max-w-xl">
                    <span class="font-medium">"Storage"</span>
                    <select class="select select-sm w-72 max-w-full" name="storage.storageType">
                        <option value=storage.clone() selected>{storage.clone()}</option>
                    </select>
                    <span class="text-base-content/70">"The type of storage stays as it was created."</span>
                </label>
                <TextField name=BASE label="Default base location" value=posted.value(BASE, &base) required=true />
                <Groups groups=&STORAGE posted=posted.clone() settings=settings.clone() />
                <PropertyFields properties=entity.properties posted=posted.clone() except=BASE />
                <p><button class="btn btn-sm btn-primary" disabled=locked.is_some() title=locked>"Save catalog"</button></p>
            </form>
        }
    };
    view! { <Part known=view.entity let:entity>{form(entity)}</Part> }
}

/// What is there, properties and storage settings alike.
fn now(properties: &[Setting], settings: &[(String, String)]) -> Vec<Setting> {
    let settings = settings
        .iter()
        .filter(|(name, _)| name.starts_with("storage."));
    let settings = settings.map(|(key, value)| Setting {
        key: key.clone(),
        value: Shown::Whole(value.clone()),
    });
    properties.iter().cloned().chain(settings).collect()
}

/// What was typed, in the same form.
fn typed(posted: &Posted) -> Vec<(String, String)> {
    let properties = posted.all("key").zip(posted.all("value"));
    let properties = properties.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let fields = posted
        .fields
        .iter()
        .filter(|(key, value)| !value.is_empty() && (key.starts_with("storage.") || key == BASE));
    properties.chain(fields.cloned()).collect()
}
