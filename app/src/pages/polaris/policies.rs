mod attach;
pub mod policy;

use leptos::prelude::*;
use model::{
    form::{CONTENT, DESCRIPTION, NAME, TYPE},
    format::visible,
    page::PolarisPage,
    paths::Place,
    polaris::native::{Applicable, POLICY_TYPES, Policies},
    posted::Posted,
};

use crate::{
    api::polaris::policies::list_policies,
    components::locked::FormLink,
    components::{
        done::Done,
        field::FieldInput,
        listing::ListingTable,
        loaded::Changeable,
        locked::{Lockable, Locked},
        named::use_named,
        page_header::{PageHeader, crumbs},
        part::Part,
        read_at::ReadAt,
        refusal::Refusal,
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
    ui::{badge::Badge, section::Section, table::Column::Text, text_area::TextArea},
};

/// What lives in a namespace, and what holds for it or for a table or view in it.
#[component]
pub fn PoliciesPage() -> impl IntoView {
    let named = use_named(PolarisPage::Policies);
    move || view! { <PoliciesOf place=named.get().0 /> }
}

#[component]
fn PoliciesOf(place: Place) -> impl IntoView {
    let query = use_query();
    let only = Memo::new(move |_| query.read().text("type"));
    let refresh = RwSignal::new(0);
    let asked = place.clone();
    let policies = Resource::new(
        move || (only.get(), refresh.get()),
        move |(only, _)| list_policies(asked.clone(), only),
    );
    let key = if query.with_untracked(|query| query.get("v").is_some()) {
        "v"
    } else {
        "t"
    };
    view! {
        <PageHeader title="Policies" noun="Polaris" crumbs=Signal::stored(crumbs(&place)) />
        <Done />
        <OfType place=place.clone() key only />
        <Changeable resource=policies let(read, locked)>
            <Locked reason=locked.clone() />
            <ReadAt moment=read.at refresh />
            <Lists policies=read.data place=place.clone() locked />
        </Changeable>
    }
}

/// Narrows both lists to one type.
#[component]
fn OfType(place: Place, key: &'static str, only: Memo<String>) -> impl IntoView {
    let address = place.policies_path();
    let path = address.split('?').next().unwrap_or_default().to_owned();
    let option = move |(key, _): (&'static str, &'static str)| {
        view! { <option value=key selected=move || *only.read() == key>{key}</option> }
    };
    view! {
        <form method="get" action=path class="flex flex-wrap items-end gap-2 text-sm">
            {place.warehouse.map(|catalog| view! { <input type="hidden" name="w" value=catalog /> })}
            {place.namespace.into_iter().map(|level| view! { <input type="hidden" name="ns" value=level /> }).collect_view()}
            {place.object.map(|object| view! { <input type="hidden" name=key value=object /> })}
            <label class="grid gap-1">
                <span class="font-medium">"Type"</span>
                <select class="select select-sm w-64" name="type">
                    <option value="">"All"</option>
                    {POLICY_TYPES.map(option).collect_view()}
                </select>
            </label>
            <button class="btn btn-sm">"Show"</button>
        </form>
    }
}

#[component]
fn Lists(policies: Policies, place: Place, locked: Option<String>) -> impl IntoView {
    let new = place.policy_new_path();
    let here = place.clone();
    let one = (place.clone(), place.policy_path(""));
    let own = policies.names.map(|names| {
        let row = move |name: String| {
            let href = here.policy_path(&name);
            view! { <tr><td><a class="link link-hover font-medium" href=href>{visible(&name)}</a></td></tr> }
        };
        view! {
            <Section title="Policies that live here">
                <ListingTable label="Policies" columns=&[Text("Policy")] listing=names empty="No policy lives in this namespace." one let:name>
                    {row(name)}
                </ListingTable>
                <p class="mt-2"><FormLink text="New policy" href=new locked /></p>
            </Section>
        }
    });
    let at = place.clone();
    let row = move |policy: Applicable| {
        let home = at.with_namespace(&policy.namespace);
        let from = if policy.inherited {
            "a level above"
        } else {
            "here"
        };
        view! {
            <tr>
                <td><a class="link link-hover font-medium" href=home.policy_path(&policy.name)>{visible(&policy.name)}</a></td>
                <td class="font-mono text-xs">{policy.policy_type}</td>
                <td>{from} " " {policy.inherited.then(|| view! { <Badge text="inherited" /> })}</td>
                <td><a class="link link-hover" href=home.namespace_path()>{visible(&home.dotted())}</a></td>
            </tr>
        }
    };
    view! {
        {own}
        <Section title="Policies that hold here">
            <Part known=policies.applicable let:found>
                <ListingTable
                    label="Policies that hold"
                    columns=&[Text("Policy"), Text("Type"), Text("Attached to"), Text("Lives in")]
                    listing=found
                    empty="None: no policy is attached here or above. Open a policy to attach it."
                    let:policy
                >
                    {row(policy)}
                </ListingTable>
            </Part>
        </Section>
    }
}

#[component]
pub fn NewPolicy() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted = use_posted();
    let chosen = posted.value(&TYPE, "");
    let option = move |(key, what): (&'static str, &'static str)| {
        view! { <option value=key selected=key == chosen>{format!("{key}: {what}")}</option> }
    };
    view! {
        <PageHeader title="New policy" noun="Polaris" crumbs=Signal::stored(crumbs(&place)) />
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <form method="post" action="" class="grid gap-4 my-3">
            <FieldInput field=&NAME value=posted.value(&NAME, "") />
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{TYPE.label}</span>
                <select class="select select-sm w-full" name=TYPE.name>{POLICY_TYPES.map(option).collect_view()}</select>
            </label>
            <FieldInput field=&DESCRIPTION value=posted.value(&DESCRIPTION, "") />
            <Content value=posted.value(&CONTENT, r#"{"version": "2025-02-03", "enable": true}"#) />
            <Lockable let:locked>
                <p><button class="btn btn-sm btn-primary" disabled=locked.is_some() title=locked>"Create policy"</button></p>
            </Lockable>
        </form>
    }
}

#[component]
fn Content(value: String) -> impl IntoView {
    view! {
        <label class="grid gap-1 text-sm max-w-3xl">
            <span class="font-medium">{CONTENT.label}</span>
            <TextArea name=CONTENT.name value rows="8" class="text-xs leading-5" />
            <span class="text-xs text-base-content/70">{CONTENT.help}</span>
        </label>
    }
}
