use leptos::prelude::*;
use model::{
    access::{explain::Explain, noun},
    paths::{KINDS, Place, Query, SECOND, join_levels, levels, object_name, read_object},
};

use crate::ui::text_area::TextArea;

/// What to ask: a principal, an operation, an object; or the message of a refusal. What the address
/// asks stands in it.
#[component]
pub fn QuestionForm(explain: Explain, place: Place, query: Query) -> impl IntoView {
    let Explain {
        choices,
        principal,
        operation,
        answer,
        ..
    } = explain;
    let chosen = operation.clone().unwrap_or_default();
    let operations = choices
        .operations
        .into_iter()
        .map(|(name, on)| {
            let selected = name == chosen;
            view! { <option value=name.clone() selected=selected>{format!("{name} ({on})")}</option> }
        })
        .collect_view();
    let suggest = |names: Vec<String>| {
        names
            .into_iter()
            .map(|name| view! { <option value=name></option> })
            .collect_view()
    };
    let role = query.get("principal-role").map(str::to_owned);
    let heading = if answer.is_some() {
        "Ask something else"
    } else {
        "Ask"
    };
    view! {
        <h2 class="mt-6 mb-2">{heading}</h2>
        <form method="get" action=place.explain_path() class="grid gap-3 max-w-4xl">
            <fieldset class="fieldset grid gap-3 md:grid-cols-2">
                <legend class="fieldset-legend text-sm">"Who, and what"</legend>
                <label class="grid gap-1 text-sm">
                    <span class="font-medium">"Principal"</span>
                    <input class="input input-sm w-full" name="principal" list="principals" value=principal autocomplete="off" />
                </label>
                {role.map(|role| view! {
                    <label class="grid gap-1 text-sm">
                        <span class="font-medium">"Only this principal role"</span>
                        <input class="input input-sm w-full" name="principal-role" value=role autocomplete="off" />
                    </label>
                })}
                <label class="grid gap-1 text-sm">
                    <span class="font-medium">"Operation"</span>
                    <select class="select select-sm w-full" name="operation">
                        <option value="">"…"</option>
                        {operations}
                    </select>
                </label>
            </fieldset>
            <ObjectFields query=query.clone() prefix="" legend="On what" />
            <details open=read_object(&query, SECOND, Some("")).is_some_and(|_| query.pairs().iter().any(|(key, _)| key.starts_with(SECOND)))>
                <summary class="cursor-pointer text-sm">"With a second object (renaming, attaching, assigning)"</summary>
                <ObjectFields query=query.clone() prefix=SECOND legend="The second object" />
            </details>
            <p><button class="btn btn-primary btn-sm" type="submit">"Explain"</button></p>
        </form>
        <form method="get" action=place.explain_path() class="grid gap-1 max-w-4xl mt-4">
            <label class="grid gap-1 text-sm">
                <span class="font-medium">"Or paste what the server said"</span>
                <TextArea name="message" value=query.text("message") rows="2" class="textarea-sm" attr:placeholder="Principal 'svc' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LIST_TABLES" />
            </label>
            <p><button class="btn btn-sm" type="submit">"Read it"</button></p>
        </form>
        <datalist id="principals">{suggest(choices.principals)}</datalist>
        <datalist id="catalogs">{suggest(choices.catalogs)}</datalist>
    }
}

/// Kind, catalog, namespace and name of an object.
#[component]
fn ObjectFields(query: Query, prefix: &'static str, legend: &'static str) -> impl IntoView {
    let object = read_object(&query, prefix, None);
    let key = move |key: &str| format!("{prefix}{key}");
    let said = |key: &str| query.text(&format!("{prefix}{key}"));
    let on = object
        .as_ref()
        .map(|object| noun(object.kind()).replace(' ', "-"));
    let on = on.unwrap_or_else(|| said("on"));
    let catalog = object
        .as_ref()
        .and_then(|object| object.catalog())
        .map_or_else(|| said("w"), str::to_owned);
    let path = match &object {
        Some(object) if !levels(object).is_empty() => join_levels(levels(object))
            .trim_start_matches('/')
            .to_owned(),
        _ => said("path"),
    };
    let name = object
        .as_ref()
        .and_then(|object| object_name(object).map(str::to_owned))
        .unwrap_or_else(|| said("name"));
    let kinds = KINDS
        .into_iter()
        .map(
            |(word, kind)| view! { <option value=word selected={word == on}>{noun(kind)}</option> },
        )
        .collect_view();
    view! {
        <fieldset class="fieldset grid gap-3 md:grid-cols-4">
            <legend class="fieldset-legend text-sm">{legend}</legend>
            <label class="grid gap-1 text-sm">
                <span class="font-medium">"Kind"</span>
                <select class="select select-sm w-full" name=key("on")>
                    <option value="">"…"</option>
                    {kinds}
                </select>
            </label>
            <label class="grid gap-1 text-sm">
                <span class="font-medium">"Catalog"</span>
                <input class="input input-sm w-full" name=key("w") list="catalogs" value=catalog autocomplete="off" />
            </label>
            <label class="grid gap-1 text-sm">
                <span class="font-medium">"Namespace"</span>
                <input class="input input-sm w-full" name=key("path") value=path placeholder="levels/joined/by/slashes" autocomplete="off" />
            </label>
            <label class="grid gap-1 text-sm">
                <span class="font-medium">"Name"</span>
                <input class="input input-sm w-full" name=key("name") value=name autocomplete="off" />
            </label>
        </fieldset>
    }
}
