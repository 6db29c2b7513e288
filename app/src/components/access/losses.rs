use leptos::prelude::*;
use model::{
    access::{
        PathView,
        loss::{Loss, Losses},
    },
    format::{count, counted},
    paths::Place,
    polaris::Own,
};

use super::names::{ObjectLink, PathLine};
use crate::ui::{
    note::Note,
    table::{Column::Text, Table},
};

/// Who would lose what, and what stays through which other path.
#[component]
pub fn LossList(
    losses: Losses,
    /// Whether somebody may lose something of whom that could not be read.
    doubtful: bool,
    place: Place,
) -> impl IntoView {
    let Losses {
        rows,
        more,
        cut,
        own_last_path,
    } = losses;
    let own = match own_last_path {
        Own::No => None,
        Own::Yes => Some(view! {
            <Note>
                <strong>"This is the last way of the principal that Crowsnest acts as to manage access there. "</strong>
                "Afterwards it cannot grant it back; somebody else has to."
            </Note>
        }.into_any()),
        Own::Unknown => Some(view! {
            <Note>
                <strong>"This may be the last way of the principal that Crowsnest acts as to manage access there. "</strong>
                "What is known of its grants does not tell. Afterwards it may not be able to grant it back."
            </Note>
        }.into_any()),
    };
    if rows.is_empty() {
        return view! {
            {own}
            <p class="text-sm my-2">
                {match doubtful {
                    false => "No principal holds anything through it: nobody loses anything.",
                    true => "Who loses something is unknown: no principal is known to hold anything through it, and not everything could be read.",
                }}
            </p>
        }
        .into_any();
    }
    let losing = rows.iter().filter(|loss| !loss.lost.is_empty()).count();
    let more = match (more, cut) {
        (0, false) => None,
        (more, false) => Some(format!("and {} more", count(more))),
        (more, true) => Some(format!(
            "and more than {} more: too many differ to look at each",
            count(more)
        )),
    };
    view! {
        {own}
        <p class="text-sm my-2">
            {match losing {
                0 if doubtful => "Of those who are known to hold it, nobody loses anything: all of it is held another way, too. Of others it is unknown.".to_owned(),
                0 => "Nobody loses anything: all of it is held another way, too.".to_owned(),
                losing => format!("{} on an object:", counted(losing, "loss")),
            }}
        </p>
        <Table label="What would be lost" columns=&[Text("Principal"), Text("On"), Text("Loses"), Text("Keeps")] rows let:loss>
            <LossRow loss place=place.clone() />
        </Table>
        {more.map(|more| view! { <p class="text-sm">{more}</p> })}
    }
    .into_any()
}

/// Who would gain what; what each holds already is named beside it.
#[component]
pub fn GainList(
    gains: Losses,
    /// Whether somebody may gain something of whom that could not be read.
    doubtful: bool,
    place: Place,
) -> impl IntoView {
    let Losses { rows, more, .. } = gains;
    let mut rows = rows;
    rows.retain(|row| !row.lost.is_empty());
    let sentence = match (rows.len(), doubtful) {
        (0, true) => "Who gains something is unknown: not everything could be read.".to_owned(),
        (0, false) => "Nobody gains anything yet: no principal holds the role, or all who do hold this already.".to_owned(),
        (gaining, _) => format!("{} on an object:", counted(gaining + more, "gain")),
    };
    view! {
        <p class="text-sm my-2">{sentence}</p>
        {(!rows.is_empty()).then(|| view! {
            <Table label="What would be gained" columns=&[Text("Principal"), Text("On"), Text("Gains"), Text("Has already")] rows let:loss>
                <LossRow loss place=place.clone() />
            </Table>
        })}
        {(more > 0).then(|| view! { <p class="text-sm">{format!("and {} more", count(more))}</p> })}
    }
}

#[component]
fn LossRow(loss: Loss, place: Place) -> impl IntoView {
    let lost = loss.lost.len();
    view! {
        <tr>
            <th scope="row" class="font-normal"><a class="link link-hover" href=place.reach_path(&loss.principal)>{loss.principal.clone()}</a></th>
            <td><ObjectLink object=loss.object place=place.clone() /></td>
            <td>
                {match lost {
                    0 => "nothing".into_any(),
                    1 => view! { <code class="text-xs">{loss.lost.concat()}</code> }.into_any(),
                    _ => view! {
                        <details>
                            <summary class="cursor-pointer">{counted(lost, "privilege")}</summary>
                            <p class="text-xs font-mono wrap-anywhere">{loss.lost.join(", ")}</p>
                        </details>
                    }.into_any(),
                }}
            </td>
            <td>
                <Kept kept=loss.kept place=place.clone() below=false />
                <Kept kept=loss.kept_below place below=true />
            </td>
        </tr>
    }
}

#[component]
fn Kept(kept: Vec<(usize, PathView)>, place: Place, below: bool) -> impl IntoView {
    let line = move |(privileges, path): (usize, PathView)| {
        let before = match below {
            true => format!("{} below, by ", counted(privileges, "privilege")),
            false => format!("{} by ", counted(privileges, "privilege")),
        };
        view! { <span class="block text-xs">{before} <PathLine path place=place.clone() /></span> }
    };
    kept.into_iter().map(line).collect_view()
}
