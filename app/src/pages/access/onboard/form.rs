use leptos::prelude::*;
use model::{
    access::onboard::{PRESETS, STORAGES},
    paths::{Place, Query},
};

use crate::ui::text_field::TextField;

/// What the service is called, where it works, and what it may do. What the address says stands in it.
#[component]
pub fn PlanForm(place: Place, query: Query) -> impl IntoView {
    let chosen = query.get("preset").unwrap_or("reader").to_owned();
    let said = |key: &str| query.text(key);
    let presets = PRESETS
        .into_iter()
        .map(|preset| {
            view! {
                <label class="flex gap-2 items-start">
                    <input type="radio" class="radio radio-xs mt-0.5" name="preset" value=preset.key checked={preset.key == chosen} />
                    <span>
                        <strong>{preset.title}</strong> ": " {preset.purpose} " "
                        <code class="text-xs text-base-content/70">{preset.privileges.join(", ")}</code>
                    </span>
                </label>
            }
        })
        .collect_view();
    let storage = said("storage");
    let storages = STORAGES
        .into_iter()
        .map(|kind| view! { <option value=kind selected={kind == storage}>{kind}</option> })
        .collect_view();
    let privileges = query.all("privilege").collect::<Vec<_>>().join(" ");
    view! {
        <p class="text-sm text-base-content/70 max-w-prose">
            "One flow for what is otherwise ten calls. Nothing is sent before you have seen each of them."
        </p>
        <form method="get" action=place.onboard_path() class="grid gap-4 my-3 max-w-4xl">
            <input type="hidden" name="step" value="review" />
            <fieldset class="fieldset grid gap-3 md:grid-cols-3 items-start">
                <legend class="fieldset-legend text-sm">"Service"</legend>
                <TextField label="Principal" name="principal" value=said("principal") required=true />
                <TextField label="Principal role" name="principal-role" value=said("principal-role") help="Empty: the principal’s name and _role." />
                <TextField label="Catalog role" name="catalog-role" value=said("catalog-role") help="Empty: the principal’s name and _access." />
            </fieldset>
            <fieldset class="fieldset grid gap-3 md:grid-cols-3 items-start">
                <legend class="fieldset-legend text-sm">"Catalog"</legend>
                <TextField label="Name" name="w" value=said("w") required=true />
                <TextField label="Only in this namespace" name="path" value=said("path") help="Levels joined by /. Empty: the whole catalog. Otherwise it opens this one by its name, and may not list the others." />
                <label class="flex gap-2 items-center text-sm md:col-span-3">
                    <input type="checkbox" class="checkbox checkbox-xs" name="new" checked=query.get("new").is_some() />
                    "Create this catalog; its files lie here:"
                </label>
                <label class="grid gap-1 text-sm">
                    <span class="font-medium">"Storage"</span>
                    <select class="select select-sm w-full" name="storage">{storages}</select>
                </label>
                <TextField label="Location" name="location" value=said("location") />
                <TextField label="Region" name="region" value=said("region") />
                <TextField label="AWS role (ARN)" name="role-arn" value=said("role-arn") />
                <TextField label="S3-compatible endpoint" name="endpoint" value=said("endpoint") />
                <TextField label="Azure tenant" name="tenant-id" value=said("tenant-id") />
            </fieldset>
            <fieldset class="fieldset grid gap-2 text-sm">
                <legend class="fieldset-legend text-sm">"What it may do"</legend>
                {presets}
                <label class="flex gap-2 items-start">
                    <input type="radio" class="radio radio-xs mt-0.5" name="preset" value="none" checked={chosen == "none"} />
                    <span><strong>"Chosen privileges"</strong> ": those below alone"</span>
                </label>
                <TextField label="Further privileges" name="privileges" value=[privileges, said("privileges")].join(" ").trim().to_owned() help="With spaces between." />
            </fieldset>
            <p><button class="btn btn-primary btn-sm" type="submit">"Review the calls"</button></p>
        </form>
    }
}
