use leptos::prelude::*;
use model::{
    access::{
        PathView,
        loss::{Loss, Losses},
    },
    format::{count, counted},
    own::Own,
    paths::Place,
};

use super::names::{ObjectLink, PathLine};
use crate::ui::{
    note::Note,
    table::{Column::Text, Table},
};

/// Which way privileges go.
#[derive(Clone, Copy)]
pub enum Way {
    Lost,
    Gained,
}

/// Who would lose or gain what, and what each keeps or has already through which other path.
#[component]
pub fn Shifts(
    shifts: Losses,
    way: Way,
    /// Whether somebody may be among them of whom that could not be read.
    doubtful: bool,
    place: Place,
) -> impl IntoView {
    let Losses {
        mut rows,
        more,
        cut,
        own_last_path,
    } = shifts;
    let (label, columns): (_, &[_]) = match way {
        Way::Lost => (
            "What would be lost",
            &[Text("Principal"), Text("On"), Text("Loses"), Text("Keeps")],
        ),
        Way::Gained => {
            rows.retain(|row| !row.lost.is_empty());
            (
                "What would be gained",
                &[
                    Text("Principal"),
                    Text("On"),
                    Text("Gains"),
                    Text("Has already"),
                ],
            )
        }
    };
    let shifting = rows.iter().filter(|row| !row.lost.is_empty()).count();
    let sentence = match (way, shifting, rows.is_empty(), doubtful) {
        (Way::Lost, 0, true, true) => "Who loses something is unknown: no principal is known to hold anything through it, and not everything could be read.".to_owned(),
        (Way::Lost, 0, true, false) => "No principal holds anything through it: nobody loses anything.".to_owned(),
        (Way::Lost, 0, false, true) => "Of those who are known to hold it, nobody loses anything: all of it is held another way, too. Of others it is unknown.".to_owned(),
        (Way::Lost, 0, false, false) => "Nobody loses anything: all of it is held another way, too.".to_owned(),
        (Way::Lost, losing, ..) => format!("{} on an object:", counted(losing, "loss")),
        (Way::Gained, 0, _, true) => "Who gains something is unknown: not everything could be read.".to_owned(),
        (Way::Gained, 0, _, false) => "Nobody gains anything yet: no principal holds the role, or all who do hold this already.".to_owned(),
        (Way::Gained, gaining, ..) => format!("{} on an object:", counted(gaining + more, "gain")),
    };
    let more = match (more, cut) {
        (0, false) => None,
        (more, false) => Some(format!("and {} more", count(more))),
        (more, true) => Some(format!(
            "and more than {} more: too many differ to look at each",
            count(more)
        )),
    };
    let own = match own_last_path {
        Own::No => None,
        Own::Yes => Some((
            "This is the last way of the principal that Crowsnest acts as to manage access there. ",
            "Afterwards it cannot grant it back; somebody else has to.",
        )),
        Own::Unknown => Some((
            "This may be the last way of the principal that Crowsnest acts as to manage access there. ",
            "What is known of its grants does not tell. Afterwards it may not be able to grant it back.",
        )),
    };
    view! {
        {own.map(|(what, then)| view! { <Note><strong>{what}</strong> {then}</Note> })}
        <p class="text-sm my-2">{sentence}</p>
        {(!rows.is_empty()).then(|| view! {
            <Table label columns rows let:loss>
                <LossRow loss place=place.clone() />
            </Table>
        })}
        {more.map(|more| view! { <p class="text-sm">{more}</p> })}
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
