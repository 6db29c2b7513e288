use access::polaris::{Change, Grant};
use leptos::{either::EitherOf4, prelude::*};
use model::{
    access::{
        explain::{Explanation, Met, Need, Verdict},
        noun,
    },
    format::counted,
    paths::{Place, Query, extend},
};

use crate::components::access::names::{ObjectLink, PathLine, spelled};

/// Allowed, denied or unknown, and why.
#[component]
pub fn VerdictView(answer: Explanation, place: Place) -> impl IntoView {
    let (word, tone) = match answer.verdict {
        Verdict::AllowedByName | Verdict::Allowed(_) => ("Allowed", "badge-success"),
        Verdict::Denied { .. } => ("Denied", "badge-error"),
        Verdict::Unknown { .. } => ("Unknown", "badge-warning"),
    };
    let object = format!("{} {}", noun(answer.object.kind()), spelled(&answer.object));
    view! {
        <section aria-label="Answer" class="my-3 max-w-5xl">
            <p class="text-base wrap-anywhere">
                <span class=format!("badge badge-soft {tone} mr-2")>{word}</span>
                <strong>{answer.subject}</strong> ", " <code>{answer.asked}</code> " on " {object}
            </p>
            {match answer.verdict {
                Verdict::AllowedByName => EitherOf4::A(view! {
                    <p class="text-sm my-2">"By who it is: everybody may rotate their own credentials, and only root may reset those of others. No grant gives or takes this."</p>
                }),
                Verdict::Allowed(met) => EitherOf4::B(met.into_iter().map(|met| view! { <MetView met place=place.clone() /> }).collect_view()),
                Verdict::Denied { unmet, grantable, ways } => EitherOf4::C(view! { <Denied unmet grantable ways place=place.clone() /> }),
                Verdict::Unknown { unmet, missing } => EitherOf4::D(view! {
                    <Unmet unmet heading="Not known to be held" place=place.clone() />
                    <h2 class="font-semibold text-sm mt-3">"It depends on what could not be read"</h2>
                    <ul class="list-disc pl-5 text-sm wrap-anywhere">
                        {missing.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
                    </ul>
                }),
            }}
        </section>
    }
}

#[component]
fn MetView(met: Met, place: Place) -> impl IntoView {
    let paths = met.paths.into_iter();
    view! {
        <h2 class="text-sm mt-3" title=met.need.meaning.clone()>
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
            <h2 class="font-semibold text-sm mt-3">{heading}</h2>
            <ul class="list-disc pl-5 text-sm">{unmet.into_iter().map(need).collect_view()}</ul>
        }
    })
}

#[component]
fn Denied(
    unmet: Vec<Need>,
    grantable: bool,
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
            <p class="text-sm my-2">"No grant gives this: it takes the service admin’s role."</p>
        })}
        {(count > 0).then(|| view! {
            <h2 class="font-semibold text-sm mt-3">"What would allow it"</h2>
            <ol class="list-decimal pl-5 text-sm grid gap-1">{ways.into_iter().enumerate().map(way).collect_view()}</ol>
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
                " to the catalog role " <a class="link link-hover" href=role>{format!("{catalog} › {catalog_role}")}</a>
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
