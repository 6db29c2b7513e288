use leptos::prelude::*;
use model::{
    access::who::{Cell, Column, Row, Who},
    format::counted,
    paths::{Place, Query},
};

use crate::components::access::names::spelled;

/// Principals by privileges. Heads stay in sight; each cell leads to the reasons.
#[component]
pub fn Matrix(who: Who, place: Place) -> impl IntoView {
    let Who {
        object,
        columns,
        unheld,
        rows,
        ..
    } = who;
    let label = format!("Privileges on {}", spelled(&object));
    let heads = columns
        .iter()
        .map(|column| {
            view! {
                <th scope="col" class="px-1 align-bottom font-normal bg-base-100" title=column.meaning.clone()>
                    <span class="block [writing-mode:vertical-rl] rotate-180 whitespace-nowrap text-xs py-1">{column.privilege.clone()}</span>
                </th>
            }
        })
        .collect_view();
    let why = {
        let place = place.clone();
        move |principal: &str, privilege: &str| {
            let asked = Query::default()
                .and("principal", principal)
                .and("privilege", privilege);
            place.explain_of(asked, &object)
        }
    };
    let row = move |row: Row| {
        let cells = columns.iter().zip(&row.cells);
        let cells = cells
            .map(|(column, cell)| {
                let href = why(&row.principal, &column.privilege);
                cell_view(&row.principal, column, *cell, href)
            })
            .collect_view();
        view! {
            <tr class="hover:bg-base-200">
                <th scope="row" class="sticky left-0 z-10 bg-base-100 font-normal py-0.5 max-w-56 truncate">
                    <a class="link link-hover" href=place.reach_path(&row.principal) title=row.principal.clone()>{row.principal.clone()}</a>
                </th>
                {cells}
            </tr>
        }
    };
    view! {
        <div class="overflow-auto max-h-[calc(100dvh-17rem)] border border-base-300 rounded-box w-fit max-w-full" role="region" aria-label=label.clone() tabindex="0">
            <table class="table table-xs w-auto" aria-label=label.clone()>
                <thead class="sticky top-0 z-20 bg-base-100">
                    <tr>
                        <th scope="col" class="sticky left-0 z-20 bg-base-100 align-bottom">"Principal"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="text-xs text-base-content/70 my-2">
            "● holds it, ? unknown, · does not; each leads to the reasons."
            {(unheld > 0).then(|| format!(" {} that nobody here holds are left out.", counted(unheld, "privilege")))}
        </p>
    }
}

fn cell_view(principal: &str, column: &Column, cell: Cell, href: String) -> impl IntoView + use<> {
    let (mark, verb) = match cell {
        Cell::Held => ("●", "holds"),
        Cell::Unknown => ("?", "may hold"),
        Cell::No => ("·", "does not hold"),
    };
    let name = format!("{principal} {verb} {}", column.privilege);
    view! {
        <td class="p-0 text-center">
            <a class="block px-1 py-0.5 hover:bg-base-300" href=href aria-label=name.clone() title=name>{mark}</a>
        </td>
    }
}
