use leptos::prelude::*;
use model::{
    error::Kind,
    form::{BASE_LOCATION, KEPT, KEY, THEIRS, VALUE},
    format::visible,
    polaris::{EntityView, Known},
    posted::Posted,
    settings::Setting,
};

use super::{entity::Entity, part::Part, press::Press, settings::Settings};
use crate::ui::{
    section::Section,
    table::{
        Column::{Code, Text},
        Table,
    },
};

/// Rows for properties that are not there yet.
const BLANK: usize = 2;

/// Keys and values to type over; an emptied key removes its row.
#[component]
pub fn PropertyFields(
    properties: Vec<Setting>,
    posted: Posted,
    /// A key that has a field of its own.
    #[prop(optional)]
    except: &'static str,
    /// The id of a list of keys.
    #[prop(default = None)]
    keys: Option<&'static str>,
) -> impl IntoView {
    let masked = |property: &&Setting| property.value.whole().is_none();
    let is_kept = |key: &str| !posted.is_sent() || posted.all(&KEPT).any(|kept| kept == key);
    let kept: Vec<_> = properties
        .iter()
        .filter(masked)
        .map(|it| (it.key.clone(), is_kept(&it.key)))
        .collect();
    let known = properties
        .into_iter()
        .filter_map(|it| Some((it.key.clone(), it.value.whole()?.to_owned())));
    let mut pairs: Vec<(String, String)> = match posted.is_sent() {
        true => posted
            .all(&KEY)
            .zip(posted.all(&VALUE))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
        false => known.filter(|(key, _)| key != except).collect(),
    };
    pairs.retain(|(key, value)| !key.is_empty() || !value.is_empty());
    pairs.extend(std::iter::repeat_n(Default::default(), BLANK));
    let row = |(index, (key, value)): (usize, (String, String))| {
        let number = index + 1;
        view! {
            <div class="grid grid-cols-[2fr_3fr] gap-2">
                <input class="input input-sm w-full font-mono" name=KEY.name value=key list=keys aria-label=format!("Key {number}") autocomplete="off" spellcheck="false" />
                <input class="input input-sm w-full font-mono" name=VALUE.name value=value aria-label=format!("Value {number}") autocomplete="off" spellcheck="false" />
            </div>
        }
    };
    view! {
        <fieldset class="grid gap-1 max-w-3xl">
            <legend class="text-sm font-medium mb-1">"Properties (key, value)"</legend>
            {pairs.into_iter().enumerate().map(row).collect_view()}
            {kept.into_iter().map(|(key, checked)| view! {
                <label class="flex items-center gap-2 text-sm">
                    <input type="checkbox" class="checkbox checkbox-sm" name=KEPT.name value=key.clone() checked=checked />
                    "Keep " <code>{key}</code> ", whose value is masked"
                </label>
            }).collect_view()}
            <p class="text-xs text-base-content/70">"A row without a key is left out, and one with the key of a masked value replaces it. Save or preview to get more empty rows."</p>
        </fieldset>
    }
}

/// The properties of what a page shows, to be read and edited. What was typed survives a refusal; a
/// conflict stands side by side with what is there now.
#[component]
pub fn EntityProperties(known: Known<EntityView>, entity: Entity) -> impl IntoView {
    view! {
        <Section title="Properties">
            <Part known let:view><Edit view entity /></Part>
        </Section>
    }
}

#[component]
fn Edit(view: EntityView, entity: Entity) -> impl IntoView {
    let EntityView {
        properties,
        version,
        ..
    } = view;
    let Entity {
        posted,
        locked,
        once,
        ..
    } = entity;
    let (version, posted) = (version.unwrap_or_default(), posted.of(""));
    let (conflict, open) = (is_conflict(&posted), posted.is_refused());
    let typed = posted.all(&KEY).zip(posted.all(&VALUE));
    let typed = typed.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let typed: Vec<(String, String)> = typed.collect();
    let now = properties.clone();
    view! {
        {conflict.then(|| view! { <Compared now=now typed version=version.clone() form=PROPERTIES_FORM /> })}
        <Settings settings=properties.clone() label="Properties" empty="None." />
        {match locked {
            Some(reason) => view! { <button type="button" class="btn btn-xs mt-2" disabled title=reason>"Edit properties"</button> }.into_any(),
            None => view! {
                <details class="mt-2" open=open>
                    <summary class="btn btn-xs">"Edit properties"</summary>
                    <form method="post" action="" id=PROPERTIES_FORM class="grid gap-2 my-2">
                        <input type="hidden" name="version" value=version />
                        <Press once />
                        <PropertyFields properties posted />
                        <p><button class="btn btn-sm btn-primary">"Save properties"</button></p>
                    </form>
                </details>
            }.into_any(),
        }}
    }
}

/// Boxes beside what is compared belong to it.
pub const PROPERTIES_FORM: &str = "properties";

/// The form was filled in for a version that is no more.
pub fn is_conflict(posted: &Posted) -> bool {
    let error = posted.error.as_ref();
    error.is_some_and(|error| error.kind == Kind::Conflict)
}

/// What is there now and what was typed, key by key.
#[component]
pub fn Compared(
    now: Vec<Setting>,
    typed: Vec<(String, String)>,
    version: String,
    /// The id of the form, where theirs can be taken key by key.
    form: &'static str,
) -> impl IntoView {
    let mut keys: Vec<String> = now.iter().map(|property| property.key.clone()).collect();
    keys.extend(
        typed
            .iter()
            .map(|(key, _)| key.clone())
            .filter(|key| !key.is_empty()),
    );
    keys.sort();
    keys.dedup();
    let row = move |key: String| {
        let there = now.iter().find(|property| property.key == key);
        let there = there.map(|property| property.value.text().to_owned());
        let mine = typed
            .iter()
            .find(|(typed, _)| *typed == key)
            .map(|(_, value)| value.clone());
        let differs = there != mine;
        // Settings of the storage are fields of their own, typed anew there.
        let takes = differs && !key.starts_with("storage.") && key != BASE_LOCATION.name;
        let label = format!("{} of {key}", THEIRS.label);
        let value = key.clone();
        view! {
            <tr class=differs.then_some("font-semibold")>
                <td>{visible(&key)}</td>
                <td>{there.map_or("—".into(), |value| visible(&value))}</td>
                <td>{mine.map_or("—".into(), |value| visible(&value))}</td>
                <td>{takes.then(|| view! { <input type="checkbox" class="checkbox checkbox-sm" name=THEIRS.name value=value form=form aria-label=label /> })}</td>
            </tr>
        }
    };
    view! {
        <p class="text-sm mt-2">{format!("Version {version} is there now; what differs is bold. Saving writes what was typed, but for the rows where theirs is taken:")}</p>
        <Table label="Both versions" columns=&[Code("Key"), Code("There now"), Code("Typed"), Text("Take theirs")] rows=keys let:key>
            {row(key)}
        </Table>
    }
}
