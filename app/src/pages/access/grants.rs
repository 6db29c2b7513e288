mod begin;
mod desk;
mod outcome;
mod picker;
mod preview;
mod revoke;

use access::polaris::Object;
use begin::{Catalogs, Roles};
use desk::DeskView;
use leptos::prelude::*;
use model::{
    access::{grants::Outcomes, noun},
    form::{CONFIRM, PRIVILEGE},
    page::PolarisPage,
    paths::{Place, Query, read_object, write_object},
    posted::Posted,
};
use outcome::OutcomeView;
use picker::Picker;
use preview::PreviewView;
use revoke::RevokeView;

use crate::{
    api::grants::{load_desk, load_shifts},
    components::{
        access::{
            collected::FromGrants,
            losses::{Shifts, Way},
            names::spelled,
        },
        anew::anew,
        loaded::Changeable,
        named::while_on,
        page_header::{PageHeader, trail},
        refusal::Refusal,
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
};

/// Grants privileges on an object to a catalog role: choose both, choose privileges, look at what
/// that comes to, apply.
#[component]
pub fn GrantsPage() -> impl IntoView {
    let (place, query) = (use_place(), use_query());
    let posted = use_posted::<Outcomes>();
    // What came of a form belongs to the address that was answered, and goes with it.
    let answered = query.get_untracked();
    let (refused, of_outcome) = (posted.error.clone(), answered.clone());
    let asked = {
        let posted = posted.clone();
        while_on(PolarisPage::Grants, move || {
            let asked = match query.get() {
                query if query == answered => after(query, &posted),
                query => query,
            };
            (Place::connection(&place.read().connection), asked)
        })
    };
    let around = move || {
        let place = place.read();
        trail(&place, &[("Access", place.access_path())])
    };
    let title = move || {
        let (_, query) = &*asked.read();
        match (read_object(query, "", None), query.get("role")) {
            (Some(object), Some(role)) => format!("Grants of {role} on {}", spelled(&object)),
            (Some(object), None) => format!("Grants on {}", spelled(&object)),
            (None, _) => "Grants".into(),
        }
    };
    view! {
        <PageHeader title=Signal::derive(title) noun="Access" crumbs=Signal::derive(around) />
        {refused.map(|error| view! { <Refusal error /> })}
        <OutcomeView posted=posted.clone() answered=of_outcome />
        // What was ticked for one role is not for another.
        {anew(asked, move |(place, query)| match read_object(&query, "", None) {
            None => view! { <Catalogs place /> }.into_any(),
            Some(object) => view! { <Chosen object place query typed=posted.value(&CONFIRM, "") /> }.into_any(),
        })}
    }
}

/// What the page asks for after a form: what was chosen is still chosen where that was refused, and done
/// otherwise.
fn after(query: Query, posted: &Posted<Outcomes>) -> Query {
    match &posted.outcome {
        None => query,
        Some(outcomes) if outcomes.refused.is_some() => {
            let chosen = posted.all(&PRIVILEGE);
            chosen.fold(query, |query, privilege| {
                query.and(PRIVILEGE.name, privilege)
            })
        }
        Some(_) => ["step", "revoke", PRIVILEGE.name]
            .iter()
            .fold(query, |query, key| query.with(key, "")),
    }
}

#[component]
fn Chosen(
    object: Object,
    place: Place,
    query: Query,
    /// In the form that was refused.
    typed: String,
) -> impl IntoView {
    let role = query.get("role").map(str::to_owned);
    let preview = query.get("step") == Some("preview");
    let revoke = query.get("revoke").map(str::to_owned);
    let quiet = preview || revoke.is_some();
    let step = match (role.clone(), revoke) {
        (None, _) => {
            view! { <Roles object=object.clone() place=place.clone() query=query.clone() /> }
                .into_any()
        }
        (Some(role), Some(privilege)) => {
            view! { <RevokeView object=object.clone() role privilege place=place.clone() typed /> }
                .into_any()
        }
        (Some(_), None) => view! { <Desk place=place.clone() query=query.clone() /> }.into_any(),
    };
    view! {
        <p class="text-sm flex flex-wrap gap-x-3 gap-y-1 my-2">
            <span>{noun(object.kind())} " " <strong>{spelled(&object)}</strong></span>
            <a class="link" href=place.who_of(&object)>"Who can use it"</a>
            {role.clone().map(|role| view! {
                <a class="link" href=place.grants_of(None, &object)>"Choose another role"</a>
                <a class="link" href=place.catalog_role_path(object.catalog().unwrap_or_default(), &role)>{format!("Role {role}")}</a>
            })}
        </p>
        {(!quiet).then(|| view! { <Picker object role place query /> })}
        {step}
    }
}

#[component]
fn Desk(place: Place, query: Query) -> impl IntoView {
    let source = (place.clone(), query.to_string());
    let desk = Resource::new(move || source.clone(), |(place, ask)| load_desk(place, ask));
    let preview = query.get("step") == Some("preview");
    let explicit = query.get("explicit").is_some();
    view! {
        <Changeable resource=desk let(desk, locked)>
            {match preview {
                true => view! { <PreviewView desk locked explicit place=place.clone() /> }.into_any(),
                false => view! { <DeskView desk locked place=place.clone() /> }.into_any(),
            }}
        </Changeable>
    }
}

/// Who gains or loses what by the change that is asked about.
#[component]
fn Shifted(place: Place, asked: Query, way: Way) -> impl IntoView {
    let source = (place.clone(), asked.to_string());
    let shifts = Resource::new(
        move || source.clone(),
        |(place, ask)| load_shifts(place, ask),
    );
    view! {
        <FromGrants resource=shifts place=place.clone() let(shifts, doubtful)>
            <Shifts shifts way doubtful place=place.clone() />
        </FromGrants>
    }
}

/// Hidden fields that name the object and the role, for a form that is sent as a query.
#[component]
fn Named(object: Object, #[prop(into)] role: String) -> impl IntoView {
    let query = write_object(Query::default().and("role", &role), "", &object);
    let pairs = query.pairs().to_vec();
    pairs
        .into_iter()
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect_view()
}
