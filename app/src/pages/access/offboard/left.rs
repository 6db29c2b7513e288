use leptos::prelude::*;
use model::{
    access::offboard::{
        Plan, Step,
        left::{Left, Offboarding, Owned, OwnedTables},
    },
    format::{count, visible},
    paths::{Place, Query},
};

use crate::{
    api::offboard::load_offboarding,
    components::access::{
        collected::FromGrants,
        names::{ObjectLink, spelled},
    },
    resource::Resource,
    ui::{
        note::{Empty, Note},
        table::{Column::Text, Table},
    },
};

/// Who goes, and what is to go with it.
#[component]
pub fn LeftBehind(place: Place, query: Query) -> impl IntoView {
    let source = (place.clone(), query.text("principal"));
    let read = Resource::new(
        move || source.clone(),
        |(place, name)| load_offboarding(place, name),
    );
    view! {
        <FromGrants resource=read place=place.clone() let(data, doubtful)>
            {
                let (place, plan) = (place.clone(), Plan::read(&query));
                match plan.principal.is_empty() {
                    true => view! { <Choose place names=data.principals /> }.into_any(),
                    false => view! { <Boxes place plan data doubtful /> }.into_any(),
                }
            }
        </FromGrants>
    }
}

#[component]
fn Choose(place: Place, names: Vec<String>) -> impl IntoView {
    view! {
        <p class="text-sm text-base-content/70 max-w-prose">
            "A person or a service that goes: what it holds, what nobody else uses then, and one list of calls that takes it away. Nothing is sent before you have seen each of them."
        </p>
        <form method="get" action=place.offboard_path("") class="flex gap-2 my-3 max-w-xl">
            <input class="input input-sm grow" name="principal" list="principals" required aria-label="Principal" placeholder="Principal" autocomplete="off" />
            <button class="btn btn-sm btn-primary" type="submit">"Show what it holds"</button>
        </form>
        <datalist id="principals">
            {names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
}

#[component]
fn Boxes(place: Place, plan: Plan, data: Offboarding, doubtful: bool) -> impl IntoView {
    let Plan { principal, steps } = plan;
    let Offboarding {
        left,
        owned,
        unread,
        tables,
        ..
    } = data;
    // What the address asks for, else all that can go.
    let chosen = move |name: &str, value: &str| {
        let is = |step: &Step| step.field() == (name, value.to_owned());
        steps.is_empty() || steps.iter().any(is)
    };
    let leave = left.iter().filter(|left| left.field.0 != "catalog-role");
    let leave =
        leave.map(|left| view! { <input type="hidden" name="leave" value=left.field.1.clone() /> });
    let leave = leave.collect_view();
    let nothing = left.is_empty();
    let (delete, yes) = Step::Principal.field();
    let with_it = chosen(delete, &yes);
    let links = place.clone();
    let row = move |left: Left| {
        let label = format!("Delete {}", spelled(&left.object));
        let (name, value) = left.field;
        let (off, checked) = (left.stays.is_some(), chosen(&name, &value));
        view! {
            <tr>
                <td><input type="checkbox" class="checkbox checkbox-sm align-middle" aria-label=label name=name value=value checked=checked && !off disabled=off /></td>
                <td><ObjectLink object=left.object place=links.clone() /></td>
                <td>{left.gives}</td>
                <td>{left.stays.unwrap_or_else(|| "nobody else".to_owned())}</td>
            </tr>
        }
    };
    view! {
        <h2 class="mt-3">{format!("What {} holds", visible(&principal))}</h2>
        <p class="text-sm my-1"><a class="link" href=place.reach_path(&principal)>"What it can reach by that"</a></p>
        <form method="get" action=place.offboard_path("") class="grid gap-3 my-2">
            <input type="hidden" name="step" value="review" />
            <input type="hidden" name="principal" value=principal.clone() />
            {leave}
            {match nothing {
                true => view! {
                    <Empty>
                        {match doubtful {
                            false => "It is in no principal role: only the principal itself is left to go.",
                            true => "It is in no principal role that could be read.",
                        }}
                    </Empty>
                }.into_any(),
                false => view! {
                    <p class="text-sm">"It leaves each of these principal roles. Choose what goes altogether, because nobody else uses it:"</p>
                    <Table label="What it leaves behind" columns=&[Text("Delete"), Text("Role"), Text("Gives"), Text("Who else uses it")] rows=left let:left>
                        {row(left)}
                    </Table>
                }.into_any(),
            }}
            <Owns owned unread tables place=place.clone() />
            <label class="flex gap-2 items-center text-sm">
                <input type="checkbox" class="checkbox checkbox-sm" name=delete value=yes checked=with_it />
                {format!("Delete the principal {}, last", visible(&principal))}
            </label>
            <p><button class="btn btn-sm btn-primary" type="submit">"Review the calls"</button></p>
        </form>
    }
}

/// What would have no owner any more, as far as properties tell.
#[component]
fn Owns(
    owned: Vec<Owned>,
    unread: Vec<String>,
    tables: OwnedTables,
    place: Place,
) -> impl IntoView {
    let none = owned.is_empty();
    let more = tables.owned - tables.first.len();
    let item = move |owned: Owned| {
        view! { <li><ObjectLink object=owned.object place=place.clone() /> " by its property " <code>{owned.key}</code></li> }
    };
    view! {
        <section class="text-sm" aria-label="What it owns">
            {match none {
                true => view! { <p>"No other principal, principal role or catalog names it as owner in its properties, as far as they were read."</p> }.into_any(),
                false => view! {
                    <p>"These name it as their owner and would be left without one:"</p>
                    <ul class="list-disc pl-5">{owned.into_iter().map(item).collect_view()}</ul>
                }.into_any(),
            }}
            <p class="mt-2">{tables.sentence()} " Namespaces were not looked at."</p>
            <ul class="list-disc pl-5">
                {tables.first.into_iter().map(|(name, href)| view! { <li><a class="link" href=href>{visible(&name)}</a></li> }).collect_view()}
                {(more > 0).then(|| view! { <li>{format!("{} more", count(more))}</li> })}
            </ul>
            {unread.into_iter().map(|why| view! { <Note>{why}</Note> }).collect_view()}
        </section>
    }
}
