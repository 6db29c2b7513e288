use access::polaris::Object;
use leptos::prelude::*;
use model::{
    access::{
        grants::{Desk, Row, Standing},
        onboard::PRESETS,
    },
    format::counted,
    paths::{Place, Query, extend},
};

use super::Named;
use crate::{
    components::{
        access::{names::spelled, odd::OddGrants},
        locked::Locked,
    },
    ui::{
        coded::Coded,
        note::Note,
        table::{Column::Text, Table},
    },
};

/// Every privilege that can be granted here, to choose from.
#[component]
pub fn DeskView(desk: Desk, locked: Option<String>, place: Place) -> impl IntoView {
    let Desk {
        object,
        role,
        rows,
        unfamiliar,
        odd,
        unread,
        barred,
        ..
    } = desk;
    let held = rows
        .iter()
        .filter(|row| row.standing == Standing::Granted)
        .count()
        + unfamiliar.len();
    let counted_here = match unread {
        Some(_) => "What is granted here is unknown".to_owned(),
        None => format!("{} granted here", counted(held, "privilege")),
    };
    let off = locked.is_some();
    let no_grants = off || barred.is_some();
    let revoke = {
        let (place, role, object) = (place.clone(), role.clone(), object.clone());
        move |privilege: &str| {
            let asked = Query::default().and("revoke", privilege);
            extend(place.grants_of(Some(&role), &object), &asked)
        }
    };
    let here = place.grants_of(Some(&role), &object);
    let presets = PRESETS.iter().filter_map(|preset| {
        let offered = |name: &&&str| rows.iter().any(|row| row.privilege == **name);
        let chosen = preset.privileges.iter().filter(offered);
        let chosen: Vec<_> = chosen.copied().collect();
        let all = chosen
            .iter()
            .fold(Query::default().and("step", "preview"), |query, name| {
                query.and("privilege", name)
            });
        let href = extend(here.clone(), &all);
        (!chosen.is_empty())
            .then(|| view! { <a class="link" href=href title=preset.purpose>{preset.title}</a> })
    });
    let presets = presets.collect_view();
    let filter = RwSignal::new(String::new());
    let unknown = unfamiliar
        .iter()
        .map(|privilege| {
            view! {
                <li>
                    <code>{privilege.clone()}</code>
                    " is granted, but not a privilege that Crowsnest knows. "
                    {(!off).then(|| view! { <a class="link" href=revoke(privilege)>"Revoke"</a> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <Locked reason=locked />
        {barred.map(|why| view! { <Note>{why}</Note> })}
        <OddGrants count=odd />
        {unread.map(|why| view! {
            <Note>
                <strong>"What the role holds could not be read: "</strong> {why.message} " " {why.hint.map(|text| view! { <Coded text /> })}
                " Each privilege below can be revoked all the same; the server says whether it was granted."
            </Note>
        })}
        <p class="text-sm flex flex-wrap gap-x-3 my-2">"Preview what belongs together: " {presets}</p>
        <input
            type="search"
            class="input input-sm w-64 noscript:hidden"
            aria-label="Filter privileges"
            placeholder="Filter privileges"
            on:input:target=move |event| filter.set(event.target().value().trim().to_lowercase())
        />
        <form method="get" action=place.grants_path("", "") class="my-3">
            <Named object=object.clone() role=role.clone() />
            <input type="hidden" name="step" value="preview" />
            <div class="flex flex-wrap items-center gap-3 my-2">
                <h2>"Privileges"</h2>
                <span class="text-sm text-base-content/70">{counted_here}</span>
                <button class="btn btn-primary btn-sm" type="submit" disabled=no_grants>"Preview"</button>
            </div>
            <ul class="text-sm list-disc pl-5">{unknown}</ul>
            <Table label="Privileges" columns=&[Text("Privilege"), Text("About"), Text("What it allows"), Text("Now")] rows let:row>
                <PrivilegeRow row off no_grants filter revoke=revoke.clone() />
            </Table>
            <p class="my-2"><button class="btn btn-primary btn-sm" type="submit" disabled=no_grants>"Preview"</button></p>
        </form>
    }
}

#[component]
fn PrivilegeRow<F>(
    row: Row,
    off: bool,
    no_grants: bool,
    /// In lower case; what is ticked stays ticked while it is out of sight.
    filter: RwSignal<String>,
    revoke: F,
) -> impl IntoView
where
    F: Fn(&str) -> String,
{
    let words = format!("{} {} {}", row.privilege, row.about, row.meaning).to_lowercase();
    let left_out = move || !words.contains(filter.read().as_str());
    let granted = row.standing == Standing::Granted;
    let implied = row.implies.len();
    view! {
        <tr class:hidden=left_out>
            <th scope="row" class="font-normal whitespace-nowrap">
                <label class="flex gap-2 items-baseline cursor-pointer">
                    <input type="checkbox" class="checkbox checkbox-xs self-center" name="privilege" value=row.privilege.clone() checked={row.chosen && !granted} disabled={granted || no_grants} />
                    <code class="text-xs">{row.privilege.clone()}</code>
                </label>
            </th>
            <td class="whitespace-nowrap text-base-content/70">{row.about}</td>
            <td class="min-w-64">
                {row.meaning}
                {(implied > 0).then(|| view! {
                    <details>
                        <summary class="cursor-pointer text-xs text-base-content/70">{format!("brings along {}", counted(implied, "privilege"))}</summary>
                        <p class="text-xs font-mono wrap-anywhere">{row.implies.join(", ")}</p>
                    </details>
                })}
            </td>
            <td>
                {match row.standing {
                    Standing::Free => ().into_any(),
                    Standing::Unknown => view! {
                        <span class="badge badge-soft badge-warning badge-sm">"unknown"</span>
                        {(!off).then(|| view! {
                            " "
                            <a class="link text-xs" href=revoke(&row.privilege) aria-label=format!("Revoke {}", row.privilege)>"Revoke"</a>
                        })}
                    }.into_any(),
                    Standing::Granted => view! {
                        <span class="badge badge-soft badge-success badge-sm">"granted"</span>
                        {(!off).then(|| view! {
                            " "
                            <a class="link text-xs" href=revoke(&row.privilege) aria-label=format!("Revoke {}", row.privilege)>"Revoke"</a>
                        })}
                    }.into_any(),
                    Standing::Implied(by) => view! { <span class="text-xs">"implied by " {implied_by(by)}</span> }.into_any(),
                }}
            </td>
        </tr>
    }
}

pub fn implied_by(by: Vec<(String, Object)>) -> String {
    let by = by.into_iter();
    let by: Vec<_> = by
        .map(|(privilege, object)| format!("{privilege} on {}", spelled(&object)))
        .collect();
    by.join(", ")
}
