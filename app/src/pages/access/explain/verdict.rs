use access::polaris::{Barrier, Change, Grant};
use leptos::{either::EitherOf4, prelude::*};
use model::{
    access::{
        explain::{Explanation, Met, Need, Verdict, barrier},
        noun,
    },
    format::counted,
    paths::{Place, Query, extend},
};

use crate::{
    components::access::names::{ObjectLink, PathLine, spelled},
    ui::badge::{Badge, UNKNOWN},
};

/// Allowed, denied or unknown, and why.
#[component]
pub fn VerdictView(answer: Explanation, place: Place) -> impl IntoView {
    let (word, tone) = match answer.verdict {
        Verdict::AllowedByName | Verdict::Allowed(_) => ("Allowed", "badge-success"),
        Verdict::Denied { .. } => ("Denied", "badge-error"),
        Verdict::Unknown { .. } => ("Unknown", UNKNOWN),
    };
    let object = format!("{} {}", noun(answer.object.kind()), spelled(&answer.object));
    view! {
        <section aria-label="Answer" class="my-3 max-w-5xl">
            <p class="text-base wrap-anywhere">
                <Badge text=word tone /> " "
                <strong>{answer.subject}</strong> ", " <code>{answer.asked}</code> " on " {object}
            </p>
            {match answer.verdict {
                Verdict::AllowedByName => EitherOf4::A(view! {
                    <p class="text-sm my-2">"By who it is: everybody may rotate their own credentials, and only root may reset those of others. No grant gives or takes this."</p>
                }),
                Verdict::Allowed(met) => EitherOf4::B(view! {
                    {met.into_iter().map(|met| view! { <MetView met place=place.clone() /> }).collect_view()}
                    <Elsewhere />
                }),
                Verdict::Denied { unmet, grantable, admin, ways } => EitherOf4::C(view! {
                    <Denied unmet grantable admin ways place=place.clone() />
                }),
                Verdict::Unknown { unmet, missing, tells } => EitherOf4::D(view! {
                    <Unmet unmet heading="Not known to be held" place=place.clone() />
                    <h2 class="mt-3">"Why it is unknown"</h2>
                    <ul class="list-disc pl-5 text-sm wrap-anywhere">
                        {missing.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
                    </ul>
                    <p class="text-sm mt-2"><strong>"What would tell: "</strong> {tells}</p>
                    <Elsewhere />
                }),
            }}
        </section>
    }
}

/// What follows from the server's own words.
#[component]
pub fn Said(said: Vec<String>) -> impl IntoView {
    view! {
        <section aria-label="What the server says" class="my-3 max-w-4xl">
            <h2>"What the server’s words mean"</h2>
            <ul class="list-disc pl-5 text-sm wrap-anywhere">
                {said.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
            </ul>
        </section>
    }
}

/// Grants are not all that refuses.
#[component]
fn Elsewhere() -> impl IntoView {
    let line = |found| {
        let (what, next) = barrier(found);
        view! { <li>{what} " " {next}</li> }
    };
    view! {
        <details class="text-sm mt-3">
            <summary class="cursor-pointer">"If the server refuses it nevertheless"</summary>
            <ul class="list-disc pl-5 my-1">
                <li>"The token may activate fewer roles than the principal holds: look at its scope, or at the role claim of the identity provider."</li>
                {Barrier::ALL.into_iter().map(line).collect_view()}
            </ul>
        </details>
    }
}

#[component]
fn MetView(met: Met, place: Place) -> impl IntoView {
    let paths = met.paths.into_iter();
    view! {
        <h2 class="mt-3" title=met.need.meaning.clone()>
            "Needs " <code>{met.need.privilege}</code> " on " <ObjectLink object=met.need.object place=place.clone() /> ", and holds it by:"
        </h2>
        <ul class="list-disc pl-5 text-sm">
            {paths.map(|path| view! { <li><PathLine path place=place.clone() /></li> }).collect_view()}
            {(met.more > 0).then(|| view! { <li>{format!("and {} more", counted(met.more, "path"))}</li> })}
        </ul>
    }
}

#[component]
fn Unmet(unmet: Vec<Need>, heading: &'static str, place: Place) -> impl IntoView {
    (!unmet.is_empty()).then(|| {
        let need = |need: Need| {
            view! {
                <li>
                    <code>{need.privilege}</code> " on " <ObjectLink object=need.object place=place.clone() />
                    <span class="text-base-content/70">" " {need.meaning}</span>
                </li>
            }
        };
        view! {
            <h2 class="mt-3">{heading}</h2>
            <ul class="list-disc pl-5 text-sm">{unmet.into_iter().map(need).collect_view()}</ul>
        }
    })
}

#[component]
fn Denied(
    unmet: Vec<Need>,
    grantable: bool,
    admin: bool,
    ways: Vec<Vec<Change>>,
    place: Place,
) -> impl IntoView {
    let by_name = unmet.is_empty();
    let grants = unmet
        .first()
        .filter(|_| grantable && ways.is_empty())
        .map(|need| {
            let asked = Query::default().and("privilege", &need.privilege);
            extend(place.grants_of(None, &need.object), &asked)
        });
    let count = ways.len();
    let mut others = ways.into_iter();
    let first = others.next();
    let way = {
        let place = place.clone();
        move |(at, way): (usize, Vec<Change>)| {
            view! {
                <li>
                    {(count > 1 && at == 0).then_some("Gives away least: ")}
                    <ul class="list-disc pl-5">
                        {way.into_iter().map(|step| view! { <li><StepView step place=place.clone() /></li> }).collect_view()}
                    </ul>
                </li>
            }
        }
    };
    view! {
        <Unmet unmet heading="What is missing" place=place.clone() />
        {by_name.then(|| view! { <p class="text-sm my-2">"Only the principal root may do this, whatever others hold."</p> })}
        {(!grantable && !by_name).then(|| view! {
            <p class="text-sm my-2">
                {match admin {
                    true => "No grant gives this: it takes the service admin’s role.",
                    false => "No grant and no role gives this, the service admin’s included: credentials are rotated by the principal itself, and reset by root.",
                }}
            </p>
        })}
        {first.map(|first| view! {
            <h2 class="mt-3">"What would allow it"</h2>
            <ol class="list-decimal pl-5 text-sm grid gap-1">{way((0, first))}</ol>
            {(count > 1).then(|| view! {
                <details class="text-sm mt-1">
                    <summary class="cursor-pointer">{format!("{}, which give away as much or more", counted(count - 1, "other way"))}</summary>
                    <ol class="list-decimal pl-5 grid gap-1" start="2">{others.enumerate().map(|(at, other)| way((at + 1, other))).collect_view()}</ol>
                </details>
            })}
        })}
        {grants.map(|href| view! { <p class="text-sm my-2"><a class="link" href=href>"Grant it to a role"</a></p> })}
    }
}

/// One step, leading to where it is made.
#[component]
fn StepView(step: Change, place: Place) -> impl IntoView {
    match step {
        Change::Grant {
            catalog,
            catalog_role,
            grant: Grant { object, privilege },
        } => {
            let asked = Query::default()
                .and("privilege", &privilege)
                .and("step", "preview");
            let href = extend(place.grants_of(Some(&catalog_role), &object), &asked);
            let role = place.catalog_role_path(&catalog, &catalog_role);
            view! {
                <a class="link" href=href>"Grant " <code>{privilege}</code></a>
                " on " <ObjectLink object place=place.clone() />
                " to the catalog role " <a class="link" href=role>{format!("{catalog} › {catalog_role}")}</a>
            }
            .into_any()
        }
        Change::AssignCatalogRole {
            catalog,
            catalog_role,
            principal_role,
        } => view! {
            "Give the catalog role "
            <a class="link" href=place.catalog_role_path(&catalog, &catalog_role)>{format!("{catalog} › {catalog_role}")}</a>
            " to the principal role "
            <a class="link" href=place.principal_role_path(&principal_role)>{principal_role.clone()}</a>
        }
        .into_any(),
        Change::AssignPrincipalRole {
            principal,
            principal_role,
        } => view! {
            "Give the principal role "
            <a class="link" href=place.principal_role_path(&principal_role)>{principal_role.clone()}</a>
            " to "
            <a class="link" href=place.principal_path(&principal)>{principal.clone()}</a>
        }
        .into_any(),
    }
}
