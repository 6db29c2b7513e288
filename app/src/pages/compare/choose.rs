use leptos::{prelude::*, reactive::computed::ScopedFuture};
use model::{
    comparison::{OTHER_CONNECTION, OTHER_NAME, OTHER_REFERENCE, OTHER_WAREHOUSE, TableComparison},
    connections::Facts,
    form::Field,
    format::visible,
    paths::{Other, Place},
};

use crate::{
    components::{connection::use_facts, hidden::SaidBy},
    ui::{note::Note, text_field::TextField},
};

/// Asks for the second table, folded once there is one.
#[component]
pub fn Choose(
    place: Place,
    other: Option<Other>,
    comparison: Option<TableComparison>,
) -> impl IntoView {
    if place.object.is_none() {
        return view! { <Note>"This address names no table. Open one, and begin there."</Note> }
            .into_any();
    }
    let found = comparison.as_ref().map(|it| it.other.clone());
    let found = found.filter(|place| place.object.is_some());
    let wrong = |field: &Field| {
        let wrong = comparison.as_ref().and_then(|it| it.wrong(field));
        wrong.unwrap_or_default().to_owned()
    };
    let wrong = [OTHER_CONNECTION, OTHER_NAME].map(|field| wrong(&field));
    let folded = found.is_some();
    let form = view! { <Fields place other wrong /> };
    match folded {
        true => view! {
            <details class="my-2">
                <summary class="cursor-pointer text-sm">"Compare with another one"</summary>
                {form}
            </details>
        }
        .into_any(),
        false => form.into_any(),
    }
}

#[component]
fn Fields(place: Place, other: Option<Other>, wrong: [String; 2]) -> impl IntoView {
    let facts = use_facts();
    let fields = move || {
        // What else becomes known of the connection later does not touch what is typed here.
        let facts = ScopedFuture::new_untracked(facts.into_future());
        let (place, other, wrong) = (place.clone(), other.clone(), wrong.clone());
        Suspend::new(async move {
            let facts = facts.await.ok();
            view! { <Form place other wrong facts /> }
        })
    };
    view! { <Transition>{fields}</Transition> }
}

#[component]
fn Form(
    place: Place,
    other: Option<Other>,
    wrong: [String; 2],
    facts: Option<Facts>,
) -> impl IntoView {
    let begins = Other {
        typed: place.dotted(),
        place: place.clone(),
    };
    let Other {
        place: there,
        typed,
    } = other.unwrap_or(begins);
    let name = match typed.is_empty() {
        true => there.dotted(),
        false => typed,
    };
    let [no_connection, unfound] = wrong;
    let (usual, others) = match facts {
        Some(facts) => (facts.warehouse, facts.others),
        None => (None, Vec::new()),
    };
    // An empty field would mean that of the first.
    let own = there.connection == place.connection && place.warehouse.is_some();
    let warehouse = there.warehouse.or(usual.filter(|_| own));
    let chosen = there.connection;
    let mut connections = vec![place.connection.clone()];
    connections.extend(others);
    if !connections.contains(&chosen) {
        connections.push(chosen.clone());
    }
    let option = |name: String| {
        let selected = name == chosen;
        let shown = visible(&name);
        view! { <option value=name selected=selected>{shown}</option> }
    };
    let is_wrong = !no_connection.is_empty();
    let address = place.compare_with_path();
    let action = address.split('?').next().unwrap_or_default().to_owned();
    view! {
        <form method="get" action=action class="grid gap-3 my-3">
            <SaidBy address />
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{OTHER_CONNECTION.label}</span>
                <select class="select select-sm w-full" name=OTHER_CONNECTION.name aria-invalid=is_wrong.then_some("true")>
                    {connections.into_iter().map(option).collect_view()}
                </select>
                {is_wrong.then(|| view! { <span class="text-error wrap-anywhere">{no_connection}</span> })}
            </label>
            <TextField name=OTHER_NAME.name label=OTHER_NAME.label value=name help=OTHER_NAME.help required=true wrong=unfound />
            <TextField name=OTHER_WAREHOUSE.name label=OTHER_WAREHOUSE.label value=warehouse.unwrap_or_default() help=OTHER_WAREHOUSE.help />
            <TextField name=OTHER_REFERENCE.name label=OTHER_REFERENCE.label value=there.reference.unwrap_or_default() help=OTHER_REFERENCE.help />
            <p><button class="btn btn-sm btn-primary">"Compare"</button></p>
        </form>
    }
}
