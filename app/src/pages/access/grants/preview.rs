use leptos::prelude::*;
use model::{
    access::{
        grants::{Desk, Preview, Row, Standing},
        noun,
    },
    format::counted,
    paths::{Place, Query, extend, write_object},
};

use super::{Shifted, desk::implied_by};
use crate::{
    components::{
        access::{losses::Way, names::spelled},
        locked::Locked,
        press::Press,
    },
    ui::note::{Empty, Note},
};

/// What granting the chosen privileges comes to, before it is done.
#[component]
pub fn PreviewView(
    desk: Desk,
    locked: Option<String>,
    explicit: bool,
    place: Place,
) -> impl IntoView {
    let Preview {
        grant,
        granted,
        implied,
        contained,
    } = desk.preview(explicit);
    let here = place.grants_of(Some(&desk.role), &desk.object);
    let chosen = desk
        .rows
        .iter()
        .filter(|row| row.chosen)
        .fold(Query::default(), |query, row| {
            query.and("privilege", &row.privilege)
        });
    let back = extend(here.clone(), &chosen);
    let skipped = !implied.is_empty() || !contained.is_empty();
    let explicit_too = extend(
        back.clone(),
        &Query::default().and("step", "preview").and("explicit", "1"),
    );
    let to_send: Vec<String> = grant.iter().map(|row| row.privilege.clone()).collect();
    let nothing = to_send.is_empty();
    let asked = to_send.iter().fold(
        Query::default().and("role", &desk.role),
        |query, privilege| query.and("privilege", privilege),
    );
    let gains = (!nothing).then(|| {
        let asked = write_object(asked, "", &desk.object);
        view! {
            <h2 class="mt-3">"Who gains what"</h2>
            <Shifted place asked way=Way::Gained />
        }
    });
    let what = format!(
        "{} on the {} {} to the catalog role {}",
        counted(to_send.len(), "privilege"),
        noun(desk.object.kind()),
        spelled(&desk.object),
        desk.role
    );
    let button = format!("Grant {}", counted(to_send.len(), "privilege"));
    let off = locked.is_some() || desk.barred.is_some();
    let because = |row: &Row| match &row.standing {
        Standing::Implied(by) => format!("implied by {}", implied_by(by.clone())),
        _ => String::new(),
    };
    view! {
        <Locked reason=locked />
        {desk.barred.clone().map(|why| view! { <Note>{why}</Note> })}
        {match nothing {
            true => view! { <Empty>"Nothing would be granted: choose privileges that are not held yet."</Empty> }.into_any(),
            false => view! {
                <h2 class="mt-3">"Will be granted"</h2>
                <p class="text-sm">{what}</p>
                <RowList rows=grant.iter().map(|row| (row.clone(), row.meaning.clone())).collect() />
            }.into_any(),
        }}
        <Skipped title="Granted already" rows=granted.into_iter().map(|row| (row, String::new())).collect() />
        <Skipped title="Held already, so not granted again" rows=implied.iter().map(|row| (row.clone(), because(row))).collect() />
        <Skipped title="Comes with another one, so not granted by itself" rows=contained.into_iter().map(|(row, by)| (row, format!("comes with {by}"))).collect() />
        {skipped.then(|| view! { <p class="text-sm my-2"><a class="link" href=explicit_too>"Grant those by themselves, too"</a></p> })}
        {gains}
        <form method="post" action=here class="flex gap-2 my-3">
            <input type="hidden" name="action" value="grant" />
            <Press once=desk.once />
            {to_send.into_iter().map(|privilege| view! { <input type="hidden" name="privilege" value=privilege /> }).collect_view()}
            {(!nothing).then(|| view! { <button class="btn btn-primary btn-sm" type="submit" disabled=off>{button}</button> })}
            <a class="btn btn-sm" href=back>"Change the choice"</a>
        </form>
    }
}

#[component]
fn Skipped(title: &'static str, rows: Vec<(Row, String)>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        view! {
            <h2 class="mt-3">{title}</h2>
            <RowList rows />
        }
    })
}

#[component]
fn RowList(rows: Vec<(Row, String)>) -> impl IntoView {
    let item = |(row, note): (Row, String)| {
        view! { <li><code>{row.privilege}</code> <span class="text-base-content/70">" " {note}</span></li> }
    };
    view! { <ul class="list-disc pl-5 text-sm">{rows.into_iter().map(item).collect_view()}</ul> }
}
