use leptos::prelude::*;
use model::{
    error::Kind,
    form::{BASE_LOCATION, KEY, STORAGE_TYPE, VALUE},
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

use super::groups::Groups;
use crate::{
    api::polaris::catalogs::load_catalog,
    components::{
        field::FieldInput,
        loaded::Changeable,
        locked::Locked,
        named::use_named,
        page_header::{PageHeader, trail},
        part::Part,
        press::Press,
        properties::{Compared, PROPERTIES_FORM, PropertyFields},
        refusal::Refusal,
    },
    posted::use_posted,
    resource::Resource,
};

/// What the server fixes when a catalog is made, and why a page for editing offers none of it.
const FIXED: [(&str, &str); 2] = [
    ("storage.externalId", "Fixed when the catalog was made."),
    ("storage.tenantId", "Fixed when the catalog was made."),
];
/// Of a role the account is fixed, not the role: one that is there can be changed.
const NO_ROLE: (&str, &str) = (
    "storage.roleArn",
    "None. Polaris fixes the account of the role when a catalog is made, also that there is none.",
);

/// Edits a catalog's storage and properties, field by field.
#[component]
pub fn EditCatalogPage() -> impl IntoView {
    let named = use_named(PolarisPage::EditCatalog);
    let posted: StoredValue<Posted> = StoredValue::new(use_posted());
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
    let no_role = view.setting(NO_ROLE.0).unwrap_or_default().is_empty();
    let fixed: Vec<_> = FIXED
        .into_iter()
        .chain(no_role.then_some(NO_ROLE))
        .collect();
    let form = move |entity: model::polaris::EntityView| {
        let base = entity
            .properties
            .iter()
            .find(|property| property.key == BASE_LOCATION.name);
        let base = base
            .and_then(|property| property.value.whole())
            .unwrap_or_default()
            .to_owned();
        let version = entity.version.clone().unwrap_or_default();
        view! {
            {conflict.then(|| view! { <Compared now=now(&entity.properties, &settings) typed=typed(&posted) version=version.clone() form=PROPERTIES_FORM /> })}
            <form method="post" action="" id=PROPERTIES_FORM class="grid gap-4 my-3">
                <input type="hidden" name="version" value=version.clone() />
                <Press once />
                {match storage.is_empty() {
                    true => view! {
                        <p class="text-sm text-base-content/70 max-w-xl">"The catalog has no storage settings of its own, and Polaris adds none later: its properties can be changed."</p>
                    }.into_any(),
                    false => view! {
                        <label class="grid gap-1 text-sm max-w-xl">
                            <span class="font-medium">"Storage"</span>
                            <select class="select select-sm w-72 max-w-full" name=STORAGE_TYPE.name>
                                <option value=storage.clone() selected>{storage.clone()}</option>
                            </select>
                            <span class="text-xs text-base-content/70">"The type of storage stays as it was created."</span>
                        </label>
                    }.into_any(),
                }}
                <FieldInput field=&BASE_LOCATION value=posted.value(&BASE_LOCATION, &base) />
                {(!storage.is_empty()).then(|| view! {
                    <Groups groups=&STORAGE posted=posted.clone() settings=settings.clone() fixed=fixed.clone() />
                })}
                <PropertyFields properties=entity.properties posted=posted.clone() except=BASE_LOCATION.name />
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
    let properties = posted.all(&KEY).zip(posted.all(&VALUE));
    let properties = properties.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let of_catalog = |key: &str| key.starts_with("storage.") || key == BASE_LOCATION.name;
    let fields = posted.pairs().iter();
    let fields = fields.filter(|(key, value)| !value.is_empty() && of_catalog(key));
    properties.chain(fields.cloned()).collect()
}
