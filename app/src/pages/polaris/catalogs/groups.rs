use leptos::prelude::*;
use model::{
    form::Field,
    polaris::catalogs::{Group, choices},
    posted::Posted,
};

use crate::components::field::FieldInput;

/// The fields of each choice; those of the others are hidden, and left out by the server.
#[component]
pub fn Groups(
    groups: &'static [Group],
    posted: Posted,
    /// What is set now, by the name of its field.
    #[prop(optional)]
    settings: Vec<(String, String)>,
    /// Fields that cannot be changed any more, and why.
    #[prop(optional)]
    fixed: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let groups = groups.iter().filter(|group| !group.fields.is_empty());
    let fields = |group: &'static Group| {
        let field = |field: &'static Field| {
            let set = settings.iter().find(|(name, _)| name == field.name);
            let set = set.map_or("", |(_, value)| value);
            let is_fixed = |(name, _): &&(&str, &str)| *name == field.name;
            match fixed.iter().find(is_fixed) {
                Some((_, why)) => {
                    view! { <Fixed field value=set.to_owned() why=*why /> }.into_any()
                }
                None => view! { <FieldInput field value=posted.value(field, set) /> }.into_any(),
            }
        };
        view! {
            <div class=format!("{} gap-3", while_chosen(group.of))>{group.fields.iter().map(field).collect_view()}</div>
        }
    };
    groups.map(fields).collect_view()
}

/// A setting that stays as it is.
#[component]
fn Fixed(field: &'static Field, value: String, why: &'static str) -> impl IntoView {
    view! {
        <div class="grid gap-1 text-sm max-w-xl">
            <span class="font-medium">{field.label}</span>
            <span class="font-mono wrap-anywhere">{value.clone()}</span>
            <input type="hidden" name=field.name value=value />
            <span class="text-xs text-base-content/70">{why}</span>
        </div>
    }
}

/// Shows the fields of a choice while it is chosen: no script takes part. An underscore would be read as a blank.
fn while_chosen(choice: &str) -> &'static str {
    match choice {
        "S3" => "hidden [form:has([value=S3]:checked)_&]:grid",
        "AZURE" => "hidden [form:has([value=AZURE]:checked)_&]:grid",
        "GCS" => "hidden [form:has([value=GCS]:checked)_&]:grid",
        "FILE" => "hidden [form:has([value=FILE]:checked)_&]:grid",
        "ICEBERG_REST" => "hidden [form:has([value^=ICEBERG]:checked)_&]:grid",
        "HADOOP" => {
            "hidden [form:has(:is([value=HADOOP],[value=HIVE],[value=BIGQUERY]):checked)_&]:grid"
        }
        "OAUTH" => "hidden [form:has([value=OAUTH]:checked)_&]:grid",
        "BEARER" => "hidden [form:has([value=BEARER]:checked)_&]:grid",
        "SIGV4" => "hidden [form:has([value=SIGV4]:checked)_&]:grid",
        _ => "grid",
    }
}

/// One of the types that groups offer.
#[component]
pub fn TypeField(
    field: Field,
    groups: &'static [Group],
    posted: Posted,
    /// The first choice, which chooses nothing.
    #[prop(optional)]
    none: Option<&'static str>,
) -> impl IntoView {
    let chosen = posted.value(&field, "");
    let option = move |(key, title): (&'static str, &'static str)| {
        view! { <option value=key selected=key == chosen>{title}</option> }
    };
    view! {
        <label class="grid gap-1 text-sm max-w-xl">
            <span class="font-medium">{field.label}</span>
            <select class="select select-sm w-72 max-w-full" name=field.name>
                {none.map(|none| view! { <option value="">{none}</option> })}
                {choices(groups).map(option).collect_view()}
            </select>
        </label>
    }
}
