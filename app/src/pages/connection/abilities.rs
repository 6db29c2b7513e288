use leptos::prelude::*;
use model::connections::Ability;

use crate::ui::{
    badge::Badge,
    table::{Column::Text, Table},
};

/// Each call of the specification: whether it works here, and why not.
#[component]
pub fn Abilities(abilities: Vec<Ability>) -> impl IntoView {
    let count = |works| {
        abilities
            .iter()
            .filter(|ability| ability.works == works)
            .count()
    };
    let (yes, no, unknown) = (count(Some(true)), count(Some(false)), count(None));
    let unknown =
        (unknown > 0).then(|| format!(", {unknown} are not announced and show when tried"));
    view! {
        <p class="text-sm">
            {format!("{yes} of {} calls work, {no} do not", abilities.len())} {unknown} "."
            " So the server says of itself; whether this identity may make each is another matter."
        </p>
        <details>
            <summary class="cursor-pointer text-sm my-1">"Each call"</summary>
            <Table label="Calls of the specification" columns=&[Text("Call"), Text("Works"), Text("Reason")] rows=abilities let:ability>
                {row(ability)}
            </Table>
        </details>
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
