use leptos::prelude::*;
use model::{
    connections::{Ability, Rights},
    format::visible,
};

use crate::{
    components::moment::MomentText,
    resource::Resource,
    ui::{
        badge::{Badge, UNKNOWN},
        coded::Coded,
        table::{Column::Text, Table},
    },
};

/// Each call of the specification: whether it works here, and why not.
#[component]
pub fn Abilities(abilities: Vec<Ability>, rights: Resource<Option<Rights>>) -> impl IntoView {
    let count = |works| {
        abilities
            .iter()
            .filter(|ability| ability.works == works)
            .count()
    };
    let (yes, no, unknown) = (count(Some(true)), count(Some(false)), count(None));
    let unknown = match unknown {
        0 => String::new(),
        1 => ", 1 is not announced and shows when tried".to_owned(),
        _ => format!(", {unknown} are not announced and show when tried"),
    };
    view! {
        <p class="text-sm">
            {format!("{yes} of {} calls work, {no} do not{unknown}.", abilities.len())}
            " So the server says of itself, or its kind is known for; whether this identity may make each is another matter."
        </p>
        <Allowed rights />
        <details>
            <summary class="cursor-pointer text-sm my-1">"Each call"</summary>
            <Table label="Calls of the specification" columns=&[Text("Call"), Text("Works"), Text("Reason")] rows=abilities let:ability>
                {row(ability)}
            </Table>
        </details>
    }
}

/// What the server says of this identity, where it can be asked.
#[component]
fn Allowed(rights: Resource<Option<Rights>>) -> impl IntoView {
    let words = |actions: &[String]| match actions {
        [] => "nothing".to_owned(),
        actions => visible(&actions.join(", ").replace('_', " ")),
    };
    view! {
        <Transition>
            {move || match rights.get()? {
                Ok(rights) => rights.map(|rights| {
                    let may_not = (!rights.may_not.is_empty()).then(|| {
                        format!(" It may not: {}.", words(&rights.may_not))
                    });
                    view! {
                        <p class="text-sm my-1 wrap-anywhere">
                            {format!("Of the warehouse itself, the server says that this identity may: {}.", words(&rights.may))}
                            {may_not}
                            " What it may do with each namespace and table is for them to say. Asked " <MomentText moment=rights.at /> "."
                        </p>
                    }
                    .into_any()
                }),
                Err(error) => Some(view! {
                    <p class="text-sm my-1 wrap-anywhere">
                        <Badge text="unknown" tone=UNKNOWN /> " What this identity may do here the server did not say: " {error.message} " " {error.hint.map(|text| view! { <Coded text /> })}
                    </p>
                }
                .into_any()),
            }}
        </Transition>
    }
}

fn row(ability: Ability) -> impl IntoView {
    let (word, tone) = match ability.works {
        Some(true) => ("yes", "badge-success"),
        Some(false) => ("no", ""),
        None => ("not announced", ""),
    };
    view! {
        <tr>
            <th scope="row" class="font-mono font-normal wrap-anywhere">{ability.call}</th>
            <td><Badge text=word tone /></td>
            <td class="wrap-anywhere">{ability.reason}</td>
        </tr>
    }
}
